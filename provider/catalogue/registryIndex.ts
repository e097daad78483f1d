import { type Catalogue, settingOf } from "./catalogue";
import { plainKey } from "./registryKey";

/**
 * Settings of a catalogue by the registry value that they are. Upper and lower case are the same, as they are in a
 * registry. Keys are asked for as {@link plainKey} gives them.
 */
export class RegistryIndex {
  readonly #values = new Map<string, string[]>();
  readonly #parts = new Map<string, string[]>();
  readonly #lists = new Map<string, string[]>();
  readonly #keys = new Map<string, string[]>();

  constructor(catalogue: Catalogue) {
    for (const id of Object.keys(catalogue.settings)) {
      const { key, valueName, kind, alsoSets } = settingOf(catalogue, id) ?? {};
      for (const part of alsoSets ?? []) add(this.#parts, plainKey(part), id);
      if (key === undefined) continue;
      const plain = plainKey(key);
      if (valueName !== undefined) add(this.#values, placeOf(plain, valueName), id);
      if (kind === "list") add(this.#lists, plain, id);
      // Others have no registry value: policies whose elements have them, and settings of other platforms.
      if (valueName !== undefined || kind === "list") add(this.#keys, plain, id);
    }
  }

  /** Ids of the settings that are a registry value. */
  at(key: string, valueName: string): readonly string[] {
    return this.#values.get(placeOf(key, valueName)) ?? [];
  }

  /** Ids of the settings that are lists of all values of a key. */
  listsAt(key: string): readonly string[] {
    return this.#lists.get(key) ?? [];
  }

  /** Ids of the settings that set a registry value beside their own. */
  besides(key: string, valueName: string): readonly string[] {
    return this.#parts.get(`${key}\\${valueName.toLowerCase()}`) ?? [];
  }

  /** Ids of the settings of a key. */
  inKey(key: string): readonly string[] {
    return this.#keys.get(key) ?? [];
  }

  /** Ids of the settings of a key and of the keys below it. */
  below(key: string): string[] {
    const start = `${key}\\`;
    const keys = [...this.#keys].filter(([known]) => known === key || known.startsWith(start));
    return keys.flatMap(([, ids]) => ids);
  }
}

function placeOf(key: string, valueName: string): string {
  return `${key}\0${valueName.toLowerCase()}`;
}

function add(index: Map<string, string[]>, name: string, id: string): void {
  const ids = index.get(name);
  if (ids === undefined) index.set(name, [id]);
  else ids.push(id);
}
