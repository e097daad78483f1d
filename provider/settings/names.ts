/**
 * Names that Graph and a program give to the same thing.
 *
 * @module
 */

/** The two concrete types, told apart by `@odata.type`. */
export const CONFIGURATION_TYPES = {
  WindowsOfficeClientConfiguration: "#microsoft.graph.windowsOfficeClientConfiguration",
  WindowsOfficeClientSecurityConfiguration:
    "#microsoft.graph.windowsOfficeClientSecurityConfiguration",
} as const;

/** The resource classes of client configurations. */
export type ConfigurationKind = keyof typeof CONFIGURATION_TYPES;

/** The names of the resource classes of client configurations. */
export const CONFIGURATION_KINDS = Object.keys(CONFIGURATION_TYPES) as ConfigurationKind[];

/** The payload inputs, and the properties of Graph that hold them. */
export const PAYLOADS = {
  policies: "policyPayload",
  userPreferences: "userPreferencePayload",
} as const;

/** The name of a payload input. */
export type PayloadName = keyof typeof PAYLOADS;

/** The names of the payload inputs. */
export const PAYLOAD_NAMES = Object.keys(PAYLOADS) as PayloadName[];
