/**
 * Values as TypeScript that a person would have written: on one line where that fits, else one
 * element a line.
 *
 * @module
 */
import type { JsonValue } from "../../provider/settings/json";
import { withUnseenEscaped } from "../../provider/text/messageText";
import { commentLine } from "./comment";

/** The longest line, in characters. */
const LINE_WIDTH = 100;

/** The arguments of a resource: each on a line of its own, even where all would fit on one. */
export class Arguments {
  constructor(readonly values: ReadonlyMap<string, CodeValue>) {}
}

/** An element with a comment behind it, or above it where it does not fit. */
export class Commented {
  constructor(
    readonly value: CodeValue,
    readonly comment: string,
  ) {}
}

/** A call with one argument: `uncheckedSetting({ … })`. */
export class Call {
  constructor(
    readonly name: string,
    readonly argument: CodeValue,
  ) {}
}

/** Values that can be written. */
export type CodeValue =
  | JsonValue
  | Arguments
  | Call
  | Commented
  | readonly CodeValue[]
  | ReadonlyMap<string, CodeValue>;

/**
 * Writes a value.
 *
 * @param indent - The white space that its line begins with.
 * @param before - How many characters stand before it on its line.
 */
export function write(value: CodeValue, indent = "", before = indent.length): string {
  if (value instanceof Commented) return write(value.value, indent, before);
  if (value instanceof Arguments) return entries(value.values, indent);
  const flat = writeFlat(value);
  if (flat !== undefined && before + flat.length < LINE_WIDTH) return flat;
  if (value instanceof Call) {
    const start = `${value.name}(`;
    return `${start}${write(value.argument, indent, before + start.length)})`;
  }
  if (Array.isArray(value)) return block(["[", "]"], value.map(element), indent);
  return isEntries(value) ? entries(value, indent) : (flat ?? "");
}

/** The functions that a value calls. */
export function callsIn(value: CodeValue | undefined): string[] {
  if (value instanceof Call) return [value.name, ...callsIn(value.argument)];
  if (value instanceof Commented) return callsIn(value.value);
  if (Array.isArray(value)) return (value as readonly CodeValue[]).flatMap(callsIn);
  return [];
}

function entries(values: ReadonlyMap<string, CodeValue> | object, indent: string): string {
  const elements = entriesOf(values).map(([key, value]) => {
    return { prefix: `${property(key)}: `, value };
  });
  return block(["{", "}"], elements, indent);
}

interface Element {
  readonly prefix: string;
  readonly value: CodeValue;
}

function element(value: CodeValue): Element {
  return { prefix: "", value };
}

function block(
  [open, close]: readonly [string, string],
  elements: readonly Element[],
  indent: string,
): string {
  const inner = `${indent}  `;
  const lines = elements.map(({ prefix, value }) => {
    const start = `${inner}${prefix}`;
    const line = `${start}${write(value, inner, start.length)},`;
    if (!(value instanceof Commented)) return line;
    const comment = `// ${commentLine(value.comment)}`;
    const isShort = !line.includes("\n") && line.length + 1 + comment.length <= LINE_WIDTH;
    return isShort ? `${line} ${comment}` : `${inner}${comment}\n${line}`;
  });
  return [open, ...lines, `${indent}${close}`].join("\n");
}

/** A value on one line; undefined for what has a comment, or lines of its own. */
function writeFlat(value: CodeValue): string | undefined {
  if (value instanceof Arguments || value instanceof Commented) return undefined;
  if (value instanceof Call) {
    const flat = writeFlat(value.argument);
    return flat === undefined ? undefined : `${value.name}(${flat})`;
  }
  if (Array.isArray(value)) {
    const items = (value as readonly CodeValue[]).map(writeFlat);
    return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if (!isEntries(value)) return literal(value);
  const parts = entriesOf(value).map(([key, item]) => {
    const flat = writeFlat(item);
    return flat === undefined ? undefined : `${property(key)}: ${flat}`;
  });
  if (parts.includes(undefined)) return undefined;
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function isEntries(value: CodeValue): value is ReadonlyMap<string, CodeValue> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entriesOf(value: ReadonlyMap<string, CodeValue> | object): [string, CodeValue][] {
  const map = value instanceof Map ? (value as ReadonlyMap<string, CodeValue>) : undefined;
  return map === undefined ? (Object.entries(value) as [string, CodeValue][]) : [...map];
}

/** The key of a property. `__proto__` in quotes would still set the prototype. */
function property(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : literal(key);
}

/** A text, number, true, false or null. What cannot be seen in an editor is escaped. */
function literal(value: unknown): string {
  return withUnseenEscaped(JSON.stringify(value));
}
