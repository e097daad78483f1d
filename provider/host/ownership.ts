/**
 * Objects that two resources would have: refused, or left alone.
 *
 * @module
 */
import { OfficeConfigurationError } from "../graph";
import type { PlainObject } from "../settings/json";
import type { Owner } from "../update/claims";
import type { Lifecycle, LifecycleContext, SharedWork } from "../update/lifecycle";

/** An object that the state has, and the resource that has it. */
interface Owned {
  readonly id: string;
  readonly owner: Owner;
  readonly before: PlainObject;
  readonly after: PlainObject;
}

/** Notes the owner of an object that the program has. @throws OfficeConfigurationError if a new resource wants it too. */
export function holdOwned(
  lifecycle: Lifecycle,
  { claims, records }: SharedWork,
  { id, owner, before, after }: Owned,
): void {
  const displayName = typeof after.displayName === "string" ? after.displayName : undefined;
  const label = lifecycle.label(before);
  const twin = lifecycle.isSoleOwner === true ? claims.liveTwin(id, owner) : undefined;
  claims.hold(id, owner, displayName);
  void records.isInState(owner.nonce, id);
  if (twin !== undefined) {
    throw new OfficeConfigurationError(
      `${label} (${id}) is the resource "${owner.name}" and the resource "${twin.name}" of this stack. ` +
        "Remove one of the two from the program, and from the state with `pulumi state delete`.",
    );
  }
  if (claims.isTaken(id)) {
    throw new OfficeConfigurationError(
      `${label} (${id}) is this resource, and another one of the same name has just taken it over. ` +
        "Remove one of the two from the program, and from the state with `pulumi state delete`.",
    );
  }
  if (!claims.isWanted(id, displayName)) return;
  throw new OfficeConfigurationError(
    `${label} (${id}) is this resource, and a new resource of the program wants it too: it asks to adopt it, or has its name. ` +
      "One object can be one resource only: remove `adopt` from the other one, give it another name, or remove one of the two.",
  );
}

/** The reason why an object is not deleted: another resource has it. @returns undefined where none is known. */
export async function otherOwner(
  { claims, records, tenantId }: LifecycleContext,
  id: string,
  { nonce }: Owner,
): Promise<string | undefined> {
  const other = claims.otherOwner(id, nonce);
  if (other !== undefined) {
    const which = other.name === undefined ? "another resource" : `the resource "${other.name}"`;
    return `as ${which} has it`;
  }
  const last = await records.lastTaker(tenantId, id);
  if (last === undefined || last.nonce === nonce) return undefined;
  return `as a later resource has taken it over: ${records.fileOf(last)} on this machine says so. If nothing has it any more, delete that file and the policy`;
}
