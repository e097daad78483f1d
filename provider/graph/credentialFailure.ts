import { oneLine } from "../text/messageText";
import type { CredentialConfig } from "./config/sessionTypes";
import { SECRET_SETTINGS } from "./config/settingSources";
import { CredentialError } from "./errors/credentialError";
import { diagnoseSignIn } from "./errors/diagnosis";
import { SignInProblem } from "./errors/signInProblem";
import { redact } from "./redact";
import { triedCredentials } from "./triedCredentials";

/** Longest excerpt of a library's message in a message, in characters. */
const MAX_WORDS = 600;

const PAGE = /<!doctype html|<html/i;

/**
 * The error that says why there is no token, and what to do.
 *
 * @param login - Origin of the login that was asked.
 * @param env - The environment, which shows whether this is a CI job.
 */
export function credentialError(
  credential: CredentialConfig,
  error: unknown,
  login: string,
  env: NodeJS.ProcessEnv = process.env,
): CredentialError {
  if (CredentialError.isInstance(error)) return error;
  const { kind } = credential;
  const problem = problemIn(error);
  const failed = (what: string) => `Sign-in failed: ${what.replace(/\.$/, "")}.`;
  if (problem !== undefined) return new CredentialError(kind, failed(problem.message));
  const tried = triedCredentials(error).map((line) => redact(line, secretsOf(credential)));
  const words = tried.length > 0 ? "" : redact(wordsOf(error), secretsOf(credential));
  const entra = /(AADSTS\d+).*/.exec(words);
  const said = oneLine(entra?.[0].replace(/\s*Trace ID:.*$/, "") ?? words, MAX_WORDS);
  const code = entra?.[1];
  const { what, next } = diagnoseSignIn({
    words,
    ...(code !== undefined && { code }),
    isPage: PAGE.test(words),
    login,
    ...identityOf(credential),
    env,
  });
  if (what !== undefined) {
    const below = code === undefined ? "" : `\nMicrosoft Entra says: ${said}`;
    return new CredentialError(kind, `${failed(what)}\n${next}${below}`, code);
  }
  const first =
    tried.length === 0
      ? `Sign-in with the credential "${kind}" failed: ${said.replace(/\.$/, "")}.`
      : "Sign-in failed: no credential is configured, and this machine has none:";
  const lines = [first, ...tried.map((line) => `- ${line}`), next];
  return new CredentialError(kind, lines.join("\n"), code);
}

function identityOf(credential: CredentialConfig) {
  const { kind } = credential;
  const clientId = "clientId" in credential ? credential.clientId : undefined;
  const tenantId = "tenantId" in credential ? credential.tenantId : undefined;
  return {
    kind,
    ...(clientId !== undefined && { clientId }),
    ...(tenantId !== undefined && { tenantId }),
  };
}

/** The problem behind an error, if neither the credential's kind nor the login caused it. */
function problemIn(error: unknown): SignInProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  return error instanceof SignInProblem ? error : problemIn(error.cause);
}

/** The values that no message may show. A path and an app's id are not secret. */
function secretsOf(credential: CredentialConfig): string[] {
  return Object.entries(credential)
    .filter(([name]) => (SECRET_SETTINGS as ReadonlySet<string>).has(name))
    .map(([, value]: [string, unknown]) => value)
    .filter(isText);
}

/** The failure in the library's words only; its errors also hold answers and requests. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown failure";
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return cause === error.message ? error.message : `${error.message} (${cause})`;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
