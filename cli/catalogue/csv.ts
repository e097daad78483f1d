import { basename } from "node:path";
import { parse } from "csv-parse/sync";
import type { CatalogueSetting } from "../../provider/catalogue/catalogue";
import { oneLine } from "../../provider/text/messageText";

/** A list of setting ids: those that no template has are taken from it. */
export interface SettingList {
  readonly settings: ReadonlyMap<string, CatalogueSetting>;
  /** A clause for each line that is left out: `line 7 has 5 columns, not 4`. */
  readonly problems: readonly string[];
}

/** Columns that are read, by their names in the first line. */
const COLUMNS = { id: "id", name: "name", key: "registrykeypath", valueName: "registrysubpath" };

/** Longest id that an input takes, in UTF-16 units. */
const MAX_ID = 1024;

/**
 * Reads a list with the columns Id and Name, and registryKeyPath and registrySubPath if it has them. Each line stands
 * for itself: a stray quote loses its line, and not the rest of the file.
 *
 * @throws TypeError if the first line does not name the columns.
 */
export function readSettingList(text: string): SettingList {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const header = (columnsOf(lines[0] ?? "") ?? []).map((name) => name.trim().toLowerCase());
  const places = {
    id: header.indexOf(COLUMNS.id),
    name: header.indexOf(COLUMNS.name),
    key: header.indexOf(COLUMNS.key),
    valueName: header.indexOf(COLUMNS.valueName),
  };
  if (places.id < 0 || places.name < 0)
    throw new TypeError("its first line does not name the columns Id and Name");
  const rows = new Map<string, CatalogueSetting>();
  const problems: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === "") continue;
    const columns = columnsOf(line);
    const problem = lineProblem(columns, header.length, places.id);
    if (problem !== undefined) {
      problems.push(`line ${index + 1} ${problem}`);
      continue;
    }
    const value = (place: number) => known(columns?.[place]);
    const id = value(places.id) ?? "";
    rows.set(id, {
      name: oneLine(value(places.name) ?? "") || id,
      scope: "user",
      kind: "unknown",
      ...withKey(value(places.key), value(places.valueName)),
      source: "csv",
    });
  }
  return { settings: withParents(rows), problems };
}

/** Most notes about the lines of one file. */
const MAX_NOTES = 10;

/** Notes about the lines of a list that are left out. */
export function lineNotes(file: string, problems: readonly string[]): string[] {
  const name = basename(file);
  const notes = problems
    .slice(0, MAX_NOTES)
    .map((problem) => `${name}: ${problem}, and is left out`);
  const more = problems.length - MAX_NOTES;
  if (more > 0)
    notes.push(`${name}: ${more} more ${more === 1 ? "line is" : "lines are"} left out`);
  return notes;
}

/** The columns of a line; undefined if a quote in it is not closed. */
function columnsOf(line: string): string[] | undefined {
  try {
    const [columns] = parse(line, { relaxQuotes: true, relaxColumnCount: true }) as string[][];
    return columns ?? [];
  } catch {
    return undefined;
  }
}

function lineProblem(
  columns: string[] | undefined,
  width: number,
  idPlace: number,
): string | undefined {
  if (columns === undefined) return "has a quote that is not closed";
  if (columns.length !== width)
    return `has ${columns.length === 1 ? "1 column" : `${columns.length} columns`}, not ${width}`;
  const id = known(columns[idPlace]);
  if (id === undefined) return "has no Id";
  if (id.length > MAX_ID) return `has an Id of more than ${MAX_ID} characters`;
  return undefined;
}

/** The list has `NA` and `none` for what is not known. */
function known(text: string | undefined): string | undefined {
  const value = text?.trim().toWellFormed() ?? "";
  return value === "" || /^(?:na|none)$/i.test(value) ? undefined : value;
}

function withKey(key: string | undefined, valueName: string | undefined) {
  return { ...(key !== undefined && { key }), ...(valueName !== undefined && { valueName }) };
}

/** Elements know their policy, and a policy with elements and without a registry value has no value of its own. */
function withParents(rows: ReadonlyMap<string, CatalogueSetting>): Map<string, CatalogueSetting> {
  const settings = new Map(rows);
  for (const [id, row] of rows) {
    const policy = id.slice(0, id.lastIndexOf(";"));
    const parent = settings.get(policy);
    if (parent === undefined || !policy.includes(";")) continue;
    settings.set(id, { ...row, policy });
    if (parent.valueName === undefined) settings.set(policy, { ...parent, kind: "policy" });
  }
  return settings;
}
