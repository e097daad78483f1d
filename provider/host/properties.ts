/**
 * The properties of a resource as the engine hands them over.
 *
 * @module
 */

import { forEngine, isPlainObject, type PlainObject } from "../settings/json";
import {
  OWNER_KEY,
  PROVIDER_KEY,
  type ProgramRun,
  RUN_KEY,
  TENANT_KEY,
  TIMEOUTS_KEY,
} from "../settings/keys";
import type { Claims, Owner } from "../update/claims";

/** Inputs or outputs, without the internal keys of adapters and resource classes. */
export function managed(properties: PlainObject | undefined): PlainObject {
  const { [PROVIDER_KEY]: _, [RUN_KEY]: __, [OWNER_KEY]: ___, ...rest } = properties ?? {};
  return rest;
}

/** Facts that the resource class gives about the program's run; undefined if no such class made the inputs. */
export function runOf({ [RUN_KEY]: run }: PlainObject): ProgramRun | undefined {
  return isPlainObject(run) ? (run as unknown as ProgramRun) : undefined;
}

/** The owner of a resource, as its outputs keep it; empty in the state of an older version. */
export function ownerIn({ [OWNER_KEY]: owner }: PlainObject): Owner {
  if (!isPlainObject(owner)) return {};
  const { nonce, name, key } = owner;
  return {
    ...(typeof nonce === "string" && { nonce }),
    ...(typeof name === "string" && { name }),
    ...(typeof key === "string" && { key }),
  };
}

/** Inputs as the state keeps them, with the key of the resource's owner. */
export function withOwnerKey(inputs: PlainObject, key: string | undefined): PlainObject {
  return forEngine({ ...inputs, [OWNER_KEY]: key });
}

/** The key of a resource's owner, as `withOwnerKey` puts it into the inputs. */
export function ownerKeyIn({ [OWNER_KEY]: key }: PlainObject): string | undefined {
  return typeof key === "string" ? key : undefined;
}

/** The name of a resource in the program; undefined if no run has given it. */
export function nameIn(
  properties: PlainObject,
  claims: Pick<Claims, "nameOf">,
): string | undefined {
  const known = runOf(properties)?.name ?? ownerIn(properties).name;
  return known ?? claims.nameOf(ownerKeyIn(properties));
}

/** The tenant of a resource, and its owner. */
export interface Whose {
  readonly tenantId: string | undefined;
  readonly owner: Owner;
}

/** The outputs of a lifecycle, and those that every resource has. */
export function kept(
  outputs: PlainObject,
  { [TIMEOUTS_KEY]: timeouts }: PlainObject,
  { tenantId, owner: { nonce, name, key } }: Whose,
): PlainObject {
  const owner = nonce === undefined ? undefined : { nonce, name, key };
  return forEngine({
    ...outputs,
    [TIMEOUTS_KEY]: timeouts,
    [TENANT_KEY]: tenantId,
    [OWNER_KEY]: owner,
  });
}
