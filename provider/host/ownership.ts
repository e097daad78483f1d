/**
 * Refuses an operation, or leaves an object alone, if the object would belong to two resources.
 *
 * @module
 */
import { OfficeConfigurationError } from "../graph";
import type { PlainObject } from "../settings/json";
import type { Owner } from "../update/claims";
import type { Lifecycle, LifecycleContext, SharedWork } from "../update/lifecycle";

/** An object in the state, and its resource. */
interface Owned {
  readonly id: string;
  readonly owner: Owner;
  readonly before: PlainObject;
  readonly after: PlainObject;
}

/** Notes the owner of an object of the program. @throws OfficeConfigurationError if a new resource wants the object too. */
export function holdOwned(
  lifecycle: Lifecycle,
  { claims }: SharedWork,
  { id, owner, before, after }: Owned,
): void {
  const { [lifecycle.nameInput ?? "displayName"]: name } = after;
  const displayName = typeof name === "string" ? name : undefined;
  const label = lifecycle.label(before);
  const twin = lifecycle.isSoleOwner === true ? claims.liveTwin(id, owner) : undefined;
  claims.hold(id, owner, displayName);
  if (twin !== undefined) {
    throw new OfficeConfigurationError(
      `${label} (${id}) is the resource "${owner.name}" and the resource "${twin.name}" of this stack. ` +
        "Remove one of the two from the program, and from the state with `pulumi state delete`.",
    );
  }
  if (claims.isTaken(id)) {
    throw new OfficeConfigurationError(
      `${label} (${id}) belongs to this resource, but another resource of the same name has just taken it over. ` +
        "Remove one of the two from the program, and from the state with `pulumi state delete`.",
    );
  }
  if (!claims.isWanted(id, displayName)) return;
  throw new OfficeConfigurationError(
    `${label} (${id}) belongs to this resource, but a new resource of the program wants it too: the new one adopts it, or has its name. ` +
      "An object can belong to one resource only: remove `adopt` from the new one, give it another name, or remove one of the two.",
  );
}

/** The reason not to delete an object: another resource has it. @returns undefined if no other resource is known. */
export async function otherOwner(
  { claims, records, tenantId }: LifecycleContext,
  id: string,
  { nonce }: Owner,
): Promise<string | undefined> {
  const other = claims.otherOwner(id, nonce);
  if (other !== undefined) {
    const which = other.name === undefined ? "another resource" : `the resource "${other.name}"`;
    return `because ${which} has it`;
  }
  const last = await records.lastTaker(tenantId, id);
  if (last === undefined || last.nonce === nonce) return undefined;
  return `because a later resource has taken it over: ${records.fileOf(last)} on this machine says so. If no resource has it any more, delete that file and the policy`;
}
