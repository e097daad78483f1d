import type { Glossary, SettingWords } from "../settings/glossary";
import { cut, oneLine } from "../text/messageText";
import { type Catalogue, type CatalogueSetting, settingOf } from "./catalogue";

/** Longest name of a policy, of an element, and longest label of a value, in UTF-16 units. */
const MAX_NAME = 80;

/** Longest name of a policy before that of its element, in UTF-16 units. */
const MAX_POLICY = 50;

/** Longest name of an app, in UTF-16 units. */
const MAX_APP = 30;

/** The words of a catalogue's settings. The file is a user's: its texts are made fit to be shown. */
export function glossaryOf(catalogue: Catalogue): Glossary {
  return (id) => {
    const setting = settingOf(catalogue, id);
    const name = setting && shownName(catalogue, setting);
    if (setting === undefined || name === undefined) return undefined;
    return { name, ...labelsOf(setting) };
  };
}

/**
 * The name of a setting on one line: `VBA Macro Notification Settings (Excel)`. An element with another name than
 * its policy's has both: `Trusted Location #1 > Path (Excel)`. Undefined if it has none.
 */
function shownName(catalogue: Catalogue, setting: CatalogueSetting): string | undefined {
  const policy = setting.policy === undefined ? undefined : settingOf(catalogue, setting.policy);
  const [whose, own] = [nameText(policy?.name ?? ""), nameText(setting.name)];
  const isBoth = whose !== "" && own !== "" && whose !== own;
  const name = isBoth ? `${cut(whose, MAX_POLICY)} > ${own}` : own || whose;
  if (name === "") return undefined;
  const app = oneLine(setting.app ?? policy?.app ?? "", MAX_APP);
  return app === "" ? name : `${name} (${app})`;
}

/** A name on one line. Labels of elements often end with a colon, as they stand before a field. */
export function nameText(text: string): string {
  return oneLine(text, MAX_NAME).replace(/\s*:$/, "");
}

function labelsOf({ values }: CatalogueSetting): Pick<SettingWords, "labels"> {
  if (values === undefined) return {};
  const labels = Object.entries(values)
    .map(([value, label]) => [value, oneLine(label, MAX_NAME)] as const)
    .filter(([, label]) => label !== "");
  return labels.length === 0 ? {} : { labels: Object.fromEntries(labels) };
}
