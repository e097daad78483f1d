import { configKey, SettingSources } from "../provider/graph/config/settingSources";
import type { SettingName } from "../provider/graph/config/settings";
import { isPlainObject } from "../provider/settings/json";

/** The settings of the stack, from its configuration as Pulumi hands it to a pack, and from the environment. */
export function stackSettings(env: NodeJS.ProcessEnv): SettingSources {
  const config = configOf(env);
  return new SettingSources((name) => {
    const value = config[configKey(name as SettingName)];
    return typeof value === "string" ? value : undefined;
  }, env);
}

function configOf({ PULUMI_CONFIG: text = "{}" }: NodeJS.ProcessEnv): Record<string, unknown> {
  try {
    const config: unknown = JSON.parse(text);
    return isPlainObject(config) ? config : {};
  } catch {
    return {};
  }
}
