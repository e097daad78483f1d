/**
 * Sides of a comparison, as tests write them.
 *
 * @module
 */
import fc from "fast-check";
import type { Audience, Side, SidePolicy } from "../cli/compare/side";
import { storeChecked } from "../provider/settings/given";
import type { PolicyTarget } from "../provider/settings/policyTargets";

/** A policy of a side, with what a test says of it. */
export interface TestPolicy extends Partial<Omit<SidePolicy, "payloads">> {
  readonly policies?: unknown;
  readonly userPreferences?: unknown;
  /** Groups that get it. @default one */
  readonly groups?: readonly string[];
}

/** Sides made so far: each has another title. */
let sides = 0;

/** A side; policies have the priorities 0, 1, … */
export function sideOf(policies: readonly TestPolicy[], side: Partial<Side> = {}): Side {
  return {
    title: `side ${++sides}`,
    left: [],
    notes: [],
    ...side,
    policies: policies.map(({ policies: settings, userPreferences, groups, ...policy }, place) => ({
      name: `P${place}`,
      rank: { scale: "priority", place },
      audience: { kind: "groups", ids: groups ?? ["g"] },
      payloads: {
        policies: storeChecked(settings),
        userPreferences: storeChecked(userPreferences),
      },
      ...policy,
    })),
  };
}

/** Cloud Policy of a tenant. */
export function cloudTenant(...policies: TestPolicy[]): Side {
  const own = policies.map((policy) => ({ road: "cloudPolicy" as const, ...policy }));
  return sideOf(own, { road: "cloudPolicy", title: "tenant A" });
}

/** Intune of the same tenant. */
export function intuneTenant(...policies: TestPolicy[]): Side {
  const own = policies.map((policy) => ({ road: "intune" as const, rank: undefined, ...policy }));
  return sideOf(own, { road: "intune", title: "Intune of the tenant A" });
}

/** Whoever some targets of Intune's reach. */
export function targetsOf(...targets: PolicyTarget[]): Audience {
  return { kind: "targets", targets, unread: 0 };
}

/** For all users. */
export const ALL_USERS: Pick<TestPolicy, "audience"> = { audience: targetsOf({ all: "users" }) };

const settings = fc.option(
  fc.dictionary(
    fc.constantFrom("a;L_A", "a;L_B", "b;L_C", "b;L_C@Win32", "constructor", "__proto__"),
    fc.oneof(fc.constantFrom("1", "2", true, 1, null), fc.jsonValue({ maxDepth: 1 })),
    { noNullPrototype: true },
  ),
  { nil: undefined },
);

/** Any side whose values are known. */
export const anySide: fc.Arbitrary<Side> = fc
  .array(
    fc.record(
      {
        name: fc.string({ unit: "binary", maxLength: 12 }),
        policies: fc.oneof(settings, fc.constant({ $json: { any: 1 } })),
        userPreferences: settings,
        audience: fc.oneof(
          fc.record({
            kind: fc.constant("groups" as const),
            ids: fc.subarray(["a", "b", "c"]),
          }),
          fc.record({
            kind: fc.constant("targets" as const),
            targets: fc.subarray([
              { groupId: "a" },
              { groupId: "b", filter: { include: "f" } },
              { excludedGroupId: "c" },
              { all: "users" as const },
            ]),
            unread: fc.constantFrom(0, 0, 1),
          }),
          fc.record({ kind: fc.constantFrom("others", "source", "unsaid", "unknown") }),
        ),
        road: fc.constantFrom("cloudPolicy" as const, "intune" as const),
        rank: fc.constantFrom(
          undefined,
          { scale: "priority", place: 0 } as const,
          { scale: "priority", place: 1 } as const,
          { scale: "order", place: 0 } as const,
        ),
      },
      { requiredKeys: ["name", "audience"] },
    ),
    { maxLength: 4 },
  )
  .map((policies) => sideOf(policies));
