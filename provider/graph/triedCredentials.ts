/**
 * Reasons for which the credentials of a machine gave no token, in a sentence each. The Azure SDK puts all of them into
 * one text, with advice, addresses and headers of answers.
 *
 * @module
 */
import { oneLine } from "../text/messageText";

/** Longest sentence of a library that is shown, in characters. */
const MAX_SENTENCE = 200;

/** The Azure SDK's words for credentials that are not set up, and shorter ones. */
const NOT_THERE: readonly (readonly [RegExp, string])[] = [
  [
    /^EnvironmentCredential is unavailable/,
    "Environment: AZURE_TENANT_ID and AZURE_CLIENT_ID are not set together with AZURE_CLIENT_SECRET or " +
      "AZURE_CLIENT_CERTIFICATE_PATH.",
  ],
  [
    /^WorkloadIdentityCredential: is unavailable\. \w+ is a required parameter/,
    "Workload identity: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE are not all set.",
  ],
  [/IMDS endpoint, but it is not available/, "Managed identity: this machine has none."],
  [/Visual Studio Code Authentication/, "Visual Studio Code: not signed in to Azure."],
  [/Azure CLI could not be found/, "Azure CLI: not installed."],
  [/Please run 'az login'/, "Azure CLI: not signed in."],
  [/Unable to execute PowerShell|The 'Az\.Account' module/, "Azure PowerShell: not installed."],
  [/Connect-AzAccount/, "Azure PowerShell: not signed in."],
  [/Azure Developer CLI couldn't be found/, "Azure Developer CLI: not installed."],
  [/azd auth login/, "Azure Developer CLI: not signed in."],
  [/broker/i, "Windows account broker: not available."],
];

/** A sentence for each credential that was tried, from an error; none if it is about a single one. */
export function triedCredentials(error: unknown): string[] {
  const errors = error instanceof Error && "errors" in error ? error.errors : undefined;
  return Array.isArray(errors) ? [...new Set(errors.map(sentenceOf))] : [];
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message.replace(/^(Error: )+/, "") : String(error);
  const known = NOT_THERE.find(([pattern]) => pattern.test(message));
  if (known !== undefined) return known[1];
  // The rest is advice and headers of answers.
  const sentence = message.split(/\.(?:\s|$)|\n/)[0] ?? "";
  const description = /Description: ([^.\n]+)/.exec(message)?.[1];
  const all = description === undefined ? sentence : `${sentence}: ${description}`;
  return `${oneLine(all, MAX_SENTENCE)}.`;
}
