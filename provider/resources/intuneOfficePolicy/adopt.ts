/**
 * Takes over a policy that exists already.
 *
 * @module
 */
import type { ConfigurationPolicyReader, WholePolicy } from "../../api/configurationPolicyReader";
import { OfficeConfigurationError } from "../../graph";
import { isPlainObject, type PlainObject, UNKNOWN } from "../../settings/json";
import { normalName, secretsOf } from "../../settings/label";
import { show } from "../../settings/show";
import { nearNames } from "../../text/nearestName";
import { ownedByOther } from "../../update/creation/nameOwner";
import type { ExclusiveUse, LifecycleContext } from "../../update/lifecycle";
import { type FoundPolicy, nameText, sharedListing } from "./create";
import { unfit } from "./refusals";

/** Target of the input `adopt`: a policy by Graph's id, or by its name. */
export type Adoption = { readonly id: string } | { readonly name: string };

/** Target of the input `adopt`; undefined if there is none, or it is not known yet. */
export function adoptionOf({ adopt }: PlainObject): Adoption | undefined {
  if (!isPlainObject(adopt)) return undefined;
  const { id, name } = adopt;
  if (typeof id === "string" && id !== UNKNOWN) return { id };
  return typeof name === "string" && name !== UNKNOWN ? { name } : undefined;
}

/** An adoption, and the name of a new policy, as uses that a stack may have only once. */
export function usesOf(inputs: PlainObject): ExclusiveUse[] {
  const { name, adopt } = inputs;
  const adoption = adoptionOf(inputs);
  const uses: ExclusiveUse[] = [];
  if (adoption !== undefined) {
    const named = "id" in adoption ? `id ${adoption.id}` : normalName(adoption.name);
    uses.push({
      key: `adopt intune ${named}`,
      path: ["adopt"],
      reason: (owner) => `names the policy that the resource "${owner}" adopts already`,
    });
  }
  if (typeof name !== "string" || name === UNKNOWN) return uses;
  const reason = (owner: string) =>
    `is also the name of the resource "${owner}". Give each its own name`;
  const key = `name ${nameText(name)}`;
  return [...uses, { key, path: ["name"], reason, onlyNew: true, isShared: adopt !== undefined }];
}

/**
 * The policy to adopt.
 *
 * @throws OfficeConfigurationError if there is none, if several have the name, if it cannot be a resource, or if it is
 *   another resource of the stack.
 */
export async function findAdopted(
  context: LifecycleContext,
  reader: ConfigurationPolicyReader,
  { adoption, inputs }: { readonly adoption: Adoption; readonly inputs: PlainObject },
): Promise<WholePolicy> {
  const id =
    "id" in adoption
      ? adoption.id
      : idOfName(reader, adoption.name, {
          all: await sharedListing(context, reader),
          isHidden: secretsOf(inputs).some((path) => /^(adopt|name)(\/|$)/.test(path)),
        });
  const found = await reader.whole(id, true);
  if (found === undefined) throw cannot(reader, `there is no policy with the id ${id}`);
  const refusal = unfit(reader, found);
  if (refusal !== undefined) throw refusal;
  const owner = ownedByOther(context, found.id);
  if (owner !== undefined) throw cannot(reader, `${id} is ${owner} of this stack already`);
  return found;
}

function idOfName(
  reader: ConfigurationPolicyReader,
  name: string,
  { all, isHidden }: { readonly all: readonly FoundPolicy[]; readonly isHidden: boolean },
): string {
  const shown = isHidden ? "[secret]" : show(name);
  const wanted = nameText(name);
  const named = all.filter(({ policy }) => nameText(policy.name, policy.platforms) === wanted);
  const [first, ...others] = named;
  if (first === undefined) {
    const names = all.flatMap(({ policy }) => policy.name ?? []);
    // A name near to a secret one is nearly the secret.
    const near = isHidden ? [] : nearNames(name, names);
    const offer =
      near.length === 0 ? "" : `. It has ${near.map((each) => show(each)).join(" and ")}`;
    throw cannot(reader, `no policy for Windows has the name ${shown}${offer}`);
  }
  if (others.length === 0) return first.id;
  const list = named.map(({ id }) => id).join(", ");
  const reason = `${named.length} policies have the name ${shown}: ${list}`;
  throw cannot(reader, `${reason}. Name one of them with adopt: { id }`);
}

function cannot({ subject }: ConfigurationPolicyReader, reason: string): OfficeConfigurationError {
  return new OfficeConfigurationError(`${subject} cannot be adopted: ${reason}.`);
}
