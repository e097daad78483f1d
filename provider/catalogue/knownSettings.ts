import type { Glossary } from "../settings/glossary";
import { type Catalogue, type CatalogueSetting, settingOf } from "./catalogue";
import { glossaryOf, nameText } from "./glossary";
import { listing } from "./listing";
import { type FindNearest, nearestSettings } from "./nearest";

/** Most settings that a message lists. */
const MOST_LISTED = 4;

/** A catalogue, with what is derived from it at the first question. */
export class KnownSettings {
  readonly nearest: FindNearest;
  readonly glossary: Glossary;
  #elements: Map<string | undefined, string[]> | undefined;
  #apps: Set<string> | undefined;

  constructor(readonly catalogue: Catalogue) {
    this.nearest = nearestSettings(catalogue);
    this.glossary = glossaryOf(catalogue);
  }

  find(id: string): CatalogueSetting | undefined {
    return settingOf(this.catalogue, id);
  }

  /** The name of a setting for messages: `"VBA Macro Notification Settings (Excel)"`, or its id if it has none. */
  nameOf(id: string): string {
    const name = this.glossary(id)?.name;
    return name === undefined ? id : `"${name}"`;
  }

  /** Ids of the elements of a policy: first those that have no name of their own, then in the order of the catalogue. */
  elementsOf(policy: string): readonly string[] {
    const settings = this.catalogue.settings;
    this.#elements ??= Map.groupBy(Object.keys(settings), (id) => settings[id]?.policy);
    const ids = this.#elements.get(policy) ?? [];
    const isMain = (id: string) => this.find(id)?.name === this.find(policy)?.name;
    return [...ids.filter(isMain), ...ids.filter((id) => !isMain(id))];
  }

  /** Whether a template of an app is in the catalogue. @param app - As `appOf` gives it. */
  hasTemplateOf(app: string): boolean {
    this.#apps ??= new Set(
      Object.entries(this.catalogue.settings)
        .filter(([id, { source }]) => source !== "csv" && id.includes(";"))
        .map(([id]) => appOf(id)),
    );
    return this.#apps.has(app);
  }

  /** Settings for a message, each with its id and name. */
  list(ids: readonly string[], word: "and" | "or" = "and"): string {
    const items = ids.map((id) => withName(id, this.glossary(id)?.name));
    return listing(items, MOST_LISTED, word);
  }

  /** Elements of one policy for a message, each with its id and its own name. */
  listElements(ids: readonly string[]): string {
    const items = ids.map((id) => withName(id, nameText(this.find(id)?.name ?? "")));
    return listing(items, MOST_LISTED, "and");
  }
}

function withName(id: string, name: string | undefined): string {
  return name === undefined || name === "" ? id : `${id} "${name}"`;
}

/** The first part of an id, in lower case. */
export function appOf(id: string): string {
  return id.split(";", 1)[0]?.toLowerCase() ?? "";
}
