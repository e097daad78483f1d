/**
 * Who in a stack decides a property of a policy: the policy's own resource, an order of priorities, or a
 * patch. Two of them would undo each other in every update.
 *
 * @module
 */

import { PATCHABLE } from "../../settings/inputs/clientConfigurationPatch";
import type { PlainObject } from "../../settings/json";
import type { Claims } from "../../update/claims";
import type { ExclusiveUse } from "../../update/lifecycle";
import { adoptionOf } from "./adopt";

/**
 * Stands for the policies' own resources. A policy has one only, so they need not be told apart, and
 * the engine does not say for which resource of the program it asks for a difference.
 */
const POLICIES = -1;

/** A use of a property of a policy, of which a stack has one. */
export function propertyUse(
  id: string,
  property: string,
  use: Pick<ExclusiveUse, "path" | "reason">,
): ExclusiveUse {
  return { key: propertyKey(id, property), ...use };
}

/** The properties of a policy that is taken over by its id: a creation is told no id. */
export function adoptedUses(inputs: PlainObject): ExclusiveUse[] {
  const id = adoptedId(inputs);
  if (id === undefined) return [];
  return given(inputs).map((property) => {
    const reason = (owner: string) => `of ${id} is decided by the resource "${owner}" already`;
    return propertyUse(id, property, { path: [property], reason });
  });
}

/**
 * Claims what the resource of a policy decides, as soon as its id is known.
 *
 * @throws Error if another resource of the stack decides one of the properties.
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
      `${label} (${id}): its ${property} is decided by the resource "${owner.name}" as well, and the two would undo each other. ` +
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
