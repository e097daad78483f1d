/**
 * Chooses the kind of credential for `auto`: the one whose material is set in the strongest source. Two
 * kinds in one source are an error: a guess could sign in as the wrong app.
 *
 * @module
 */

import type { CredentialKind } from "./sessionTypes";
import { type SettingSources, SOURCES, type Source } from "./settingSources";
import type { SettingName } from "./settings";

/** A chosen kind, and the source of its material. */
export interface CredentialChoice {
  readonly kind: CredentialKind;
  readonly source: Source;
}

/** The chosen credential, or why none could be chosen. */
export type ChoiceResult = { readonly choice: CredentialChoice } | { readonly problem: string };

/** The settings that select a kind when they are set. */
const MATERIAL: readonly (readonly [CredentialKind, SettingName])[] = [
  ["accessToken", "accessToken"],
  ["clientSecret", "clientSecret"],
  ["clientCertificate", "clientCertificatePath"],
  ["workloadIdentity", "federatedTokenFile"],
  ["workloadIdentity", "federatedToken"],
  ["azurePipelines", "azureServiceConnectionId"],
  ["githubActions", "oidcRequestToken"],
];

const OIDC_KINDS: ReadonlySet<CredentialKind> = new Set([
  "workloadIdentity",
  "azurePipelines",
  "githubActions",
]);

/** The settings that select a kind; the identity is looked for in their source. */
export function materialOf(kind: CredentialKind): SettingName[] {
  return MATERIAL.filter(([spoken]) => spoken === kind).map(([, setting]) => setting);
}

/** Chooses the kind of credential from what is set. */
export function chooseCredential(sources: SettingSources): ChoiceResult {
  for (const source of SOURCES) {
    // A CI service offers identity tokens to every job: only an app's id shows that one is wanted.
    if (source === "ci" && sources.find("clientId") === undefined) continue;
    const spoken = spokenFor(sources, source);
    const kinds = [...new Set(spoken.map(({ kind }) => kind))];
    if (kinds.length > 1) {
      const names = spoken.map(({ name, kind }) => `${name} (${kind})`).join(" and ");
      return {
        problem:
          `${names} contradict each other: unset what is not meant, or say which one is with ` +
          "officeConfiguration:credential (or OFFICE_CONFIGURATION_CREDENTIAL).",
      };
    }
    const kind = kinds[0];
    const problem = spoken.length === 1 ? notTaken(sources, spoken[0]?.name) : undefined;
    if (problem !== undefined) return { problem };
    if (kind !== undefined) return { choice: { kind, source } };
  }
  return { choice: { kind: "default", source: "config" } };
}

interface Spoken {
  readonly kind: CredentialKind;
  readonly name: string;
}

function spokenFor(sources: SettingSources, source: Source): Spoken[] {
  const found = MATERIAL.flatMap(([kind, setting]) => {
    const value = sources.find(setting, [source]);
    return value === undefined ? [] : [{ kind, name: sources.nameOf(setting, value) }];
  });
  const spoken = withoutRequestOfPipelines(sources, found);
  return source === "arm" ? asTerraformReads(sources, spoken) : spoken;
}

/** A request token selects GitHub only if no service connection selects Azure DevOps. */
function withoutRequestOfPipelines(sources: SettingSources, spoken: Spoken[]): Spoken[] {
  const connection = sources.find("azureServiceConnectionId");
  const isPipeline = spoken.some(({ kind }) => kind === "azurePipelines");
  return spoken.flatMap((one) => {
    if (one.kind !== "githubActions") return [one];
    if (isPipeline) return [];
    if (connection !== undefined) return [{ ...one, kind: "azurePipelines" as const }];
    // Many pipelines have SYSTEM_ACCESSTOKEN in their environment: alone, it selects nothing.
    return one.name === "SYSTEM_ACCESSTOKEN" ? [] : [one];
  });
}

/** ARM_USE_OIDC, ARM_USE_MSI and the like select among the ARM_* variables. */
function asTerraformReads(sources: SettingSources, found: Spoken[]): Spoken[] {
  const useMsi = sources.flag("ARM_USE_MSI") === true;
  const withMsi = (meant: Spoken[]) => (useMsi ? [...meant, MSI] : meant);
  if (sources.flag("ARM_USE_AKS_WORKLOAD_IDENTITY") === true) {
    const tokens = found.filter(({ kind }) => kind === "workloadIdentity");
    return withMsi(tokens.length > 0 ? tokens : [AKS]);
  }
  const useOidc = sources.flag("ARM_USE_OIDC");
  if (useOidc === true) {
    const oidc = found.filter(({ kind }) => OIDC_KINDS.has(kind));
    const meant = oidc.length > 0 ? oidc : spokenFor(sources, "ci");
    return withMsi(meant.length > 0 ? meant : [OIDC]);
  }
  const spoken = withCertificate(sources, found);
  const rest = useOidc === false ? spoken.filter(({ kind }) => !OIDC_KINDS.has(kind)) : spoken;
  const meant = withMsi(rest);
  // Terraform's providers fall back to the CLI, so it conflicts with nothing.
  const useCli = sources.flag("ARM_USE_CLI") === true;
  return meant.length === 0 && useCli ? [{ kind: "azureCli", name: "ARM_USE_CLI" }] : meant;
}

/** A certificate in a variable selects its kind, although it can only be refused. */
function withCertificate(sources: SettingSources, spoken: Spoken[]): Spoken[] {
  const hasFile = spoken.some(({ kind }) => kind === CERTIFICATE.kind);
  const isThere = sources.variable(CERTIFICATE.name) !== undefined;
  return isThere && !hasFile ? [...spoken, CERTIFICATE] : spoken;
}

/**
 * Why the only selected kind cannot be used; undefined if it can. Never silently use another identity
 * instead.
 */
function notTaken(sources: SettingSources, speaker: string | undefined): string | undefined {
  if (speaker === CERTIFICATE.name) return CERTIFICATE_NOT_TAKEN;
  if (speaker !== MSI.name) return undefined;
  const endpoint = sources.variable("ARM_MSI_ENDPOINT");
  if (endpoint === undefined) return undefined;
  const isOfMachine = URL.canParse(endpoint) && new URL(endpoint).hostname === IMDS_HOST;
  const isFound = ["IDENTITY_ENDPOINT", "MSI_ENDPOINT"].some(
    (variable) => sources.variable(variable) === endpoint,
  );
  return isOfMachine || isFound ? undefined : ENDPOINT_NOT_TAKEN;
}

/** Host of the service that gives a virtual machine its tokens. */
const IMDS_HOST = "169.254.169.254";

const CERTIFICATE_NOT_TAKEN =
  "ARM_CLIENT_CERTIFICATE holds a PKCS #12 bundle, which is not taken. Convert it to PEM with " +
  '`printf %s "$ARM_CLIENT_CERTIFICATE" | openssl base64 -d -A | openssl pkcs12 -out app.pem -nodes`, ' +
  "and name that file in officeConfiguration:clientCertificatePath (or " +
  "OFFICE_CONFIGURATION_CLIENT_CERTIFICATE_PATH).";

const ENDPOINT_NOT_TAKEN =
  "ARM_MSI_ENDPOINT is not taken: the managed identity is asked for where IDENTITY_ENDPOINT or " +
  `MSI_ENDPOINT says, else at ${IMDS_HOST}. Set IDENTITY_ENDPOINT, or unset ARM_MSI_ENDPOINT.`;

const AKS: Spoken = { kind: "workloadIdentity", name: "ARM_USE_AKS_WORKLOAD_IDENTITY" };
const OIDC: Spoken = { kind: "workloadIdentity", name: "ARM_USE_OIDC" };
const MSI: Spoken = { kind: "managedIdentity", name: "ARM_USE_MSI" };
const CERTIFICATE: Spoken = { kind: "clientCertificate", name: "ARM_CLIENT_CERTIFICATE" };
