/**
 * Code that a lookup loads when it runs: the table of lookups, and how to carry them out.
 *
 * @module
 */

import type { GraphClient } from "../../../graph";
import { doctorHint } from "../../../graph/errors/doctorHint";
import { errorText } from "../../../graph/errors/errorText";
import { OfficeConfigurationError } from "../../../graph/errors/officeConfigurationError";
import { redact } from "../../../graph/redact";
import type { IntuneSettings } from "../../../intune/intuneSettings";
import { isPlainObject } from "../../../settings/json";
import { show } from "../../../settings/show";
import { messageText } from "../../../text/messageText";
import { LookupError } from "../lookupError";
import { askMocks, MockError, mocksOfProgram } from "../mocks";
import type { LookupName, LookupRequest, LookupResult } from "../request";
import { findConfiguration, listConfigurations } from "./configurations";
import { LookupContext } from "./context";
import { findIntunePolicy, listIntunePolicies } from "./intunePolicies";
import {
  configurationArgs,
  configurationsArgs,
  intunePoliciesArgs,
  intunePolicyArgs,
  noArgs,
  requestProblems,
} from "./schema";
import { programGraph, programIntune } from "./session";
import { readSingleton } from "./singleton";

/** The lookups: their arguments and functions. */
export const LOOKUPS = {
  getOfficeClientConfiguration: { schema: configurationArgs, ask: findConfiguration },
  getOfficeClientConfigurations: { schema: configurationsArgs, ask: listConfigurations },
  getOfficeConfiguration: { schema: noArgs, ask: readSingleton },
  getIntuneOfficePolicy: { schema: intunePolicyArgs, ask: findIntunePolicy },
  getIntuneOfficePolicies: { schema: intunePoliciesArgs, ask: listIntunePolicies },
} as const;

/**
 * Checks the request, and carries it out.
 *
 * @param graph - The Graph to ask. @default The program's mocks, otherwise the Graph of the stack's
 *   settings.
 * @param intune - The catalogue by Intune's definitions. @default The project's.
 * @throws LookupError for every failure.
 */
export async function answer<Name extends LookupName>(
  name: Name,
  { args = {}, options = {}, isSecret = false }: LookupRequest,
  graph?: () => GraphClient | Promise<GraphClient>,
  intune: () => IntuneSettings = programIntune,
): Promise<LookupResult<Name>> {
  const mocks = graph === undefined ? mocksOfProgram() : undefined;
  try {
    const { schema, ask } = LOOKUPS[name];
    const problems = requestProblems(schema, args, options);
    if (problems.length > 0) {
      throw new LookupError(problems.map((problem) => `\n- ${problem}`).join(""), {
        code: "INVALID_ARGUMENTS",
      });
    }
    if (mocks !== undefined) return (await askMocks(mocks, name, args)) as LookupResult<Name>;
    const context = new LookupContext(await (graph ?? programGraph)(), {
      signal: options.signal,
      isSecret,
      intune,
    });
    // This lookup's own schema has accepted the arguments.
    return (await ask(context, args as never)) as LookupResult<Name>;
  } catch (error) {
    // An error of the mocks, such as a failed assertion, belongs to the test.
    if (error instanceof MockError) throw error.cause;
    throw named(`${name}(${isSecret ? "[secret]" : shownArgs(args)})`, error, isSecret, args);
  }
}

/** Whether a lookup of this program has named the doctor: once is enough. */
let isDoctorNamed = false;

/** The line that names the doctor, after the first error that it explains further. */
function hintOnce(error: unknown): string {
  const hint = isDoctorNamed ? undefined : doctorHint(error);
  if (hint === undefined) return "";
  isDoctorNamed = true;
  return `\n${hint}`;
}

function named(lookup: string, error: unknown, isSecret: boolean, args: unknown): LookupError {
  const secrets = isSecret ? textsOf(args) : [];
  const words = errorText(error, { secrets });
  // Graph's own words may repeat the arguments.
  const message = messageText(redact(words, secrets));
  const isBare = isSecret || error instanceof LookupError;
  const separator = message.startsWith("\n") ? ":" : ": ";
  return new LookupError(`${lookup}${separator}${message}${hintOnce(error)}`, {
    ...factsOf(error),
    ...(!isBare && { cause: error }),
  });
}

/** Facts about an error besides its message; none of them repeats an argument. */
function factsOf(error: unknown) {
  if (!OfficeConfigurationError.isInstance(error)) return {};
  const { status, code, requestId } = error;
  return { status, code, requestId };
}

/** The arguments that are texts; a problem names any other wrong argument. */
function shownArgs(args: unknown): string {
  if (!isPlainObject(args)) return "";
  const shown = Object.entries(args)
    .filter(([, value]) => typeof value === "string")
    .map(([key, value]) => `${key}: ${show(value)}`);
  return shown.length === 0 ? "" : `{ ${shown.join(", ")} }`;
}

function textsOf(args: unknown): string[] {
  return isPlainObject(args)
    ? Object.values(args).filter((value) => typeof value === "string")
    : [];
}
