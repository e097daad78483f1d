import type * as pulumi from "@pulumi/pulumi";
import type { JsonValue } from "../../settings/json";
import type { UncheckedOfficeSettingArgs } from "../settings/args.generated";

/** One setting of a policy, as it is in the tenant. */
export type OfficeSetting = {
  readonly [Name in keyof UncheckedOfficeSettingArgs]: Name extends "value"
    ? JsonValue
    : pulumi.Unwrap<UncheckedOfficeSettingArgs[Name]>;
};

/**
 * A payload as a program writes it: given to a resource's `policies` or `userPreferences`, it makes
 * the same content. A list of settings, in the order of their ids; or a JSON object; or what is
 * neither as `{ $json }` (other JSON values), `{ $text }` (no JSON) or `{ $base64 }` (no text).
 */
export type OfficePayloadContent = OfficeSetting[] | { readonly [key: string]: JsonValue };
