import { type PlainObject, sameJson } from "../settings/json";

/**
 * Outputs that reads have just found, by id: the engine compares them with the program next. Several resources may have
 * the same id: two patches of one policy.
 */
export class JustRead {
  readonly #found = new Map<string, readonly PlainObject[]>();

  add(id: string, outputs: PlainObject): void {
    this.#found.set(id, [...(this.#found.get(id) ?? []), outputs]);
  }

  /** Whether a read has just found these outputs: true once for each read. */
  take(id: string, outputs: PlainObject): boolean {
    const found = this.#found.get(id) ?? [];
    const others = found.filter((read) => !sameJson(read, outputs));
    this.#found.set(id, others);
    return others.length < found.length;
  }
}
