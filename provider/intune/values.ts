/**
 * Values of a program's settings, in an Intune policy.
 *
 * @module
 */
import { byDefinition } from "./comparison";
import type { InstanceJson } from "./instanceJson";
import type { IntuneSettings } from "./intuneSettings";
import { readInstances } from "./reading";
import { instanceOf } from "./writtenValue";

/**
 * Values of settings as a policy has them, by the ids of the settings; all that can be read, or those of `known` only.
 * A value that is the same in Intune as the known one is that one: `"04"` and `"4"` are the same number.
 */
export function valuesIn(
  instances: readonly unknown[],
  settings: IntuneSettings,
  known?: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of readInstances(instances, settings)) {
    if (!("value" in line)) continue;
    const { settingId: id, value } = line;
    const wanted = known?.get(id);
    if (known !== undefined && wanted === undefined) continue;
    if (wanted !== undefined && isSame(id, value, wanted, settings)) {
      // A policy can have a setting twice, once inside of another policy. A differing one counts.
      if (!values.has(id)) values.set(id, wanted);
    } else if (!values.has(id) || values.get(id) === wanted) {
      values.set(id, value);
    }
  }
  return values;
}

function isSame(id: string, a: string, b: string, settings: IntuneSettings): boolean {
  if (a === b) return true;
  const setting = settings.known.find(id);
  if (setting?.intune === undefined) return false;
  const { intune } = setting;
  const [one, other] = [a, b].map((value) => instanceOf(setting, intune, value));
  if (!isInstance(one) || !isInstance(other)) return false;
  return textOf(one) === textOf(other);
}

function isInstance(built: InstanceJson | string | undefined): built is InstanceJson {
  return typeof built === "object";
}

function textOf(instance: InstanceJson): string | undefined {
  return [...byDefinition([instance]).values()][0];
}
