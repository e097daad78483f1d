import type { Glossary } from "../settings/glossary";
import { type Catalogue, type CatalogueSetting, settingOf } from "./catalogue";
import { glossaryOf } from "./glossary";
import { type FindNearest, nearestSettings } from "./nearest";

/** Most settings that a message lists. */
const MOST_LISTED = 4;

/** A catalogue, with what is derived from it at the first question. */
export class KnownSettings {
  readonly nearest: FindNearest;
  readonly glossary: Glossary;
  #elements: Map<string, string[]> | undefined;
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

  /** Ids of the elements of a policy, in the order of the catalogue. */
  elementsOf(policy: string): readonly string[] {
    if (this.#elements === undefined) {
      this.#elements = new Map();
      for (const [id, { policy: owner }] of Object.entries(this.catalogue.settings)) {
        if (owner === undefined) continue;
        const ids = this.#elements.get(owner);
        if (ids === undefined) this.#elements.set(owner, [id]);
        else ids.push(id);
      }
    }
    return this.#elements.get(policy) ?? [];
  }

  /** Whether a template of an app is in the catalogue. @param app - The first part of an id: `excel16`. */
  hasTemplateOf(app: string): boolean {
    this.#apps ??= new Set(
      Object.entries(this.catalogue.settings)
        .filter(([id, { source }]) => source !== "csv" && id.includes(";"))
        .map(([id]) => appOf(id)),
    );
    return this.#apps.has(app.toLowerCase());
  }

  /** Settings for a message, each with its id and name. */
  list(ids: readonly string[], word = "and"): string {
    const shown = ids.slice(0, MOST_LISTED).map((id) => {
      const name = this.nameOf(id);
      return name === id ? id : `${id} ${name}`;
    });
    const more = ids.length - shown.length;
    if (more > 0) return `${shown.join(", ")} and ${more} more`;
    const last = shown.pop() ?? "";
    return shown.length === 0 ? last : `${shown.join(", ")} ${word} ${last}`;
  }
}

/** The first part of an id, in lower case. */
export function appOf(id: string): string {
  return id.split(";", 1)[0]?.toLowerCase() ?? "";
}
