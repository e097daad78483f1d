import { configKey, SECRET_SETTINGS } from "../graph/config/settingSources";

/**
 * A warning for each credential in plain text in the stack's configuration: the file is committed, and
 * Pulumi copies it into the state.
 *
 * @param isPlain - Whether a key of the configuration is set and not encrypted.
 */
export function plainSecretWarnings(isPlain: (key: string) => boolean): string[] {
  return [...SECRET_SETTINGS]
    .map(configKey)
    .filter(isPlain)
    .map(
      (key) =>
        `${key} stands in plain text in the stack's configuration and state. Encrypt it with ` +
        `\`pulumi config set --secret ${key}\`, or give it through the environment, and replace the credential.`,
    );
}
