import type { Side } from "../compare/side";

/**
 * A side as far as it is of Cloud Policy. One that has policies of Intune alone keeps them: as a baseline, it says which
 * settings there should be.
 */
export function ofCloudPolicy({ road: _, ...side }: Side): Side {
  const own = side.policies.filter(({ road }) => road !== "intune");
  const count = own.length === 0 ? 0 : side.policies.length - own.length;
  const kept = own.length === 0 ? side.policies : own;
  const what = count === 1 ? "1 policy of Intune is" : `${count} policies of Intune are`;
  return {
    ...side,
    policies: kept.map(({ road: _road, ...policy }) => policy),
    notes:
      count === 0 ? side.notes : [...side.notes, `${what} left out: a report is of Cloud Policy`],
  };
}
