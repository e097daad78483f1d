/**
 * Names of settings.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { KNOWN_SETTINGS } from "../../provider/settings/knownSettings";

/** Finds the name of a setting. */
export interface Catalogue {
  /** The name of a setting, or undefined if it is not known. */
  nameOf(settingId: string): string | undefined;
}

const rows = z.array(z.looseObject({ Id: z.string(), Name: z.string() }));

/**
 * The catalogue: the names that this package knows, and those of a file.
 *
 * @param file - CSV with the columns `Id` and `Name`, whatever others it has.
 * @throws TypeError if it cannot be read as such.
 */
export function openCatalogue(file?: string): Catalogue {
  const names = new Map(Object.entries(KNOWN_SETTINGS));
  for (const { Id, Name } of file === undefined ? [] : readRows(file)) {
    if (Name.trim() !== "") names.set(Id, Name.trim());
  }
  return {
    nameOf: (settingId) => {
      const own = names.get(settingId);
      // A part of a setting has a name such as "Level": it says little without the setting's.
      const policy = names.get(settingId.split(";").slice(0, 2).join(";"));
      if (own === undefined || policy === undefined || own === policy) return own ?? policy;
      return `${policy}: ${own.replace(/:$/, "")}`;
    },
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
