import { bareKey } from "../../provider/catalogue/registryKey";
import type { RegistryEntry } from "../sources/source";

/**
 * Registry values and deletions of a source in their order: a later one for the same place replaces an earlier one,
 * as it does where the source is applied.
 */
export class Timeline {
  readonly #written = new Map<string, number>();
  readonly #cleared = new Map<string, number>();
  readonly #deleted = new Map<string, number>();
  /** Place in the order of the last value that is set in a key. */
  readonly #setIn = new Map<string, number>();
  /** Values that a computer has already when they should be set if it has none. */
  readonly #present = new Set<number>();

  constructor(entries: readonly (RegistryEntry | undefined)[]) {
    for (const [order, entry] of entries.entries())
      if (entry !== undefined) this.#add(entry, order);
  }

  /** Whether a later entry replaces that of a value, or an earlier one stays in its place. */
  isReplaced(entry: RegistryEntry, order: number): boolean {
    if (this.#present.has(order)) return true;
    const isLater = this.#lastOf(entry) > order;
    // A later deletion does the same again.
    return isLater && (entry.action !== "delete" || this.#isSet(entry));
  }

  /** Whether values are set in a key after an instruction to delete all of them. */
  isSetAfter(entry: RegistryEntry, order: number): boolean {
    return (this.#setIn.get(keyOf(entry)) ?? -1) > order;
  }

  #add(entry: RegistryEntry, order: number): void {
    const { action } = entry;
    const key = keyOf(entry);
    if (action === "deleteKey") this.#deleted.set(key, order);
    else if (action === "deleteValues") this.#cleared.set(key, order);
    else if (action === "setIfMissing" && this.#isSet(entry)) this.#present.add(order);
    else {
      this.#written.set(placeOf(entry), order);
      if (action !== "delete") this.#setIn.set(placeOf(entry), order).set(key, order);
    }
  }

  #isSet(entry: RegistryEntry): boolean {
    const set = this.#setIn.get(placeOf(entry));
    return set !== undefined && set === this.#lastOf(entry);
  }

  #lastOf(entry: RegistryEntry): number {
    const key = keyOf(entry);
    const orders = [
      this.#written.get(placeOf(entry)),
      this.#cleared.get(key),
      ...(this.#deleted.size === 0 ? [] : keysAbove(key).map((above) => this.#deleted.get(above))),
    ];
    return Math.max(-1, ...orders.filter((order) => order !== undefined));
  }
}

/**
 * Deepest key of a registry, in levels.
 *
 * @see https://learn.microsoft.com/windows/win32/sysinfo/registry-element-size-limits
 */
const MAX_LEVELS = 512;

/** A key and those that it is below. */
function keysAbove(key: string): string[] {
  const keys = [key];
  let end = key.indexOf("\\");
  while (end !== -1 && keys.length <= MAX_LEVELS) {
    keys.push(key.slice(0, end));
    end = key.indexOf("\\", end + 1);
  }
  return keys;
}

function keyOf({ hive, key }: RegistryEntry): string {
  return `${hive}\\${bareKey(key)}`;
}

function placeOf(entry: RegistryEntry): string {
  return `${keyOf(entry)}\0${entry.valueName.toLowerCase()}`;
}
