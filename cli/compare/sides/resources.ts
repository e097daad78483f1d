/**
 * Resources of this package as policies of a side: those of a program, or of a state.
 *
 * @module
 */
import { storeAssignments } from "../../../provider/settings/assignments";
import { storeChecked } from "../../../provider/settings/given";
import {
  holdsUnknown,
  isPlainObject,
  ownValue,
  type PlainObject,
  UNKNOWN,
} from "../../../provider/settings/json";
import { isSecretIn, secretsOf } from "../../../provider/settings/label";
import { CONFIGURATION_KINDS } from "../../../provider/settings/names";
import { type PolicyTarget, storeTargets } from "../../../provider/settings/policyTargets";
import type { Audience, Rank, SidePolicy } from "../side";

/** A resource of this package. */
export interface OfficeResource {
  /** Its class: `WindowsOfficeClientConfiguration`. */
  readonly kind: string;
  /** Its name in the program. */
  readonly name: string;
  readonly id: string | undefined;
  /** Inputs of a program, outputs of a state. What is not known is `UNKNOWN`. */
  readonly properties: PlainObject;
}

/** Name of a policy whose name is secret. */
export const SECRET_NAME = "[secret]";

const PATCH = "OfficeClientConfigurationPatch";
const INTUNE = "IntuneOfficePolicy";
const PRIORITIES = "OfficeClientConfigurationPriorities";
const COPILOT = "CopilotPolicySetting";

/** The class in a type of Pulumi; undefined for resources of others. */
export function kindOfType(type: string): string | undefined {
  return /^pulumi-nodejs:dynamic\/officeConfiguration:(\w+)$/.exec(type)?.[1];
}

/** The policies that resources manage, and the patches of policies that somebody else manages. */
export function policiesOf(resources: readonly OfficeResource[]): SidePolicy[] {
  const ranks = ranksOf(resources);
  return resources.flatMap((resource): SidePolicy[] => {
    if (resource.kind === INTUNE) return [intunePolicyOf(resource)];
    const isPolicy = CONFIGURATION_KINDS.some((kind) => kind === resource.kind);
    if (!isPolicy && resource.kind !== PATCH) return [];
    return [policyOf(resource, isPolicy, ranks)];
  });
}

/** Number of Copilot's settings among resources. */
export function copilotSettingsIn(resources: readonly OfficeResource[]): number {
  return resources.filter(({ kind }) => kind === COPILOT).length;
}

function policyOf(
  { name, id, properties }: OfficeResource,
  isPolicy: boolean,
  ranks: ReadonlyMap<string, Rank>,
): SidePolicy {
  const secrets = new Set(secretsOf(properties));
  const lastModified = textOf(ownValue(properties, "lastModifiedDateTime"));
  const target = isPolicy ? id : textOf(ownValue(properties, "configurationId"));
  return {
    road: "cloudPolicy",
    name: secrets.has("displayName") ? SECRET_NAME : nameOf(properties, name, isPolicy),
    id: target,
    rank: (target === undefined ? undefined : ranks.get(target)) ?? priorityOf(properties, secrets),
    audience: isPolicy ? audienceOf(ownValue(properties, "assignments")) : { kind: "unsaid" },
    payloads: {
      policies: storeChecked(ownValue(properties, "policies")),
      userPreferences: storeChecked(ownValue(properties, "userPreferences")),
    },
    isSecret: (payload, key) => isSecretIn(secrets, payload, key),
    ...(!isPolicy && { isPatch: true }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

function intunePolicyOf({ name, id, properties }: OfficeResource): SidePolicy {
  const secrets = new Set(secretsOf(properties));
  return {
    road: "intune",
    name: secrets.has("name") ? SECRET_NAME : (textOf(properties.name) ?? name),
    id,
    audience: targetAudience(storeTargets(ownValue(properties, "assignments"))),
    payloads: {
      policies: storeChecked(ownValue(properties, "policies")),
      userPreferences: undefined,
    },
    isSecret: (payload, key) => isSecretIn(secrets, payload, key),
  };
}

function targetAudience(targets: unknown): Audience {
  if (targets === undefined) return { kind: "unsaid" };
  const isKnown =
    Array.isArray(targets) && targets.every((each) => isPlainObject(each) && !holdsUnknown(each));
  if (!isKnown) return { kind: "unknown" };
  return { kind: "targets", targets: targets as PolicyTarget[], unread: 0 };
}

function nameOf({ displayName }: PlainObject, name: string, isPolicy: boolean): string {
  const given = textOf(displayName);
  if (isPolicy) return given ?? name;
  return given === undefined ? `patch ${name}` : `${given}, patched by ${name}`;
}

function priorityOf(properties: PlainObject, secrets: ReadonlySet<string>): Rank | undefined {
  const priority = ownValue(properties, "priority");
  if (typeof priority !== "number" || secrets.has("priority")) return undefined;
  return { scale: "priority", place: priority };
}

function audienceOf(assignments: unknown): Audience {
  const groups = storeAssignments(assignments);
  if (groups === undefined) return { kind: "unsaid" };
  const isKnown =
    Array.isArray(groups) && groups.every((id) => typeof id === "string" && id !== UNKNOWN);
  return isKnown ? { kind: "groups", ids: groups as string[] } : { kind: "unknown" };
}

/** Places of the policies in orders. In a state, an order has their priorities too. */
function ranksOf(resources: readonly OfficeResource[]): Map<string, Rank> {
  const orders = resources.filter(({ kind }) => kind === PRIORITIES);
  // Places in two orders cannot be compared.
  const ids = orders.length === 1 ? orders[0]?.properties.configurationIds : undefined;
  const places = (Array.isArray(ids) ? ids : []).flatMap((id, place): [string, Rank][] =>
    typeof id === "string" && id !== UNKNOWN ? [[id, { scale: "order", place }]] : [],
  );
  const priorities = orders.flatMap(({ properties }) => priorityPairs(properties.configurations));
  return new Map([...places, ...priorities]);
}

function priorityPairs(configurations: unknown): [string, Rank][] {
  if (!Array.isArray(configurations)) return [];
  return configurations.flatMap((item): [string, Rank][] => {
    if (!isPlainObject(item)) return [];
    const { configurationId: id, priority: place } = item;
    if (typeof id !== "string" || typeof place !== "number") return [];
    return [[id, { scale: "priority", place, isOfOrder: true }]];
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== UNKNOWN ? value : undefined;
}
