/**
 * Code that a lookup loads when it runs: the table of lookups, and how each is carried out.
 *
 * @module
 */

import type { GraphClient } from "../../../graph";
import { errorText } from "../../../graph/errors/errorText";
import { OfficeConfigurationError } from "../../../graph/errors/officeConfigurationError";
import { redact } from "../../../graph/redact";
import { isPlainObject } from "../../../settings/json";
import { show } from "../../../settings/show";
import { messageText } from "../../../text/messageText";
import { LookupError } from "../lookupError";
import { askMocks, MockError, mocksOfProgram } from "../mocks";
import type { LookupName, LookupRequest, LookupResult } from "../request";
import { findConfiguration, listConfigurations } from "./configurations";
import { LookupContext } from "./context";
import { configurationArgs, configurationsArgs, noArgs, requestProblems } from "./schema";
import { programGraph } from "./session";
import { readSingleton } from "./singleton";

/** The lookups: what each takes, and what it does. */
export const LOOKUPS = {
  getOfficeClientConfiguration: { schema: configurationArgs, ask: findConfiguration },
  getOfficeClientConfigurations: { schema: configurationsArgs, ask: listConfigurations },
  getOfficeConfiguration: { schema: noArgs, ask: readSingleton },
} as const;

/**
 * Checks what is asked for, and asks.
 *
 * @param graph - The Graph to ask. @default The program's mocks, else the Graph that the stack's settings name.
 * @throws LookupError for whatever goes wrong.
 */
export async function answer<Name extends LookupName>(
  name: Name,
  { args = {}, options = {}, isSecret = false }: LookupRequest,
  graph?: () => GraphClient | Promise<GraphClient>,
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
    });
    // The schema of this very lookup has accepted the arguments.
    return (await ask(context, args as never)) as LookupResult<Name>;
  } catch (error) {
    // A failed assertion of a test, say, is the test's own.
    if (error instanceof MockError) throw error.cause;
    throw named(`${name}(${isSecret ? "[secret]" : shownArgs(args)})`, error, isSecret, args);
  }
}

function named(lookup: string, error: unknown, isSecret: boolean, args: unknown): LookupError {
  const secrets = isSecret ? textsOf(args) : [];
  const words = errorText(error, { secrets });
  // Graph's own words may repeat what was asked for.
  const message = messageText(redact(words, secrets));
  const isBare = isSecret || error instanceof LookupError;
  const separator = message.startsWith("\n") ? ":" : ": ";
  return new LookupError(`${lookup}${separator}${message}`, {
    ...factsOf(error),
    ...(!isBare && { cause: error }),
  });
}

/** What programs learn of an error beside its message; none of it repeats an argument. */
function factsOf(error: unknown) {
  if (!OfficeConfigurationError.isInstance(error)) return {};
  const { status, code, requestId } = error;
  return { status, code, requestId };
}

/** The arguments that are texts; what else a program gave by mistake is named by its problem. */
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
