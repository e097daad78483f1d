/**
 * Office's part of Intune's setting definitions.
 *
 * @module
 */

/** A definition as it came. */
export interface Definition {
  readonly id: string;
}

/** The path of a policy of Office's templates: `/Config/excel16v2~Policy~L_Excel/L_Save`. */
const OFFICE_PATH = /^\/?Config\/[a-z]+16(?:v[^~/]*)?~Policy~/i;

/** Whether it is a definition, of any product. */
export function isDefinition(item: unknown): item is Definition {
  return typeof item === "object" && item !== null && "id" in item && typeof item.id === "string";
}

/** Those of a page that belong to Office's templates, as they came. */
export function officeDefinitions(items: readonly unknown[]): Definition[] {
  return items
    .filter(isDefinition)
    .filter(
      (item) =>
        "offsetUri" in item &&
        typeof item.offsetUri === "string" &&
        OFFICE_PATH.test(item.offsetUri),
    );
}

/** Text of a file that holds definitions as an answer of Graph does: each once, sorted by id, one a line. */
export function savedAnswer(definitions: readonly Definition[]): {
  readonly text: string;
  readonly count: number;
} {
  const byId = new Map(definitions.map((item) => [item.id, item]));
  const lines = [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => JSON.stringify(item));
  return { text: `{"value":[\n${lines.join(",\n")}\n]}\n`, count: lines.length };
}
