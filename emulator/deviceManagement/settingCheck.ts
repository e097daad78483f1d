import { z } from "zod";
import type { GraphObject } from "../graph/api";
import { IntuneError } from "../graph/errors";
import {
  type ChoiceValue,
  childrenOf,
  type InstanceBody,
  kindOf,
  type SimpleValue,
  shortName,
} from "./settingInstances";

const dependents = z
  .array(z.object({ dependedOnBy: z.string(), required: z.boolean().nullish() }))
  .nullish();

const number = z.number().nullish();

/** A definition, as far as instances are checked by it. */
const definitionSchema = z.object({
  "@odata.type": z.string(),
  options: z.array(z.object({ itemId: z.string(), dependedOnBy: dependents })).nullish(),
  dependedOnBy: dependents,
  dependentOn: z
    .array(z.object({ dependentOn: z.string(), parentSettingId: z.string() }))
    .nullish(),
  valueDefinition: z
    .object({
      "@odata.type": z.string(),
      minimumValue: number,
      maximumValue: number,
      maximumLength: number,
    })
    .nullish(),
  maximumCount: number,
});

type Definition = z.infer<typeof definitionSchema>;

/** Checks the settings of policies by the definitions of the catalogue. */
export class SettingCheck {
  readonly #definitions: ReadonlyMap<string, GraphObject>;

  constructor(definitions: readonly GraphObject[]) {
    this.#definitions = new Map(definitions.map((each) => [String(each.id), each]));
  }

  /** The definition with an id; undefined if there is none. */
  definition(id: string): GraphObject | undefined {
    return this.#definitions.get(id);
  }

  /**
   * Refuses settings that the service does not take. Throws Graph's 400.
   *
   * @param isFromTemplate - Whether the policy was made from a template.
   */
  refuseWrong(settings: readonly InstanceBody[], isFromTemplate: boolean): void {
    const seen = new Set<string>();
    for (const instance of settings) {
      const id = instance.settingDefinitionId;
      if (seen.has(id)) throw wrong(`Setting '${id}' stands more than once in the policy.`);
      seen.add(id);
      if ((this.#known(instance).dependentOn ?? []).length > 0) {
        throw wrong(`Setting '${id}' is a child setting, and its parent is missing.`);
      }
      this.#refuse(instance, isFromTemplate);
    }
  }

  #refuse(instance: InstanceBody, isFromTemplate: boolean): void {
    const id = instance.settingDefinitionId;
    const definition = this.#known(instance);
    const kind = kindOf(instance);
    if (kind === undefined || shortName(definition["@odata.type"]) !== kind.definition) {
      throw wrong(
        `An instance of type '${instance["@odata.type"]}' is not one of setting '${id}'.`,
      );
    }
    if (instance[kind.property] == null) throw wrong(`Setting '${id}' has no value.`);
    if (isFromTemplate && instance.settingInstanceTemplateReference == null) {
      throw wrong(`Setting '${id}' must have a template reference: its policy has a template.`);
    }
    this.#refuseChoices(instance, definition);
    this.#refuseGroups(instance, definition);
    refuseValues(instance, definition);
    for (const child of childrenOf(instance)) this.#refuse(child, isFromTemplate);
  }

  #refuseChoices(instance: InstanceBody, { options }: Definition): void {
    const one = instance.choiceSettingValue;
    const values = instance.choiceSettingCollectionValue ?? (one == null ? [] : [one]);
    for (const choice of values) {
      const option = options?.find(({ itemId }) => itemId === choice.value);
      if (option === undefined) throw wrongOption(choice, options ?? []);
      const children = choice.children ?? [];
      refuseMissing(option.dependedOnBy, children, choice.value);
      this.#refuseStrangers(children, [choice.value, instance.settingDefinitionId]);
    }
  }

  #refuseGroups(instance: InstanceBody, { dependedOnBy }: Definition): void {
    for (const { children } of instance.groupSettingCollectionValue ?? []) {
      refuseMissing(dependedOnBy, children, instance.settingDefinitionId);
      this.#refuseStrangers(children, [instance.settingDefinitionId]);
    }
  }

  /** Refuses children that belong to other options or settings. */
  #refuseStrangers(children: readonly InstanceBody[], parents: readonly string[]): void {
    for (const child of children) {
      const belongsTo = this.#known(child).dependentOn ?? [];
      if (belongsTo.some(({ dependentOn }) => parents.includes(dependentOn))) continue;
      throw wrong(`Setting '${child.settingDefinitionId}' is not a child of '${parents[0]}'.`);
    }
  }

  #known({ settingDefinitionId: id }: InstanceBody): Definition {
    const found = this.#definitions.get(id);
    if (found === undefined) throw wrong(`Setting definition '${id}' does not exist.`);
    return definitionSchema.parse(found);
  }
}

function refuseMissing(
  dependedOnBy: Definition["dependedOnBy"],
  children: readonly InstanceBody[],
  parent: string,
): void {
  const missing = dependedOnBy?.find(
    ({ dependedOnBy: id, required }) =>
      required === true && !children.some((child) => child.settingDefinitionId === id),
  );
  if (missing === undefined) return;
  throw wrong(`Child setting '${missing.dependedOnBy}' is required by '${parent}'.`);
}

/** The words are those that an implementer has seen. */
function wrongOption({ value }: ChoiceValue, options: readonly { readonly itemId: string }[]) {
  const expected = options.map(({ itemId }) => itemId).join(", ");
  return wrong(
    `Selected Option ${value} does not match with the list of expected options: ${expected}`,
  );
}

function refuseValues(instance: InstanceBody, { valueDefinition, maximumCount }: Definition): void {
  const id = instance.settingDefinitionId;
  const list = instance.simpleSettingCollectionValue ?? instance.groupSettingCollectionValue;
  if (list != null && list.length > (maximumCount ?? Number.POSITIVE_INFINITY)) {
    throw wrong(`Setting '${id}' has more than ${maximumCount} values.`);
  }
  const one = instance.simpleSettingValue;
  const values = instance.simpleSettingCollectionValue ?? (one == null ? [] : [one]);
  for (const value of values) {
    if (!fits(value, valueDefinition)) throw wrong(`The value of setting '${id}' is not allowed.`);
  }
}

function fits({ "@odata.type": type, value }: SimpleValue, limits: Definition["valueDefinition"]) {
  if (limits == null) return true;
  const kind = shortName(limits["@odata.type"]).replace(/Definition$/, "");
  if (shortName(type) !== kind) return false;
  if (typeof value === "string") {
    return kind !== "IntegerSettingValue" && value.length <= (limits.maximumLength ?? Infinity);
  }
  if (kind !== "IntegerSettingValue") return false;
  return value >= (limits.minimumValue ?? -Infinity) && value <= (limits.maximumValue ?? Infinity);
}

function wrong(message: string): IntuneError {
  return new IntuneError(400, "BadRequest", message);
}
