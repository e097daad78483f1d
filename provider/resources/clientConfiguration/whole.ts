/**
 * The whole content of a policy, by which a creation's policy is recognized. Properties that the program does not
 * give are empty.
 *
 * @module
 */

import { type ConfigurationAnswer, shortType } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { GRAPH_FIELDS } from "../../settings/inputs/clientConfiguration";
import type { FieldForm, GraphField } from "../../settings/inputs/graphFields";
import { canonicalJson, isPlainObject, type PlainObject } from "../../settings/json";
import { normalName } from "../../settings/label";
import { isStoredSettings } from "../../settings/stored";
import { groupsOf } from "./bodies";
import { inputsOf } from "./found";

/** Kind and display name as one text, the same for all spellings that look the same. */
export function nameText(type: string | null | undefined, displayName: unknown): string {
  return `${shortType(type ?? "")} ${normalName(displayName)}`;
}

/**
 * Contents that a policy may have after a creation: all; all but the groups; all but groups and payloads. A
 * service may need separate requests for these.
 */
export function createdContents(inputs: PlainObject): string[] {
  const whole = wholeOf(inputs);
  const stages = [
    whole,
    { ...whole, assignments: [] },
    { ...whole, assignments: [], policies: {}, userPreferences: {} },
  ];
  return [...new Set(stages.map((stage) => canonicalJson(stage)))];
}

/**
 * Contents of a policy of the tenant, for a comparison with `createdContents`: with its priority and without it,
 * because the service chooses the priority if a program gives none.
 */
export async function foundContents(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  inputs: PlainObject,
): Promise<string[]> {
  const asked = Object.fromEntries(GRAPH_FIELDS.map(({ name, form }) => [name, EMPTY[form]]));
  const whole = wholeOf(await inputsOf(reader, found, { ...asked, ...inputs }));
  const { priority: _, ...rest } = whole;
  return [whole, rest].map((each) => canonicalJson(each));
}

/** Whether a policy of the tenant has the whole content that a creation makes. */
export async function isWhatIsCreated(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  inputs: PlainObject,
): Promise<boolean> {
  const [withPriority, without] = await foundContents(reader, found, inputs);
  const current = inputs.priority === undefined ? without : withPriority;
  return current !== undefined && createdContents(inputs).includes(current);
}

/** Contents of a policy in one line, for a message: settings, groups, priority. */
export async function holdings(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
): Promise<string> {
  const priority = `priority ${found.priority ?? "none"}`;
  try {
    const { policies, userPreferences, assignments } = await inputsOf(reader, found, {});
    const settings = [policies, userPreferences].map(settingsIn).reduce((sum, n) => sum + n, 0);
    const groups = Array.isArray(assignments) ? assignments.length : 0;
    return `${counted(settings, "setting")}, ${counted(groups, "group")}, ${priority}`;
  } catch {
    return `${priority}; its settings and groups cannot be read now`;
  }
}

/** An empty value of each form. For a number any value does: it only makes `inputsOf` read the property. */
const EMPTY: Readonly<Record<FieldForm, unknown>> = {
  text: "",
  number: 0,
  settings: {},
  groups: [],
};

function wholeOf(inputs: PlainObject): PlainObject {
  return Object.fromEntries(GRAPH_FIELDS.map((field) => [field.name, wholeValue(field, inputs)]));
}

/** A property in its form for comparison; undefined for a number that the program does not give. */
function wholeValue({ name, form }: GraphField, inputs: PlainObject): unknown {
  const { [name]: value } = inputs;
  switch (form) {
    case "text":
      return name === "displayName" ? normalName(value) : wellFormed(value);
    case "number":
      return typeof value === "number" ? value : undefined;
    case "settings":
      return value ?? {};
    case "groups":
      return [...new Set(groupsOf(inputs)?.map((id) => id.toLowerCase()))].sort();
  }
}

function wellFormed(text: unknown): string {
  return typeof text === "string" ? text.toWellFormed() : "";
}

function settingsIn(payload: unknown): number {
  if (payload === undefined || !isPlainObject(payload)) return 0;
  return isStoredSettings(payload) ? Object.keys(payload).length : 1;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
