import { canonicalJson, isPlainObject } from "../settings/json";
import { definitionIdOf } from "./instance";

/**
 * Properties that make a setting. Services and tools add others, which say nothing of its value. The value tells its type
 * by itself.
 */
const COMPARED: ReadonlySet<string> = new Set([
  "settingDefinitionId",
  "value",
  "children",
  "choiceSettingValue",
  "choiceSettingCollectionValue",
  "simpleSettingValue",
  "simpleSettingCollectionValue",
  "groupSettingValue",
  "groupSettingCollectionValue",
]);

/**
 * Instances by the ids of their definitions in lower case, each as a text that is equal for equal settings: without types,
 * without what the service and tools add, and with children in one order. The place of a setting in its policy does not
 * count, as the service moves it.
 */
export function byDefinition(instances: readonly unknown[]): ReadonlyMap<string, string> {
  return new Map(
    instances.map((item) => [definitionIdOf(item).toLowerCase(), canonicalJson(bare(item))]),
  );
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!isPlainObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([name, item]) => item !== null && item !== undefined && COMPARED.has(name),
  );
  return Object.fromEntries(kept.map(([name, item]) => [name, property(name, item)]));
}

function property(name: string, item: unknown): unknown {
  if (name === "settingDefinitionId" && typeof item === "string") return item.toLowerCase();
  if (name !== "children" || !Array.isArray(item)) return bare(item);
  return item.map(bare).sort((a, b) => (definitionIdOf(a) < definitionIdOf(b) ? -1 : 1));
}
