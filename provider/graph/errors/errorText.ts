/**
 * Text of an error for a user: the message of a refusal; for a bug, everything that a report needs.
 *
 * @module
 */

import { redact } from "../redact";
import { OfficeConfigurationError } from "./officeConfigurationError";

/** The environment variable that adds stacks and causes to every error; `1` turns it on. */
export const DEBUG_VARIABLE = "PULUMI_OFFICE_CONFIGURATION_DEBUG";

/** Longest chain of causes that is shown. */
const MAX_CAUSES = 5;

/** Whether every error shows its stack and causes. */
export function isDebugging(env: NodeJS.ProcessEnv = process.env): boolean {
  return env[DEBUG_VARIABLE] === "1";
}

/** Further facts about the error. */
export interface ErrorTextOptions {
  /** Texts that must not be shown. @default none */
  readonly secrets?: readonly string[];
  /** @default the environment of the process */
  readonly env?: NodeJS.ProcessEnv;
}

/** The text of an error: its message; for a bug of this package, and in debugging, its stack and causes. */
export function errorText(
  error: unknown,
  { secrets = [], env = process.env }: ErrorTextOptions = {},
): string {
  if (OfficeConfigurationError.isInstance(error)) {
    return isDebugging(env)
      ? redact(`${error.message}\n${details(error)}`, secrets)
      : error.message;
  }
  const text = [
    `${headline(error)}`,
    "This is a bug of pulumi-office-configuration. Please report it with these lines:",
    details(error),
  ].join("\n");
  return redact(text, secrets);
}

/** The stack of an error and of its causes, each after its name and message. */
function details(error: unknown): string {
  const lines: string[] = [...frames(error)];
  let cause = causeOf(error);
  for (let told = 0; told < MAX_CAUSES && cause !== undefined; told += 1) {
    lines.push(`Caused by ${headline(cause)}`, ...frames(cause));
    cause = causeOf(cause);
  }
  return lines.join("\n");
}

function headline(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  const message =
    // V8 quotes the text that it could not parse; the text may be secret.
    error instanceof SyntaxError
      ? error.message.replace(/(\.\.\.)?".*"(\.\.\.)?/s, "…")
      : error.message;
  return `${error.name}: ${message}`;
}

/** The lines of a stack that name a place in code, without those that repeat the message. */
function frames(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack.split("\n").filter((line) => /^\s+at /.test(line));
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
