/**
 * Words of settings that no catalogue has: those that this package knows, and those of a list.
 *
 * @module
 */
import type { CatalogueSetting } from "../../provider/catalogue/catalogue";
import { glossaryOf } from "../../provider/catalogue/glossary";
import type { Glossary } from "../../provider/settings/glossary";
import { KNOWN_SETTINGS, KNOWN_VALUES } from "../../provider/settings/knownSettings";
import { appOfSetting } from "../apps";
import { lineNotes, readSettingList } from "../catalogue/csv";
import { readingFile } from "../catalogue/file";

const LABELS = new Map(Object.entries(KNOWN_VALUES));

const NAMES = new Map(
  Object.entries(KNOWN_SETTINGS).map(([id, name]) => [id, withApp(id, name)] as const),
);

/** The words that this package knows. */
export const knownNames: Glossary = (settingId) => {
  const name = NAMES.get(settingId);
  const labels = LABELS.get(settingId);
  return name === undefined ? undefined : { name, ...(labels !== undefined && { labels }) };
};

/** Names from a list, and the lines that it cannot take them from. */
export interface ListedNames {
  readonly glossary: Glossary;
  /** A note for each line that is left out. */
  readonly notes: readonly string[];
}

/**
 * The words of a list, with the labels that this package knows, and its names for all other settings.
 *
 * @param file - CSV with the columns `Id` and `Name`, whatever others it has.
 * @throws TypeError if it cannot be read as such.
 */
export function namesIn(file: string): ListedNames {
  const { settings, problems } = readingFile("--catalogue", file, readSettingList);
  const named = [...settings]
    .filter(([id, { name }]) => name !== id)
    .map(([id, setting]) => [id, inApp(id, setting)] as const);
  const listed = glossaryOf({ version: 1, sources: [], settings: Object.fromEntries(named) });
  return {
    glossary: (id) => {
      const [own, known] = [listed(id), knownNames(id)];
      return own === undefined ? known : { ...known, name: own.name };
    },
    notes: lineNotes(file, problems),
  };
}

function inApp(id: string, setting: CatalogueSetting): CatalogueSetting {
  const app = appOfSetting(id);
  return app === undefined ? setting : { ...setting, app };
}

/** A name with its app: the same policy of several apps has one name. */
function withApp(id: string, name: string): string {
  const app = appOfSetting(id);
  return app === undefined ? name : `${name} (${app})`;
}
