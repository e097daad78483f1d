/**
 * Administrative templates of Intune: Graph's `groupPolicyConfigurations` with the values of their definitions.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-grouppolicy-grouppolicyconfiguration?view=graph-rest-beta
 * @module
 */
import { z } from "zod";
import type { PlainObject } from "../../../provider/settings/json";
import { oneLine } from "../../../provider/text/messageText";
import type { SourceReader } from "../reader";
import type { NamedElement, NamedValue, SourceEntry } from "../source";
import { listOf, objectsOf, sourceOf } from "./objects";

const KIND = "Intune administrative template";

export const administrativeTemplateReader: SourceReader = {
  kind: KIND,
  matches: ({ json }) => objectsOf(json).some(({ body }) => isTemplate(body)),
  read: (file) =>
    objectsOf(file.json)
      .filter(({ body }) => isTemplate(body))
      .map((object) => ({ ...sourceOf(file, KIND, object), entries: entriesOf(object.body) })),
};

function isTemplate({ definitionValues, policyConfigurationIngestionType }: PlainObject): boolean {
  return (
    listOf(definitionValues) !== undefined || typeof policyConfigurationIngestionType === "string"
  );
}

function entriesOf(template: PlainObject): SourceEntry[] {
  const values = listOf(template.definitionValues);
  if (values === undefined) {
    const reason =
      "the file has the profile without its settings: save them with /definitionValues?$expand=definition";
    return [{ form: "unread", place: "definitionValues", reason }];
  }
  const entries = values.map((item, index) => entryOf(item, `definitionValues[${index}]`));
  const next = template["definitionValues@odata.nextLink"];
  if (typeof next !== "string") return entries;
  const reason = "more of its settings are on a page that the file does not have (@odata.nextLink)";
  return [...entries, { form: "unread", place: "definitionValues", reason }];
}

const text = z.string().nullish();

/** The names of a policy: expanded by Graph, or beside the value as a tool for backups writes them. */
const valueSchema = z.object({
  enabled: z.boolean(),
  definition: z.object({ displayName: text, categoryPath: text, classType: text }).nullish(),
  "#Definition_displayName": text,
  "#Definition_categoryPath": text,
  "#Definition_classType": text,
  "definition@odata.bind": text,
  presentationValues: z.unknown(),
});

function entryOf(item: unknown, place: string): SourceEntry {
  const value = valueSchema.safeParse(item).data;
  if (value === undefined) return { form: "unread", place, reason: "it is no value of a policy" };
  const policy = oneLine(value.definition?.displayName ?? value["#Definition_displayName"] ?? "");
  const path = value.definition?.categoryPath ?? value["#Definition_categoryPath"] ?? "";
  const type = value.definition?.classType ?? value["#Definition_classType"] ?? "";
  if (policy === "") {
    const reason =
      "the file names the policy by an id of Graph only: save it with its definition (?$expand=definition)";
    return { form: "unread", place: guidOf(value["definition@odata.bind"]) ?? place, reason };
  }
  return {
    form: "named",
    hive: type.toLowerCase() === "machine" ? "machine" : "user",
    policy,
    category: path
      .split("\\")
      .map((name) => oneLine(name))
      .filter((name) => name !== ""),
    state: value.enabled ? "enabled" : "disabled",
    elements: (listOf(value.presentationValues) ?? []).map(elementOf),
  };
}

/** The id in `…/groupPolicyDefinitions('b7165b6d-…')`. */
function guidOf(link: string | null | undefined): string | undefined {
  const id = /groupPolicyDefinitions\('([^']{1,100})'\)/.exec(link ?? "")?.[1];
  return id === undefined ? undefined : `groupPolicyDefinitions('${oneLine(id)}')`;
}

const presentationSchema = z.object({
  "@odata.type": text,
  presentation: z.object({ label: text }).nullish(),
  "#Presentation_Label": text,
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  values: z.array(z.unknown()).nullish(),
});

function elementOf(item: unknown): NamedElement {
  const read = presentationSchema.safeParse(item).data;
  const label = oneLine(read?.presentation?.label ?? read?.["#Presentation_Label"] ?? "");
  return { label, value: read === undefined ? undefined : valueOfPresentation(read) };
}

function valueOfPresentation({
  "@odata.type": type,
  value,
  values,
}: z.infer<typeof presentationSchema>): NamedValue | undefined {
  if (Array.isArray(values)) {
    const lines = values.filter((line) => typeof line === "string");
    const isText = lines.length === values.length && !/List$/i.test(type ?? "");
    return isText ? { kind: "text", text: lines.join("\n") } : { kind: "list" };
  }
  if (typeof value === "boolean") return { kind: "checked", isChecked: value };
  // An item of a list is the text that it writes.
  if (typeof value === "string") return { kind: "written", value };
  return Number.isSafeInteger(value) ? { kind: "number", number: String(value) } : undefined;
}
