import { oneLine } from "../../../provider/text/messageText";
import { attribute, type XmlElement } from "../../files/xml";

/** An item of Group Policy Preferences, with those who it is for. */
export interface TargetedItem {
  readonly name: string;
  /** Elements `Filters` of it and of the collections that it is in. All of them must be met. */
  readonly filters: readonly XmlElement[];
}

/** Most names in one clause. */
const MAX_NAMES = 3;
const MAX_NAME = 100;

/** A clause for each different targeting: `item-level targeting by group "CONTOSO\Sales" of VBAWarnings`. */
export function itemConditions(items: readonly TargetedItem[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { name, filters } of items) {
    const words = filters.map((each) => groupWords(each)).filter((each) => each !== "");
    if (words.length === 0) continue;
    const all = words.join(" and ");
    const those = names.get(all) ?? [];
    those.push(name);
    names.set(all, those);
  }
  return [...names].map(([words, items]) => `item-level targeting by ${words} of ${someOf(items)}`);
}

/** The first of many names, safe to show. */
export function someOf(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  const shown = names.slice(0, MAX_NAMES).map((name) => oneLine(name, MAX_NAME));
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Filters in words, joined as they are: the first has no operator. */
function groupWords({ children }: XmlElement): string {
  return children
    .map((filter, index) => {
      const operator = attribute(filter, "bool")?.toUpperCase() === "OR" ? "or" : "and";
      return `${index === 0 ? "" : ` ${operator} `}${filterWords(filter)}`;
    })
    .join("");
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ["FilterGroup", "group"],
  ["FilterUser", "user"],
  ["FilterComputer", "computer"],
  ["FilterOrgUnit", "organizational unit"],
  ["FilterSite", "site"],
  ["FilterDomain", "domain"],
  ["FilterOs", "operating system"],
  ["FilterRunOnce", "being applied only once"],
]);

/** Attributes that say what a filter compares with, the first that is there. */
const VALUES = ["name", "value", "version", "type", "class", "id"];

function filterWords(filter: XmlElement): string {
  const not = attribute(filter, "not") === "1" ? "not " : "";
  if (filter.name === "FilterCollection") return `${not}(${groupWords(filter)})`;
  const kind = KINDS.get(filter.name) ?? oneLine(filter.name, 40);
  if (filter.name === "FilterRunOnce") return `${not}${kind}`;
  const value = VALUES.map((name) => attribute(filter, name)).find((each) => each !== undefined);
  return `${not}${kind}${value === undefined ? "" : ` "${oneLine(value, 200)}"`}`;
}
