/**
 * Definitions of Intune's settings catalogue as Graph's JSON has them.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationsettingdefinition?view=graph-rest-beta
 * @module
 */
import { z } from "zod";
import type { IntuneDefinition, IntuneForm } from "../../provider/catalogue/catalogue";

const text = z.string().nullish();
const number = z.number().nullish();

const optionSchema = z.object({
  itemId: text,
  displayName: text,
  optionValue: z.object({ value: z.union([z.string(), z.number()]) }).nullish(),
  dependedOnBy: z
    .array(z.object({ dependedOnBy: z.string(), required: z.boolean().nullish() }))
    .nullish(),
});

/** The properties that are read. Others are left alone, and so is a definition that has these in another form. */
export const definitionSchema = z.object({
  "@odata.type": z.string(),
  id: z.string().min(1),
  name: z.string().min(1),
  displayName: text,
  description: text,
  baseUri: text,
  offsetUri: z.string(),
  keywords: z.array(z.string()).nullish(),
  rootDefinitionId: text,
  dependentOn: z.array(z.object({ parentSettingId: text })).nullish(),
  options: z.array(optionSchema).nullish(),
  valueDefinition: z
    .object({
      "@odata.type": text,
      minimumValue: number,
      maximumValue: number,
      maximumLength: number,
    })
    .nullish(),
});

export type Definition = z.infer<typeof definitionSchema>;

/** Definitions that depend on options, and whether each is required by one. */
export function requirements(definitions: readonly Definition[]): ReadonlyMap<string, boolean> {
  const required = new Map<string, boolean>();
  for (const { dependedOnBy, required: isRequired } of definitions.flatMap(dependants)) {
    required.set(dependedOnBy, required.get(dependedOnBy) === true || isRequired === true);
  }
  return required;
}

function dependants({ options }: Definition) {
  return (options ?? []).flatMap(({ dependedOnBy }) => dependedOnBy ?? []);
}

/**
 * A definition as a catalogue keeps it; undefined if its value has none of the known forms.
 *
 * @param required - As {@link requirements} gives it.
 */
export function keptDefinition(
  definition: Definition,
  required: ReadonlyMap<string, boolean>,
): IntuneDefinition | undefined {
  const { id } = definition;
  const form = formOf(definition);
  if (form === undefined) return undefined;
  const options = oddOptions(definition);
  const requires = dependants(definition)
    .filter((each) => each.required === true && !each.dependedOnBy.startsWith(`${id}_`))
    .map(({ dependedOnBy }) => dependedOnBy);
  return {
    id,
    form,
    ...(options.length > 0 && { options: Object.fromEntries(options) }),
    ...(required.get(id) === false && { optional: true as const }),
    ...(requires.length > 0 && { requires: [...new Set(requires)].sort() }),
  };
}

function formOf({ "@odata.type": type, valueDefinition }: Definition): IntuneForm | undefined {
  if (/SettingGroupCollectionDefinition$/.test(type)) return "pairs";
  if (/ChoiceSettingDefinition$/.test(type)) return "choice";
  const value = valueDefinition?.["@odata.type"] ?? "";
  if (/SimpleSettingCollectionDefinition$/.test(type)) {
    return /String/.test(value) ? "texts" : undefined;
  }
  if (!/SimpleSettingDefinition$/.test(type)) return undefined;
  return /Integer/.test(value) ? "integer" : /String/.test(value) ? "string" : undefined;
}

/** Options whose ids are not made of that of the definition and of their value. */
function oddOptions({ id, options }: Definition): [value: string, itemId: string][] {
  return (options ?? []).flatMap(({ itemId, optionValue }): [string, string][] => {
    if (itemId == null || optionValue == null) return [];
    const value = String(optionValue.value);
    return itemId === `${id}_${value.toLowerCase()}` ? [] : [[value, itemId]];
  });
}
