import { attribute, child, childrenOf, type XmlElement } from "../../files/xml";
import type { Hive, Source, SourceEntry } from "../source";
import { childText } from "./childText";
import { PREFERENCES_ROOT, readPreferences } from "./preferences";
import { settingEntries } from "./reportEntries";

/** Settings of a report. */
export type ReportSettings = Pick<Source, "entries" | "conditions" | "notes">;

/** The settings of the two halves of a report. */
export function reportSettings(
  user: XmlElement | undefined,
  computer: XmlElement | undefined,
): ReportSettings {
  const parts = [readHalf(user, "user"), readHalf(computer, "machine")];
  return {
    entries: parts.flatMap(({ entries }) => entries),
    conditions: parts.flatMap(({ conditions }) => conditions),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

function readHalf(half: XmlElement | undefined, hive: Hive): ReportSettings {
  const entries: SourceEntry[] = [];
  const conditions: string[] = [];
  const notes: string[] = [];
  const others: string[] = [];
  for (const extension of childrenOf(half, "ExtensionData")) {
    const data = child(extension, "Extension");
    if (data === undefined || !/(?:^|:)RegistrySettings$/.test(attribute(data, "type") ?? "")) {
      others.push(childText(extension, "Name") ?? "a part without a name");
      continue;
    }
    for (const element of data.children) {
      if (element.name !== PREFERENCES_ROOT) {
        entries.push(...settingEntries(element, hive));
        continue;
      }
      const preferences = readPreferences(element, hive);
      entries.push(...preferences.entries);
      conditions.push(...preferences.conditions);
      notes.push(...preferences.notes);
    }
  }
  const of = hive === "user" ? "users" : "computers";
  if (others.length > 0) notes.push(`Other settings of ${of} are not read: ${others.join(", ")}`);
  return { entries, conditions, notes };
}
