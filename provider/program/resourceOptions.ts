/**
 * Pulumi's options that have no effect on these resources, or an unexpected one. The engine accepts them
 * silently, so the constructor says what to do instead. It does not see options that a transformation adds
 * later.
 *
 * @module
 */

import * as pulumi from "@pulumi/pulumi";
import { OfficeConfigurationError } from "../graph/errors/officeConfigurationError";
import { isPlainObject, type PlainObject, propertyPath } from "../settings/json";
import { nearestName } from "../text/nearestName";

/** Advice on what to use instead of unsupported options. */
export interface OptionAdvice {
  /** Instead of `import`. */
  readonly import: string;
  /** The inputs whose lists are stored by key. @default none */
  readonly storedByKey?: readonly string[];
  /** The inputs that are not outputs. @default none */
  readonly otherInputs?: readonly string[];
}

/** Facts about a resource that decide which options it supports. */
export interface OptionSubject {
  readonly kind: string;
  readonly name: string;
  /** The inputs as they are stored. */
  readonly inputs: PlainObject;
  readonly properties: readonly string[];
  readonly options: pulumi.CustomResourceOptions | undefined;
  readonly advice?: OptionAdvice;
}

/**
 * Checks the options of a constructor.
 *
 * @param warn - Gets the options that do nothing. @default The engine's log.
 * @throws OfficeConfigurationError if an option would make the update fail, or do what the program forbids.
 */
export function checkOptions(
  subject: OptionSubject,
  warn: (line: string) => void = toEngine,
): void {
  const { kind, name, options = {}, advice } = subject;
  const resource = `${kind} "${name}"`;
  const problems: string[] = [];
  if (options.import !== undefined) {
    problems.push(`import: Pulumi cannot import dynamic resources. ${advice?.import ?? ""}`.trim());
  }
  for (const path of options.ignoreChanges ?? []) {
    const problem = ignoredPathProblem(path, subject);
    if (problem !== undefined) problems.push(`ignoreChanges: ${JSON.stringify(path)} ${problem}`);
  }
  if (problems.length > 0)
    throw new OfficeConfigurationError(`${resource}: ${problems.join("; ")}`);
  if (options.customTimeouts !== undefined) {
    warn(
      `${resource}: customTimeouts do not reach dynamic providers and do nothing. Give the input timeouts, which has the same form.`,
    );
  }
  if ((options.replaceOnChanges ?? []).length > 0) {
    warn(
      `${resource}: replaceOnChanges does nothing to dynamic resources. To replace the resource, run \`pulumi up --replace\` with its URN.`,
    );
  }
}

function toEngine(message: string): void {
  // Without an engine nobody would see the warning.
  if (pulumi.runtime.getMonitor() !== undefined) void pulumi.log.warn(message);
}

/** Problem of a path of `ignoreChanges`; undefined if it can match something. */
function ignoredPathProblem(path: string, subject: OptionSubject): string | undefined {
  const { inputs, properties, advice } = subject;
  const [root = "", ...rest] = parsePropertyPath(path);
  if (root === "*" || String(root).startsWith("__")) return undefined;
  const known = [
    ...new Set([...properties, ...(advice?.otherInputs ?? []), ...Object.keys(inputs), "timeouts"]),
  ].filter((key) => !key.startsWith("__"));
  if (!known.includes(String(root))) {
    const nearest = nearestName(String(root), known);
    const hint =
      nearest === undefined ? `known: ${known.join(", ")}` : `did you mean "${nearest}"?`;
    return `names no property of the resource and would change nothing; ${hint}`;
  }
  if (advice?.storedByKey?.includes(String(root)) !== true) return undefined;
  return payloadPathProblem(String(root), rest, inputs[String(root)]);
}

/** Settings are stored by their id, so a list index matches nothing. */
function payloadPathProblem(
  root: string,
  [key, ...rest]: readonly (string | number)[],
  stored: unknown,
): string | undefined {
  if (key === undefined) return undefined;
  const example = (id: string) => propertyPath([root, id]);
  if (typeof key === "number") {
    return `names a place in a list, and settings are kept by their id: the tenant's value would be overwritten. Name the setting: '${example("<settingId>")}'`;
  }
  const setting = isPlainObject(stored) && Object.hasOwn(stored, key) ? stored[key] : undefined;
  const isBare = ["string", "number", "boolean"].includes(typeof setting);
  if (rest.length > 0 && isBare) {
    return `names a part of a setting that is kept as its bare value: the tenant's value would be overwritten. Name the setting: '${example(key)}'`;
  }
  return undefined;
}

/**
 * The names and indexes in a Pulumi property path: `a.b[0]["c.d"]`.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/property_path.go
 */
export function parsePropertyPath(path: string): (string | number)[] {
  const parts = path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g);
  return [...parts].map(([, quoted, place, name]) => {
    if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, "$1");
    if (place !== undefined) return place === "*" ? "*" : Number(place);
    return name ?? "";
  });
}
