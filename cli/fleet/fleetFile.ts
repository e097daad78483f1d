/**
 * fleet.yaml: the stacks of a fleet, and what their configuration has in this fleet only.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { SECRET_SETTINGS } from "../../provider/graph/config/settingSources";
import { oneLine } from "../../provider/text/messageText";

/** Name of the file, beside Pulumi.yaml. */
export const FLEET_FILE = "fleet.yaml";

const values = z.record(z.string(), z.unknown());

const fileSchema = z.strictObject({
  /** For all stacks. */
  config: values.nullish(),
  stacks: z.record(z.string().min(1), z.strictObject({ config: values.nullish() }).nullable()),
});

const projectSchema = z.looseObject({
  name: z.string().min(1),
  stackConfigDir: z.string().optional(),
});

/** Configuration that fleet.yaml gives a stack: values by namespaced key. */
export interface StackOverrides {
  readonly config: Readonly<Record<string, unknown>>;
}

/** Contents of fleet.yaml. */
export interface FleetFile {
  readonly stacks: ReadonlyMap<string, StackOverrides>;
}

const SECRET_NAMES: ReadonlySet<string> = SECRET_SETTINGS;

/** A project whose stacks a fleet works on. */
export interface FleetProject {
  readonly name: string;
  /** Folder of Pulumi.yaml. */
  readonly folder: string;
  /** Folder of the stacks' configuration. */
  readonly configFolder: string;
}

/**
 * Reads Pulumi.yaml.
 *
 * @throws TypeError if the folder has none, or it has no name.
 */
export function readFleetProject(given: string): FleetProject {
  const folder = resolve(given);
  const file = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].find((name) =>
    existsSync(join(folder, name)),
  );
  if (file === undefined) {
    throw new TypeError(
      "there is no Pulumi.yaml here: run it in the folder of a Pulumi project, or give --cwd <folder>",
    );
  }
  const { data } = projectSchema.safeParse(yamlOf(join(folder, file), file));
  if (data === undefined) throw new TypeError(`${file} has no name of a project`);
  return { name: data.name, folder, configFolder: resolve(folder, data.stackConfigDir ?? ".") };
}

/**
 * Reads fleet.yaml, if there is one.
 *
 * @param given - Path of another file.
 * @throws TypeError if it is not there although it was given, or is not what it may be.
 */
export function readFleetFile(
  { folder, name: project }: FleetProject,
  given?: string,
): FleetFile | undefined {
  const path = given ?? join(folder, FLEET_FILE);
  if (given === undefined && !existsSync(path)) return undefined;
  const name = given ?? FLEET_FILE;
  const { data, error } = fileSchema.safeParse(yamlOf(path, name));
  if (error !== undefined) {
    const [issue] = error.issues;
    const at = issue?.path.join(".") ?? "";
    throw new TypeError(
      `${name}: ${at === "" ? "" : `${oneLine(at, 100)}: `}${issue?.message ?? "is wrong"}. It has \`stacks:\`, and below it a stack in each line, with its \`config:\``,
    );
  }
  const shared = namespaced(data.config ?? {}, project, name);
  const stacks = Object.entries(data.stacks).map(([stack, own]) => {
    const config = { ...shared, ...namespaced(own?.config ?? {}, project, name) };
    return [stack, { config }] as const;
  });
  return { stacks: new Map(stacks) };
}

/** Keys without a namespace are the project's, as in `pulumi config set`. */
function namespaced(
  config: Readonly<Record<string, unknown>>,
  project: string,
  file: string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([given, value]) => {
      const key = given.includes(":") ? given : `${project}:${given}`;
      if (isSecretKey(key) && !isEncrypted(value)) {
        throw new TypeError(
          `${file}: ${key} is a secret. Take it out, and set it by \`pulumi config set --secret ${key} --stack <stack>\` or in the environment (docs/configuration.md)`,
        );
      }
      return [key, value];
    }),
  );
}

function isSecretKey(key: string): boolean {
  const [namespace, name = ""] = key.split(":");
  return namespace === "officeConfiguration" && SECRET_NAMES.has(name);
}

function isEncrypted(value: unknown): boolean {
  return z.object({ secure: z.string() }).safeParse(value).success;
}

function yamlOf(path: string, name: string): unknown {
  try {
    // JSON is YAML, too.
    return parse(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
  } catch (error) {
    throw new TypeError(`${name} cannot be read: ${oneLine((error as Error).message, 300)}`, {
      cause: error,
    });
  }
}
