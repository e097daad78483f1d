/**
 * The emulator's behaviours for cases in which the documentation is silent or contradicts itself.
 *
 * @module
 */

import type { Road } from "./graph/access";

/** Behaviours that may differ from service to service. */
export interface EmulatorMode {
  /**
   * Payloads in an object's JSON: base64 (Microsoft's SDKs), a link instead (OData 4.0 JSON), or null.
   * Their streams have the bytes in every mode.
   */
  readonly payloads: "inline" | "stream" | "null";
  /** Payloads in a list: the same as `payloads`, or null. */
  readonly listPayloads: "asAlone" | "null";
  /** Whether a POST keeps the groups in its body. */
  readonly assignmentsInPost: "honoured" | "ignored";
  /** Whether a POST returns the groups unasked, or only `$expand` returns them. */
  readonly navigation: "afterPost" | "expandedOnly";
  /** Page size of an expanded collection. */
  readonly expandedPageSize: number;
  /** Whether a longer one has an `@odata.nextLink` to the rest. */
  readonly expandedNextLink: boolean;
  /** Whether a list expands what `$expand` names, leaves it aside, or answers 400. */
  readonly expandInLists: "honoured" | "ignored" | "refused";
  /** `@odata.type` with `#`, without it, or mixed: without it in lists and nested objects. */
  readonly typeNames: "hash" | "plain" | "mixed";
  /** Whether answers have properties and annotations that no page names. */
  readonly unknownProperties: boolean;
  /**
   * Case of GUIDs. `kept`: unchanged, and requests must match exactly. `other`: the other case than
   * requested, and found in either case.
   */
  readonly idCase: "kept" | "other";
  /** Digits of a second's fraction in `lastModifiedDateTime`: three, or seven as .NET writes them. */
  readonly dates: "milliseconds" | "sevenDigits";
  /** 200 with a body (API pages), or 204 without (OpenAPI of 2020). */
  readonly successCodes: "docs" | "odata";
  /** Number of reads for which a new object answers 404 (eventual consistency). */
  readonly visibleAfterReads: number;
  /** Largest page of a list. */
  readonly pageSize: number;
  /** Whether objects have `lastModifiedDateTime`: in the API's pages, not in its metadata. */
  readonly lastModifiedDateTime: boolean;
  /** Whether unknown properties in a body are refused. */
  readonly strict: boolean;
  /** Whether a PATCH without `@odata.type` is refused. */
  readonly requireODataType: boolean;
  /** Whether objects have a weak ETag and `If-Match` is obeyed. */
  readonly etags: boolean;
  /** Order of the answers in a batch. */
  readonly batchOrder: "asAsked" | "reversed";
  /**
   * Pages of Intune's setting definitions: all full; or every second page half full and every fourth empty,
   * with more pages after them.
   */
  readonly definitionPages: "full" | "uneven";
  /**
   * Number of times that every third page of definitions answers 500 before it answers with definitions.
   */
  readonly definitionErrors: number;
  /**
   * Whether others have policies from the start: Intune some of other products, from templates, of one name; Copilot a
   * setting.
   */
  readonly othersPolicies: boolean;
  /** Most settings of a policy in a page, whatever `$top` asks for. Without `$top`, a page has at most 25. */
  readonly settingsPageSize: number;
  /** Order of a policy's settings, whose ids are their places: as written, or another after each write. */
  readonly settingOrder: "kept" | "moves";
  /** Whether tokens may read groups, or get 403: another permission does it. */
  readonly groupReads: "allowed" | "refused";
  /** Whether an app on its own may use Copilot's settings, or a user only. */
  readonly copilotCallers: "users" | "all";
  /** Whether the tenant serves `/officeConfiguration`. */
  readonly cloudPolicy: Road;
  /** Types of policies that it serves there: both, or one of `windowsOfficeClient…` and `windowsOfficeClientSecurity…`. */
  readonly configurationTypes: "both" | "client" | "security";
  /** Whether the tenant serves `/deviceManagement`. */
  readonly intune: Road;
  /** Whether the tenant serves `/copilot`. */
  readonly copilot: Road;
  /** Whether the tenant serves `/security`, its audit log. */
  readonly auditLog: Road;
  /** Number of times that a query of the audit log is asked for its status until it has succeeded. */
  readonly auditLooks: number;
  /** Settings in a record of the audit log: all of the policy, or those that have changed. */
  readonly auditSettings: "all" | "changed";
  /** Filters that a query takes: of record types too, or of services only. */
  readonly auditFilter: "recordType" | "service";
}

/** Values for all modes: the simplest service, or the most awkward one. */
export type EmulatorPreset = "kind" | "unkind";

const KIND: EmulatorMode = {
  payloads: "inline",
  listPayloads: "asAlone",
  assignmentsInPost: "honoured",
  navigation: "afterPost",
  expandedPageSize: Number.MAX_SAFE_INTEGER,
  expandedNextLink: true,
  expandInLists: "honoured",
  typeNames: "hash",
  unknownProperties: false,
  idCase: "kept",
  dates: "milliseconds",
  successCodes: "docs",
  visibleAfterReads: 0,
  pageSize: 100,
  lastModifiedDateTime: true,
  strict: true,
  requireODataType: false,
  etags: false,
  batchOrder: "asAsked",
  definitionPages: "full",
  definitionErrors: 0,
  othersPolicies: false,
  settingsPageSize: 1000,
  settingOrder: "kept",
  groupReads: "allowed",
  copilotCallers: "all",
  cloudPolicy: "open",
  configurationTypes: "both",
  intune: "open",
  copilot: "open",
  auditLog: "open",
  auditLooks: 0,
  auditSettings: "all",
  auditFilter: "recordType",
};

const UNKIND: EmulatorMode = {
  ...KIND,
  listPayloads: "null",
  navigation: "expandedOnly",
  expandedPageSize: 20,
  typeNames: "mixed",
  unknownProperties: true,
  idCase: "other",
  dates: "sevenDigits",
  pageSize: 5,
  etags: true,
  batchOrder: "reversed",
  definitionPages: "uneven",
  definitionErrors: 1,
  othersPolicies: true,
  settingsPageSize: 25,
  settingOrder: "moves",
  groupReads: "refused",
  copilotCallers: "users",
  auditLooks: 2,
  auditFilter: "service",
};

const PRESETS: ReadonlyMap<string, EmulatorMode> = new Map([
  ["kind", KIND],
  ["unkind", UNKIND],
]);

/** Environment variable with the default preset of emulators. */
const PRESET_VARIABLE = "OFFICE_EMULATOR_PRESET";

const DEFAULT_PRESET: EmulatorPreset = "unkind";

/** The modes of a preset, by default the environment's. Throws TypeError if the preset does not exist. */
export function presetMode(preset?: EmulatorPreset): EmulatorMode {
  const name = preset ?? (process.env[PRESET_VARIABLE] || DEFAULT_PRESET);
  const mode = PRESETS.get(name);
  if (mode !== undefined) return mode;
  const source = preset === undefined ? `${PRESET_VARIABLE} is` : "The preset is";
  throw new TypeError(`${source} '${name}', and must be one of ${[...PRESETS.keys()].join(", ")}.`);
}
