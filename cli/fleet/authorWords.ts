/**
 * Authors of drift in words: for each tenant, or for several that one person or app has changed.
 *
 * @module
 */
import { authorInWords, MAYBE_ANOTHER } from "../../provider/api/changeAuthor";
import { shownMinute } from "../../provider/graph/clock";
import type { FleetAuthor } from "./result";
import type { ChangeGroup } from "./resultWords";

/** Tenants in which somebody made a change. */
export interface AuthoredTenants {
  /** Undefined if nobody is known. */
  readonly words: string | undefined;
  readonly stacks: readonly string[];
}

/** The tenants of a change by its authors: those that are certain first, and those of the most tenants. */
export function authoredTenants({ stacks, authors, isDeletion }: ChangeGroup): AuthoredTenants[] {
  const tenants = stacks.map((stack, place) => ({ stack, author: authors[place] }));
  const groups = Map.groupBy(tenants, ({ author }) =>
    author === undefined ? "" : JSON.stringify([author.isOfThisChange, author.by, author.through]),
  );
  return [...groups.values()]
    .map((some) => {
      const known = some.flatMap(({ author }) => author ?? []);
      return { known, stacks: some.map(({ stack }) => stack), rank: rankOf(known[0]) };
    })
    .sort((a, b) => a.rank - b.rank || b.stacks.length - a.stacks.length)
    .map(({ known, ...group }) => ({
      words: authorText(known, isDeletion),
      stacks: group.stacks,
    }));
}

function rankOf(author: FleetAuthor | undefined): number {
  if (author === undefined) return 2;
  return author.isOfThisChange ? 0 : 1;
}

/**
 * One author's changes in words: `by ann@contoso.example in Cloud Policy, 2026-11-21 14:02 UTC`; of several times, the first
 * and the last.
 */
function authorText(changes: readonly FleetAuthor[], isDeletion: boolean): string | undefined {
  const sorted = changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { by, through, isOfThisChange } = first;
  const until = shownMinute(Date.parse(last.at));
  const one = authorInWords({ by, through, atMs: Date.parse(first.at) });
  const words = one.endsWith(until) ? one : `${one} to ${until}`;
  if (!isOfThisChange) return `last changed by ${words}, ${MAYBE_ANOTHER}`;
  return `${isDeletion ? "deleted by" : "by"} ${words}`;
}
