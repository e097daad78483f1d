/**
 * Taking over a policy that exists already: dynamic resources cannot be imported by Pulumi, so the
 * input `adopt` makes a creation find its object in place of making one.
 *
 * @module
 */
import { OfficeConfigurationError } from "../graph";
import type { ExclusiveUse, LifecycleContext } from "../lifecycle";
import { show } from "../payload/changes";
import { isPlainObject, type PlainObject, UNKNOWN } from "../payload/json";
import { sharedListing } from "./listing";
import type { ConfigurationReader } from "./reader";
import { toTell } from "./shared";
import { type ConfigurationAnswer, shortType } from "./wire";

/** What the input `adopt` names: an object by Graph's id, or by its display name. */
export type Adoption = { readonly id: string } | { readonly displayName: string };

/** What the inputs ask to adopt; undefined if they do not, or it is not known yet. */
export function adoptionOf({ adopt }: PlainObject): Adoption | undefined {
  if (!isPlainObject(adopt)) return undefined;
  const { id, displayName } = adopt;
  if (typeof id === "string" && id !== UNKNOWN) return { id };
  if (typeof displayName === "string" && displayName !== UNKNOWN) return { displayName };
  return undefined;
}

/** What no second resource of a stack may adopt. */
export function adoptionUses(type: string, inputs: PlainObject): ExclusiveUse[] {
  const adoption = adoptionOf(inputs);
  if (adoption === undefined) return [];
  const named = "id" in adoption ? `id ${adoption.id}` : `${type} ${adoption.displayName}`;
  const reason = (owner: string) => `names the policy that the resource "${owner}" adopts already`;
  return [{ key: `adopt ${named}`, path: ["adopt"], reason }];
}

/**
 * The object to adopt.
 *
 * @throws OfficeConfigurationError if there is none, if several have the name, if it is of another
 *   type, or if it is another resource of the stack.
 */
export async function findAdopted(
  context: LifecycleContext,
  reader: ConfigurationReader,
  adoption: Adoption,
  inputs: PlainObject,
): Promise<ConfigurationAnswer> {
  const id =
    "id" in adoption
      ? adoption.id
      : idOfName(reader, adoption.displayName, await sharedListing(context, reader));
  const found = await reader.find(id, toTell(inputs));
  if (found === undefined) throw cannot(reader, `there is no object with the id ${id}`);
  if (context.claims.has(id))
    throw cannot(reader, `${id} is another resource of this stack already`);
  return found;
}

function idOfName(
  reader: ConfigurationReader,
  displayName: string,
  all: readonly ConfigurationAnswer[],
): string {
  const named = all.filter((item) => item.displayName === displayName);
  const ofType = named.filter((item) => isOfType(item, reader.type));
  const [first, ...others] = ofType.length > 0 ? ofType : named;
  if (first === undefined)
    throw cannot(reader, `no policy of the tenant has the name ${show(displayName)}`);
  if (others.length === 0) return first.id;
  const list = [first, ...others]
    .map(({ id, priority }) => `${id} (priority ${priority ?? "none"})`)
    .join(", ");
  const reason = `${others.length + 1} policies have the name ${show(displayName)}: ${list}`;
  throw cannot(reader, `${reason}. Name one of them with adopt: { id }`);
}

function isOfType(
  { "@odata.type": type }: ConfigurationAnswer,
  wanted: string | undefined,
): boolean {
  return type == null || wanted === undefined || shortType(type) === shortType(wanted);
}

function cannot(reader: ConfigurationReader, reason: string): OfficeConfigurationError {
  return new OfficeConfigurationError(`${reader.subject} cannot be adopted: ${reason}.`);
}
