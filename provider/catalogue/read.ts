import { isPlainObject, type PlainObject, propertyPath } from "../settings/json";
import { cut, oneLine } from "../text/messageText";
import {
  BUILD_COMMAND,
  CATALOGUE_VERSION,
  type Catalogue,
  INTUNE_FORMS,
  REGISTRY_TYPES,
  SETTING_KINDS,
} from "./catalogue";
import { CatalogueError } from "./catalogueError";

/** Longest file that is read, in UTF-16 units. One with the help texts of all Office templates has 3 million. */
export const MAX_CATALOGUE_LENGTH = 64 * 1024 * 1024;

/** Most settings of a file. Office's templates have 4,500. */
export const MAX_CATALOGUE_SETTINGS = 100_000;

const AGAIN = `Build it again: ${BUILD_COMMAND}.`;

/**
 * Reads the text of a catalogue file. Checked by hand: 4,500 settings take a few milliseconds. Keys that this
 * version does not know are kept.
 *
 * @param file - Path of the file, for messages.
 * @throws CatalogueError if the text is no catalogue, or one of another version.
 */
export function readCatalogue(text: string, file: string): Catalogue {
  const fail = (problem: string, advice = AGAIN, options: ErrorOptions = {}): never => {
    throw new CatalogueError(file, problem, advice, options);
  };
  if (text.length > MAX_CATALOGUE_LENGTH) {
    fail(`it has more than ${MAX_CATALOGUE_LENGTH / 1024 / 1024} million characters`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
  } catch (cause) {
    fail(`it is no JSON: ${oneLine((cause as Error).message, 200)}`, AGAIN, { cause });
  }
  if (!isPlainObject(content)) return fail("it must hold an object");
  if (content.version !== CATALOGUE_VERSION) return fail(...otherVersion(content.version));
  const problem = catalogueProblem(content);
  return problem === undefined ? (content as unknown as Catalogue) : fail(problem);
}

const BYTE_ORDER_MARK = 0xfeff;

function otherVersion(version: unknown): [problem: string, advice: string] {
  if (typeof version === "number" && version > CATALOGUE_VERSION) {
    const problem = `a newer version of pulumi-office-configuration wrote it (version ${version}, not ${CATALOGUE_VERSION})`;
    return [problem, `Update the package, or build it again with this one: ${BUILD_COMMAND}.`];
  }
  return [`version must be ${CATALOGUE_VERSION}${not(version)}`, AGAIN];
}

function catalogueProblem({ sources, settings }: PlainObject): string | undefined {
  if (!Array.isArray(sources)) return "sources must be a list";
  for (const [index, source] of sources.entries()) {
    const problem = problemOf(source, SOURCE_FIELDS);
    if (problem !== undefined) return says(["sources", index], problem);
  }
  if (!isPlainObject(settings)) return "settings must be an object";
  const ids = Object.keys(settings);
  if (ids.length > MAX_CATALOGUE_SETTINGS) {
    return `settings has ${ids.length} entries, and may have ${MAX_CATALOGUE_SETTINGS}`;
  }
  for (const id of ids) {
    const problem = problemOf(settings[id], SETTING_FIELDS);
    if (problem !== undefined) return says(["settings", id], problem);
  }
  return undefined;
}

/** Problem of a value, with its place in an object: `[["scope"], "must be a text"]`. */
type Problem = readonly [path: readonly string[], reason: string];

function says(path: readonly (string | number)[], [inner, reason]: Problem): string {
  return `${cut(propertyPath([...path, ...inner]), 300)} ${reason}`;
}

/** Says what a value must be; undefined if it is that. */
type Rule = (value: unknown) => string | undefined;

interface Fields {
  readonly required: readonly string[];
  readonly rules: Readonly<Record<string, Rule | Fields>>;
}

function problemOf(value: unknown, { required, rules }: Fields): Problem | undefined {
  if (!isPlainObject(value)) return [[], "must be an object"];
  for (const name of required) {
    if (!Object.hasOwn(value, name)) return [[name], "is missing"];
  }
  for (const name in value) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (typeof rule === "function") {
      const expected = rule(value[name]);
      if (expected !== undefined) return [[name], `must be ${expected}${not(value[name])}`];
    } else if (rule !== undefined) {
      const problem = problemOf(value[name], rule);
      if (problem !== undefined) return [[name, ...problem[0]], problem[1]];
    }
  }
  return undefined;
}

/** The end of a message about a value that can be shown on a line. */
function not(value: unknown): string {
  if (value === undefined || (typeof value === "object" && value !== null)) return "";
  return `, not ${oneLine(JSON.stringify(value), 60)}`;
}

const text: Rule = (value) => (typeof value === "string" ? undefined : "a text");
const flag: Rule = (value) => (typeof value === "boolean" ? undefined : "true or false");
const wholeNumber: Rule = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : "a whole number";

function oneOf(words: readonly string[]): Rule {
  const known = new Set<unknown>(words);
  const expected = words.map((word) => `"${word}"`).join(", ");
  return (value) => (known.has(value) ? undefined : `one of ${expected}`);
}

const labels: Rule = (value) => {
  if (!isPlainObject(value)) return "an object of texts";
  for (const key in value) if (typeof value[key] !== "string") return "an object of texts";
  return undefined;
};

const texts: Rule = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === "string")
    ? undefined
    : "a list of texts";

const SOURCE_FIELDS: Fields = {
  required: ["kind", "file", "settings"],
  rules: {
    kind: oneOf(["admx", "csv", "intune"]),
    file: text,
    language: text,
    revision: text,
    settings: wholeNumber,
  },
};

const INTUNE_FIELDS: Fields = {
  required: ["id"],
  rules: { id: text, form: oneOf(INTUNE_FORMS), options: labels, optional: flag, requires: texts },
};

const SETTING_FIELDS: Fields = {
  required: ["name", "scope", "kind"],
  rules: {
    name: text,
    scope: oneOf(["user", "machine"]),
    kind: oneOf(SETTING_KINDS),
    values: labels,
    on: text,
    off: text,
    deletes: flag,
    alsoSets: texts,
    min: wholeNumber,
    max: wholeNumber,
    maxLength: wholeNumber,
    required: flag,
    key: text,
    valueName: text,
    type: oneOf(REGISTRY_TYPES),
    category: text,
    app: text,
    policy: text,
    help: text,
    intune: INTUNE_FIELDS,
    source: oneOf(["csv", "intune"]),
  },
};
