/**
 * Lookups in a unit test of a program: `pulumi.runtime.setMocks` answers them instead of a tenant.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { LookupError } from "./lookupError";
import type { LookupName } from "./request";

/** The lookups whose results are lists. */
const LISTS: ReadonlySet<LookupName> = new Set([
  "getOfficeClientConfigurations",
  "getIntuneOfficePolicies",
]);

/** The mocks of the program; undefined if an engine runs it. */
export function mocksOfProgram(): pulumi.runtime.Mocks | undefined {
  const monitor = pulumi.runtime.getMonitor() as
    | { readonly mocks?: pulumi.runtime.Mocks }
    | undefined;
  return monitor?.mocks;
}

/** An error of the program's mocks, as its cause. */
export class MockError extends Error {}

async function called(mocks: pulumi.runtime.Mocks, args: pulumi.runtime.MockCallArgs) {
  try {
    return await mocks.call(args);
  } catch (cause) {
    throw new MockError("The mocks of the program failed.", { cause });
  }
}

/**
 * The answer of the program's mocks: their `call` gets the token `officeConfiguration:index:<lookup>`.
 *
 * @throws LookupError if the answer is not of the lookup's form: a list, or an object.
 * @throws MockError if the mocks fail.
 */
export async function askMocks(
  mocks: pulumi.runtime.Mocks,
  name: LookupName,
  args: unknown,
): Promise<unknown> {
  const token = `officeConfiguration:index:${name}`;
  const found: unknown = await called(mocks, { token, inputs: args });
  const isList = LISTS.has(name);
  if (typeof found === "object" && found !== null && Array.isArray(found) === isList) return found;
  const wanted = isList ? "a list of policies" : "an object";
  throw new LookupError(
    `The call of pulumi.runtime.setMocks must return ${wanted} for the token ${token}.`,
  );
}
