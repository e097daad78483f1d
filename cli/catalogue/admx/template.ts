import { decodeXml } from "../../files/decode";
import { attribute, child, childrenOf, parseXml, type XmlElement } from "../../files/xml";

/** An administrative template (ADMX): the structure of policies, without words. */
export interface Template {
  /** File name without `.admx`, in lower case: the first part of an id. */
  readonly app: string;
  readonly namespace: string;
  /** Namespaces by the prefixes that this template has for them, its own among them. */
  readonly prefixes: ReadonlyMap<string, string>;
  readonly categories: ReadonlyMap<string, XmlElement>;
  readonly policies: readonly XmlElement[];
  readonly revision: string | undefined;
}

/**
 * Reads a template of Office.
 *
 * @returns undefined if it is a template of another product. The rest of its file is not read.
 * @throws FileError if the file cannot be read.
 */
export function readTemplate(bytes: Uint8Array, app: string): Template | undefined {
  let namespace: string | undefined;
  const root = parseXml(decodeXml(bytes), {
    isWanted: (element) => {
      if (element.name !== "target") return true;
      namespace ??= attribute(element, "namespace") ?? "";
      return isOffice(namespace);
    },
  });
  if (root?.name !== "policyDefinitions" || namespace === undefined) return undefined;
  const spaces = childrenOf(root, "policyNamespaces").flatMap(({ children }) => children);
  return {
    app,
    namespace,
    prefixes: new Map(
      spaces.map((space) => [
        attribute(space, "prefix") ?? "",
        attribute(space, "namespace") ?? "",
      ]),
    ),
    categories: named(childrenOf(root, "categories", "category")),
    policies: childrenOf(root, "policies", "policy"),
    revision: attribute(root, "revision"),
  };
}

/** Microsoft's namespaces of Office templates are `excel16.Office.Microsoft.Policies.Windows` and the like. */
function isOffice(namespace: string): boolean {
  return namespace.split(".").some((part) => part.toLowerCase() === "office");
}

function named(elements: readonly XmlElement[]): Map<string, XmlElement> {
  return new Map(elements.map((element) => [attribute(element, "name") ?? "", element]));
}

/** A category of a template, and the template. */
interface Place {
  readonly template: Template;
  readonly category: XmlElement;
}

/** Most categories above each other. Office has six. */
const MAX_CATEGORIES = 50;

/**
 * Categories from the top down to the one that a policy names. They may be in other templates: `office16:L_X`.
 *
 * @param templates - By namespace.
 */
export function categoriesAbove(
  policy: XmlElement,
  template: Template,
  templates: ReadonlyMap<string, Template>,
): Place[] {
  const places: Place[] = [];
  let next = placeOf(policy, template, templates);
  while (next !== undefined && places.length < MAX_CATEGORIES) {
    const { template: home, category } = next;
    if (places.some((place) => place.category === category)) break;
    places.unshift(next);
    next = placeOf(category, home, templates);
  }
  return places;
}

function placeOf(
  element: XmlElement,
  template: Template,
  templates: ReadonlyMap<string, Template>,
): Place | undefined {
  const [name = "", prefix] = (attribute(child(element, "parentCategory"), "ref") ?? "")
    .split(":")
    .reverse();
  const home = prefix === undefined ? template : templates.get(template.prefixes.get(prefix) ?? "");
  const category = home?.categories.get(name);
  return home === undefined || category === undefined ? undefined : { template: home, category };
}
