/**
 * The one resource of a stack that sets a property of a policy: the policy's own resource, an order of
 * priorities, or a patch. Two of them would undo each other in every update.
 *
 * @module
 */

import { PATCHABLE } from "../../settings/inputs/clientConfigurationPatch";
import type { PlainObject } from "../../settings/json";
import type { Claims } from "../../update/claims";
import type { ExclusiveUse } from "../../update/lifecycle";
import { adoptionOf } from "./adopt";

/**
 * The instance of all claims that policies' own resources make. A policy has only one such resource, so
 * they share a number; when the engine asks for a difference, it does not say for which resource.
 */
const POLICIES = -1;

/** The use of a policy's property, which one resource of a stack may have. */
export function propertyUse(
  id: string,
  property: string,
  use: Pick<ExclusiveUse, "path" | "reason">,
): ExclusiveUse {
  return { key: propertyKey(id, property), ...use };
}

/** The properties that an adoption by id sets. Only an adoption knows the policy's id before the creation. */
export function adoptedUses(inputs: PlainObject): ExclusiveUse[] {
  const id = adoptedId(inputs);
  if (id === undefined) return [];
  return given(inputs).map((property) => {
    const reason = (owner: string) => `of ${id}: the resource "${owner}" sets it already`;
    return propertyUse(id, property, { path: [property], reason });
  });
}

/**
 * Claims the properties that a policy's resource sets, as soon as its id is known.
 *
 * @throws Error if another resource of the stack sets one of the properties.
 */
export function claimProperties(
  claims: Claims,
  {
    id,
    label,
    inputs,
  }: { readonly id: string; readonly label: string; readonly inputs: PlainObject },
): void {
  if (adoptedId(inputs)?.toLowerCase() === id.toLowerCase()) return;
  for (const property of given(inputs)) {
    const owner = claims.claim(propertyKey(id, property), { name: label, instance: POLICIES });
    if (owner === undefined) continue;
    throw new Error(
      `${label} (${id}): the resource "${owner.name}" sets its ${property} as well, and the two would undo each other. ` +
        `Remove ${property} from one of them.`,
    );
  }
}

/** Key of a policy's property among the claims of a stack. */
export function propertyKey(id: string, property: string): string {
  return `${property} of ${id.toLowerCase()}`;
}

function given(inputs: PlainObject): string[] {
  return PATCHABLE.filter((property) => inputs[property] !== undefined);
}

function adoptedId(inputs: PlainObject): string | undefined {
  const adoption = adoptionOf(inputs);
  return adoption !== undefined && "id" in adoption ? adoption.id : undefined;
}
