/**
 * The settings of a policy for a stack's outputs. Pulumi's SDK makes one Output of a property and
 * marks all of it as secret where a part is, so what is secret is known from what the program gave.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { storeChecked } from "../settings/given";
import { isPlainObject, ownValue, type PlainObject, sameJson } from "../settings/json";
import type { PayloadName } from "../settings/names";
import { isStoredSettings } from "../settings/stored";
import type { StoredOfficePayload } from "./clientConfiguration/args.generated";
import { isDeferred } from "./payloadInput";

/** A resource with settings: a policy of either kind, or a patch of one. */
export type ResourceWithSettings = pulumi.CustomResource & {
  readonly [Name in PayloadName]: pulumi.Output<StoredOfficePayload | undefined>;
};

interface Given {
  /** What the engine gets: settings by their ids, with Outputs inside; or an Output of all. */
  readonly inputs: PlainObject;
  readonly options: pulumi.CustomResourceOptions | undefined;
}

const givenTo = new WeakMap<pulumi.CustomResource, Given>();

/** Remembers what a program gave to a resource with settings. */
export function noteGivenSettings(resource: pulumi.CustomResource, given: Given): void {
  givenTo.set(resource, given);
}

/**
 * The settings of a policy, for a stack's output in which only secret values are masked. In
 * `export const policies = macros.policies`, one secret value masks all of them.
 *
 * A value is shown only if the program gave that very value, and not as a secret. A value from
 * elsewhere, in a policy with a secret, is masked: Pulumi does not say whether it is one.
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
 * @param property - The settings that are meant. @default `policies`
 * @returns settings by their ids, with an Output where a value is secret. The property itself where
 *   it holds no secret, is secret as a whole, is not known yet, or is no settings but other JSON.
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

/** The payload with Outputs inside; undefined where all of it is secret. */
async function partsOf(payload: unknown): Promise<unknown> {
  if (!isDeferred(payload)) return payload;
  const output = pulumi.output(payload);
  return (await pulumi.isSecret(output)) ? undefined : settled(output);
}

/** What stands in the place of a value as a program gave it, with Outputs where it is secret. */
async function masked(given: unknown, value: unknown): Promise<unknown> {
  if (!(await pulumi.isSecret(pulumi.output(given)))) return value;
  if (!isPlainObject(given) || !isPlainObject(value)) return pulumi.secret(value);
  const entries = Object.entries(value).map(async ([key, item]) => [
    key,
    await masked(ownValue(given, key), item),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as PlainObject;
}

/** The value of an Output; undefined where some of it is unknown. The SDK's types leave this out. */
function settled(value: unknown): Promise<unknown> {
  return (pulumi.output(value) as unknown as { promise: () => Promise<unknown> }).promise();
}
