/**
 * Policies by their names, for the invented catalogue of registry values and for others.
 *
 * @module
 */
import { resolveSources } from "../cli/convert/resolve";
import type { NamedElement, NamedEntry, NamedValue } from "../cli/sources/source";
import type { Catalogue, CatalogueSetting } from "../provider/catalogue/catalogue";
import { sourceOf } from "./registryCatalogue";

/** Categories of the invented policies. */
export const CATEGORY = ["Calc 2016", "Security"];

/** A policy that is enabled for users. */
export const named = (policy: string, given: Partial<NamedEntry> = {}): NamedEntry => ({
  form: "named",
  hive: "user",
  policy,
  category: CATEGORY,
  state: "enabled",
  elements: [],
  ...given,
});

export const element = (label: string, value: NamedValue | undefined): NamedElement => ({
  label,
  value,
});
export const item = (label: string): NamedValue => ({ kind: "item", label });
export const text = (words: string): NamedValue => ({ kind: "text", text: words });

/** Settings in a catalogue of their own, as `id=value`, or kind and reason of what is left. */
export function linesIn(
  settings: Record<string, CatalogueSetting>,
  ...entries: NamedEntry[]
): string[] {
  const catalogue: Catalogue = { version: 1, sources: [], settings };
  const { converted, left } = resolveSources([sourceOf(entries)], catalogue);
  return [
    ...converted.map(({ settingId, value }) => `${settingId}=${value}`),
    ...left.map(({ kind, reason }) => `${kind}: ${reason}`),
  ];
}
