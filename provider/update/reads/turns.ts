/** The order of reads and writes, by which what was read of a policy before it was written is known to be old. */
export class Turns {
  #turn = 0;
  /** The turns in which policies were written; infinite while a write is on its way. */
  readonly #written = new Map<string, number>();

  /** The turn of a read that begins now. */
  next(): number {
    this.#turn += 1;
    return this.#turn;
  }

  /** A write of these policies begins. */
  writing(ids: readonly string[]): void {
    for (const id of ids) this.#written.set(id, Number.POSITIVE_INFINITY);
  }

  /** A write of these policies has ended, however it went. */
  wrote(ids: readonly string[]): void {
    const turn = this.next();
    for (const id of ids) this.#written.set(id, turn);
  }

  /** Whether a policy was written since a turn, or is being written. */
  isWrittenSince(id: string, turn: number): boolean {
    return (this.#written.get(id) ?? 0) >= turn;
  }
}
