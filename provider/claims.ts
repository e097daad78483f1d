/**
 * Which objects of the tenant belong to which resources of one update. One process serves a whole
 * update, so what one resource holds, another must not take.
 */
export class Claims {
  readonly #held = new Set<string>();
  readonly #taken = new Set<string>();
  readonly #wanted = new Set<string>();
  readonly #owners = new Map<string, Claimant>();

  /** A resource of the state is this object. */
  hold(id: string): void {
    this.#held.add(id);
  }

  /** A resource of this update has made this object, or taken it over. */
  take(id: string): void {
    this.#taken.add(id);
  }

  /** A new resource will take this object over once it is created. */
  want(id: string): void {
    this.#wanted.add(id);
  }

  /** Whether a resource of the stack is this object. */
  has(id: string): boolean {
    return this.#held.has(id) || this.#taken.has(id);
  }

  /** Whether the object was made or taken over in this update. */
  isTaken(id: string): boolean {
    return this.#taken.has(id);
  }

  /** Whether a new resource is going to take this object over. */
  isWanted(id: string): boolean {
    return this.#wanted.has(id);
  }

  /**
   * Claims what only one resource of a stack may have.
   *
   * @returns the resource that has it already, if that is another one.
   */
  claim(key: string, claimant: Claimant): Claimant | undefined {
    const owner = this.#owners.get(key) ?? claimant;
    this.#owners.set(key, owner);
    return owner.instance === claimant.instance ? undefined : owner;
  }
}

/** A resource of the program. */
export interface Claimant {
  /** Its name in the program. */
  readonly name: string;
  /** Tells it from resources of the same name. */
  readonly instance: number;
}
