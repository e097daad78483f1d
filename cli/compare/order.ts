import { PAYLOAD_NAMES } from "../../provider/settings/names";
import type { ComparedSetting } from "./comparison";

/** The order of settings on a screen: policies before user preferences, then by app and name. */
export function inOrder(a: ComparedSetting, b: ComparedSetting): number {
  return (
    PAYLOAD_NAMES.indexOf(a.payload) - PAYLOAD_NAMES.indexOf(b.payload) ||
    compareTexts(appOf(a.key), appOf(b.key)) ||
    (a.name ?? a.key).localeCompare(b.name ?? b.key, "en", { numeric: true }) ||
    compareTexts(a.key, b.key) ||
    compareTexts(a.road ?? "", b.road ?? "")
  );
}

function appOf(key: string): string {
  return key.split(";", 1)[0]?.toLowerCase() ?? "";
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
