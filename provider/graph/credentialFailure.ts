import { oneLine } from "../text/messageText";
import type { CredentialConfig, CredentialKind } from "./config/sessionTypes";
import { SECRET_SETTINGS } from "./config/settingSources";
import { CredentialError, isCredentialError } from "./errors/credentialError";
import { SignInProblem } from "./errors/signInProblem";
import { redact } from "./redact";

/** The most of a library's words that a message takes over, in characters. */
const MAX_WORDS = 600;

const WAYS_OUT: Readonly<Record<CredentialKind, string>> = {
  accessToken: "Set a token that is valid for this cloud's Graph.",
  clientSecret:
    "Check officeConfiguration:tenantId and clientId, and that the secret is the secret's value " +
    "(not its id) and has not expired.",
  clientCertificate:
    "Check officeConfiguration:tenantId and clientId, that the PEM file holds the certificate and " +
    "its key, and that the certificate is registered with the app and has not expired.",
  workloadIdentity:
    "Check the app's federated credential: issuer, subject and audience must be those of the " +
    "token, and the token must not have expired.",
  githubActions:
    "Check the app's federated credential: its subject must be that of this workflow " +
    "(repo:<owner>/<name>:…), its audience api://AzureADTokenExchange. The job needs " +
    "`permissions: id-token: write`.",
  azurePipelines:
    "Check that the service connection uses workload identity federation, that its app is the one " +
    "of officeConfiguration:clientId, and that the step's env has SYSTEM_ACCESSTOKEN and " +
    "SYSTEM_OIDCREQUESTURI.",
  managedIdentity:
    "Check that this machine has a managed identity, and for a user-assigned one that " +
    "officeConfiguration:clientId is its client id.",
  azureCli:
    "Run `az login` (with `--tenant` for officeConfiguration:tenantId), or choose another kind " +
    "with officeConfiguration:credential.",
  deviceCode:
    "Sign in with the code in time; an app of your own needs public client flows allowed.",
  default:
    "No credential was configured, so all that the machine may have were tried. Set " +
    "officeConfiguration:tenantId and clientId with one of clientSecret, clientCertificatePath, " +
    "federatedTokenFile or accessToken, or their environment variables, or run `az login`.",
};

/** How the library says that the login did not answer, or did not answer like a login. */
const UNREACHED = /endpoints_resolution_error|network_error|ENOTFOUND|ECONNREFUSED|EAI_AGAIN/;

/**
 * The error that says which kind of credential gave no token, why, and what can be done.
 *
 * @param login - Origin of the login that was to be asked.
 * @param env - The environment, which says whether this is a job of a CI service.
 */
export function credentialError(
  credential: CredentialConfig,
  error: unknown,
  login: string,
  env: NodeJS.ProcessEnv = process.env,
): CredentialError {
  if (isCredentialError(error)) return error;
  const { kind } = credential;
  const problem = problemIn(error);
  if (problem !== undefined) {
    return new CredentialError(kind, `There is no token for Graph: ${problem.message}.`);
  }
  const words = redact(wordsOf(error), secretsOf(credential));
  const entra = /(AADSTS\d+).*/.exec(words);
  const reason = oneLine(entra?.[0].replace(/\s*Trace ID:.*$/, "") ?? words, MAX_WORDS);
  const wayOut = UNREACHED.test(words) ? unreached(login) : wayOutOf(kind, env);
  return new CredentialError(
    kind,
    `There is no token for Graph: the credential "${kind}" failed: ${reason}\n${wayOut}`,
    entra?.[1],
  );
}

/** In a job of GitHub Actions, what no credential at all comes from is nearly always the same. */
function wayOutOf(kind: CredentialKind, env: NodeJS.ProcessEnv): string {
  if (kind !== "default" || env.GITHUB_ACTIONS !== "true") return WAYS_OUT[kind];
  return env.ACTIONS_ID_TOKEN_REQUEST_TOKEN
    ? "This GitHub Actions job has an identity token, and nothing says for which app: set AZURE_CLIENT_ID and AZURE_TENANT_ID in its env."
    : "This GitHub Actions job has no identity token: give it `permissions: id-token: write`, and set AZURE_CLIENT_ID and AZURE_TENANT_ID in its env.";
}

function unreached(login: string): string {
  return (
    `Check that this machine can reach the login at ${login}, by HTTPS_PROXY and NO_PROXY where ` +
    "there is a proxy, and by NODE_EXTRA_CA_CERTS where it has a certificate of its own."
  );
}

/** The problem that an error was made of: neither the credential's kind nor the login is to blame. */
function problemIn(error: unknown): SignInProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  return error instanceof SignInProblem ? error : problemIn(error.cause);
}

/** The values that no message may show: a path and an app's id are none. */
function secretsOf(credential: CredentialConfig): string[] {
  return Object.entries(credential)
    .filter(([name]) => (SECRET_SETTINGS as ReadonlySet<string>).has(name))
    .map(([, value]: [string, unknown]) => value)
    .filter(isText);
}

/** What went wrong, in the library's words; its errors hold answers and requests besides. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown failure";
  const tried = "errors" in error && Array.isArray(error.errors) ? error.errors : [];
  if (tried.length > 0) return `none of these gave one: ${tried.map(firstSentence).join("; ")}`;
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return cause === error.message ? error.message : `${error.message} (${cause})`;
}

/** Why one of several credentials gave no token: the rest is advice, and headers of answers. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message.replace(/^(Error: )+/, "") : String(error);
  const sentence = message.split(/\.(?:\s|$)|\n/)[0] ?? "";
  const description = /Description: ([^.\n]+)/.exec(message)?.[1];
  return description === undefined ? sentence : `${sentence}: ${description}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
