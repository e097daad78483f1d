/**
 * Objects as a service's answers show them. The modes change their canonical form; queries use the
 * canonical form.
 *
 * @module
 */
import type { EmulatorMode } from "../modes";
import type { GraphObject, PropertyForm, Vocabulary } from "./api";
import type { ErrorBody } from "./errors";

/** The place of an object in an answer. */
export interface Place {
  readonly kind: "list" | "alone" | "created";
  /** The id in the request. */
  readonly askedId?: string;
}

/** Options for showing objects. */
interface Showing {
  readonly mode: EmulatorMode;
  readonly forms: Vocabulary["forms"];
  /** @default in a list */
  readonly place?: Place;
}

const IN_LIST: Place = { kind: "list" };

/** Properties that no page and no metadata names, and a hint like those of Graph's beta. */
const UNKNOWN: GraphObject = {
  "@microsoft.graph.tips": "Use $select to choose only the properties your app needs.",
  undocumentedText: "Not in the documentation.",
  undocumentedNothing: null,
  undocumentedItems: [{ name: "first" }],
};

/** Undocumented parts of an answer. */
export function unknownProperties(mode: EmulatorMode): GraphObject {
  return mode.unknownProperties ? UNKNOWN : {};
}

/** An error as an answer shows it. */
export function shownError({ error }: ErrorBody, mode: EmulatorMode): ErrorBody {
  return { error: { ...error, ...unknownProperties(mode) } };
}

/** An object as an answer shows it. */
export function shown(object: GraphObject, { mode, forms, place = IN_LIST }: Showing): GraphObject {
  const nested = (value: unknown) => shown(value as GraphObject, { mode, forms });
  const show = (name: string, value: unknown): unknown => {
    if (value === null) return value;
    if (name === "@odata.type") return typeName(String(value), mode, place);
    if (name === "lastModifiedDateTime") return date(value, mode);
    const form = name === "id" ? "id" : formOf(forms, name);
    if (form === "id") return id(String(value), mode, place);
    if (form === "object") return nested(value);
    if (form === "objects") return (value as unknown[]).map(nested);
    const isHidden = form === "stream" && mode.listPayloads === "null" && place.kind === "list";
    return isHidden ? null : value;
  };
  const properties = Object.entries(object).map(([name, value]): [string, unknown] => [
    name,
    show(name, value),
  ]);
  return { ...Object.fromEntries(properties), ...unknownProperties(mode) };
}

function formOf(forms: Vocabulary["forms"], name: string): PropertyForm | undefined {
  return Object.hasOwn(forms, name) ? forms[name] : undefined;
}

function typeName(name: string, { typeNames }: EmulatorMode, { kind }: Place): string {
  const isPlain = typeNames === "plain" || (typeNames === "mixed" && kind === "list");
  return isPlain ? name.replace(/^#/, "") : name;
}

function date(value: unknown, { dates }: EmulatorMode): unknown {
  return dates === "sevenDigits" ? String(value).replace(/(\.\d{3})Z$/, "$14567Z") : value;
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * An id in the other case than requested, if the mode says so. Only GUIDs: the case of other texts may
 * matter.
 */
function id(text: string, { idCase }: EmulatorMode, { kind, askedId }: Place): string {
  if (idCase === "kept" || kind === "created" || !GUID.test(text)) return text;
  const isAskedInUpper = askedId !== undefined && askedId !== askedId.toLowerCase();
  return isAskedInUpper ? text.toLowerCase() : text.toUpperCase();
}
