/**
 * The part of OData's `$filter` that makes sense for client configurations.
 *
 * @see https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html
 * @module
 */
import { badRequest } from "./errors";

/** What is filtered: properties by name, and the type. */
export type Filterable = Readonly<Record<string, unknown>>;

/** Says if an object passes. */
export type Predicate = (item: Filterable) => boolean;

const TOKEN = /\s*(?:(\()|(\))|(,)|('(?:[^']|'')*')|(-?\d+)|([A-Za-z@][\w./@]*))/y;

/** Parses a filter. Throws Graph's 400 where it is not understood. */
export function parseFilter(text: string): Predicate {
  const parser = new Parser(text);
  const predicate = parser.or();
  parser.end();
  return predicate;
}

class Parser {
  readonly #tokens: string[] = [];
  #position = 0;

  constructor(private readonly text: string) {
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
    const operator = this.next();
    const value = this.literal();
    const compare = OPERATORS[operator];
    if (compare === undefined) throw this.invalid();
    return (item) => compare(item[name], value);
  }

  call(name: string): Predicate {
    const first = this.next();
    if (name === "isof") {
      this.expect(")");
      const type = first.replace(/^'|'$/g, "").replace(/^#/, "");
      return (item) => String(item["@odata.type"]).replace(/^#/, "") === type;
    }
    this.expect(",");
    const part = String(this.literal()).toLowerCase();
    this.expect(")");
    const test = FUNCTIONS[name];
    if (test === undefined) throw this.invalid();
    return (item) => test(String(item[first] ?? "").toLowerCase(), part);
  }

  literal(): string | number | boolean | null {
    const token = this.next();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d+$/.test(token)) return Number(token);
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

type Compare = (found: unknown, wanted: string | number | boolean | null) => boolean;

const OPERATORS: Readonly<Record<string, Compare>> = {
  eq: (found, wanted) => (found ?? null) === wanted,
  ne: (found, wanted) => (found ?? null) !== wanted,
  gt: (found, wanted) => Number(found) > Number(wanted),
  ge: (found, wanted) => Number(found) >= Number(wanted),
  lt: (found, wanted) => Number(found) < Number(wanted),
  le: (found, wanted) => Number(found) <= Number(wanted),
};

const FUNCTIONS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
};
