import {
  type Catalogue,
  type CatalogueSetting,
  type SettingKind,
  settingOf,
} from "../../provider/catalogue/catalogue";
import { oneLine } from "../../provider/text/messageText";
import { fullName } from "./show";

/** Name of the file with the types, beside the catalogue. */
export const TYPES_FILE = "office-settings.d.ts";

/**
 * TypeScript declarations of a catalogue: the user settings that have a value, each with what an editor shows of it.
 * The same catalogue gives the same text.
 */
export function typesOf(catalogue: Catalogue): string {
  const declared = Object.entries(catalogue.settings).filter(([, setting]) => isDeclared(setting));
  const members = declared.map(
    ([id, setting]) =>
      `${docOf(setting, catalogue)}    ${JSON.stringify(id)}: ${typeOf(setting)};\n`,
  );
  return `// Written by \`office-configuration catalogue build\`. Build it again when your templates change.
import type { JsonInput, OfficeNumber } from "pulumi-office-configuration";

declare module "pulumi-office-configuration" {
  interface OfficeSettings {
${members.join("")}  }

  interface OfficeSettingGroups {
${groupsOf(declared).join("")}  }
}
`;
}

/** Ids by the type of their values, as the elements of a list are typed: a few hundred types in place of thousands. */
function groupsOf(
  declared: readonly (readonly [id: string, setting: CatalogueSetting])[],
): string[] {
  const groups = Map.groupBy(declared, ([, setting]) => typeOf(setting));
  return [...groups].map(([value, entries], place) => {
    const listed = entries.map(([id]) => `        | ${JSON.stringify(id)}\n`).join("");
    return `    ${place}: {\n      value: ${value};\n      id:\n${listed}    };\n`;
  });
}

function isDeclared({ scope, kind }: CatalogueSetting): boolean {
  return scope === "user" && kind !== "policy";
}

/** Says if the types of a catalogue take a setting with a value, which is JSON. */
export function isTyped(catalogue: Catalogue, id: string, value: unknown): boolean {
  const setting = settingOf(catalogue, id);
  if (setting === undefined || !isDeclared(setting)) return false;
  const { values = {}, kind } = setting;
  if (Object.keys(values).length > 0) {
    const isText = typeof value === "string";
    return isText && (isOpen(setting) || Object.hasOwn(values, value));
  }
  switch (TYPES[kind]) {
    case "string":
      return typeof value === "string";
    case "OfficeNumber":
      return typeof value === "number" || (typeof value === "string" && /^\d{1,15}$/.test(value));
    case "string | number | boolean":
      return ["string", "number", "boolean"].includes(typeof value);
    case "JsonInput":
      return true;
    case "never":
      return false;
  }
}

/** The state that deletes the registry value may have a text of its own. */
function isOpen({ deletes, kind }: CatalogueSetting): boolean {
  return deletes === true || kind === "unknown";
}

/** Type of a setting's value in a program. The service takes texts: a number is sent as its text. */
function typeOf(setting: CatalogueSetting): string {
  const texts = Object.keys(setting.values ?? {}).map((value) => JSON.stringify(value));
  if (texts.length === 0) return TYPES[setting.kind];
  // `& {}`: the others are still offered.
  return [...texts, ...(isOpen(setting) ? ["(string & {})"] : [])].join(" | ");
}

/** Types of values that are not listed, by the kind of setting. */
const TYPES = {
  toggle: "string",
  policy: "never",
  enum: "string",
  boolean: "string",
  decimal: "OfficeNumber",
  text: "string",
  multiText: "JsonInput",
  list: "JsonInput",
  unknown: "string | number | boolean",
} as const satisfies Readonly<Record<SettingKind, string>>;

/** Name and app, then the place, then the values with their labels. */
function docOf(setting: CatalogueSetting, catalogue: Catalogue): string {
  const { category, values } = setting;
  const labels = Object.entries(values ?? {}).map(([value, label]) => `- \`${value}\`: ${label}`);
  const paragraphs = [
    [fullName(setting, catalogue)],
    category === undefined ? [] : [category],
    [...labels, ...rangeOf(setting)],
  ];
  const text = paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `     * ${commentText(line)}\n`).join(""))
    .join("     *\n");
  return `    /**\n${text}     */\n`;
}

function rangeOf({ kind, min, max, maxLength }: CatalogueSetting): string[] {
  if (kind === "decimal")
    return [
      max === undefined
        ? `A whole number from ${min ?? 0}`
        : `A whole number from ${min ?? 0} to ${max}`,
    ];
  return maxLength === undefined ? [] : [`At most ${maxLength} characters`];
}

/** Text that neither ends the comment nor begins a tag. */
function commentText(line: string): string {
  return oneLine(line).replaceAll("*/", "*\u200b/").replaceAll("@", "\\@");
}
