import { authorInWords, type ChangeAuthor, MAYBE_ANOTHER } from "../api/changeAuthor";
import { reportedAuthor } from "../api/driftReport";
import type { PlainObject } from "../settings/json";
import { DRIFT_HEADLINE, driftInWords, inWords } from "../settings/words";
import type { Lifecycle, LifecycleContext } from "../update/lifecycle";
import { authorsOf, type DriftAuthors, type PolicyDrift } from "./driftAuthors";
import type { ProviderProcess } from "./providerProcess";

/**
 * Changes that refreshes found in the tenant. Each is shown once: the update that reverts it does not show
 * it again.
 */
export class Drift {
  /** By id: the lines of an update that only reverts drift. */
  readonly #repairs = new Map<string, readonly string[]>();

  constructor(
    private readonly lifecycle: Pick<Lifecycle, "differences" | "label" | "auditedId">,
    private readonly process: Pick<ProviderProcess, "announcer" | "audit" | "glossary" | "report">,
  ) {}

  /** Shows the differences between the outputs in the state and those that a refresh has found. */
  async say(
    context: LifecycleContext,
    id: string,
    before: PlainObject,
    found: PlainObject,
  ): Promise<void> {
    const { lifecycle } = this;
    const { glossary, announcer } = this.process;
    const differences = lifecycle.differences(before, found);
    const label = lifecycle.label(before, found);
    if (driftInWords(label, differences, glossary).length === 0) return;
    const repairs = inWords(
      lifecycle.label(found, before),
      lifecycle.differences(found, before),
      glossary,
    );
    this.#repairs.set(id, [...(this.#repairs.get(id) ?? []), ...repairs]);
    const authors = await this.#authors(context, id, { found: differences, before });
    const lines = driftInWords(label, differences, glossary, (each) =>
      inWordsOf(authors?.of(each)),
    );
    const { last, note } = authors ?? {};
    if (last !== undefined) lines.push(`${label}: ${lastChanged(last)}`);
    announcer.say([DRIFT_HEADLINE, ...lines, ...(note === undefined ? [] : [note])]);
  }

  /** Shows that a refresh has not found the object. */
  async gone(context: LifecycleContext, id: string, before: PlainObject) {
    const authors = await this.#authors(context, id, { found: "deletion", before });
    const author = inWordsOf(authors?.of("deletion"));
    const { last, note } = authors ?? {};
    const by = author === undefined ? "" : `, deleted by ${author}`;
    const label = this.lifecycle.label(before);
    const line = `${label}: gone from the tenant${by}`;
    const more = [last && `${label}: ${lastChanged(last)}`, note].filter(
      (each) => each !== undefined,
    );
    this.process.announcer.say([line, ...more]);
    return { is: "gone" } as const;
  }

  async #authors(context: LifecycleContext, id: string, drift: Omit<PolicyDrift, "policyId">) {
    const policyId = this.lifecycle.auditedId?.(id, drift.before);
    if (policyId === undefined) return undefined;
    const authors = await authorsOf(this.process.audit(), context, { policyId, ...drift });
    this.process.report({ id, ...reported(drift.found, authors) });
    return authors;
  }

  /** The lines of an update, without those that only revert drift. */
  withoutRepairs(id: string, lines: readonly string[]): string[] {
    const repairs = this.#repairs.get(id) ?? [];
    return lines.filter((line) => !repairs.includes(line));
  }
}

/** Authors without their words, for the tool that runs Pulumi. */
function reported(found: PolicyDrift["found"], { of, last, note }: DriftAuthors) {
  const all = found === "deletion" ? (["deletion"] as const) : found;
  return {
    authors: all.flatMap((each) => {
      const author = of(each);
      const path = each === "deletion" ? [] : each.path.map(String);
      return author === undefined ? [] : [{ path, ...reportedAuthor(author) }];
    }),
    ...(last !== undefined && { last: reportedAuthor(last) }),
    ...(note !== undefined && { note }),
  };
}

function inWordsOf(author: ChangeAuthor | undefined): string | undefined {
  return author && authorInWords(author);
}

function lastChanged(last: ChangeAuthor): string {
  return `last changed by ${authorInWords(last)}, ${MAYBE_ANOTHER}`;
}
