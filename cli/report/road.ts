/**
 * The roads by which a tenant's settings reach users: Cloud Policy and Intune.
 *
 * @module
 */
import { isPlainObject } from "../../provider/settings/json";
import type { PAYLOAD_NAMES } from "../../provider/settings/names";
import { windowsId } from "../compare/roads/meetings";
import type { Road, Side, SidePolicy } from "../compare/side";

/** The policies of a road. Files, which may take either, are with Cloud Policy's. */
export function ofRoad({ policies }: Pick<Side, "policies">, road: Road): SidePolicy[] {
  return policies.filter((policy) => (policy.road === "intune") === (road === "intune"));
}

/** A tenant's policies of both roads as one side, Cloud Policy's first. */
export function together(cloud: Side, intune: Side | undefined): Side {
  if (intune === undefined) return cloud;
  const { road: _, ...side } = cloud;
  return {
    ...side,
    tenantId: cloud.tenantId ?? intune.tenantId,
    policies: [...cloud.policies, ...intune.policies],
    notes: [...cloud.notes, ...intune.notes.map((note) => `Intune: ${note}`)],
  };
}

/** Settings that a tenant should have by each road, as a baseline says. */
export interface Baselines extends Readonly<Record<Road, Side>> {
  /** The road of each of their policies, which do not name it themselves: only values are compared. */
  readonly roads: ReadonlyMap<SidePolicy, Road>;
}

/** A baseline for each road. */
export function baselinesOf(baseline: Side): Baselines {
  const roads = new Map<SidePolicy, Road>();
  return {
    cloudPolicy: baselineFor(baseline, "cloudPolicy", roads),
    intune: baselineFor(baseline, "intune", roads),
    roads,
  };
}

/**
 * A baseline for one road. What it gives by that road counts there, and what it gives by the other road alone, too: the
 * tenant may have it by either.
 */
function baselineFor(baseline: Side, road: Road, roads: Map<SidePolicy, Road>): Side {
  const own = ofRoad(baseline, road);
  const others = baseline.policies.filter((policy) => !own.includes(policy));
  const plain = ({ road: given, ...policy }: SidePolicy): SidePolicy => {
    if (given !== undefined) roads.set(policy, given);
    return policy;
  };
  const rest = others.map((policy) => without(policy, own));
  const { road: _, ...side } = baseline;
  return { ...side, policies: [...own, ...rest].map(plain) };
}

/** A policy without the settings that others have. */
function without(policy: SidePolicy, others: readonly SidePolicy[]): SidePolicy {
  const payload = (name: (typeof PAYLOAD_NAMES)[number]) => {
    const stored = policy.payloads[name];
    if (!isPlainObject(stored)) return stored;
    const isOurs = (id: string) =>
      !others.some(
        ({ payloads: { [name]: theirs } }) => isPlainObject(theirs) && Object.hasOwn(theirs, id),
      );
    return Object.fromEntries(Object.entries(stored).filter(([id]) => isOurs(id)));
  };
  return {
    ...policy,
    payloads: { policies: payload("policies"), userPreferences: payload("userPreferences") },
  };
}

/** Ids of Cloud Policy's settings that name their platform, by those that do not. */
export function spellings(sides: readonly (Side | undefined)[]): Map<string, string> {
  const ids = sides.flatMap((side) =>
    side === undefined
      ? []
      : side.policies
          .filter(({ road }) => road !== "intune")
          .flatMap(({ payloads: { policies } }) =>
            isPlainObject(policies) ? Object.keys(policies) : [],
          ),
  );
  const plain = new Set(ids);
  return new Map(
    ids.filter((id) => !plain.has(windowsId(id))).map((id) => [windowsId(id), id] as const),
  );
}

/** A side whose settings of Intune's, which are for Windows, have the ids that Cloud Policy has for the same ones. */
export function spelled(side: Side, known: ReadonlyMap<string, string>): Side {
  if (known.size === 0) return side;
  const renamed = (policies: unknown) =>
    isPlainObject(policies)
      ? Object.fromEntries(
          Object.entries(policies).map(([id, value]) => [known.get(id) ?? id, value]),
        )
      : policies;
  return {
    ...side,
    policies: side.policies.map((policy) =>
      policy.road === "intune"
        ? {
            ...policy,
            payloads: { ...policy.payloads, policies: renamed(policy.payloads.policies) },
          }
        : policy,
    ),
  };
}
