/**
 * Files that the command `emulator` starts with.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { EmulatorOptions } from "../emulator";
import { seedPolicy } from "../emulator/deviceManagement/policySeed";
import { seedConfiguration } from "../emulator/officeConfiguration/seed";
import { type PlayedProfile, playProfile } from "../emulator/profile/play";

const configurations = z.array(seedConfiguration);

const everything = z.strictObject({
  clientConfigurations: configurations.optional(),
  configurationPolicies: z
    .array(z.looseObject(seedPolicy.shape, { error: "must be a policy in Graph's JSON" }))
    .optional(),
  copilotSettings: z.record(z.string(), z.string({ error: "must be a text" })).optional(),
});

/** Contents of a tenant at its start. */
type Seed = Pick<EmulatorOptions, "seed" | "configurationPolicies" | "copilotSettings">;

/**
 * Reads a seed: a list of Cloud Policy's configurations, or an object with the contents of each API.
 *
 * @throws TypeError if the file is neither.
 */
export function readSeed(file: string): Seed {
  const json = readJson("--seed", file);
  if (Array.isArray(json)) return { seed: parse(configurations, json, `--seed ${file}: `) };
  const {
    clientConfigurations = [],
    configurationPolicies,
    copilotSettings,
  } = parse(everything, json, `--seed ${file}: `);
  return {
    seed: clientConfigurations,
    ...(configurationPolicies && { configurationPolicies }),
    ...(copilotSettings && { copilotSettings }),
  };
}

const definition = z.looseObject({ "@odata.type": z.string(), id: z.string().min(1) });

const answer = z.union([z.array(definition), z.looseObject({ value: z.array(definition) })], {
  error: 'it must hold { "value": [...] } or an array, of setting definitions in Graph\'s JSON',
});

/**
 * Reads definitions of settings, as `catalogue fetch` saves them.
 *
 * @throws TypeError if the file has none.
 */
export function readDefinitions(file: string): Record<string, unknown>[] {
  const json = readJson("--definitions", file);
  const found = parse(answer, json, `--definitions ${file}: `);
  return Array.isArray(found) ? found : found.value;
}

/**
 * Reads a tenant's profile.
 *
 * @throws TypeError if the file is none.
 */
export function readProfile(file: string): PlayedProfile {
  const json = readJson("--profile", file);
  try {
    return playProfile(json);
  } catch (error) {
    throw new TypeError(`--profile ${file}: ${(error as Error).message}`);
  }
}

function readJson(flag: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8").replace(/^\ufeff/, ""));
  } catch (error) {
    throw new TypeError(`${flag} ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

/**
 * Parses options, or the contents of a file. Where a value is wrong is said for files; an option says its own name.
 *
 * @param file - The beginning of messages about a file.
 * @throws TypeError that names the first problem.
 */
export function parse<T>(schema: z.ZodType<T>, value: unknown, file = ""): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = file === "" || issue?.path.length === 0 ? "" : `${issue?.path.join(".")}: `;
  throw new TypeError(`${file}${at}${issue?.message ?? "is wrong"}`);
}
