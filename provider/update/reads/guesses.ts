/** Policies that may be read on a guess before any guess was right. */
const FIRST_GUESSES = 16;

/** Number of right guesses that allow one more open guess. */
const RIGHT_PER_GUESS = 2;

/**
 * Policies that are read before anybody asks for them, because they are in the same list as requested ones.
 * Right guesses allow more guesses. So a stack with few of a tenant's policies reads few of the others.
 */
export class Guesses {
  /** Guessed policies that nobody has asked for yet. */
  readonly #open = new Set<string>();
  readonly #asked = new Set<string>();
  #right = 0;

  /** Notes that a policy was asked for. */
  ask(id: string): void {
    this.#asked.add(id);
    if (this.#open.delete(id)) this.#right += 1;
  }

  /** The next guesses among some policies. @param most - The maximum number. */
  next(ids: readonly string[], most: number): string[] {
    const room = FIRST_GUESSES + Math.floor(this.#right / RIGHT_PER_GUESS) - this.#open.size;
    const unasked = ids.filter((id) => !this.#asked.has(id) && !this.#open.has(id));
    const guesses = unasked.slice(0, Math.max(0, Math.min(room, most)));
    for (const id of guesses) this.#open.add(id);
    return guesses;
  }
}
