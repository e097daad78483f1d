import { distance } from "fastest-levenshtein";
import { chooseCredential } from "../graph/config/credentialChoice";
import {
  CONFIG_NAMESPACE,
  configKey,
  SETTING_NAMES,
  type SettingSources,
} from "../graph/config/settingSources";
import type { SettingName } from "../graph/config/settings";
import { nearestSetting } from "../graph/config/unknownSettings";

/** Settings that say who signs in. A program rarely has keys of its own with these names. */
const IDENTITY: ReadonlySet<SettingName> = new Set([
  "clientId",
  "clientSecret",
  "clientCertificatePath",
  "federatedTokenFile",
  "federatedToken",
  "accessToken",
]);

/** Contents of a stack's configuration and environment. */
export interface StackSettings {
  /** All keys of the configuration with their values. */
  readonly config: Readonly<Record<string, string>>;
  /** Name of the project: the namespace of keys that were set without one. */
  readonly project: string;
  readonly sources: SettingSources;
}

/**
 * A warning for each key that looks like a setting of this package but has another namespace, so that it is
 * not read: `office-configuration:tenantId`, or a bare `tenantId`, which belongs to the project. Shows no
 * value. Silent if the setting itself is set.
 */
export function misplacedSettingWarnings({ config, project, sources }: StackSettings): string[] {
  return Object.entries(config).flatMap(([key, value]) => {
    const [namespace = "", name = ""] = key.split(":", 2);
    if (namespace === CONFIG_NAMESPACE) return [];
    const isBare = namespace === project;
    const meant = isBare ? meantBare(name, value, sources) : meantNear(namespace, name);
    if (meant === undefined || config[configKey(meant)] !== undefined) return [];
    const typed = isBare ? `${key} (a bare \`${name}\`)` : key;
    const rest = isBare ? " If the program reads it for itself, set both." : "";
    return [
      `${typed} is not a setting of pulumi-office-configuration and is not read. Did you mean ${configKey(meant)}? ` +
        `Set it with \`pulumi config set ${configKey(meant)}\`.${rest}`,
    ];
  });
}

function meantNear(namespace: string, name: string): SettingName | undefined {
  return isNear(namespace) ? settingNamed(nearestSetting(name)) : undefined;
}

/** Whether a namespace resembles this package's: `officeconfiguration`, `office-config`. */
function isNear(namespace: string): boolean {
  const plain = namespace.toLowerCase().replace(/[^a-z0-9]/g, "");
  const bare = plain.replace(/^pulumi/, "").replace(/^(microsoft|ms)(365)?/, "");
  return bare.startsWith("officeconf") || distance(bare, CONFIG_NAMESPACE.toLowerCase()) <= 3;
}

/**
 * The setting that a key without a namespace most likely means. A program's own keys may have the names of
 * settings. So only two count as misplaced: a tenant other than the one in the settings, and a credential
 * if the settings have none.
 */
function meantBare(name: string, value: string, sources: SettingSources): SettingName | undefined {
  const plain = name.toLowerCase().replace(/[-_.]/g, "");
  const meant = SETTING_NAMES.find((known) => known.toLowerCase() === plain);
  if (meant === "tenantId") {
    const tenant = sources.find("tenantId")?.value;
    return tenant?.toLowerCase() === value.trim().toLowerCase() ? undefined : meant;
  }
  if (meant === undefined || !IDENTITY.has(meant) || sources.find("credential")) return undefined;
  const chosen = chooseCredential(sources);
  return "choice" in chosen && chosen.choice.kind === "default" ? meant : undefined;
}

function settingNamed(name: string | undefined): SettingName | undefined {
  return SETTING_NAMES.find((known) => known === name);
}
