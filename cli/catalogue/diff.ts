import { isDeepStrictEqual } from "node:util";
import {
  type Catalogue,
  type CatalogueSetting,
  settingOf,
} from "../../provider/catalogue/catalogue";
import { withUnseenEscaped } from "../../provider/text/messageText";
import { wrap } from "./screen";
import { fullName } from "./show";

/** Properties that decide which values a setting takes, and what they do. */
const FACTS = [
  "scope",
  "kind",
  "values",
  "deletes",
  "min",
  "max",
  "maxLength",
  "required",
  "key",
  "valueName",
  "type",
  "alsoSets",
] as const;

/** Differences between two catalogues. Settings are sorted by id. */
export interface CatalogueDiff {
  readonly new: readonly { readonly id: string; readonly name: string }[];
  readonly gone: readonly { readonly id: string; readonly name: string }[];
  readonly renamed: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  readonly changed: readonly {
    readonly id: string;
    readonly name: string;
    /** By property; `null` if a side does not have it. */
    readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;
  }[];
}

/** Compares two catalogues. Help and the place in the tree of policies do not count. */
export function diffCatalogues(before: Catalogue, after: Catalogue): CatalogueDiff {
  const named = (catalogue: Catalogue, other: Catalogue) =>
    sortedIds(catalogue).flatMap((id) => {
      const setting = settingOf(catalogue, id);
      if (setting === undefined || settingOf(other, id) !== undefined) return [];
      return [{ id, name: fullName(setting, catalogue) }];
    });
  const both = sortedIds(after).flatMap((id) => {
    const [old, now] = [settingOf(before, id), settingOf(after, id)];
    return old === undefined || now === undefined ? [] : [{ id, old, now }];
  });
  return {
    new: named(after, before),
    gone: named(before, after),
    renamed: both
      .filter(({ old, now }) => old.name !== now.name)
      .map(({ id, old, now }) => ({ id, from: old.name, to: now.name })),
    changed: both.flatMap(({ id, old, now }) => {
      const changes = changesOf(old, now);
      return Object.keys(changes).length === 0 ? [] : [{ id, name: fullName(now, after), changes }];
    }),
  };
}

function sortedIds({ settings }: Catalogue): string[] {
  return Object.keys(settings).sort();
}

function changesOf(old: CatalogueSetting, now: CatalogueSetting) {
  const differing = FACTS.filter((fact) => !isDeepStrictEqual(old[fact], now[fact]));
  return Object.fromEntries(
    differing.map((fact) => [fact, { from: old[fact] ?? null, to: now[fact] ?? null }]),
  );
}

/** The difference as text: a heading for each kind that there is, then an id and a line about it. */
export function diffText(diff: CatalogueDiff, width: number): string {
  const entry = (id: string, ...about: string[]) =>
    [
      `  ${withUnseenEscaped(id)}`,
      ...about.map((line) => wrap(line, { width, first: "    ", others: "      " })),
    ].join("\n");
  const parts = [
    section(
      "new",
      diff.new.map(({ id, name }) => entry(id, name)),
    ),
    section(
      "gone",
      diff.gone.map(({ id, name }) => entry(id, name)),
    ),
    section(
      "renamed",
      diff.renamed.map(({ id, from, to }) => entry(id, `${from} => ${to}`)),
    ),
    section(
      "changed",
      diff.changed.map(({ id, name, changes }) =>
        entry(
          id,
          name,
          ...Object.entries(changes).flatMap(([fact, { from, to }]) => changeLines(fact, from, to)),
        ),
      ),
    ),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "Nothing differs." : parts.join("\n\n");
}

function section(title: string, entries: readonly string[]): string {
  return entries.length === 0 ? "" : `${title} (${entries.length}):\n${entries.join("\n")}`;
}

/** A line for each value that came, went or has another label; one for any other property. */
function changeLines(fact: string, from: unknown, to: unknown): string[] {
  if (fact !== "values") return [`${fact}: ${shown(from)} => ${shown(to)}`];
  const [old, now] = [(from ?? {}) as Record<string, string>, (to ?? {}) as Record<string, string>];
  const labelOf = (values: Record<string, string>, value: string) =>
    Object.hasOwn(values, value) ? values[value] : undefined;
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((value) => {
    const [before, after] = [labelOf(old, value), labelOf(now, value)];
    if (before === after) return [];
    const name = `value ${JSON.stringify(value)}`;
    if (before === undefined) return [`${name} is new: ${after}`];
    return [after === undefined ? `${name} is gone: ${before}` : `${name}: ${before} => ${after}`];
  });
}

function shown(value: unknown): string {
  if (value === null) return "not stated";
  return typeof value === "string" ? value : JSON.stringify(value);
}
