import { constants, existsSync } from "node:fs";
import { access } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { satisfies, valid } from "semver";
import { messageOf, run } from "../command";

/** A folder that holds a working Pulumi command line, Node.js language host and dynamic provider. */
export interface Engine {
  readonly folder: string;
  /** Version of the command line, without the leading "v". */
  readonly version: string;
  /** Its source. */
  readonly source: "explicit" | "path" | "cache" | "installer" | "go";
}

/** The oldest command line that is known to run this project's SDK. */
export const MINIMUM_VERSION = "3.150.0";

const WINDOWS = process.platform === "win32";

/** The three files of an engine folder, by their names on this system. */
export const ENGINE_FILES = {
  cli: WINDOWS ? "pulumi.exe" : "pulumi",
  languageHost: WINDOWS ? "pulumi-language-nodejs.exe" : "pulumi-language-nodejs",
  dynamicProvider: WINDOWS ? "pulumi-resource-pulumi-nodejs.cmd" : "pulumi-resource-pulumi-nodejs",
} as const;

/** The version of the engine in a folder. Throws the reason if it cannot be used. */
export async function versionIn(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  if (!existsSync(folder)) throw new Error("there is no such folder");
  const missing: string[] = [];
  for (const file of Object.values(ENGINE_FILES)) {
    await access(path.join(folder, file), constants.X_OK).catch(() => missing.push(file));
  }
  if (missing.length > 0) throw new Error(`no working ${missing.join(", ")} in it`);
  const output = await run(path.join(folder, ENGINE_FILES.cli), ["version"], {
    // Otherwise it writes a log file into its home on every run; this check should leave nothing behind.
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_HOME: os.devNull },
    timeoutMs: 60_000,
  });
  const version = valid(output.trim());
  if (!version) throw new Error(`"pulumi version" printed no version but "${output.trim()}"`);
  if (satisfies(version, `^${MINIMUM_VERSION}`, { includePrerelease: true })) return version;
  throw new Error(`version ${version} does not fit: ${MINIMUM_VERSION} or a later 3.x is needed`);
}

/** The engine in the folder that the user named. It is an error if that engine does not work. */
export async function explicit(named: string, env: NodeJS.ProcessEnv): Promise<Engine> {
  const folder = path.resolve(named);
  const version = await versionIn(folder, env).catch(({ message }: Error) => {
    throw new Error(
      `OFFICE_CONFIGURATION_ENGINE names ${folder}, which cannot be used: ${message}.\nCorrect it, or unset it to have an engine looked for on PATH and in the cache, or prepared.`,
    );
  });
  return { folder, version, source: "explicit" };
}

/** The first engine that works; adds to `attempts` why the earlier ones do not. */
export async function firstWorking(
  source: "path" | "cache",
  folders: readonly string[],
  env: NodeJS.ProcessEnv,
  attempts: string[],
): Promise<Engine | undefined> {
  const place = source === "path" ? "PATH" : source;
  if (folders.length === 0) attempts.push(`${place}: no pulumi on it`);
  for (const folder of folders) {
    try {
      return { folder, version: await versionIn(folder, env), source };
    } catch (error) {
      attempts.push(`${place}, ${folder}: ${messageOf(error)}`);
    }
  }
  return undefined;
}

/** The name of the PATH variable, which Windows spells "Path". */
const pathKey = (env: NodeJS.ProcessEnv) => (env.PATH === undefined && env.Path ? "Path" : "PATH");

/**
 * The folders of PATH with a Pulumi command line. Folders are not combined: the command line prefers the
 * programs beside it, and the caller puts just one folder first on PATH.
 */
export function onPath(env: NodeJS.ProcessEnv): string[] {
  return [...new Set(env[pathKey(env)]?.split(path.delimiter))].filter(
    (folder) => path.isAbsolute(folder) && existsSync(path.join(folder, ENGINE_FILES.cli)),
  );
}

/**
 * The environment for that engine: its folder first on PATH, and no downloads or network requests by the
 * engine itself. The caller sets the backend, PULUMI_HOME and the passphrase.
 */
export function engineEnvironment(
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const key = pathKey(env);
  const result: NodeJS.ProcessEnv = {
    ...env,
    [key]: env[key] ? `${folder}${path.delimiter}${env[key]}` : folder,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The language host and the dynamic provider are found beside the command line and on PATH. A missing
    // plugin is then an error at once, not a download.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_SUPPRESS_NEO_LINK: "true",
  };
  // If set, it would hide the dynamic provider, which is found on PATH.
  delete result.PULUMI_IGNORE_AMBIENT_PLUGINS;
  return result;
}
