/**
 * A resource before and after a step of Pulumi's engine, and how the two differ.
 *
 * @module
 */
import type { StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation";
import {
  type Difference,
  groupDifferences,
  payloadDifferences,
  valueDifferences,
} from "../../provider/settings/differences";
import { clientConfigurationSchema } from "../../provider/settings/inputs/clientConfiguration";
import { patchSchema } from "../../provider/settings/inputs/clientConfigurationPatch";
import { copilotPolicySettingSchema } from "../../provider/settings/inputs/copilotPolicySetting";
import { intuneOfficePolicySchema } from "../../provider/settings/inputs/intuneOfficePolicy";
import { officeConfigurationSchema } from "../../provider/settings/inputs/officeConfiguration";
import { prioritiesSchema } from "../../provider/settings/inputs/priorities";
import { holdsUnknown, isPlainObject, type PlainObject } from "../../provider/settings/json";
import { TIMEOUTS_KEY } from "../../provider/settings/keys";
import { isSecretIn, secretsOf } from "../../provider/settings/label";
import { PAYLOAD_NAMES } from "../../provider/settings/names";
import { targetText } from "../../provider/settings/policyTargets";
import { show } from "../../provider/settings/show";
import { isStoredSettings } from "../../provider/settings/stored";
import { kindOfType } from "../compare/sides/resources";
import { encryptedPaths, withoutSecrets } from "../stateSecrets";

/** Mask of a secret, as Pulumi and this package show it. */
export const SECRET = "[secret]";

/** Difference of one property or setting. */
export interface ResourceDifference {
  readonly property: string;
  readonly settingId?: string | undefined;
  readonly attribute?: string | undefined;
  /** Null if there is none, or it is not known. */
  readonly old: unknown;
  readonly new: unknown;
  readonly isSecret: boolean;
  readonly isUnknown?: boolean;
}

/** A secret whose change cannot be seen. */
export interface HiddenSecret {
  readonly path: string;
  readonly property: string;
  readonly settingId: string | undefined;
}

/** A resource with the differences that a step makes. */
export interface ComparedResource {
  readonly name: string;
  /** Its class, or another provider's type token. */
  readonly type: string;
  readonly policy: string;
  readonly id: string | null;
  readonly differences: readonly ResourceDifference[];
  readonly secrets: readonly HiddenSecret[];
  /** Number of its settings, after the step or else before. */
  readonly settings: number;
}

/** The inputs of this package's resources, by class. */
const INPUTS: Readonly<Record<string, { readonly shape: object }>> = {
  WindowsOfficeClientConfiguration: clientConfigurationSchema,
  WindowsOfficeClientSecurityConfiguration: clientConfigurationSchema,
  OfficeClientConfigurationPatch: patchSchema,
  OfficeClientConfigurationPriorities: prioritiesSchema,
  IntuneOfficePolicy: intuneOfficePolicySchema,
  OfficeConfiguration: officeConfigurationSchema,
  CopilotPolicySetting: copilotPolicySettingSchema,
};

/** Lists whose order means nothing. */
const GROUPS: readonly string[] = ["assignments", "roleScopeTagIds"];

/**
 * Compares a resource before and after a step.
 *
 * @param by - `inputs` for what a program changes, `outputs` for what a tenant has.
 */
export function comparedResource(
  { type, urn, old, new: next }: StepEventMetadata,
  by: "inputs" | "outputs",
): ComparedResource {
  const kind = kindOfType(type);
  const [before, after] = [stateOf(old, by), stateOf(next, by)];
  const secrets = new Set([...secretPaths(before), ...secretPaths(after)]);
  const sides = [before, after].map((side) => withoutSecrets(side ?? {}, SECRET)) as [
    PlainObject,
    PlainObject,
  ];
  const name = urn.split("::").slice(3).join("::");
  const names = namesOf(kind, sides);
  return {
    name,
    type: kind ?? type,
    policy: labelOf(sides, secrets, name),
    id: old?.id || next?.id || null,
    differences: names.flatMap((property) => differencesOf(property, sides, secrets)),
    secrets: hiddenSecrets(sides, secrets, names),
    settings: settingsIn(after ?? before ?? {}),
  };
}

function stateOf(
  state: StepEventStateMetadata | null | undefined,
  by: "inputs" | "outputs",
): PlainObject | undefined {
  if (state === undefined || state === null) return undefined;
  const properties: unknown = state[by];
  return isPlainObject(properties) ? properties : {};
}

function secretPaths(properties: PlainObject = {}): string[] {
  return [...secretsOf(properties), ...encryptedPaths(properties)];
}

/** The inputs to compare: those of the class, or all of another provider's resource. */
function namesOf(kind: string | undefined, sides: readonly PlainObject[]): string[] {
  const known = kind === undefined ? undefined : INPUTS[kind];
  const names =
    known === undefined ? sides.flatMap((side) => Object.keys(side)) : Object.keys(known.shape);
  return [...new Set(names)].filter((name) => !name.startsWith("__") && name !== TIMEOUTS_KEY);
}

/** Name of a policy in lines, as the provider gives it. */
function labelOf(
  [before, after]: readonly [PlainObject, PlainObject],
  secrets: ReadonlySet<string>,
  resource: string,
): string {
  for (const key of ["displayName", "name", "settingId"]) {
    const value = before[key] ?? after[key];
    if (typeof value !== "string" || value === "") continue;
    return secrets.has(key) ? SECRET : show(value).slice(1, -1);
  }
  return resource;
}

function differencesOf(
  property: string,
  [before, after]: readonly [PlainObject, PlainObject],
  secrets: ReadonlySet<string>,
): ResourceDifference[] {
  const [old, next] = [before[property], after[property]];
  return rawDifferences(property, old, next, secrets).map(
    ({ path: [, key, attribute], old: was, new: is, isSecret }): ResourceDifference => {
      const isSetting = isPayload(property) && key !== undefined;
      const isUnknown = holdsUnknown(is);
      return {
        property,
        ...(isSetting && { settingId: String(key) }),
        ...(attribute !== undefined && attribute !== "value" && { attribute: String(attribute) }),
        old: masked(was, isSecret),
        new: isUnknown ? null : masked(is, isSecret),
        isSecret,
        isUnknown,
      };
    },
  );
}

function masked(value: unknown, isSecret: boolean): unknown {
  if (value === undefined) return null;
  return isSecret ? SECRET : value;
}

function rawDifferences(
  property: string,
  old: unknown,
  next: unknown,
  secrets: ReadonlySet<string>,
): Difference[] {
  const isSecret = isSecretIn(secrets, property, "");
  if (isPayload(property)) {
    return payloadDifferences(property, old, next, (key) => isSecretIn(secrets, property, key));
  }
  if (GROUPS.includes(property) && (Array.isArray(old) || Array.isArray(next))) {
    return groupDifferences(property, textsOf(old), textsOf(next), isSecret);
  }
  return valueDifferences(property, "value", { old, next, isSecret });
}

function isPayload(property: string): boolean {
  return (PAYLOAD_NAMES as readonly string[]).includes(property);
}

/** No list is an empty one: a policy without groups. */
function textsOf(list: unknown): unknown {
  return Array.isArray(list) ? list.map(targetText) : (list ?? []);
}

/** Secrets that are masked alike on both sides. */
function hiddenSecrets(
  [before, after]: readonly [PlainObject, PlainObject],
  secrets: ReadonlySet<string>,
  names: readonly string[],
): HiddenSecret[] {
  return [...secrets].flatMap((path) => {
    const [property = "", ...key] = path.split("/");
    const settingId = key.length === 0 ? undefined : key.join("/");
    const isOnBoth = [before, after].every((side) => side[property] !== undefined);
    return names.includes(property) && isOnBoth ? [{ path, property, settingId }] : [];
  });
}

function settingsIn(properties: PlainObject): number {
  return PAYLOAD_NAMES.reduce((sum, name) => {
    const payload = properties[name];
    if (payload === undefined || payload === null) return sum;
    return sum + (isStoredSettings(payload) ? Object.keys(payload).length : 1);
  }, 0);
}
