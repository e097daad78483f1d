import { readFileSync, statSync } from "node:fs";
import { BUILD_COMMAND, type Catalogue } from "../../provider/catalogue/catalogue";
import { readCatalogue } from "../../provider/catalogue/read";
import { oneLine } from "../../provider/text/messageText";

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

/** Largest file that is no catalogue and no template, in bytes. Intune's whole answer has 60 MB. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Reads a file that an option names.
 *
 * @throws TypeError with the option and the file's name, if it is too large, or if it cannot be read.
 */
export function readingFile<T>(option: string, file: string, read: (text: string) => T): T {
  try {
    if (statSync(file).size > MAX_BYTES)
      throw new TypeError(`it is larger than ${MAX_BYTES / 1024 / 1024} MB`);
    return read(readFileSync(file, "utf8"));
  } catch (error) {
    throw new TypeError(
      `${option} ${file} cannot be read: ${oneLine((error as Error).message, 200)}`,
    );
  }
}
