/**
 * Words of settings, and what the types in an exported folder take.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { CATALOGUE_FILE, type Catalogue } from "../../provider/catalogue/catalogue";
import { glossaryOf } from "../../provider/catalogue/glossary";
import { readCatalogue } from "../../provider/catalogue/read";
import type { Glossary } from "../../provider/settings/glossary";
import { textOfCatalogue } from "../catalogue/file";
import { isTyped, TYPES_FILE, typesOf } from "../catalogue/types";
import { knownNames, namesIn } from "./names";

/** Knowledge of settings for a program. */
export interface SettingKnowledge {
  /** Words for comments. */
  readonly glossary: Glossary;
  /** Says if the types in the program's folder take a setting. Undefined: it has no types, and any will do. */
  readonly isTyped?: (settingId: string, value: unknown) => boolean;
}

/** Knowledge of settings for an export. */
export interface ExportCatalogue extends SettingKnowledge {
  /** Path of the catalogue that the words are from; undefined if there is none. */
  readonly from?: string;
  /** The catalogue itself; undefined if there is none. */
  readonly catalogue?: Catalogue;
  /** Texts of files for the exported folder, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** A note for each line of a list that is left out. */
  readonly notes: readonly string[];
}

/** Possible places of a catalogue. */
export interface CatalogueOptions {
  /** Catalogue. A list of names (`.csv`), or undefined: the catalogue of `out` or of this folder, if there is one. */
  readonly file?: string | undefined;
  /** Folder that is written to. */
  readonly out: string;
}

/**
 * The catalogue of an export, and the names that this package knows.
 *
 * @throws TypeError if a file cannot be read, or is no CSV.
 * @throws CatalogueError if it is no catalogue.
 */
export function openCatalogue({ file, out }: CatalogueOptions): ExportCatalogue {
  const isList = file?.toLowerCase().endsWith(".csv") === true;
  const { glossary: names, notes } =
    file !== undefined && isList ? namesIn(file) : { glossary: knownNames, notes: [] };
  const places = [out, "."].map((folder) => join(folder, CATALOGUE_FILE));
  const found = isList ? undefined : file;
  const path = found ?? places.find((place) => existsSync(place));
  if (path === undefined) return { glossary: names, files: {}, notes };
  const text = textOfCatalogue(path);
  const catalogue = readCatalogue(text, path);
  const words = glossaryOf(catalogue);
  const hasTypes = [dirname(path), out].some((folder) => existsSync(join(folder, TYPES_FILE)));
  return {
    glossary: (id) => words(id) ?? names(id),
    ...(hasTypes && { isTyped: (id: string, value: unknown) => isTyped(catalogue, id, value) }),
    from: path,
    catalogue,
    files: {
      [CATALOGUE_FILE]: text,
      // Made anew: a program is written for the types of this very catalogue.
      ...(hasTypes && { [TYPES_FILE]: typesOf(catalogue) }),
    },
    notes,
  };
}
