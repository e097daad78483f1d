/**
 * The configuration that a stack gets in a fleet's run.
 *
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { StackOverrides } from "./fleetFile";
import type { FleetStack } from "./stacks";

/** The configuration of a stack. */
export interface StackFile {
  /** File for `--config-file`; undefined if it is the stack's own. */
  readonly configFile?: string;
  /** The stack's own file, if this run has made it. */
  readonly made?: string;
}

/** Path of a stack's own configuration: the name without organization and project. */
export function ownFile(configFolder: string, stack: string): string {
  const name = stack.split("/").at(-1) ?? stack;
  const yml = join(configFolder, `Pulumi.${name}.yml`);
  return existsSync(yml) ? yml : join(configFolder, `Pulumi.${name}.yaml`);
}

/**
 * Prepares the configuration of a stack. What fleet.yaml has goes into a new `Pulumi.<stack>.yaml`, if there is none yet.
 * An existing one is never written: a copy in another folder has both.
 *
 * @param copies - Folder for such copies.
 */
export function prepareStackFile(
  { name, overrides }: Pick<FleetStack, "name" | "overrides">,
  { configFolder, copies }: { readonly configFolder: string; readonly copies: string },
): StackFile {
  if (overrides === undefined) return {};
  const own = ownFile(configFolder, name);
  if (!existsSync(own)) {
    writeFileSync(own, withOverrides("", overrides), { flag: "wx" });
    return { made: own };
  }
  const text = readFileSync(own, "utf8");
  const whole = withOverrides(text, overrides);
  if (whole === text || isSame(whole, text)) return {};
  const configFile = join(copies, `Pulumi.${encodeURIComponent(name)}.yaml`);
  writeFileSync(configFile, whole, { mode: 0o600 });
  return { configFile };
}

/** The text of a stack's configuration with other values in it. Comments stay. */
export function withOverrides(text: string, { config }: StackOverrides): string {
  const document = parseDocument(text);
  for (const [key, value] of Object.entries(config)) document.setIn(["config", key], value);
  return document.toString();
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => JSON.stringify(parseDocument(text).toJS()));
  return a === b;
}
