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
 * A payload in a program's form: given to `policies` or `userPreferences` of a resource, it makes the same
 * content. It is a list of settings in the order of their ids, or a JSON object. Anything else is
 * `{ $json }` (other JSON values), `{ $text }` (not JSON) or `{ $base64 }` (not text).
 */
export type OfficePayloadContent = OfficeSetting[] | { readonly [key: string]: JsonValue };
