/**
 * The result of a fleet's run: the JSON of `--format json` and `--save`, and what every other form is made from.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { z } from "zod";

/** Operations on all stacks of a fleet. */
export const FLEET_COMMANDS = ["preview", "up", "refresh", "drift", "destroy"] as const;

/** Operation on all stacks of a fleet. */
export type FleetCommand = (typeof FLEET_COMMANDS)[number];

/** Version of the form. A later one may add properties without a new number. */
const FORM = 1;

const authorSchema = z.looseObject({
  /** The name with which somebody signed in, or the id of an app. */
  by: z.string(),
  /** In UTC. */
  at: z.iso.datetime(),
  /** The app with which it was made, if the log says it: a portal. */
  through: z.string().optional(),
  /** False: the last change of the policy, which may be another one. */
  isOfThisChange: z.boolean(),
});

const changeSchema = z.looseObject({
  /** Name of the resource in the program. */
  resource: z.string(),
  /** Its class, such as `WindowsOfficeClientConfiguration`, or another provider's type token. */
  type: z.string(),
  op: z.enum(["create", "update", "replace", "delete"]),
  /** Display name of the policy; the resource's name if it has none. */
  policy: z.string(),
  /** Id of the setting, with @ and its platform if it names one. */
  settingId: z.string().optional(),
  /** Name of the setting in the catalogue, with its app. */
  name: z.string().optional(),
  /** Input that has the value: `policies`, `priority`, … */
  property: z.string(),
  /** Attribute of the setting, if it is not its value: `allowOverride`. */
  attribute: z.string().optional(),
  /** Value before; null if there is none, or it is not known. */
  old: z.unknown(),
  /** Value afterwards; null if there is none, or it is not known. */
  new: z.unknown(),
  /** The catalogue's labels of the two values. */
  oldLabel: z.string().optional(),
  newLabel: z.string().optional(),
  /** Only if it is so. Both values are then `[secret]`, or null. */
  isSecret: z.literal(true).optional(),
  /** Only if the new value is known after the update. */
  isUnknown: z.literal(true).optional(),
  /** Of drift: who made the change, as far as the tenant's audit log tells. */
  author: authorSchema.optional(),
});

const errorSchema = z.looseObject({
  /** The failure in one sentence, the same for all stacks that fail for one reason. */
  cause: z.string(),
  /** The next step, if one is known. */
  next: z.string().optional(),
  /** The whole message, without secrets. */
  message: z.string(),
});

const violationSchema = z.looseObject({
  /** The rule, and the policy pack that it is of. */
  policyName: z.string(),
  policyPackName: z.string(),
  enforcementLevel: z.enum(["mandatory", "advisory"]),
  /** Text of the rule, if the pack has one. */
  description: z.string().optional(),
  message: z.string(),
  /** The remedy, if the pack says it. */
  next: z.string().optional(),
  /** Name and class of the resource; absent if it is about the whole stack. */
  resource: z.string().optional(),
  type: z.string().optional(),
});

/** Form of one stack's result. */
export const stackResultSchema = z.looseObject({
  stack: z.string(),
  result: z.enum(["same", "changed", "drifted", "failed"]),
  changes: z.array(changeSchema),
  /** If it failed. Changes made before are in `changes`. */
  error: errorSchema.optional(),
  /** Warnings of Pulumi and its providers, without secrets. */
  warnings: z.array(z.string()),
  /** Violations of the rules of policy packs, if there are any. */
  violations: z.array(violationSchema).optional(),
  /** Reasons for which changes of drift have no author. */
  authorNotes: z.array(z.string()).optional(),
  /** Settings that the program gives, or of a drift or refresh, those in the state; null if they are not known. */
  settings: z.number().int().nonnegative().nullable(),
  seconds: z.number().nonnegative(),
});

const resultSchema = z.looseObject({
  form: z.literal(FORM),
  command: z.enum(FLEET_COMMANDS),
  project: z.string(),
  /** Start of the run, in UTC. */
  startedAt: z.string(),
  /** Whether the tenants were read before the program was compared with the state (`--refresh`). */
  refreshed: z.boolean(),
  /** Policy packs, as `--policy-pack` named them. */
  policyPacks: z.array(z.string()).default([]),
  /** Part of the fleet that it ran: `2/5`; null if all. */
  shard: z.string().nullable(),
  stacks: z.array(stackResultSchema),
  /** Stacks that were to run and did not. */
  notRun: z.array(z.looseObject({ stack: z.string(), why: z.string() })),
});

/** Change of one setting or property. */
export type FleetChange = z.infer<typeof changeSchema>;

/** Violation of a rule. */
export type Violation = z.infer<typeof violationSchema>;

/** Author of a change of drift. */
export type FleetAuthor = z.infer<typeof authorSchema>;

/** Failure of a stack. */
export type StackError = z.infer<typeof errorSchema>;

/** Result of one stack. */
export type StackResult = z.infer<typeof stackResultSchema>;

/** Result of a run. */
export type FleetResult = z.infer<typeof resultSchema>;

/** An empty result, to which stacks are added. */
export function emptyResult({
  policyPacks = [],
  ...run
}: Pick<FleetResult, "command" | "project" | "startedAt" | "refreshed" | "shard"> &
  Partial<Pick<FleetResult, "policyPacks">>): FleetResult {
  return { form: FORM, ...run, policyPacks, stacks: [], notRun: [] };
}

/** A result as JSON. */
export function resultJson(result: FleetResult): string {
  return JSON.stringify(result, undefined, 2);
}

/**
 * Reads the result of a run from a file.
 *
 * @throws TypeError if it cannot be read, or is no result.
 */
export function readResult(file: string): FleetResult {
  return parseResult(textOf(file), file);
}

/** @throws TypeError if the text is no result. @param file - Its name in messages. */
export function parseResult(text: string, file: string): FleetResult {
  const json = jsonOf(text, file);
  const { data, error } = resultSchema.safeParse(json);
  if (data !== undefined) return data;
  const form = z.looseObject({ form: z.number(), stacks: z.array(z.unknown()) }).safeParse(json);
  if (form.success && form.data.form > FORM) {
    throw new TypeError(
      `${file} was written by a newer version of pulumi-office-configuration. Install that version here.`,
    );
  }
  const at = error.issues[0]?.path.join(".") || "its beginning";
  throw new TypeError(
    `${file} is no result of \`office-configuration fleet\` (wrong at ${at}). --save and --format json write one.`,
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new TypeError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new TypeError(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
