/**
 * Registry values as settings.
 *
 * @module
 */
import type { KnownSettings } from "../../provider/catalogue/knownSettings";
import { listing } from "../../provider/catalogue/listing";
import type { RegistryIndex } from "../../provider/catalogue/registryIndex";
import {
  inOfficeVersion,
  isOfficeKey,
  isWindowsKey,
  type KeyForm,
  keyForms,
  otherVersion,
  plainKey,
} from "../../provider/catalogue/registryKey";
import type { RegistryEntry } from "../sources/source";
import { listReason, ONLY_USER, textOf, whyLeft } from "./judge";
import { type LeftReason, left, type Outcome } from "./outcome";
import type { Timeline } from "./timeline";

/** A catalogue by what registry values ask for. */
export interface RegistryCatalogue {
  readonly settings: KnownSettings;
  readonly index: RegistryIndex;
}

/** The outcome of a registry entry. @param order - Its place among the entries of the timeline. */
export function registryOutcome(
  entry: RegistryEntry,
  order: number,
  timeline: Timeline,
  catalogue: RegistryCatalogue,
): Outcome {
  const found = findSettings(entry, catalogue);
  if (found.ids.length === 0 && isForeign(entry, catalogue)) return left(entry, FOREIGN);
  if (entry.action === "deleteValues" || entry.action === "deleteKey") {
    return left(entry, keyDeletion(entry, timeline.isSetAfter(entry, order), catalogue));
  }
  if (entry.hive === "machine" && entry.action !== "delete") {
    return left(entry, machineReason(found, catalogue));
  }
  if (timeline.isReplaced(entry, order)) {
    const reason = "another entry of the source for the same value takes its place";
    return left(entry, { kind: "replaced", reason, ...candidates(found.ids) });
  }
  if (entry.action === "delete") return left(entry, valueDeletion(found, catalogue));
  if (found.ids.length === 0) return left(entry, noSetting(entry, catalogue));
  return setOutcome(entry, found, catalogue);
}

/** Settings that a registry value may be. */
interface FoundSettings {
  readonly ids: readonly string[];
  /** Form of the key by which they were found. */
  readonly place: KeyForm["place"];
}

/** Settings for users; if there are none, those for computers. */
function findSettings(
  { key, valueName, settingId }: RegistryEntry,
  { settings, index }: RegistryCatalogue,
): FoundSettings {
  for (const form of keyForms(plainKey(key))) {
    const all = index.at(form.key, valueName);
    const ofUser = all.filter((id) => settings.find(id)?.scope === "user");
    const ids = ofUser.length > 0 ? ofUser : all;
    // The source may name the policy, and not its element.
    const named = ids.filter((id) => [id, settings.find(id)?.policy].includes(settingId));
    if (ids.length > 0) return { ids: named.length > 0 ? named : ids, place: form.place };
  }
  return { ids: [], place: "policy" };
}

function candidates(ids: readonly string[]): Pick<LeftReason, "candidates"> {
  return ids.length === 0 ? {} : { candidates: ids };
}

function setOutcome(
  entry: RegistryEntry,
  { ids, place }: FoundSettings,
  { settings }: RegistryCatalogue,
): Outcome {
  const judged = ids.map((id) => ({ id, ...judge(id, entry, settings) }));
  const fitting = judged.filter(({ why }) => why === undefined);
  const likely = fitting.length > 0 ? fitting : judged;
  const [only, ...others] = likely;
  if (only === undefined || others.length > 0) {
    const names = settings.list(
      likely.map(({ id }) => id),
      "or",
    );
    return left(entry, { kind: "ambiguous", reason: `it may be ${names}`, ...candidates(ids) });
  }
  const { key, valueName } = entry;
  const { id: settingId, value = "", why } = only;
  if (why !== undefined) return left(entry, { ...candidates(ids), ...why });
  const payload = place === "preference" ? "userPreferences" : "policies";
  return { key, valueName, settingId, value, payload, ...(place === "cloud" && { isCloud: true }) };
}

interface Judged {
  readonly value?: string;
  readonly why?: LeftReason | undefined;
}

function judge(id: string, { data }: RegistryEntry, settings: KnownSettings): Judged {
  const setting = settings.find(id);
  const value = setting === undefined || data === undefined ? undefined : textOf(setting, data);
  if (value !== undefined) return { value, why: whyLeft(settings, id, value) };
  const given = data === undefined ? "nothing" : data.type === "other" ? data.name : data.type;
  const wanted = setting?.type ?? "a number or a text";
  const reason = `its data is ${given}, and that of ${settings.nameOf(id)} is ${wanted}`;
  return { why: { kind: "value", reason } };
}

const FOREIGN: LeftReason = { kind: "foreign", reason: "it is not a value of Office" };

/** Whether an entry is about neither a key of Office's nor one of the catalogue's settings. */
function isForeign(
  { key, valueName, action }: RegistryEntry,
  { index }: RegistryCatalogue,
): boolean {
  const plain = plainKey(key);
  if (isOfficeKey(plain)) return false;
  const isOfValue = action !== "deleteKey" && action !== "deleteValues";
  if (isOfValue && isWindowsKey(plain)) return true;
  return keyForms(plain).every(({ key: form }) => {
    const ids = action === "deleteKey" ? index.below(form) : index.inKey(form);
    return ids.length === 0 && index.besides(form, valueName).length === 0;
  });
}

function machineReason({ ids }: FoundSettings, { settings }: RegistryCatalogue): LeftReason {
  const ofUser = ids.filter((id) => settings.find(id)?.scope === "user");
  if (ofUser.length > 0) {
    const names = settings.list(ofUser, "or");
    const reason = `it is set for the computer, and ${ONLY_USER}; for users it is ${names}`;
    return { kind: "machine", reason, ...candidates(ofUser) };
  }
  const reason = `it is set for the computer, and ${ONLY_USER}`;
  return { kind: "machine", reason, ...candidates(ids) };
}

/** The reason for a value of users that is no setting of its own. */
function noSetting(entry: RegistryEntry, { settings, index }: RegistryCatalogue): LeftReason {
  const { valueName } = entry;
  const key = plainKey(entry.key);
  for (const form of keyForms(key)) {
    const [part] = index.besides(form.key, valueName);
    if (part !== undefined) {
      const reason = `${settings.nameOf(part)} sets it beside its own value`;
      return { kind: "part", reason, candidates: [part] };
    }
    const [list] = index.listsAt(form.key);
    if (list !== undefined) return listReason(settings.nameOf(list), list);
  }
  const version = otherVersion(key);
  if (version !== undefined) return ofOtherVersion(version, entry, { settings, index });
  return { kind: "unknown", reason: "no setting of the catalogue has this registry value" };
}

function ofOtherVersion(
  version: string,
  entry: RegistryEntry,
  catalogue: RegistryCatalogue,
): LeftReason {
  const { ids } = findSettings({ ...entry, key: inOfficeVersion(plainKey(entry.key)) }, catalogue);
  const reason = `it is for Office ${version}, and a program sets values of Office 16.0`;
  return { kind: "unknown", reason, ...candidates(ids) };
}

function valueDeletion({ ids }: FoundSettings, { settings }: RegistryCatalogue): LeftReason {
  const what =
    ids.length === 0
      ? "it"
      : listing(
          ids.map((id) => settings.nameOf(id)),
          MOST_NAMES,
          "or",
        );
  const reason = `the source deletes ${what}, and a program deletes no values`;
  return { kind: "deletion", reason, ...candidates(ids) };
}

/** Most settings that a deletion of a key names. */
const MOST_NAMES = 4;

function keyDeletion(
  entry: RegistryEntry,
  isSetAfter: boolean,
  { settings, index }: RegistryCatalogue,
): LeftReason {
  const key = plainKey(entry.key);
  const isWhole = entry.action === "deleteKey";
  const ids = keyForms(key).flatMap((form) =>
    isWhole ? index.below(form.key) : index.inKey(form.key),
  );
  const ofUser = [...new Set(ids)].filter((id) => settings.find(id)?.scope === "user");
  const what = isWhole ? "the key with the keys below it" : "all values of the key";
  if (isSetAfter) {
    const reason = `the source deletes ${what} before it sets some: nothing is lost`;
    return { kind: "deletion", reason };
  }
  const names = ofUser.map((id) => settings.nameOf(id));
  const which = names.length === 0 ? "" : `: ${listing(names, MOST_NAMES, "and")}`;
  const reason = `the source deletes ${what}, and a program deletes no values${which}`;
  return { kind: "deletion", reason, ...candidates(ofUser) };
}
