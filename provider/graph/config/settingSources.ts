/**
 * The sources of settings: the stack's config first, then this package's own environment variables, then
 * those of the Azure SDKs, of Terraform's providers, and of CI services.
 *
 * @see https://learn.microsoft.com/javascript/api/overview/azure/identity-readme#environment-variables
 * @see https://registry.terraform.io/providers/hashicorp/azuread/latest/docs
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs
 * @module
 */
import { readFileSync } from "node:fs";
import type { SettingName } from "./settings";

/** The namespace of this package in Pulumi's config. */
export const CONFIG_NAMESPACE = "officeConfiguration";

/** Families of names, the strongest first. */
export const SOURCES = ["config", "own", "azure", "arm", "ci"] as const;

/** A family of names. */
export type Source = (typeof SOURCES)[number];

/** A value of a setting, and its source. */
export interface FoundSetting {
  readonly value: string;
  readonly source: Source;
}

type ForeignNames = Partial<Record<"azure" | "arm" | "ci", readonly string[]>>;

const FOREIGN_NAMES: Partial<Record<SettingName, ForeignNames>> = {
  tenantId: {
    azure: ["AZURE_TENANT_ID"],
    arm: ["ARM_TENANT_ID"],
    ci: ["AZURESUBSCRIPTION_TENANT_ID"],
  },
  clientId: {
    azure: ["AZURE_CLIENT_ID"],
    arm: ["ARM_CLIENT_ID"],
    ci: ["AZURESUBSCRIPTION_CLIENT_ID"],
  },
  clientSecret: { azure: ["AZURE_CLIENT_SECRET"], arm: ["ARM_CLIENT_SECRET"] },
  clientCertificatePath: {
    azure: ["AZURE_CLIENT_CERTIFICATE_PATH"],
    arm: ["ARM_CLIENT_CERTIFICATE_PATH"],
  },
  clientCertificatePassword: {
    azure: ["AZURE_CLIENT_CERTIFICATE_PASSWORD"],
    arm: ["ARM_CLIENT_CERTIFICATE_PASSWORD"],
  },
  federatedTokenFile: {
    azure: ["AZURE_FEDERATED_TOKEN_FILE"],
    arm: ["ARM_OIDC_TOKEN_FILE_PATH"],
  },
  federatedToken: { arm: ["ARM_OIDC_TOKEN"] },
  oidcRequestUrl: {
    arm: ["ARM_OIDC_REQUEST_URL"],
    ci: ["ACTIONS_ID_TOKEN_REQUEST_URL", "SYSTEM_OIDCREQUESTURI"],
  },
  oidcRequestToken: {
    arm: ["ARM_OIDC_REQUEST_TOKEN"],
    ci: ["ACTIONS_ID_TOKEN_REQUEST_TOKEN", "SYSTEM_ACCESSTOKEN"],
  },
  azureServiceConnectionId: {
    arm: ["ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID", "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID"],
    ci: ["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"],
  },
  cloud: { arm: ["ARM_ENVIRONMENT"] },
  authority: { azure: ["AZURE_AUTHORITY_HOST"] },
};

/**
 * Variables that name a file with a setting's value, as in `azurerm`. The value itself takes precedence.
 */
const FILE_NAMES: Partial<Record<SettingName, ForeignNames>> = {
  clientId: { arm: ["ARM_CLIENT_ID_FILE_PATH"] },
  clientSecret: { arm: ["ARM_CLIENT_SECRET_FILE_PATH"] },
};

/**
 * Names of all settings. Kept apart from the settings' schemas so that a program can look for them without
 * loading those; a test keeps both equal.
 */
export const SETTING_NAMES = [
  "tenantId",
  "clientId",
  "credential",
  "clientSecret",
  "clientCertificatePath",
  "clientCertificatePassword",
  "federatedTokenFile",
  "federatedToken",
  "oidcRequestUrl",
  "oidcRequestToken",
  "azureServiceConnectionId",
  "accessToken",
  "cloud",
  "endpoint",
  "authority",
  "onTenantChange",
  "takeOver",
  "catalogue",
  "catalogueCheck",
  "auditLogWaitSeconds",
  "maxRetries",
  "maxRequestsInFlight",
  "requestTimeoutSeconds",
  "writeLimit",
] as const satisfies readonly SettingName[];

/** Secret settings: only the credential may see them. */
export const SECRET_SETTINGS: ReadonlySet<SettingName> = new Set([
  "clientSecret",
  "clientCertificatePassword",
  "federatedToken",
  "oidcRequestToken",
  "accessToken",
]);

/** A setting's name in Pulumi's config: `officeConfiguration:tenantId`. */
export function configKey(name: SettingName): string {
  return `${CONFIG_NAMESPACE}:${name}`;
}

/** The environment variables of a setting in one family, the strongest first. */
export function environmentNames(name: SettingName, source: Source): readonly string[] {
  if (source === "config") return [];
  if (source === "own") {
    return [`OFFICE_CONFIGURATION_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`];
  }
  return [...(FOREIGN_NAMES[name]?.[source] ?? []), ...fileNames(name, source)];
}

function fileNames(name: SettingName, source: Source): readonly string[] {
  return source === "config" || source === "own" ? [] : (FILE_NAMES[name]?.[source] ?? []);
}

/** All names of a setting, for messages: `officeConfiguration:tenantId (or A, B)`. */
export function namesOf(name: SettingName): string {
  const variables = SOURCES.flatMap((source) => environmentNames(name, source));
  return `${configKey(name)} (or ${variables.join(", ")})`;
}

/** Reads settings from the stack's config and an environment. Empty text counts as not set. */
export class SettingSources {
  readonly #unreadable = new Map<string, string>();

  /** @param readText - Reads a file that a variable names; throws if it cannot. */
  constructor(
    private readonly getConfig: (key: string) => string | undefined,
    private readonly env: NodeJS.ProcessEnv,
    private readonly readText = (file: string) => readFileSync(file, "utf8"),
  ) {}

  /** A problem for each file that could not be read, or was empty. */
  get fileProblems(): string[] {
    return [...this.#unreadable.values()];
  }

  /** The value of a setting in the first of the given families that has one. */
  find(name: SettingName, sources: readonly Source[] = SOURCES): FoundSetting | undefined {
    for (const source of sources) {
      const value = this.#read(name, source);
      if (value !== undefined) return { value, source };
    }
    return undefined;
  }

  /** Whether an environment variable says yes or no; undefined if it says neither. */
  flag(variable: string): boolean | undefined {
    const value = this.variable(variable)?.toLowerCase();
    if (value === undefined) return undefined;
    return ["true", "1", "yes", "t"].includes(value);
  }

  /** The name of the key or variable that a value came from, for messages. */
  nameOf(name: SettingName, { source }: FoundSetting): string {
    const variables = environmentNames(name, source);
    return variables.find((variable) => filled(this.env[variable])) ?? configKey(name);
  }

  /** The text of an environment variable. */
  variable(name: string): string | undefined {
    return filled(this.env[name]);
  }

  #read(name: SettingName, source: Source): string | undefined {
    if (source === "config") return filled(this.getConfig(name));
    const files = fileNames(name, source);
    for (const variable of environmentNames(name, source)) {
      const text = filled(this.env[variable]);
      const value =
        text !== undefined && files.includes(variable) ? this.#file(variable, text) : text;
      if (value !== undefined) return value;
    }
    return undefined;
  }

  #file(variable: string, file: string): string | undefined {
    const problem = (why: string) => {
      this.#unreadable.set(variable, `${variable} names the file ${file}, which ${why}.`);
    };
    try {
      const value = filled(this.readText(file));
      if (value === undefined) problem("is empty");
      return value;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problem(`cannot be read${code === undefined ? "" : ` (${code})`}`);
      return undefined;
    }
  }
}

function filled(value: string | undefined): string | undefined {
  // A secret read from a file or a pipe usually ends in a line break.
  const trimmed = value?.trim();
  return trimmed === "" ? undefined : trimmed;
}
