/**
 * Configurations of the Office Deployment Tool: `<AppSettings>` has the registry values that it sets for users.
 *
 * @see https://learn.microsoft.com/microsoft-365-apps/deploy/office-deployment-tool-configuration-options
 * @module
 */
import { oneLine } from "../../provider/text/messageText";
import type { XmlElement } from "../files/xml";
import type { SourceReader } from "./reader";
import type { RegistryData, SourceEntry } from "./source";

const KIND = "Office Deployment Tool configuration";

/** Beginning of a configuration; other files have a root of the same name. */
const PARTS = /<(?:AppSettings|Add|Remove|Updates|Product|ExcludeApp|Display|RemoveMSI)\b/i;

export const deploymentToolReader: SourceReader = {
  kind: KIND,
  matches: ({ rootName, text }) =>
    rootName?.toLowerCase() === "configuration" && PARTS.test(text ?? ""),
  read: (file) => {
    const root = file.xml();
    const settings = root.children.filter(({ name }) => isNamed(name, "AppSettings"));
    const others = root.children.filter((part) => !settings.includes(part));
    return [
      {
        name: file.sourceName,
        path: file.path,
        kind: KIND,
        entries: settings.flatMap(({ children }) => children).map(entryOf),
        conditions: [],
        notes: notesOf(settings, others),
      },
    ];
  },
};

function notesOf(settings: readonly XmlElement[], others: readonly XmlElement[]): string[] {
  const names = [...new Set(others.map(({ name }) => `<${oneLine(name, 40)}>`))];
  return [
    ...(settings.length === 0 ? ["It has no application settings (<AppSettings>)"] : []),
    ...(names.length > 0 ? [`Parts that are no settings: ${names.join(", ")}`] : []),
  ];
}

function entryOf(element: XmlElement, index: number): SourceEntry {
  const unread = (place: string, reason: string): SourceEntry => ({
    form: "unread",
    place,
    reason,
  });
  const named = text(element, "Name");
  const place = oneLine(`<${element.name}${named ? ` Name="${named}"` : ""}>`, 200);
  if (isNamed(element.name, "Setup")) {
    return unread(place, "it is an option of the installation, and no setting of an app");
  }
  const key = text(element, "Key")?.replaceAll("/", "\\");
  if (!isNamed(element.name, "User") || !key || named === undefined) {
    return unread(`AppSettings[${index}] ${place}`, "it is no setting of an app");
  }
  const data = dataOf(text(element, "Type") ?? "", text(element, "Value"));
  if (data === undefined) return unread(`${key}\\${named}`, "its value does not fit its type");
  const settingId = settingIdOf(text(element, "App"), text(element, "Id"));
  return {
    form: "registry",
    hive: "user",
    key: key.replace(/^(?:HKEY_CURRENT_USER|HKCU)\\/i, "").replace(/^\\+|\\+$/g, ""),
    valueName: named,
    action: "set",
    data,
    ...(settingId !== undefined && { settingId }),
  };
}

function dataOf(type: string, value = ""): RegistryData | undefined {
  switch (type.toUpperCase()) {
    case "REG_DWORD":
    case "REG_QWORD": {
      const number = /^(?:\d{1,20}|0x[\da-f]{1,16})$/i.test(value) ? BigInt(value) : undefined;
      const kind = type.toUpperCase() as "REG_DWORD" | "REG_QWORD";
      return number === undefined || number >= LIMITS[kind]
        ? undefined
        : { type: kind, value: String(number) };
    }
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return { type: type.toUpperCase() as "REG_SZ" | "REG_EXPAND_SZ", value };
    default:
      return { type: "other", name: oneLine(type, 40) || "no type" };
  }
}

const LIMITS = { REG_DWORD: 2n ** 32n, REG_QWORD: 2n ** 64n } as const;

/** `excel16` and `L_SaveExcelfilesas`. Some files name the app without its version. */
function settingIdOf(app: string | undefined, id: string | undefined): string | undefined {
  if (!app || !id) return undefined;
  const template = app.toLowerCase();
  return `${/\d$/.test(template) ? template : `${template}16`};${id}`;
}

/** An attribute, in whatever case its name is. */
function text({ attributes }: XmlElement, name: string): string | undefined {
  const [, value] = [...attributes].find(([each]) => isNamed(each, name)) ?? [];
  return value?.trim();
}

function isNamed(name: string, wanted: string): boolean {
  return name.toLowerCase() === wanted.toLowerCase();
}
