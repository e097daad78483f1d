/**
 * The part of OData's `$filter` that the emulated APIs need.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html
 * @module
 */

import type { Vocabulary } from "./api";
import { badRequest } from "./errors";
import { propertyNamed } from "./properties";

/** An object to filter: its properties by name, and its type. */
export type Filterable = Readonly<Record<string, unknown>>;

/** Whether an object passes. */
export type Predicate = (item: Filterable) => boolean;

const DATE = String.raw`\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)`;
const TOKEN = new RegExp(
  String.raw`\s*(?:[(),]|'(?:[^']|'')*'|${DATE}|-?\d+|[A-Za-z@][\w./@]*)`,
  "y",
);

/** Deepest nesting of parentheses and `not`. */
const MAX_DEPTH = 100;

/** Most values of an `in`, as for directory objects. */
const MAX_IN = 15;

/** Parses a filter. Throws Graph's 400 if it cannot. */
export function parseFilter(text: string, vocabulary: Vocabulary): Predicate {
  const parser = new Parser(text, vocabulary);
  const predicate = parser.or();
  parser.end();
  return predicate;
}

class Parser {
  readonly #tokens: string[] = [];
  #position = 0;
  #depth = 0;

  constructor(
    private readonly text: string,
    private readonly vocabulary: Vocabulary,
  ) {
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.trimEnd().length) {
      const match = TOKEN.exec(text);
      if (match === null) throw this.invalid();
      this.#tokens.push(match[0].trim());
    }
  }

  or(): Predicate {
    const options = [this.and()];
    while (this.takes("or")) options.push(this.and());
    return (item) => options.some((option) => option(item));
  }

  and(): Predicate {
    const conditions = [this.not()];
    while (this.takes("and")) conditions.push(this.not());
    return (item) => conditions.every((condition) => condition(item));
  }

  not(): Predicate {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.invalid();
    const predicate = this.unit();
    this.#depth -= 1;
    return predicate;
  }

  unit(): Predicate {
    if (this.takes("not")) {
      const inner = this.not();
      return (item) => !inner(item);
    }
    if (this.takes("(")) {
      const inner = this.or();
      this.expect(")");
      return inner;
    }
    return this.condition();
  }

  end(): void {
    if (this.#position < this.#tokens.length) throw this.invalid();
  }

  condition(): Predicate {
    const name = this.next();
    if (this.takes("(")) return this.call(name);
    const property = propertyNamed(name, this.vocabulary);
    if (this.takes("in")) {
      const values = this.literals();
      return (item) => values.some((value) => value === item[property]);
    }
    const compare = OPERATORS.get(this.next());
    const value = this.literal();
    if (compare === undefined) throw this.invalid();
    return (item) => compare(item[property], value);
  }

  call(name: string): Predicate {
    const first = this.next();
    if (name === "isof") {
      this.expect(")");
      const type = first.replace(/^'|'$/g, "").replace(/^#/, "");
      const { baseType } = this.vocabulary;
      return (item) => type === `microsoft.graph.${baseType}` || item["@odata.type"] === `#${type}`;
    }
    this.expect(",");
    const part = String(this.literal()).toLowerCase();
    this.expect(")");
    const property = propertyNamed(first, this.vocabulary);
    const test = FUNCTIONS.get(name);
    if (test === undefined) throw this.invalid();
    return (item) => test(String(item[property] ?? "").toLowerCase(), part);
  }

  literals(): Literal[] {
    this.expect("(");
    const values = [this.literal()];
    while (this.takes(",")) values.push(this.literal());
    this.expect(")");
    if (values.length > MAX_IN) {
      throw badRequest(
        `Too many child clauses specified in search filter expression: ${values.length}. Max allowed: ${MAX_IN}.`,
      );
    }
    return values;
  }

  literal(): Literal {
    const token = this.next();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d+$/.test(token)) return Number(token);
    if (/^\d/.test(token) && !Number.isNaN(Date.parse(token))) return new Date(token).toISOString();
    if (token === "null") return null;
    if (token === "true" || token === "false") return token === "true";
    throw this.invalid();
  }

  next(): string {
    const token = this.#tokens[this.#position];
    if (token === undefined) throw this.invalid();
    this.#position += 1;
    return token;
  }

  takes(token: string): boolean {
    const isNext = this.#tokens[this.#position] === token;
    if (isNext) this.#position += 1;
    return isNext;
  }

  expect(token: string): void {
    if (!this.takes(token)) throw this.invalid();
  }

  invalid() {
    return badRequest(`Invalid filter clause: ${this.text}`);
  }
}

type Literal = string | number | boolean | null;
type Compare = (found: unknown, wanted: Literal) => boolean;

const OPERATORS: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ["eq", (found, wanted) => (found ?? null) === wanted],
  ["ne", (found, wanted) => (found ?? null) !== wanted],
  ["gt", (found, wanted) => order(found, wanted) > 0],
  ["ge", (found, wanted) => order(found, wanted) >= 0],
  ["lt", (found, wanted) => order(found, wanted) < 0],
  ["le", (found, wanted) => order(found, wanted) <= 0],
]);

/**
 * Negative, zero or positive for less, equal or greater; NaN, which is none of them, for values of two
 * types.
 */
function order(found: unknown, wanted: Literal): number {
  if (typeof found === "number" && typeof wanted === "number") return found - wanted;
  if (typeof found !== "string" || typeof wanted !== "string") return Number.NaN;
  if (found === wanted) return 0;
  return found < wanted ? -1 : 1;
}

type TextTest = (text: string, part: string) => boolean;

const FUNCTIONS: ReadonlyMap<string, TextTest> = new Map<string, TextTest>([
  ["startswith", (text, part) => text.startsWith(part)],
  ["endswith", (text, part) => text.endsWith(part)],
  ["contains", (text, part) => text.includes(part)],
]);
