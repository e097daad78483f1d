/**
 * A policy as a whole, to know again what a creation made: what the program does not give is empty.
 *
 * @module
 */

import { type ConfigurationAnswer, shortType } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { GRAPH_FIELDS } from "../../settings/inputs/clientConfiguration";
import type { FieldForm, GraphField } from "../../settings/inputs/graphFields";
import { canonicalJson, isPlainObject, type PlainObject } from "../../settings/json";
import { isStoredSettings } from "../../settings/stored";
import { groupsOf } from "./bodies";
import { inputsOf } from "./found";

/** Kind and display name as one text, the same for all spellings that look the same. */
export function nameText(type: string | null | undefined, displayName: unknown): string {
  return `${shortType(type ?? "")} ${normalName(displayName)}`;
}

/** A display name in the form in which names are compared: Unicode has several for one text. */
export function normalName(displayName: unknown): string {
  return typeof displayName === "string" ? displayName.toWellFormed().normalize("NFC") : "";
}

/**
 * Contents of a policy after a creation, as far as the creation has come: all; all but the groups; all
 * but groups and payloads. A service may take these only with requests of their own.
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
 * Contents of a policy of the tenant, to be looked for among `createdContents`: with its priority and
 * without it, as a program that gives none leaves that to the service.
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

/** Compares a policy of the tenant, in whole, with what a creation makes. */
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

/** A value of each form where there is none: any number will do to ask for it. */
const EMPTY: Readonly<Record<FieldForm, unknown>> = {
  text: "",
  number: 0,
  settings: {},
  groups: [],
};

function wholeOf(inputs: PlainObject): PlainObject {
  const values = GRAPH_FIELDS.map((field) => [field.name, wholeValue(field, inputs)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** A property in the one form in which it is compared; undefined for a number that nobody gives. */
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
