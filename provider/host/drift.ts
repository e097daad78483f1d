import type { Glossary } from "../settings/glossary";
import type { PlainObject } from "../settings/json";
import { DRIFT_HEADLINE, driftInWords, inWords } from "../settings/words";
import type { Lifecycle } from "../update/lifecycle";
import type { Announcer } from "./announcer";

/**
 * Changes that refreshes found in the tenant. Each is shown once: the update that reverts it does not show
 * it again.
 */
export class Drift {
  /** By id: the lines of an update that only reverts drift. */
  readonly #repairs = new Map<string, readonly string[]>();

  constructor(
    private readonly lifecycle: Pick<Lifecycle, "differences" | "label">,
    private readonly announcer: Pick<Announcer, "say">,
    private readonly glossary: Glossary,
  ) {}

  /** Shows the differences between the outputs in the state and those that a refresh has found. */
  say(id: string, before: PlainObject, found: PlainObject): void {
    const { lifecycle, glossary } = this;
    const lines = driftInWords(
      lifecycle.label(before, found),
      lifecycle.differences(before, found),
      glossary,
    );
    if (lines.length === 0) return;
    this.announcer.say([DRIFT_HEADLINE, ...lines]);
    const repairs = inWords(
      lifecycle.label(found, before),
      lifecycle.differences(found, before),
      glossary,
    );
    this.#repairs.set(id, [...(this.#repairs.get(id) ?? []), ...repairs]);
  }

  /** The lines of an update, without those that only revert drift. */
  withoutRepairs(id: string, lines: readonly string[]): string[] {
    const repairs = this.#repairs.get(id) ?? [];
    return lines.filter((line) => !repairs.includes(line));
  }
}
