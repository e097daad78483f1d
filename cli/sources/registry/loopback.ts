import type { SourceEntry } from "../source";

const KEY = "software\\policies\\microsoft\\windows\\system";
const VALUE_NAME = "userpolicymode";
const MODES: Readonly<Record<string, string>> = { 1: "merge", 2: "replace" };

/**
 * Loopback processing, if entries turn it on: their settings of users apply to whoever signs in to the computers of the
 * GPO.
 *
 * @see https://learn.microsoft.com/troubleshoot/windows-server/group-policy/loopback-processing-of-group-policy
 */
export function loopbackConditions(entries: readonly SourceEntry[]): readonly string[] {
  const modes = entries.flatMap((entry) => {
    const isMode =
      entry.form === "registry" &&
      entry.hive === "machine" &&
      entry.key.toLowerCase() === KEY &&
      entry.valueName.toLowerCase() === VALUE_NAME;
    if (!isMode || entry.data?.type !== "REG_DWORD") return [];
    const mode = MODES[entry.data.value];
    return mode === undefined ? [] : [loopbackCondition(mode)];
  });
  return [...new Set(modes)];
}

/** The condition that loopback processing is. @param mode - In a word: `merge`. */
export function loopbackCondition(mode: string): string {
  return `loopback processing (${mode}): its settings for users depend on the computer`;
}
