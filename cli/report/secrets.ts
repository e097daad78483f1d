/**
 * Secrets of a report: what is secret in one place is shown in none.
 *
 * @module
 */
import { idKey } from "../../provider/api/configurationAnswer";
import { placeKey, settingsOfSide } from "../compare/entries";
import type { Side, SidePolicy } from "../compare/side";
import { SECRET_NAME } from "../compare/sides/resources";

/** Policies by Graph's ids: a policy, and patches of it, have the same one. */
export function byId({ policies }: Pick<Side, "policies">): Map<string, SidePolicy[]> {
  const known = policies.filter(({ id }) => id !== undefined);
  return Map.groupBy(known, ({ id = "" }) => idKey(id));
}

/** A tenant in which all is masked that its stack keeps secret: Graph gives it as plain text. */
export function maskedBy(code: Side, live: Side): Side {
  const managed = byId(code);
  return {
    ...live,
    policies: live.policies.map((policy) => {
      const own = managed.get(idKey(policy.id ?? "")) ?? [];
      if (own.length === 0) return policy;
      return {
        ...policy,
        ...(own.some(({ name }) => name === SECRET_NAME) && { name: SECRET_NAME }),
        ...(own.some(({ audience }) => audience.kind === "unknown") && {
          audience: { kind: "unknown" },
        }),
        isSecret: (payload, key) => own.some((each) => each.isSecret?.(payload, key) === true),
      };
    }),
  };
}

/** The places of all settings that are secret on one of some sides. */
export function secretPlaces(sides: readonly Side[]): Set<string> {
  const found = sides.flatMap((side) => [...settingsOfSide(side, false).entries.values()]);
  const secret = found.filter(({ entries }) => entries.some(({ isSecret }) => isSecret));
  return new Set(secret.map(({ place }) => placeKey(place)));
}
