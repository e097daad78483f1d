/**
 * A Pulumi project's files, as far as its program needs them.
 *
 * @module
 */
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { isPlainObject, UNKNOWN } from "../../../provider/settings/json";

/** Largest file that is read, in bytes. */
const MAX_BYTES = 1024 * 1024;

const projectSchema = z.looseObject({
  name: z.string(),
  main: z.string().optional(),
  runtime: z.union([
    z.string().transform((name) => ({ name, options: undefined })),
    z.looseObject({
      name: z.string(),
      options: z
        .looseObject({
          typescript: z.boolean().optional(),
          tsconfig: z.string().optional(),
          nodeargs: z.string().optional(),
        })
        .nullish(),
    }),
  ]),
  config: z.record(z.string(), z.unknown()).nullish(),
  stackConfigDir: z.string().optional(),
});

const stackSchema = z.looseObject({ config: z.record(z.string(), z.unknown()).nullish() });

/** A project whose program runs on Node. */
export interface Project {
  readonly name: string;
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  /** Folder in which the program runs. */
  readonly folder: string;
  /** File of the program in that folder; `.` for the folder's own entry point. */
  readonly main: string;
  readonly isTypeScript: boolean;
  /** Another tsconfig.json than the folder's. */
  readonly tsconfig: string | undefined;
  /** Arguments of Node. */
  readonly nodeArguments: readonly string[];
  /** Configuration by full keys: `project:key`. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of the configuration that are encrypted: their values are `UNKNOWN`. */
  readonly secretKeys: readonly string[];
}

/**
 * Reads a project, and the configuration of a stack.
 *
 * @param stack - Name of the stack; undefined: the program gets the project's defaults alone.
 * @throws TypeError if there is no such file, or it is no project whose program runs on Node.
 */
export function readProject(path: string, stack: string | undefined): Project {
  const root = resolve(path);
  const file = join(root, "Pulumi.yaml");
  const { name, main, runtime, config, stackConfigDir } = checked(projectSchema, [
    file,
    join(root, "Pulumi.yml"),
  ]);
  if (runtime.name !== "nodejs") {
    throw new TypeError(
      `${file}: its program runs on ${runtime.name}; only programs for nodejs are evaluated. Name its stack, stack:<name>@${path}`,
    );
  }
  const { typescript, tsconfig, nodeargs = "" } = runtime.options ?? {};
  const own = stack === undefined ? {} : stackConfig(resolve(root, stackConfigDir ?? "."), stack);
  const given = { ...defaultsOf(config ?? {}), ...own };
  const entries = Object.entries(given).map(([key, value]) => ({
    key: key.includes(":") ? key : `${name}:${key}`,
    value,
  }));
  return {
    name,
    root,
    ...placeOf(root, main),
    isTypeScript: typescript !== false,
    tsconfig,
    nodeArguments: nodeargs.split(/\s+/).filter(Boolean),
    config: Object.fromEntries(entries.map(({ key, value }) => [key, textOf(value)])),
    secretKeys: entries.filter(({ value }) => holdsSecret(value)).map(({ key }) => key),
  };
}

/** As Pulumi finds the program: `main` may be a folder or a file. */
function placeOf(root: string, main: string | undefined): Pick<Project, "folder" | "main"> {
  if (main === undefined) return { folder: root, main: "." };
  const path = resolve(root, main);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? { folder: path, main: "." } : { folder: dirname(path), main: basename(path) };
}

/** Configuration of a project that every stack has: a value, or an object with it. */
function defaultsOf(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(config).flatMap(([key, given]): [string, unknown][] => {
    if (!isPlainObject(given)) return [[key, given]];
    const value = given.value ?? given.default;
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

function stackConfig(folder: string, stack: string): Readonly<Record<string, unknown>> {
  // The stack's own name, without organization and project.
  const name = stack.split("/").at(-1) ?? stack;
  const files = [`Pulumi.${name}.yaml`, `Pulumi.${name}.yml`].map((file) => join(folder, file));
  return checked(stackSchema, files).config ?? {};
}

/** A value as programs get it: objects as JSON, secrets unknown. */
function textOf(value: unknown): string {
  const known = withoutSecrets(value);
  return typeof known === "string" ? known : JSON.stringify(known ?? "");
}

function isSecret(value: unknown): boolean {
  return (
    isPlainObject(value) && typeof value.secure === "string" && Object.keys(value).length === 1
  );
}

function holdsSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isPlainObject(value) && Object.values(value).some(holdsSecret);
}

function withoutSecrets(value: unknown): unknown {
  if (isSecret(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]),
  );
}

/** The first of some files that is there. @throws TypeError if none is, or it has another form. */
function checked<T>(schema: z.ZodType<T>, files: readonly string[]): T {
  const file = files.find((each) => statSync(each, { throwIfNoEntry: false })?.isFile());
  if (file === undefined) throw new TypeError(`there is no ${files[0]}`);
  if (statSync(file).size > MAX_BYTES) throw new TypeError(`${file} is larger than 1 MB`);
  let yaml: unknown;
  try {
    yaml = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new TypeError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const { data, error } = schema.safeParse(yaml);
  if (data !== undefined) return data;
  const [issue] = error?.issues ?? [];
  throw new TypeError(`${file}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is wrong"}`);
}
