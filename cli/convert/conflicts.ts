import type { Conflict, ResolvedPolicy } from "./resolution";

/**
 * Settings that policies give different values, by id. A policy's own settings win over user preferences, whichever
 * policy these are in.
 */
export function conflictsOf(policies: readonly ResolvedPolicy[]): Conflict[] {
  const given = policies.flatMap(({ source, settings }) =>
    settings.map((setting) => ({ source: source.name, ...setting })),
  );
  const inOrder = [
    ...given.filter(({ payload }) => payload === "policies"),
    ...given.filter(({ payload }) => payload === "userPreferences"),
  ];
  return [...Map.groupBy(inOrder, ({ settingId }) => settingId)]
    .map(([settingId, all]) => ({
      settingId,
      values: all.map(({ source, value }) => ({ source, value })),
    }))
    .filter(({ values }) => isContradictory(values))
    .sort((a, b) => (a.settingId < b.settingId ? -1 : 1));
}

/** One source may have a setting as a policy and as a preference with another value. */
function isContradictory(values: Conflict["values"]): boolean {
  const isOf = (key: "source" | "value") => new Set(values.map((each) => each[key])).size > 1;
  return isOf("source") && isOf("value");
}
