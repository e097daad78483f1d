/**
 * Warns of likely mistakes in a stack's configuration. The program does it because the engine shows its
 * warnings as warnings; it does not do so with messages of a dynamic provider.
 *
 * @module
 */
import { isAbsolute } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { CONFIG_NAMESPACE, configKey, SettingSources } from "../graph/config/settingSources";
import { programEnvironment } from "./environment";
import { misplacedSettingWarnings } from "./misplacedSettings";
import { plainSecretWarnings } from "./plainSecrets";
import { type StackTenant, sharedTenantWarnings } from "./sharedTenant";

/** Stacks that were warned, by their engine connection. */
const warned = new WeakSet<object>();

/** Warns of likely mistakes in a stack's configuration, once per run of a program. */
export function warnOfConfiguration(): void {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined || warned.has(monitor)) return;
  warned.add(monitor);
  for (const warning of configurationWarnings()) void pulumi.log.warn(warning);
}

function configurationWarnings(): string[] {
  // Unlike `Config.get`, these do not warn that a secret is read as plain text.
  const getConfig = (name: string) => pulumi.runtime.getConfig(`${CONFIG_NAMESPACE}:${name}`);
  const config = pulumi.runtime.allConfig();
  // Here it is enough to know that a file is named; the provider reads it.
  const sources = new SettingSources(getConfig, programEnvironment(), (file) => file);
  const tenantId = sources.find("tenantId")?.value;
  return [
    ...plainSecretWarnings((key) => config[key] !== undefined && !isEncrypted(key)),
    ...misplacedSettingWarnings({ config, project: pulumi.getProject(), sources }),
    ...(tenantId === undefined ? [] : sharedTenantWarnings(stackIn(tenantId))),
  ];
}

function stackIn(tenantId: string): StackTenant {
  // A language host that does not know the folder of Pulumi.yaml returns a placeholder.
  const root = pulumi.getRootDirectory();
  const folder = isAbsolute(root) ? root : process.cwd();
  const isSecret = isEncrypted(configKey("tenantId"));
  return { folder, stack: pulumi.getStack(), tenantId, isSecret };
}

/** Whether a value of the configuration is encrypted. The SDK's types lack this function. */
function isEncrypted(key: string): boolean {
  const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
  return isConfigSecret?.(key) ?? true;
}
