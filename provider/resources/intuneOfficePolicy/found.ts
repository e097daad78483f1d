import type { WholePolicy } from "../../api/configurationPolicyReader";
import { readTarget } from "../../api/policyTargets";
import type { IntuneSettings } from "../../intune/intuneSettings";
import { valuesIn } from "../../intune/values";
import type { PlainObject } from "../../settings/json";
import { SECRETS_KEY } from "../../settings/keys";
import { type PolicyTarget, targetsOf, targetText } from "../../settings/policyTargets";
import { valuesOf } from "./stored";

/** A policy of the tenant as inputs: those that the program gives, or all if the program gives none. */
export function inputsOf(
  { policy, instances, targets }: WholePolicy,
  known: PlainObject,
  settings: IntuneSettings,
): PlainObject {
  const isLookup = known.name === undefined;
  const description = policy.description ?? "";
  const isDescribed = "description" in known || (isLookup && description !== "");
  const wanted = isLookup ? undefined : valuesOf(known.policies);
  const values = new Map([
    ...unreadable(wanted, settings),
    ...valuesIn(instances, settings, wanted),
  ]);
  const there = targets.flatMap((target) => readTarget(target) ?? []);
  return {
    name: policy.name ?? "",
    ...(isDescribed && { description }),
    policies: Object.fromEntries(sorted(values)),
    ...((isLookup || "assignments" in known) && { assignments: inKnownOrder(there, known) }),
    ...((isLookup || "roleScopeTagIds" in known) && {
      roleScopeTagIds: tagsIn(policy.roleScopeTagIds ?? [], known.roleScopeTagIds),
    }),
    ...(SECRETS_KEY in known && { [SECRETS_KEY]: known[SECRETS_KEY] }),
  };
}

/** Settings that the catalogue no longer has by Intune's definitions: nobody can say that they have changed. */
function unreadable(
  wanted: ReadonlyMap<string, string> = new Map(),
  { known }: IntuneSettings,
): [string, string][] {
  return [...wanted].filter(([id]) => known.find(id)?.intune === undefined);
}

function sorted(values: ReadonlyMap<string, string>): [string, string][] {
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Targets in the program's order and spelling, followed by the others. */
function inKnownOrder(there: readonly PolicyTarget[], known: PlainObject): PolicyTarget[] {
  const given = targetsOf(known) ?? [];
  const present = new Set(there.map(targetText));
  const named = new Set(given.map(targetText));
  const others = there.filter((each) => !named.has(targetText(each)));
  const byText = [...others].sort((a, b) => (targetText(a) < targetText(b) ? -1 : 1));
  return [...given.filter((each) => present.has(targetText(each))), ...byText];
}

function tagsIn(there: readonly string[], known: unknown): string[] {
  const given = Array.isArray(known) ? known.map(String) : [];
  const others = there.filter((id) => !given.includes(id));
  return [...given.filter((id) => there.includes(id)), ...others.sort()];
}
