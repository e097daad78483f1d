/**
 * Custom profiles of Intune (OMA-URI) that set policies of templates: `<enabled/><data id="…" value="…"/>` at
 * `./User/Vendor/MSFT/Policy/Config/…~Policy~…/…`. Such a value is the same setting as one of the settings catalogue, and
 * is read as one.
 *
 * @see https://learn.microsoft.com/windows/client-management/understanding-admx-backed-policies
 * @module
 */
import { z } from "zod";
import { oneLine } from "../../../provider/text/messageText";
import { FileError } from "../../files/fileError";
import { attribute, childrenOf, parseXml, type XmlElement } from "../../files/xml";
import type { SourceReader } from "../reader";
import type { SourceEntry } from "../source";
import { type GraphObject, listOf, objectsOf, sourceOf } from "./objects";

const KIND = "Intune custom profile";

export const customProfileReader: SourceReader = {
  kind: KIND,
  matches: ({ json }) => objectsOf(json).some(isProfile),
  read: (file) =>
    objectsOf(file.json)
      .filter(isProfile)
      .map((object) => ({
        ...sourceOf(file, KIND, object),
        entries: settingsOf(object).map(entryOf),
      })),
};

/** Place of a policy of a template: `./User/Vendor/MSFT/Policy/Config/Office16~Policy~L_Word~L_Security/L_Macros`. */
const TEMPLATE_PLACE =
  /^\.?\/?(?:user|device)\/vendor\/msft\/policy\/config\/[^/]*~policy~[^/]*\/[^/]+$/i;

/** Longest path and longest id that are read, in UTF-16 units. */
const MAX_LENGTH = 1024;

const settingSchema = z.object({
  omaUri: z.string(),
  isEncrypted: z.boolean().nullish(),
  value: z.unknown(),
});

function settingsOf({ body }: GraphObject): readonly unknown[] {
  return listOf(body.omaSettings) ?? [];
}

/** Whether a profile sets a policy of some template. */
function isProfile(object: GraphObject): boolean {
  return settingsOf(object).some((item) =>
    TEMPLATE_PLACE.test(settingSchema.safeParse(item).data?.omaUri ?? ""),
  );
}

function entryOf(item: unknown, index: number): SourceEntry {
  const setting = settingSchema.safeParse(item).data;
  if (setting === undefined) {
    return { form: "unread", place: `omaSettings[${index}]`, reason: "it has no OMA-URI" };
  }
  const { omaUri, isEncrypted, value } = setting;
  const place = oneLine(omaUri, MAX_LENGTH);
  const unread = (reason: string): SourceEntry => ({ form: "unread", place, reason });
  const elements = typeof value === "string" ? valueElements(value) : undefined;
  if (elements !== undefined) {
    const instance = instanceOf(omaUri, elements);
    if (instance !== undefined) return { form: "definition", instance };
  }
  return isEncrypted === true
    ? unread("its value is encrypted, and the file does not have it")
    : unread("its value is not that of a policy of a template");
}

/** The elements of a value: `<enabled/>`, and a `<data>` for each element of the policy. */
function valueElements(value: string): XmlElement | undefined {
  try {
    return parseXml(`<value>${value}</value>`);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

/** The instance of the settings catalogue with the same meaning: its ids are made of the path and of the elements' ids. */
function instanceOf(omaUri: string, value: XmlElement): object | undefined {
  const states = ["disabled", "enabled"].filter((name) => childrenOf(value, name).length > 0);
  if (states.length !== 1 || omaUri.length > MAX_LENGTH) return undefined;
  const id = omaUri
    .replace(/^\.?\//, "")
    .replaceAll("/", "_")
    .toLowerCase();
  const children = childrenOf(value, "data").map((data) => ({
    settingDefinitionId: `${id}_${(attribute(data, "id") ?? "").toLowerCase()}`,
    simpleSettingValue: { value: data.attributes.get("value") ?? "" },
  }));
  return {
    settingDefinitionId: id,
    choiceSettingValue: { value: `${id}_${states[0] === "enabled" ? 1 : 0}`, children },
  };
}
