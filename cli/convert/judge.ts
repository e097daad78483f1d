/**
 * Judges of values for settings: a program gets only what a preview with the same catalogue passes.
 *
 * @module
 */
import type { CatalogueSetting, RegistryType } from "../../provider/catalogue/catalogue";
import type { KnownSettings } from "../../provider/catalogue/knownSettings";
import { valueProblem } from "../../provider/catalogue/values";
import { whyNoCode } from "../export/payloadCode";
import type { RegistryData } from "../sources/source";
import type { LeftReason } from "./outcome";

/** The reason why a setting does not take a value; undefined if it does. Doubtful values pass, as in a preview. */
export function whyLeft(
  settings: KnownSettings,
  settingId: string,
  value: string,
): LeftReason | undefined {
  const setting = settings.find(settingId);
  const name = settings.nameOf(settingId);
  if (setting === undefined) {
    return { kind: "unknown", reason: "the catalogue has no setting with this id" };
  }
  if (setting.scope === "machine") {
    return { kind: "machine", reason: `${name} is a machine setting, and ${ONLY_USER}` };
  }
  if (setting.kind === "list") return listReason(name, settingId);
  if (setting.kind === "policy") {
    const elements = settings.listElements(settings.elementsOf(settingId));
    return {
      kind: "value",
      reason: `${name} has no value of its own; its elements are ${elements}`,
    };
  }
  const problem = valueProblem(setting, value, false);
  if (problem?.weight === "wrong") {
    return { kind: "value", reason: `the value of ${name} ${problem.reason}` };
  }
  const lost = whyNoCode(Buffer.from(JSON.stringify([{ settingId, value }])));
  return lost === undefined
    ? undefined
    : { kind: "value", reason: `no program can set ${name} to this value: ${lost}` };
}

export const ONLY_USER = "a program has user settings only";

export function listReason(name: string, settingId: string): LeftReason {
  return {
    kind: "list",
    reason: `${name} is a list, whose value in a program is not known`,
    candidates: [settingId],
  };
}

/** The text of a registry value for a setting; undefined if the setting is of another registry type. */
export function textOf(setting: CatalogueSetting, data: RegistryData): string | undefined {
  if (data.type === "other" || !isFit(setting, data.type)) return undefined;
  return data.type === "REG_MULTI_SZ" ? data.value.join("\n") : listedText(setting, data.value);
}

/** Group Policy writes the white space around a text that a template has; a catalogue lists the text without it. */
function listedText({ values }: CatalogueSetting, text: string): string {
  const bare = text.trim();
  const isListed = values !== undefined && Object.hasOwn(values, bare);
  return isListed && !Object.hasOwn(values, text) ? bare : text;
}

/** Texts with environment variables are texts. A setting whose type is not known takes any that is no list. */
function isFit({ type, kind }: CatalogueSetting, given: RegistryType): boolean {
  if (type === undefined) return given !== "REG_MULTI_SZ" || kind === "multiText";
  return withoutExpansion(type) === withoutExpansion(given);
}

function withoutExpansion(type: RegistryType): RegistryType {
  return type === "REG_EXPAND_SZ" ? "REG_SZ" : type;
}
