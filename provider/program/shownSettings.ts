/**
 * The settings of a policy for a stack's outputs. Pulumi's SDK makes one Output of a whole property, and marks
 * all of it as secret if a part is. So this module finds the secret values in the program's own inputs.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { storeChecked } from "../settings/given";
import { isPlainObject, ownValue, type PlainObject, sameJson } from "../settings/json";
import type { PayloadName } from "../settings/names";
import { isStoredSettings } from "../settings/stored";
import { isDeferred } from "./payloadInput";
import type { StoredOfficePayload } from "./settings/args.generated";

/** A resource with settings: a policy of either kind, or a patch of one. */
export type ResourceWithSettings = pulumi.CustomResource & {
  readonly [Name in PayloadName]: pulumi.Output<StoredOfficePayload | undefined>;
};

interface Given {
  /**
   * The inputs that the engine gets: settings by their ids, with Outputs inside; or one Output of
   * everything.
   */
  readonly inputs: PlainObject;
  readonly options: pulumi.CustomResourceOptions | undefined;
}

const givenTo = new WeakMap<pulumi.CustomResource, Given>();

/** Remembers the settings that a program gave to a resource. */
export function noteGivenSettings(resource: pulumi.CustomResource, given: Given): void {
  givenTo.set(resource, given);
}

/**
 * The settings of a policy, for a stack's output in which only secret values are masked. In
 * `export const policies = macros.policies`, one secret value masks all of them.
 *
 * A value is shown only if the program itself gave it and did not mark it as secret. In a policy with a secret,
 * values from elsewhere are masked, because Pulumi does not say whether they are secrets.
 *
 * @example
 * ```typescript
 * const macros = new WindowsOfficeClientSecurityConfiguration("macros", {
 *   displayName: "Macro security",
 *   policies: [
 *     { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "4" },
 *     { settingId: "office16;L_Example", value: pulumi.secret("confidential") },
 *   ],
 * });
 * export const policies = shownSettings(macros); // only the second value is "[secret]"
 * ```
 *
 * @param resource - A policy of this program, or a patch of one.
 * @param property - The property whose settings to show. @default `policies`
 * @returns settings by their ids, with an Output for each secret value. The property itself if it holds no
 *   secret, is secret as a whole, is not known yet, or is other JSON than settings.
 */
export async function shownSettings(
  resource: ResourceWithSettings,
  property: PayloadName = "policies",
): Promise<Readonly<Record<string, unknown>> | pulumi.Output<StoredOfficePayload | undefined>> {
  const output = resource[property];
  const { inputs = {}, options } = givenTo.get(resource) ?? {};
  const isWhole = options?.additionalSecretOutputs?.includes(property) === true;
  if (isWhole || !(await pulumi.isSecret(output))) return output;
  const parts = await partsOf(inputs[property]);
  const [plain, stored] = await Promise.all([settled(parts), settled(output)]);
  const given = storeChecked(plain);
  if (!isPlainObject(parts) || !isPlainObject(given) || !isStoredSettings(stored)) return output;
  const entries = Object.entries(stored).map(async ([id, value]) => {
    const isGiven = sameJson(ownValue(given, id), value);
    return [id, isGiven ? await masked(ownValue(parts, id), value) : pulumi.secret(value)];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<string, unknown>;
}

/** The payload with Outputs inside; undefined if all of it is secret. */
async function partsOf(payload: unknown): Promise<unknown> {
  if (!isDeferred(payload)) return payload;
  const output = pulumi.output(payload);
  return (await pulumi.isSecret(output)) ? undefined : settled(output);
}

/** A value as the state has it, with Outputs in place of the parts that the program gave as secrets. */
async function masked(given: unknown, value: unknown): Promise<unknown> {
  if (!(await pulumi.isSecret(pulumi.output(given)))) return value;
  if (!isPlainObject(given) || !isPlainObject(value)) return pulumi.secret(value);
  const entries = Object.entries(value).map(async ([key, item]) => [
    key,
    await masked(ownValue(given, key), item),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as PlainObject;
}

/** The value of an Output; undefined if part of it is unknown. The SDK's types lack this method. */
function settled(value: unknown): Promise<unknown> {
  return (pulumi.output(value) as unknown as { promise: () => Promise<unknown> }).promise();
}
