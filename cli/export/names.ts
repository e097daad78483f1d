/**
 * Words of settings that no catalogue has: those that this package knows, and those of a list.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { nameText } from "../../provider/catalogue/glossary";
import type { Glossary } from "../../provider/settings/glossary";
import { KNOWN_SETTINGS, KNOWN_VALUES } from "../../provider/settings/knownSettings";

const KNOWN = new Map(Object.entries(KNOWN_SETTINGS));
const LABELS = new Map(Object.entries(KNOWN_VALUES));

/** The words that this package knows. */
export const knownNames: Glossary = wordsIn(KNOWN);

const rows = z.array(z.looseObject({ Id: z.string(), Name: z.string() }));

/**
 * The words that this package knows, with the names of a list.
 *
 * @param file - CSV with the columns `Id` and `Name`, whatever others it has.
 * @throws TypeError if it cannot be read as such.
 */
export function namesIn(file: string): Glossary {
  const names = new Map(KNOWN);
  for (const { Id, Name } of readRows(file)) {
    const name = nameText(Name);
    if (name !== "") names.set(Id, name);
  }
  return wordsIn(names);
}

function wordsIn(names: ReadonlyMap<string, string>): Glossary {
  return (settingId) => {
    const own = names.get(settingId);
    // An element has a name such as "Level": it says little without its policy's.
    const policy = names.get(settingId.split(";").slice(0, 2).join(";"));
    const isBoth = own !== undefined && policy !== undefined && own !== policy;
    const name = isBoth ? `${policy}: ${own}` : (own ?? policy);
    const labels = LABELS.get(settingId);
    return name === undefined ? undefined : { name, ...(labels !== undefined && { labels }) };
  };
}

function readRows(file: string): z.infer<typeof rows> {
  try {
    const records: unknown = parse(readFileSync(file), {
      bom: true,
      columns: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
    });
    return rows.parse(records);
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? "it has no columns Id and Name" : (error as Error).message;
    throw new TypeError(`--catalogue ${file} cannot be read as CSV: ${reason}`);
  }
}
