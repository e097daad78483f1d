import type { KnownSettings } from "../../provider/catalogue/knownSettings";
import type { SettingEntry } from "../sources/source";
import { whyLeft } from "./judge";
import { left, type Outcome } from "./outcome";

/** The outcome of a setting that a source names by its id. */
export function settingOutcome(
  { settingId, value }: SettingEntry,
  settings: KnownSettings,
): Outcome {
  const place = { key: settingId, valueName: "" };
  const why = whyLeft(settings, settingId, value);
  return why === undefined ? { ...place, settingId, value, payload: "policies" } : left(place, why);
}
