import type { CatalogueSetting, IntuneDefinition } from "../catalogue/catalogue";
import { show } from "../settings/show";
import { formOf } from "./form";
import { choiceOf, type InstanceJson, simpleOf, textsOf } from "./instanceJson";

/** Greatest number of an instance: Graph's type is Int32. */
const MAX_INTEGER = 2 ** 31 - 1;

/** The instance of an element, or of a policy without elements; else a clause that says why there is none. */
export function instanceOf(
  setting: CatalogueSetting,
  definition: Pick<IntuneDefinition, "id" | "options">,
  value: string,
): InstanceJson | string {
  const { id } = definition;
  switch (formOf(setting)) {
    case "choice": {
      const item = itemOf(setting, value);
      return item === undefined ? noItem(setting, value) : choiceOf(definition, item);
    }
    case "integer":
      if (!/^\d+$/.test(value)) return `${show(value)} is no whole number`;
      return Number(value) > MAX_INTEGER
        ? `Intune's numbers end at ${MAX_INTEGER}, before ${show(value)}`
        : simpleOf(id, "integer", value);
    case "string":
      return simpleOf(id, "string", value);
    case "texts":
      return textsOf(id, value.split(/\r?\n/));
    case "pairs":
      return "it is a list of names with values in Intune";
  }
}

/** The state that a value of a toggle or check box stands for. */
export function stateWith({ on, off }: CatalogueSetting, value: string): "on" | "off" | undefined {
  return value === on ? "on" : value === off ? "off" : undefined;
}

/** Value of the option for a value: Intune has states for toggles and check boxes. */
function itemOf(setting: CatalogueSetting, value: string): string | undefined {
  const { kind, values = {} } = setting;
  if (kind === "toggle" || kind === "boolean") {
    const state = stateWith(setting, value);
    return state && ITEMS[state];
  }
  if (kind !== "enum" || !Object.hasOwn(values, value)) return undefined;
  // Ids of options are in lower case: two of these values would have the same.
  const same = Object.keys(values).filter((each) => each.toLowerCase() === value.toLowerCase());
  return same.length === 1 ? value : undefined;
}

/** Values of the options for states. */
export const ITEMS = { on: "1", off: "0" } as const;

function noItem({ kind, on, off }: CatalogueSetting, value: string): string {
  const isKnown = kind === "enum" || on !== undefined || off !== undefined;
  return isKnown
    ? `Intune has no option for ${show(value)}`
    : "the catalogue does not know which of its values is on: only templates (ADMX) tell";
}

/**
 * Whether an element that is not given has a state in Intune all the same: a check box whose registry value Group Policy
 * deletes if it is not ticked.
 */
export function isOffWithout({ kind, deletes, off }: CatalogueSetting): boolean {
  return kind === "boolean" && deletes === true && off === undefined;
}
