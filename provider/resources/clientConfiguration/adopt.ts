/**
 * Takes over a policy that exists already. Pulumi cannot import dynamic resources, so the input `adopt` makes a
 * creation find its object instead of making a new one.
 *
 * @module
 */

import { type ConfigurationAnswer, shortType } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { OfficeConfigurationError } from "../../graph";
import type { Glossary } from "../../settings/glossary";
import { isPlainObject, type PlainObject, UNKNOWN } from "../../settings/json";
import { normalName, policyLabel, secretsOf } from "../../settings/label";
import { show } from "../../settings/show";
import { nearNames } from "../../text/nearestName";
import { ownedByOther, type TakeOver } from "../../update/creation/nameOwner";
import type { ExclusiveUse, LifecycleContext } from "../../update/lifecycle";
import { policyLines } from "./differences";
import { forDisplay } from "./freshness";
import { sharedListing } from "./listing";
import { nameText } from "./whole";

/** Target of the input `adopt`: an object by Graph's id, or by its display name. */
export type Adoption = { readonly id: string } | { readonly displayName: string };

/** A policy of the tenant that a resource takes over. */
export interface Owned {
  readonly found: ConfigurationAnswer;
  readonly inputs: PlainObject;
  /** Messages about the take-over, given the policy's current inputs. */
  readonly lines: (current: PlainObject) => string[];
}

/** Target of the input `adopt`; undefined if there is none, or it is not known yet. */
export function adoptionOf({ adopt }: PlainObject): Adoption | undefined {
  if (!isPlainObject(adopt)) return undefined;
  const { id, displayName } = adopt;
  if (typeof id === "string" && id !== UNKNOWN) return { id };
  if (typeof displayName === "string" && displayName !== UNKNOWN) return { displayName };
  return undefined;
}

/** The adoption as a use that a stack may have only once. */
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
      : idOfName(reader, inputs, adoption.displayName, await sharedListing(context, reader, true));
  const found = await reader.find(id, forDisplay(inputs), false);
  if (found === undefined) throw cannot(reader, `there is no object with the id ${id}`);
  const owner = ownedByOther(context, id);
  if (owner !== undefined) throw cannot(reader, `${id} is ${owner} of this stack already`);
  return found;
}

function idOfName(
  reader: ConfigurationReader,
  inputs: PlainObject,
  displayName: string,
  all: readonly ConfigurationAnswer[],
): string {
  const wanted = normalName(displayName);
  const isHidden = secretsOf(inputs).some((path) => /^(adopt|displayName)(\/|$)/.test(path));
  const shown = isHidden ? "[secret]" : show(displayName);
  const named = all.filter((item) => normalName(item.displayName) === wanted);
  const ofType = named.filter((item) => isOfType(item, reader.type));
  const [first, ...others] = ofType.length > 0 ? ofType : named;
  if (first === undefined) {
    // A name near to a secret one is nearly the secret.
    const near = isHidden ? [] : nearNames(displayName, namesOf(all));
    const offer =
      near.length === 0 ? "" : `. It has ${near.map((name) => show(name)).join(" and ")}`;
    throw cannot(reader, `no policy of the tenant has the name ${shown}${offer}`);
  }
  if (others.length === 0) return first.id;
  const list = [first, ...others]
    .map(({ id, priority }) => `${id} (priority ${priority ?? "none"})`)
    .join(", ");
  const reason = `${others.length + 1} policies have the name ${shown}: ${list}`;
  throw cannot(reader, `${reason}. Name one of them with adopt: { id }`);
}

function namesOf(all: readonly ConfigurationAnswer[]): string[] {
  return all.flatMap((item) => item.displayName ?? []);
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

/** A policy of the tenant and the inputs of the resource that takes it over. */
export interface TakenOver {
  /** The policy, in the form of inputs. */
  readonly current: PlainObject;
  readonly inputs: PlainObject;
  readonly glossary?: Glossary | undefined;
}

/** Messages about an adoption. */
export function adoptionLines(id: string, { current, inputs, glossary }: TakenOver): string[] {
  const changes = policyLines(current, inputs, glossary);
  const label = policyLabel(current, inputs);
  return [`${label}: adopts ${id}${changes.length === 0 ? ", nothing differs" : ""}`, ...changes];
}

/** The name as a use: two new policies of one kind may share it only if the program allows it. */
export function nameUses(type: string, inputs: PlainObject): ExclusiveUse[] {
  const { displayName } = inputs;
  if (typeof displayName !== "string" || displayName === UNKNOWN) return [];
  const reason = (owner: string) =>
    `is also the name of the resource "${owner}", of the same kind. Give each its own name, or set allowDuplicateName: true`;
  return [
    {
      key: `name ${nameText(type, displayName)}`,
      path: ["displayName"],
      reason,
      onlyNew: true,
      isShared: inputs.allowDuplicateName === true || inputs.adopt !== undefined,
    },
  ];
}

/** Messages about a take-over. */
export function takeOverLines(
  { found, evidence }: TakeOver<ConfigurationAnswer>,
  { current, inputs, glossary }: TakenOver,
): string[] {
  return [
    `${policyLabel(current, inputs)}: takes over ${found.id} (${evidence})`,
    ...policyLines(current, inputs, glossary),
  ];
}
