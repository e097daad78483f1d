import type { StackConfig } from "../graph";
import { isPlainObject } from "../settings/json";

/**
 * The stack's configuration as the engine gave it to a dynamic provider. The SDK's types only have a method to
 * read one key, but the object also has these fields. If they are missing, unknown keys go unnoticed.
 */
export function stackConfigOf(config: object): StackConfig {
  const { rawConfig, projectName } = config as { rawConfig?: unknown; projectName?: unknown };
  return {
    keys: isPlainObject(rawConfig) ? Object.keys(rawConfig) : [],
    ...(typeof projectName === "string" && { project: projectName }),
  };
}
