/**
 * Objects of Graph in files: an answer of Graph, a page of one, or what a tool for backups made of it.
 *
 * @module
 */
import { isPlainObject, type PlainObject } from "../../../provider/settings/json";
import { oneLine } from "../../../provider/text/messageText";
import type { Source, SourceKind } from "../source";
import type { SourceFile } from "../sourceFile";
import { assigned } from "./assignments";

/** An object of Graph, with the names that a tool for backups writes around it. */
export interface GraphObject {
  readonly body: PlainObject;
  readonly name?: unknown;
  readonly description?: unknown;
  /** A sentence about the file. */
  readonly note?: string;
}

/**
 * Objects of a file: the file itself, those of a list, or what a template of CIPP holds as text. Settings and values of
 * definitions that stand by themselves are the object that they belong to.
 */
export function objectsOf(json: unknown): readonly GraphObject[] {
  const template = isPlainObject(json) ? innerText(json) : undefined;
  if (template !== undefined) return [template];
  const isPage = isPlainObject(json) && Array.isArray(json.value);
  const items = isPage ? (json.value as unknown[]) : Array.isArray(json) ? json : [json];
  const objects = items.filter(isPlainObject);
  const part = PARTS.find(({ isPart }) => objects.some(isPart));
  const next = isPage ? json["@odata.nextLink"] : undefined;
  if (part === undefined) {
    const note = typeof next === "string" ? { note: MORE } : {};
    return objects.map((body, index) => ({ body, ...(index === 0 && note) }));
  }
  const body = { [part.property]: items, [`${part.property}@odata.nextLink`]: next };
  return [{ body }];
}

const MORE = "More policies are on a page that the file does not have (@odata.nextLink)";

/** Objects of a policy that a file may hold without the policy, and the property that has them there. */
const PARTS: readonly { property: string; isPart: (item: PlainObject) => boolean }[] = [
  { property: "settings", isPart: (item) => isPlainObject(item.settingInstance) },
  {
    property: "definitionValues",
    isPart: (item) =>
      typeof item.enabled === "boolean" &&
      (typeof item["definition@odata.bind"] === "string" || isPlainObject(item.definition)),
  },
];

/** The object in a template of CIPP: a text of JSON, often in a text of JSON. */
function innerText(json: PlainObject): GraphObject | undefined {
  const outer = typeof json.JSON === "string" ? parsed(json.JSON) : json;
  if (!isPlainObject(outer) || typeof outer.RAWJson !== "string") return undefined;
  const body = parsed(outer.RAWJson);
  if (!isPlainObject(body)) return undefined;
  const { added, ...rest } = body;
  return {
    // A template of administrative templates lists the values that it adds.
    body: Array.isArray(added) ? { ...rest, definitionValues: added } : body,
    name: outer.Displayname,
    description: outer.Description,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The first of some values that is a text with letters in it, on one line. */
function firstLine(...values: readonly unknown[]): string | undefined {
  return values
    .map((value) => (typeof value === "string" ? oneLine(value) : ""))
    .find((line) => line !== "");
}

/** The parts of a source that all kinds of Intune's objects tell alike. */
export function sourceOf(
  file: SourceFile,
  kind: SourceKind,
  { body, name, description, note }: GraphObject,
): Omit<Source, "entries"> {
  const about = firstLine(body.description, description);
  const { notes, ...assignments } = assigned(body.assignments);
  return {
    name: firstLine(body.name, body.displayName, name) ?? file.sourceName,
    ...(about !== undefined && { description: about }),
    path: file.path,
    kind,
    ...assignments,
    notes: [...notes, ...(note === undefined ? [] : [note])],
  };
}

/** A list of an object. Tools write a list of one as the one. Undefined if the object does not have it. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  return isPlainObject(value) ? [value] : undefined;
}
