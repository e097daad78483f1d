import { readFileSync } from "node:fs";
import { BUILD_COMMAND, type Catalogue } from "../../provider/catalogue/catalogue";
import { readCatalogue } from "../../provider/catalogue/read";

/**
 * Reads a catalogue file that a command names.
 *
 * @throws TypeError if it cannot be read.
 * @throws CatalogueError if it is no catalogue.
 */
export function openCatalogueFile(file: string): Catalogue {
  return readCatalogue(textOfCatalogue(file), file);
}

/**
 * The text of a catalogue file.
 *
 * @throws TypeError if it cannot be read.
 */
export function textOfCatalogue(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "is not there" : `cannot be read: ${code}`;
    throw new TypeError(`the catalogue ${file} ${reason}. Build one with ${BUILD_COMMAND}`);
  }
}
