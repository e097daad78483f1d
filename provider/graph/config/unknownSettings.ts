import { nearestName } from "../../text/nearestName";
import { CONFIG_NAMESPACE, SETTING_NAMES } from "./settingSources";

/** Contents of a stack's configuration besides the values of the settings. */
export interface StackConfig {
  /** All keys, each with its namespace: `officeConfiguration:tenantId`. */
  readonly keys: readonly string[];
  /** Name of the project, which is the namespace of the program's own keys. */
  readonly project?: string | undefined;
}

/**
 * A problem for each key of this package's namespace that is not a setting. A misspelt key would be
 * ignored: with `tenantID`, the policies would land in the credential's own tenant.
 *
 * If the project has the same name as the namespace, the program's own keys are in it too. Then only keys
 * that resemble a setting are problems.
 */
export function unknownSettings({ keys, project }: StackConfig): string[] {
  const prefix = `${CONFIG_NAMESPACE}:`;
  const known: ReadonlySet<string> = new Set(SETTING_NAMES);
  return keys
    .filter((key) => key.startsWith(prefix) && !known.has(key.slice(prefix.length)))
    .flatMap((key) => {
      const meant = nearestSetting(key.slice(prefix.length));
      if (meant === undefined && project === CONFIG_NAMESPACE) return [];
      const remove = `with \`pulumi config rm ${key}\`.`;
      return meant === undefined
        ? [`${key} is not a setting. Remove it ${remove}`]
        : [
            `${key} is not a setting. Did you mean ${prefix}${meant}? Set that one, and remove this ${remove}`,
          ];
    });
}

/** The setting that a misspelt name most likely means: `tenantID`, `tenant-id`, `maxRetrys`. */
export function nearestSetting(name: string): string | undefined {
  return nearestName(name.replace(/[-_.\s]/g, ""), SETTING_NAMES);
}
