/**
 * Policies by their names as settings.
 *
 * @module
 */
import type { KnownSettings } from "../../provider/catalogue/knownSettings";
import type { NamedElement, NamedEntry } from "../sources/source";
import { listReason, ONLY_USER, whyLeft } from "./judge";
import { type ElementValue, elementIds, elementValue, stateValue } from "./namedElements";
import { type LeftReason, left, type Outcome, type Place } from "./outcome";
import type { PolicyNames } from "./policyNames";

/** Outcomes of a policy's state, if it is a value, and of each of its elements. */
export function namedOutcomes(
  entry: NamedEntry,
  names: PolicyNames,
  settings: KnownSettings,
): Outcome[] {
  const key = [...entry.category, entry.policy].join(" > ");
  const found = findPolicy(entry, names, settings);
  const own = { key, valueName: "" };
  if (typeof found !== "string") {
    const places = entry.elements.map(({ label }) => ({ key, valueName: label }));
    return (places.length > 0 ? places : [own]).map((place) => left(place, found));
  }
  const ids = elementIds(found, entry.elements, settings);
  const unset = UNSET[entry.state];
  return [
    ...stateOutcome(own, found, entry, settings),
    ...entry.elements.map((element, index) => {
      const place = { key, valueName: element.label };
      return unset === undefined
        ? elementOutcome(place, element, ids[index] ?? [], settings)
        : left(place, unset);
    }),
  ];
}

/** Reasons why elements are left, by the state of their policy. */
const UNSET: Readonly<Record<NamedEntry["state"], LeftReason | undefined>> = {
  enabled: undefined,
  disabled: { kind: "deletion", reason: "its policy is disabled" },
  notConfigured: { kind: "notConfigured", reason: "its policy is not configured" },
};

function findPolicy(
  entry: NamedEntry,
  names: PolicyNames,
  settings: KnownSettings,
): string | LeftReason {
  const all = names.find(entry);
  const ofUser = all.filter((id) => settings.find(id)?.scope === "user");
  if (all.length === 0) {
    return names.isOurs(entry)
      ? unknownPolicy(names.near(entry), settings)
      : { kind: "foreign", reason: "it is not a policy of Office" };
  }
  if (entry.hive === "machine" || ofUser.length === 0) {
    const same = ofUser.length === 0 ? "" : `; for users it is ${settings.list(ofUser, "or")}`;
    const reason = `it is a policy of the computer, and ${ONLY_USER}${same}`;
    return { kind: "machine", reason, candidates: ofUser.length > 0 ? ofUser : all };
  }
  const [id, ...others] = ofUser;
  if (id !== undefined && others.length === 0) return id;
  const reason = `it may be ${settings.list(ofUser, "or")}`;
  return { kind: "ambiguous", reason, candidates: ofUser };
}

/** Policies get new names from one version of the templates to the next. */
function unknownPolicy(near: readonly string[], settings: KnownSettings): LeftReason {
  const reason = "no policy of the catalogue has this name";
  if (near.length === 0) return { kind: "unknown", reason };
  const hint = `; near it: ${settings.list(near, "or")}`;
  return { kind: "unknown", reason: `${reason}${hint}`, candidates: near };
}

/** The outcome of a policy's state; none if its elements have the values. */
function stateOutcome(
  place: Place,
  id: string,
  { state, elements }: NamedEntry,
  settings: KnownSettings,
): Outcome[] {
  const setting = settings.find(id);
  if (setting === undefined) return [];
  const candidates = [id];
  const leave = (why: LeftReason): Outcome[] => [left(place, { ...why, candidates })];
  if (state === "notConfigured") {
    return leave({ kind: "notConfigured", reason: "it is not configured, and sets nothing" });
  }
  if (setting.kind !== "policy") {
    const side = state === "enabled" ? "on" : "off";
    return [valueOutcome(place, id, stateValue(setting, side, state), settings)];
  }
  if (state === "enabled") {
    if (elements.length > 0) return [];
    const reason = "it is enabled, and the source gives no values of its elements";
    return leave({ kind: "incomplete", reason });
  }
  const reason =
    "it is disabled: Group Policy deletes the values of its elements then, and a program deletes no values";
  return leave({ kind: "deletion", reason });
}

function elementOutcome(
  place: Place,
  { label, value }: NamedElement,
  ids: readonly string[],
  settings: KnownSettings,
): Outcome {
  const [id, ...others] = ids;
  const setting = id === undefined ? undefined : settings.find(id);
  if (id === undefined || setting === undefined) {
    const what = label === "" ? "without a label" : "of this label";
    return left(place, { kind: "unknown", reason: `the policy has no element ${what}` });
  }
  if (others.length > 0) {
    const reason = `it may be ${settings.listElements(ids)}`;
    return left(place, { kind: "ambiguous", reason, candidates: ids });
  }
  if (setting.kind === "list") return left(place, listReason(settings.nameOf(id), id));
  if (value === undefined) {
    const reason = "its value has no form that can be read";
    return left(place, { kind: "unread", reason, candidates: [id] });
  }
  return valueOutcome(place, id, elementValue(setting, value), settings);
}

function valueOutcome(
  place: Place,
  settingId: string,
  given: ElementValue,
  settings: KnownSettings,
): Outcome {
  const why = "why" in given ? given.why : whyLeft(settings, settingId, given.value);
  if (why !== undefined) return left(place, { ...why, candidates: [settingId] });
  const value = "value" in given ? given.value : "";
  return { ...place, settingId, value, payload: "policies" };
}
