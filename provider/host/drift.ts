import { SECRET_CHANGED } from "../settings/changes";
import type { PlainObject } from "../settings/json";
import type { Lifecycle } from "../update/lifecycle";
import type { Announcer } from "./announcer";

/** Stands once above all drift of a run. */
const HEADLINE = "Drift found. An update puts back what the program gives:";

/** Changes that refreshes found in the tenant: told once, and not again as the update that puts them back. */
export class Drift {
  /** The lines of an update that does nothing but put drift back, by id. */
  readonly #repairs = new Map<string, readonly string[]>();

  constructor(
    private readonly lifecycle: Pick<Lifecycle, "describeChanges">,
    private readonly announcer: Pick<Announcer, "say">,
  ) {}

  /** Says what differs between the outputs in the state and those that were found. */
  say(id: string, before: PlainObject, found: PlainObject): void {
    const lines = this.lifecycle.describeChanges(before, found);
    if (lines.length === 0) return;
    const marked = lines.map((line) => `${withoutMark(line)} (changed in the tenant)`);
    this.announcer.say([HEADLINE, ...marked]);
    const repairs = this.lifecycle.describeChanges(found, before);
    this.#repairs.set(id, [...(this.#repairs.get(id) ?? []), ...repairs]);
  }

  /** The lines of an update that say more than that it puts drift back. */
  withoutRepairs(id: string, lines: readonly string[]): string[] {
    const repairs = this.#repairs.get(id) ?? [];
    return lines.filter((line) => !repairs.includes(line));
  }
}

/** A line about a changed value, without the mark of one that is secret. */
function withoutMark(line: string): string {
  return line.endsWith(SECRET_CHANGED) ? line.slice(0, -SECRET_CHANGED.length) : line;
}
