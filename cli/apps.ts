/** Apps by the administrative template in their settings' ids. */
const APPS: ReadonlyMap<string, string> = new Map([
  ["access16", "Access"],
  ["excel16", "Excel"],
  ["lync16", "Skype for Business"],
  ["office16", "Office"],
  ["onent16", "OneNote"],
  ["outlk16", "Outlook"],
  ["ppt16", "PowerPoint"],
  ["proj16", "Project"],
  ["pub16", "Publisher"],
  ["teams16", "Teams"],
  ["visio16", "Visio"],
  ["word16", "Word"],
]);

/** The app of a setting, by the setting's id; undefined for an unknown template. */
export function appOfSetting(settingId: string): string | undefined {
  return APPS.get(settingId.split(";", 1)[0]?.toLowerCase() ?? "");
}
