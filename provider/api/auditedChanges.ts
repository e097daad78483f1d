/**
 * Changes of Cloud Policy as the tenant's audit log has them.
 *
 * @see https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema#cloud-policy-service-schema
 * @module
 */
import { isPlainObject, type PlainObject } from "../settings/json";

/** A change of one policy. */
export interface AuditedChange {
  /** Id of the policy, in lower case. */
  readonly policyId: string;
  /** When it was made, in milliseconds since the epoch. */
  readonly atMs: number;
  /** The name with which somebody signed in, or the id of an app, as the log has it. */
  readonly by: string;
  /** The app with which it was made, such as a portal. Undefined if the log does not say it. */
  readonly through: string | undefined;
  readonly isDeletion: boolean;
  /** Values of settings after the change, by their ids in lower case. Each is a text in the log. */
  readonly settings: ReadonlyMap<string, string>;
  /** Values of the policy's own properties after the change, as texts. */
  readonly properties: ReadonlyMap<"displayName" | "description" | "priority", string>;
}

/** The changes in some records of the log, the oldest first. Leaves records of other services and forms. */
export function auditedChanges(records: readonly unknown[]): AuditedChange[] {
  return records.flatMap(changesIn).sort((a, b) => a.atMs - b.atMs);
}

function changesIn(record: unknown): AuditedChange[] {
  if (!isPlainObject(record)) return [];
  const data = objectIn(field(record, "auditData"));
  const policyId = textIn(data, "ConfigId", "ObjectId") ?? textIn(record, "objectId");
  const by = textIn(record, "userPrincipalName", "userId") ?? textIn(data, "UserId");
  const atMs = momentOf(textIn(record, "createdDateTime") ?? textIn(data, "CreationTime"));
  if (by === undefined || atMs === undefined) return [];
  const operation = textIn(record, "operation") ?? textIn(data, "Operation") ?? "";
  const shared = {
    by,
    atMs,
    through: textIn(objectIn(field(data, "AppAccessContext")), "ClientAppName"),
  };
  const own = policyId === undefined ? [] : [changeOf(policyId, data, { ...shared, operation })];
  return [...own, ...reordered(data, policyId).map((change) => ({ ...shared, ...change }))];
}

function changeOf(
  policyId: string,
  data: PlainObject,
  { operation, ...shared }: Pick<AuditedChange, "by" | "atMs" | "through"> & { operation: string },
): AuditedChange {
  const named = [
    ["displayName", textIn(data, "ConfigName", "Current_Name")],
    ["description", textIn(data, "Description", "Current_Description")],
    ["priority", textIn(data, "Priority")],
  ] as const;
  return {
    ...shared,
    policyId: policyId.toLowerCase(),
    isDeletion: /^delet/i.test(operation.trim()),
    settings: settingsIn(data),
    properties: new Map(
      named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ),
  };
}

/** The policies of a record about the order of several. */
function reordered(data: PlainObject, own: string | undefined) {
  return listIn(data, "Priorities").flatMap((item) => {
    const [policyId, value] = [textIn(item, "ConfigId")?.toLowerCase(), textIn(item, "Value")];
    if (policyId === undefined || value === undefined || policyId === own?.toLowerCase()) return [];
    const properties = new Map([["priority", value] as const]);
    return [{ policyId, isDeletion: false, settings: new Map<string, string>(), properties }];
  });
}

/**
 * The values of a record's settings. A setting of several elements has an entry for each of them, below that of
 * the whole. Of a setting that is named twice with different values, the log does not say which one counts.
 */
function settingsIn(data: PlainObject): ReadonlyMap<string, string> {
  const found: [id: string, value: string][] = [];
  const elements: [id: string, value: string][] = [];
  for (const policy of listIn(data, "Policies")) {
    const [id, value] = [textIn(policy, "PolicyId"), textIn(policy, "Value")];
    if (id !== undefined && value !== undefined) found.push([id, value]);
    for (const setting of listIn(policy, "Settings")) elements.push(...elementOf(setting, id));
  }
  // The form in which the first records of this kind were seen: each setting as a text in JSON.
  const changed = objectIn(field(data, "Changes_in_Configured_Settings"));
  for (const text of Object.values(changed)) elements.push(...elementOf(objectIn(text)));
  return new Map([...agreed(found), ...agreed(elements)]);
}

function elementOf(setting: PlainObject, policy?: string): [id: string, value: string][] {
  const [id, value] = [textIn(setting, "SettingId"), textIn(setting, "Value")];
  if (id === undefined || value === undefined) return [];
  // An element may be named by its own part of the id only.
  return policy === undefined || id.includes(";")
    ? [[id, value]]
    : [
        [id, value],
        [`${policy};${id}`, value],
      ];
}

function agreed(values: readonly [id: string, value: string][]): Map<string, string> {
  const found = new Map<string, string | undefined>();
  for (const [id, value] of values) {
    const key = id.toLowerCase();
    found.set(key, found.has(key) && found.get(key) !== value ? undefined : value);
  }
  return new Map([...found].flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])));
}

/** A property, however its name is capitalized. */
function field(object: PlainObject, name: string): unknown {
  const key = Object.keys(object).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : object[key];
}

/** The first of some properties that has a text or a number. */
function textIn(object: PlainObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = field(object, name);
    if (typeof value === "number" || (typeof value === "string" && value !== ""))
      return String(value);
  }
  return undefined;
}

function listIn(object: PlainObject, name: string): PlainObject[] {
  const value = field(object, name);
  return Array.isArray(value) ? value.filter(isPlainObject) : [];
}

/** An object, or the one that a text holds as JSON; otherwise one without properties. */
function objectIn(value: unknown): PlainObject {
  if (isPlainObject(value)) return value;
  if (typeof value !== "string") return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isPlainObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** A moment of the log, which is in UTC even without a time zone. */
function momentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const moment = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(moment) ? undefined : moment;
}
