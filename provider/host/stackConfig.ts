import type { StackConfig } from "../graph";
import { isPlainObject } from "../settings/json";

/**
 * The stack's configuration as the engine gave it to a dynamic provider. The SDK's types know only how
 * to read one key; the fields are there since providers can be configured. Without them, keys that are
 * not settings are not found.
 */
export function stackConfigOf(config: object): StackConfig {
  const { rawConfig, projectName } = config as { rawConfig?: unknown; projectName?: unknown };
  return {
    keys: isPlainObject(rawConfig) ? Object.keys(rawConfig) : [],
    ...(typeof projectName === "string" && { project: projectName }),
  };
}
