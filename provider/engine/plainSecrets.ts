import * as pulumi from "@pulumi/pulumi";

/**
 * The settings that nobody but the credential may see. They stand here apart from all settings, so
 * that a program need not load those; a test keeps the two alike.
 */
export const SECRET_CONFIG_KEYS = [
  "clientSecret",
  "clientCertificatePassword",
  "federatedToken",
  "oidcRequestToken",
  "accessToken",
];

/** Stacks that were warned about, by what the engine is asked through. */
const warned = new WeakSet<object>();

/**
 * Warns of credentials that stand in plain text in the stack's configuration: the file is committed,
 * and Pulumi copies it into the state. Says it once for each run of a program.
 */
export function warnOfPlainSecrets(): void {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined || warned.has(monitor)) return;
  warned.add(monitor);
  for (const name of SECRET_CONFIG_KEYS) {
    const key = `officeConfiguration:${name}`;
    if (pulumi.runtime.getConfig(key) === undefined || isEncrypted(key)) continue;
    void pulumi.log.warn(
      `${key} stands in plain text in the stack's configuration and state. Encrypt it with ` +
        `\`pulumi config set --secret ${key}\`, or give it through the environment, and replace the credential.`,
    );
  }
}

/** Whether a value of the configuration is encrypted; the SDK's types leave the function out. */
function isEncrypted(key: string): boolean {
  const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
  return isConfigSecret?.(key) ?? true;
}
