/**
 * Turns settings from text into a session's configuration, and reports all problems at once.
 *
 * @module
 */

import { SessionConfigError } from "../errors/sessionConfigError";
import { cloudOf, MICROSOFT_LOGIN_ORIGINS } from "./clouds";
import { type CredentialChoice, chooseCredential, materialOf } from "./credentialChoice";
import {
  CREDENTIAL_KINDS,
  type CredentialConfig,
  type CredentialKind,
  type SessionConfig,
} from "./sessionTypes";
import {
  type FoundSetting,
  namesOf,
  SECRET_SETTINGS,
  SETTING_NAMES,
  SettingSources,
  SOURCES,
  type Source,
} from "./settingSources";
import { type SessionSettings, type SettingName, sessionSettings } from "./settings";
import { type StackConfig, unknownSettings } from "./unknownSettings";

export { CONFIG_NAMESPACE } from "./settingSources";

/**
 * Reads the settings of a session.
 *
 * @param getConfig - Reads a key of Pulumi's config namespace `officeConfiguration`, such as
 *   `tenantId`.
 * @param env - The environment, usually `process.env`.
 * @param stack - Other contents of the stack's configuration, to find settings that do not exist.
 * @throws SessionConfigError with all problems, each naming the setting; never a secret's value.
 */
export function resolveSessionConfig(
  getConfig: (key: string) => string | undefined,
  env: NodeJS.ProcessEnv,
  stack: StackConfig = { keys: [] },
): SessionConfig {
  const sources = new SettingSources(getConfig, env);
  const problems = unknownSettings(stack);
  const choice = chosen(sources, problems);
  const texts = readTexts(sources, choice);
  problems.push(...sources.fileProblems);
  const settings = checked(texts, sources, problems);
  if (choice !== undefined) problems.push(...missing(choice.kind, texts, env));
  if (settings !== undefined) problems.push(...loginProblems(settings, sources));
  if (settings === undefined || choice === undefined || problems.length > 0) {
    throw new SessionConfigError(problems);
  }
  return sessionConfig(settings, choice.kind);
}

type Texts = Partial<Record<SettingName, FoundSetting>>;

function chosen(sources: SettingSources, problems: string[]): CredentialChoice | undefined {
  const named = sources.find("credential")?.value;
  if (named === undefined || named === "auto") {
    const result = chooseCredential(sources);
    // An unreadable file may hold the deciding value.
    if (sources.fileProblems.length > 0) return undefined;
    if ("choice" in result) return result.choice;
    problems.push(result.problem);
    return undefined;
  }
  const kind = CREDENTIAL_KINDS.find((known) => known === named);
  if (kind === undefined) return undefined;
  const found = materialOf(kind).map((setting) => sources.find(setting)?.source);
  return { kind, source: found.find((source) => source !== undefined) ?? "config" };
}

function readTexts(sources: SettingSources, choice: CredentialChoice | undefined): Texts {
  const names = SETTING_NAMES.filter((name) => choice === undefined || isUsed(name, choice.kind));
  const found = names.map((name) => [name, sources.find(name, sourcesOf(name, choice))] as const);
  return Object.fromEntries(found.filter(([, setting]) => setting !== undefined));
}

/** Whether a kind of credential uses a setting. The others may be malformed: nothing reads them. */
function isUsed(name: SettingName, kind: CredentialKind): boolean {
  const isMaterial = Object.values(USED).some((used) => used.includes(name));
  return name === "tenantId" || !isMaterial || USED[kind].includes(name);
}

function checked(
  texts: Texts,
  sources: SettingSources,
  problems: string[],
): SessionSettings | undefined {
  const values = Object.entries(texts).map(([name, { value }]) => [name, value]);
  const parsed = sessionSettings.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  const messages = new Map(parsed.error.issues.map(({ path, message }) => [path[0], message]));
  for (const name of SETTING_NAMES) {
    const [message, found] = [messages.get(name), texts[name]];
    if (message === undefined || found === undefined) continue;
    problems.push(`${sources.nameOf(name, found)} ${message}${shown(name, found)}.`);
  }
  return undefined;
}

/** An invalid value for a message; empty if it is secret or may contain a password. */
function shown(name: SettingName, { value }: FoundSetting): string {
  const isSecret = SECRET_SETTINGS.has(name) || /[@?#]/.test(value);
  return isSecret ? "" : `, not "${value}"`;
}

/**
 * Looks for the identity first in the source of the credential's material: AZURE_CLIENT_ID with
 * ARM_CLIENT_SECRET would mix two apps.
 */
function sourcesOf(name: SettingName, choice: CredentialChoice | undefined): readonly Source[] {
  const isIdentity = [
    "tenantId",
    "clientId",
    "oidcRequestUrl",
    "clientCertificatePassword",
  ].includes(name);
  if (!isIdentity || choice === undefined) return SOURCES;
  return [...new Set<Source>(["config", "own", choice.source, ...SOURCES])];
}

function loginProblems(settings: SessionSettings, sources: SettingSources): string[] {
  const { authority, cloud } = settings;
  if (authority === undefined || !MICROSOFT_LOGIN_ORIGINS.has(authority)) return [];
  const login = cloudOf(cloud).login;
  const isOfCloud = authority === login || (cloud === "public" && !isNationalLogin(authority));
  if (isOfCloud) return [];
  const found = sources.find("authority");
  const name = found ? sources.nameOf("authority", found) : namesOf("authority");
  return [
    `${name} is ${authority}, but the cloud "${cloud}" logs in at ${login}: set ` +
      `${namesOf("cloud")} to the tenant's cloud, or officeConfiguration:authority to its login.`,
  ];
}

function isNationalLogin(authority: string): boolean {
  return authority.endsWith(".us") || authority.endsWith(".cn");
}

/** Required settings of each kind. */
const NEEDED: Readonly<Record<CredentialKind, readonly SettingName[]>> = {
  accessToken: ["accessToken"],
  clientSecret: ["tenantId", "clientId", "clientSecret"],
  clientCertificate: ["tenantId", "clientId", "clientCertificatePath"],
  workloadIdentity: ["tenantId", "clientId"],
  githubActions: ["tenantId", "clientId", "oidcRequestUrl", "oidcRequestToken"],
  azurePipelines: [
    "tenantId",
    "clientId",
    "azureServiceConnectionId",
    "oidcRequestUrl",
    "oidcRequestToken",
  ],
  managedIdentity: [],
  azureCli: [],
  deviceCode: [],
  default: [],
};

/** Settings that each kind can use. */
const USED: Readonly<Record<CredentialKind, readonly SettingName[]>> = {
  ...NEEDED,
  clientCertificate: [...NEEDED.clientCertificate, "clientCertificatePassword"],
  workloadIdentity: [...NEEDED.workloadIdentity, "federatedTokenFile", "federatedToken"],
  managedIdentity: ["clientId"],
  azureCli: ["tenantId"],
  deviceCode: ["tenantId", "clientId"],
  default: ["tenantId", "clientId"],
};

const HINTS: Partial<Record<SettingName, string>> = {
  clientId:
    "It is the Application (client) ID on the app's page in the Microsoft Entra admin center.",
  clientCertificatePath:
    "A certificate in a variable (ARM_CLIENT_CERTIFICATE) is not taken: write it to a PEM file.",
  oidcRequestUrl:
    "In GitHub Actions, the job needs `permissions: id-token: write`; in Azure DevOps, the step " +
    "needs `SYSTEM_OIDCREQUESTURI: $(System.OidcRequestUri)` in its env.",
  oidcRequestToken:
    "In GitHub Actions, the job needs `permissions: id-token: write`; in Azure DevOps, the step " +
    "needs `SYSTEM_ACCESSTOKEN: $(System.AccessToken)` in its env.",
};

const NO_PERMISSION =
  "This GitHub Actions job is not allowed to ask for an identity token: give it `permissions: id-token: write`. A pull request from a fork " +
  "never gets that permission.";

function missing(kind: CredentialKind, texts: Texts, env: NodeJS.ProcessEnv): string[] {
  const absent = NEEDED[kind].filter((name) => texts[name] === undefined);
  // GitHub sets both, or neither.
  const isRefused =
    kind === "githubActions" && env.GITHUB_ACTIONS === "true" && absent.includes("oidcRequestUrl");
  const problems = isRefused ? [NO_PERMISSION] : [];
  const told = absent
    .filter((name) => !isRefused || !name.startsWith("oidcRequest"))
    .map((name) => {
      const hint = HINTS[name] === undefined ? "" : ` ${HINTS[name]}`;
      return `The credential "${kind}" needs ${namesOf(name)}.${hint}`;
    });
  problems.push(...told);
  const hasToken = texts.federatedTokenFile ?? texts.federatedToken;
  if (kind === "workloadIdentity" && hasToken === undefined) {
    const names = `${namesOf("federatedTokenFile")}, or ${namesOf("federatedToken")}`;
    problems.push(`The credential "${kind}" needs ${names}.`);
  }
  return problems;
}

function sessionConfig(settings: SessionSettings, kind: CredentialKind): SessionConfig {
  const { tenantId, cloud, endpoint, authority, onTenantChange, takeOver } = settings;
  const { catalogue, catalogueCheck, auditLogWaitSeconds } = settings;
  const { maxRetries, maxRequestsInFlight, requestTimeoutSeconds, writeLimit } = settings;
  const used = USED[kind].filter((name) => settings[name] !== undefined);
  const material = Object.fromEntries(used.map((name) => [name, settings[name]]));
  return {
    ...(tenantId !== undefined && { tenantId }),
    cloud,
    ...(endpoint !== undefined && { endpoint }),
    ...(authority !== undefined && { authority }),
    // Complete: the kind's required settings were checked above.
    credential: { kind, ...material } as CredentialConfig,
    onTenantChange,
    ...(takeOver !== undefined && { takeOver }),
    ...(catalogue !== undefined && { catalogue }),
    ...(catalogueCheck !== undefined && { catalogueCheck }),
    ...(auditLogWaitSeconds !== undefined && { auditLogWaitSeconds }),
    maxRetries,
    maxRequestsInFlight,
    requestTimeoutSeconds,
    ...(writeLimit !== undefined && { writeLimit }),
  };
}
