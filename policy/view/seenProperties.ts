import { type PlainObject, UNKNOWN } from "../../provider/settings/json";

/** Whether an error is Pulumi's for a value that is not known during a preview. */
export function isUnknownError(error: unknown): error is Error {
  return error instanceof Error && "unknownTypeSentinel" in error;
}

/**
 * The properties of a resource as a policy pack gets them. Pulumi throws where a rule reads a value that is not known
 * yet, however deep; a copy has Pulumi's placeholder there, and keeps the errors.
 */
export class SeenProperties {
  readonly #copies = new Map<string, unknown>();
  readonly #errors = new Map<string, Error>();

  /** @param label - Name of the resource, for errors; undefined if Pulumi names it beside them. */
  constructor(
    private readonly properties: PlainObject,
    private readonly label: string | undefined,
  ) {}

  /** A copy of a property, with the placeholder in place of each value that is not known yet. */
  get(name: string): unknown {
    if (!this.#copies.has(name)) this.#copies.set(name, this.#read(this.properties, name, []));
    return this.#copies.get(name);
  }

  /** The same. @throws Pulumi's error if it is not known yet as a whole. */
  known(name: string): unknown {
    const value = this.get(name);
    if (value === UNKNOWN) throw this.unknownAt(name);
    return value;
  }

  /** Pulumi's error for the value at a path, or around it; else for the first unknown value of the property. */
  unknownAt(...path: readonly string[]): Error {
    for (let length = path.length; length > 0; length -= 1) {
      const error = this.#errors.get(placeOf(path.slice(0, length)));
      if (error !== undefined) return error;
    }
    const [name = ""] = path;
    const other = [...this.#errors].find(([place]) => place.startsWith(placeOf([name, ""])));
    return other?.[1] ?? new Error(`${name} is not known yet`);
  }

  #read(parent: PlainObject, key: string, above: readonly string[]): unknown {
    const path = [...above, key];
    try {
      return this.#copy(parent[key], path);
    } catch (error) {
      if (!isUnknownError(error)) throw error;
      if (this.label !== undefined) error.message = `${this.label}: ${error.message}`;
      this.#errors.set(placeOf(path), error);
      return UNKNOWN;
    }
  }

  #copy(value: unknown, path: readonly string[]): unknown {
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.keys(value).map((key): [string, unknown] => [
      key,
      this.#read(value as PlainObject, key, path),
    ]);
    return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
  }
}

function placeOf(path: readonly string[]): string {
  return path.join("\0");
}
