/** The order of reads and writes. It shows whether a policy was read before it was last written. */
export class Turns {
  #turn = 0;
  /** The turns in which policies were written; infinite during a write. */
  readonly #written = new Map<string, number>();

  /** The turn of a read that begins now. */
  next(): number {
    this.#turn += 1;
    return this.#turn;
  }

  /** Notes that a write of these policies begins. */
  writing(ids: readonly string[]): void {
    for (const id of ids) this.#written.set(id, Number.POSITIVE_INFINITY);
  }

  /** Notes that a write of these policies has ended, successfully or not. */
  wrote(ids: readonly string[]): void {
    const turn = this.next();
    for (const id of ids) this.#written.set(id, turn);
  }

  /** Whether a policy was written after a turn, or is being written. */
  isWrittenSince(id: string, turn: number): boolean {
    return (this.#written.get(id) ?? 0) >= turn;
  }
}
