/**
 * Instances of settings in a policy of Intune's settings catalogue, as Graph's JSON and saved copies of it have them.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationsettinginstance?view=graph-rest-beta
 * @module
 */
import { z } from "zod";

const simpleValue = z.object({
  "@odata.type": z.string().nullish(),
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
});

const collection = z.array(z.unknown()).nullish();

/** The properties that are read. Which of the values there is tells the kind of the instance. */
const instanceSchema = z.object({
  settingDefinitionId: z.string().min(1),
  choiceSettingValue: z.object({ value: z.string(), children: collection }).nullish(),
  simpleSettingValue: simpleValue.nullish(),
  simpleSettingCollectionValue: z.array(simpleValue).nullish(),
  groupSettingValue: z.object({ children: collection }).nullish(),
  groupSettingCollectionValue: collection,
  choiceSettingCollectionValue: collection,
});

/** An instance of a setting. */
export type SettingInstance = z.infer<typeof instanceSchema>;

/** A value of an instance that is one text or number. */
export type SimpleValue = z.infer<typeof simpleValue>;

/** Reads an instance; undefined if it has none of the documented forms. */
export function parseInstance(item: unknown): SettingInstance | undefined {
  return instanceSchema.safeParse(item).data;
}

/** Id of the definition that something names, for messages. Empty if it names none. */
export function definitionIdOf(item: unknown): string {
  return (
    z.object({ settingDefinitionId: z.string() }).safeParse(item).data?.settingDefinitionId ?? ""
  );
}

/** Whether a value is kept secret: the service then gives a reference in its place. */
export function isSecret({ "@odata.type": type }: SimpleValue): boolean {
  return /Secret/i.test(type ?? "");
}
