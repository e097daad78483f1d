/**
 * The schemas that check the arguments of lookups at run time: programs in JavaScript have no compiler to
 * check them.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { issueProblems } from "../../../settings/inputs/problems";
import { isPlainObject, type PlainObject, propertyPath } from "../../../settings/json";
import { CONFIGURATION_KINDS } from "../../../settings/names";
import { withOutputTexts } from "../../../settings/outputText";

/** Says what is allowed, and how to give a value that is not known yet. */
const allowed =
  (what: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    pulumi.Output.isInstance(input)
      ? `is an Output; only the Output form of the lookup takes one. It must be ${what}`
      : `must be ${what}`;

const text = () =>
  z
    .custom<string>((value) => typeof value === "string" && value !== "", {
      error: allowed("a text that is not empty"),
    })
    .optional();

const kind = z
  .enum(CONFIGURATION_KINDS, { error: allowed(`one of ${CONFIGURATION_KINDS.join(", ")}`) })
  .optional();

/** The policy to look up, by exactly one of `id` and `displayName`: a check of its own requires that. */
export const configurationArgs = z.strictObject({ id: text(), displayName: text(), kind });

/** The policies to look up. */
export const configurationsArgs = z.strictObject({ filter: text(), kind });

/** The policy of Intune's to look up, by exactly one of the two. */
export const intunePolicyArgs = z.strictObject({ id: text(), name: text() });

/** The policies of Intune's to look up. */
export const intunePoliciesArgs = z.strictObject({ filter: text(), settingId: text() });

/** The singleton needs no arguments. */
export const noArgs = z.strictObject({});

const options = z.strictObject({
  signal: z.instanceof(AbortSignal, { error: "must be an AbortSignal" }).optional(),
});

/** Options of a lookup. */
export type CheckedOptions = z.output<typeof options>;

/** All problems of the arguments and options, as lines; none if they are valid. */
export function requestProblems(
  schema: z.ZodObject,
  args: unknown,
  givenOptions: unknown,
): string[] {
  return [
    ...problemsOf("args", schema, args),
    ...(isPlainObject(args) ? choiceProblems(schema, args) : []),
    ...problemsOf("options", options, givenOptions),
  ];
}

function problemsOf(name: string, schema: z.ZodObject, value: unknown): string[] {
  if (!isPlainObject(value)) return [`${name} must be an object`];
  const known = Object.keys(schema.shape);
  if (known.length === 0) {
    return Object.keys(value).length === 0
      ? []
      : [`${name} must be empty: there is nothing to say`];
  }
  const result = schema.safeParse(value);
  const issues = result.success ? [] : result.error.issues;
  const problems = issues.flatMap((issue) => issueProblems([], value, issue, known));
  return withOutputTexts(value, problems).map(
    ({ path, reason }) => `${propertyPath([name, ...path])} ${reason}`,
  );
}

/** Exactly one of an id and a name tells which policy is meant. */
function choiceProblems({ shape }: z.ZodObject, args: PlainObject): string[] {
  const name = ["displayName", "name"].find((each) => each in shape);
  if (name === undefined || (args.id === undefined) !== (args[name] === undefined)) return [];
  const given = args.id === undefined ? "neither" : "both";
  return [`args must have one of id and ${name}, and has ${given}`];
}
