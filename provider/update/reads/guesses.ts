/** Policies that may be read on a guess before any guess was right. */
const FIRST_GUESSES = 16;

/** Right guesses on account of which one more may be wrong. */
const RIGHT_PER_GUESS = 2;

/**
 * Policies that are read before anybody asks for them, as they stand in the same list as those that were
 * asked for. The more guesses were right, the more are made: so a stack that has few of a tenant's policies reads few
 * of the others.
 */
export class Guesses {
  /** Those that nobody has asked for yet. */
  readonly #open = new Set<string>();
  readonly #asked = new Set<string>();
  #right = 0;

  /** A policy is asked for. */
  ask(id: string): void {
    this.#asked.add(id);
    if (this.#open.delete(id)) this.#right += 1;
  }

  /** The next guesses among some policies. @param most - How many at most. */
  next(ids: readonly string[], most: number): string[] {
    const room = FIRST_GUESSES + Math.floor(this.#right / RIGHT_PER_GUESS) - this.#open.size;
    const unasked = ids.filter((id) => !this.#asked.has(id) && !this.#open.has(id));
    const guesses = unasked.slice(0, Math.max(0, Math.min(room, most)));
    for (const id of guesses) this.#open.add(id);
    return guesses;
  }
}
