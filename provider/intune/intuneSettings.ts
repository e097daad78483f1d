import type { CatalogueSetting } from "../catalogue/catalogue";
import type { KnownSettings } from "../catalogue/knownSettings";
import { parseDefinitionId, withoutCopyMark } from "./definitionId";

/** A definition of Intune's as settings of a catalogue. */
export type DefinitionMatch =
  | {
      readonly kind: "setting";
      readonly id: string;
      readonly setting: CatalogueSetting;
      /** Version of the template that the definition is of, as Intune counts. */
      readonly version: string;
    }
  /** Several settings have names that make up this id. */
  | { readonly kind: "ambiguous"; readonly ids: readonly string[] }
  /** A definition for devices. `ids` are the settings of users with its names. */
  | { readonly kind: "machine"; readonly ids: readonly string[] }
  /** A definition of Office that the catalogue has no setting for. */
  | { readonly kind: "unknown" }
  /** A definition of another product. */
  | { readonly kind: "foreign" };

/** The instance that another one is nested in. */
export interface Outer {
  readonly definitionId: string;
  /** Id of its setting, if there is one. */
  readonly settingId: string | undefined;
}

/** Settings by their names in lower case, behind the app: `excel16;l_macros_l_level`. */
type Names = Map<string, string[]>;

/** Settings of a catalogue, found by the ids of Intune's definitions. */
export class IntuneSettings {
  #byDefinition: ReadonlyMap<string, string> | undefined;
  #policies: Names | undefined;
  #elements: Names | undefined;

  constructor(readonly known: KnownSettings) {}

  /** The setting of a definition. @param outer - Undefined for a setting at the top of its policy. */
  match(definitionId: string, outer: Outer | undefined): DefinitionMatch {
    const parsed = parseDefinitionId(definitionId);
    if (parsed === undefined) return { kind: "foreign" };
    const { app, names, scope, version } = parsed;
    const known = this.#definitions().get(definitionId.toLowerCase());
    const ids =
      known === undefined
        ? this.#find(app, names, elementName(definitionId, outer), outer?.settingId)
        : [known];
    const [id, ...others] = ids;
    const setting = id === undefined ? undefined : this.known.find(id);
    if (scope === "machine" || setting?.scope === "machine") {
      return { kind: "machine", ids: ids.filter((each) => this.#isForUsers(each)) };
    }
    if (id === undefined || setting === undefined) return { kind: "unknown" };
    return others.length > 0
      ? { kind: "ambiguous", ids }
      : { kind: "setting", id, setting, version };
  }

  /** Whether the catalogue has definitions of Intune's at all. Without them, settings cannot be written. */
  get hasDefinitions(): boolean {
    return this.#definitions().size > 0;
  }

  #definitions(): ReadonlyMap<string, string> {
    this.#byDefinition ??= new Map(
      Object.entries(this.known.catalogue.settings).flatMap(([id, { intune }]) =>
        intune === undefined ? [] : [[intune.id.toLowerCase(), id] as const],
      ),
    );
    return this.#byDefinition;
  }

  #find(
    app: string,
    names: string,
    element: string | undefined,
    policy: string | undefined,
  ): readonly string[] {
    if (element !== undefined && policy !== undefined) {
      const own = this.known
        .elementsOf(policy)
        .filter((id) => id.slice(policy.length + 1).toLowerCase() === element);
      if (own.length > 0) return own;
    }
    const found = this.#byNames(app, names);
    return found.length > 0 ? found : this.#byNames(app, withoutCopyMark(names));
  }

  /** Policies whose name is the end of some names; elements, if there is no such policy. */
  #byNames(app: string, names: string): readonly string[] {
    const policies = endsOf(names).flatMap((end) => this.#index().get(`${app};${end}`) ?? []);
    if (policies.length > 0) return policies;
    return endsOf(names).flatMap((end) => this.#elementIndex().get(`${app};${end}`) ?? []);
  }

  #isForUsers(id: string): boolean {
    return this.known.find(id)?.scope === "user";
  }

  #index(): Names {
    this.#policies ??= this.#indexOf(({ policy }) => policy === undefined);
    return this.#policies;
  }

  #elementIndex(): Names {
    this.#elements ??= this.#indexOf(({ policy }) => policy !== undefined);
    return this.#elements;
  }

  #indexOf(isWanted: (setting: CatalogueSetting) => boolean): Names {
    const names: Names = new Map();
    for (const [id, setting] of Object.entries(this.known.catalogue.settings)) {
      if (!isWanted(setting)) continue;
      const [app = "", ...rest] = id.toLowerCase().split(";");
      const key = `${app};${rest.join("_")}`;
      names.set(key, [...(names.get(key) ?? []), id]);
    }
    return names;
  }
}

/** The rest of an id behind that of the instance around it: the name of an element, if the outer one is its policy. */
function elementName(definitionId: string, outer: Outer | undefined): string | undefined {
  const id = definitionId.toLowerCase();
  const start = `${outer?.definitionId.toLowerCase()}_`;
  return outer !== undefined && id.startsWith(start) ? id.slice(start.length) : undefined;
}

/** Texts that follow each `_` of some names: the name of a policy begins behind one. */
function endsOf(names: string): string[] {
  return [...names.matchAll(/_/g)].map(({ index }) => names.slice(index + 1));
}
