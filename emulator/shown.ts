/**
 * Objects as a service's answers show them: what the modes make of their canonical form, by which
 * queries are judged.
 *
 * @module
 */
import type { ErrorBody } from "./errors";
import type { EmulatorMode } from "./modes";
import type { GraphObject } from "./objects";

/** Where an object stands in an answer. */
export interface Place {
  readonly kind: "list" | "alone" | "created";
  /** The id by which it was asked for. */
  readonly askedId?: string;
}

const IN_LIST: Place = { kind: "list" };

/** Properties that no page and no metadata names, and a hint as Graph's beta gives them. */
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
export function shown(object: GraphObject, mode: EmulatorMode, place: Place): GraphObject {
  const properties = Object.entries(object).map(([name, value]): [string, unknown] => {
    const show = SHOWN[name];
    return [name, show === undefined || value === null ? value : show(value, mode, place)];
  });
  return { ...Object.fromEntries(properties), ...unknownProperties(mode) };
}

type ShowProperty = (value: unknown, mode: EmulatorMode, place: Place) => unknown;

const nested: ShowProperty = (value, mode) => shown(value as GraphObject, mode, IN_LIST);

const all: ShowProperty = (value, mode, place) =>
  (value as unknown[]).map((item) => nested(item, mode, place));

const payload: ShowProperty = (value, mode, { kind }) =>
  mode.listPayloads === "null" && kind === "list" ? null : value;

const id: ShowProperty = (value, mode, place) =>
  mode.idCase === "kept" || place.kind === "created" ? value : otherCase(String(value), place);

const SHOWN: Readonly<Record<string, ShowProperty>> = {
  "@odata.type": (value, { typeNames }, { kind }) =>
    typeNames === "plain" || (typeNames === "mixed" && kind === "list")
      ? String(value).replace(/^#/, "")
      : value,
  id,
  groupId: id,
  policyPayload: payload,
  userPreferencePayload: payload,
  lastModifiedDateTime: (value, { dates }) =>
    dates === "sevenDigits" ? String(value).replace(/(\.\d{3})Z$/, "$14567Z") : value,
  assignments: all,
  clientConfigurations: all,
  target: nested,
  userCheckinSummary: nested,
  checkinStatuses: all,
  tenantUserCheckinSummary: nested,
  tenantCheckinStatuses: all,
};

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Upper case, unless that was asked for. Only GUIDs: the case of other texts may matter. */
function otherCase(text: string, { askedId }: Place): string {
  if (!GUID.test(text)) return text;
  const isAskedInUpper = askedId !== undefined && askedId !== askedId.toLowerCase();
  return isAskedInUpper ? text.toLowerCase() : text.toUpperCase();
}
