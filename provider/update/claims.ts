/** Who a resource is: what tells the owner of an object from everybody else. */
export interface Owner {
  /** Drawn when the object is made or taken over, and kept in the outputs. Older states have none. */
  readonly nonce?: string | undefined;
  /** The name of the resource in the program. */
  readonly name?: string | undefined;
  /** Stands for organization, project, stack and URN; undefined where the program does not tell. */
  readonly key?: string | undefined;
}

/** How a resource came to an object in this run. */
type Hold = "read" | "live" | "taken";

interface Holding extends Owner {
  readonly how: Hold;
  /** The display name that the program wants it to have, as far as it is known. */
  readonly displayName?: string;
}

/**
 * Which objects of the tenant belong to which resources of one run. One process serves a whole run, so
 * what one resource holds, another must not take, and what one has taken, another must not delete.
 */
export class Claims {
  readonly #holdings = new Map<string, Holding[]>();
  /** The object that a resource of state and program is, by the key of its owner. */
  readonly #liveIds = new Map<string, string>();
  readonly #wanted = new Map<string, string | undefined>();
  readonly #claimants = new Map<string, Claimant>();
  readonly #names = new Map<string, string | undefined>();

  /** A resource of the state is this object: a refresh has read it. */
  read(id: string, owner: Owner = {}): void {
    this.#hold(id, { ...owner, how: "read" });
  }

  /**
   * A resource of the state and of the program is this object.
   *
   * @param displayName - The name that the program wants it to have.
   */
  hold(id: string, owner: Owner = {}, displayName?: string): void {
    if (owner.key !== undefined) this.#liveIds.set(owner.key, id);
    this.#hold(id, { ...owner, how: "live", ...(displayName !== undefined && { displayName }) });
  }

  /**
   * A resource has made this object in this run, or taken it over. Where the state has the resource, it is
   * replaced: what it was is no longer the program's.
   */
  take(id: string, owner: Owner = {}): void {
    this.#release(owner);
    this.#hold(id, { ...owner, how: "taken" });
  }

  #release({ key }: Owner): void {
    const held = key === undefined ? undefined : this.#liveIds.get(key);
    if (held === undefined) return;
    const others = this.#of(held).filter(
      (holding) => holding.how !== "live" || holding.key !== key,
    );
    this.#holdings.set(keyOf(held), others);
  }

  #hold(id: string, holding: Holding): void {
    this.#holdings.set(keyOf(id), [...this.#of(id), holding]);
  }

  #of(id: string, ...hows: Hold[]): Holding[] {
    const all = this.#holdings.get(keyOf(id)) ?? [];
    return hows.length === 0 ? all : all.filter(({ how }) => hows.includes(how));
  }

  /** Whether a resource of the stack is this object. */
  has(id: string): boolean {
    return this.#of(id).length > 0;
  }

  /** The resource of the program that is this object, or is going to be. */
  liveOwner(id: string): (Owner & { readonly displayName?: string }) | undefined {
    return this.#of(id, "live", "taken")[0];
  }

  /** Whether the object was made or taken over in this run. */
  isTaken(id: string): boolean {
    return this.#of(id, "taken").length > 0;
  }

  /**
   * Another owner of an object that a resource of the state wants to delete. A state without a nonce
   * cannot tell its owner from another one: then whatever the program has counts as another.
   */
  otherOwner(id: string, nonce: string | undefined): Owner | undefined {
    return this.#of(id, "live", "taken").find(
      (holding) => nonce === undefined || holding.nonce !== nonce,
    );
  }

  /** Another resource of the program that is the same object: both have it in the state. */
  liveTwin(id: string, { nonce }: Owner): Owner | undefined {
    return this.#of(id, "live").find(
      (holding) => nonce !== undefined && holding.nonce !== undefined && holding.nonce !== nonce,
    );
  }

  /**
   * A new resource will take this object over once it is created.
   *
   * @param displayName - The name for which it does so; undefined where it asks for the object itself.
   */
  want(id: string, displayName?: string): void {
    this.#wanted.set(keyOf(id), displayName);
  }

  /**
   * Whether a new resource is going to take this object over.
   *
   * @param displayName - The name that the object is going to have.
   */
  isWanted(id: string, displayName?: string): boolean {
    if (!this.#wanted.has(keyOf(id))) return false;
    const name = this.#wanted.get(keyOf(id));
    return name === undefined || displayName === undefined || name === displayName;
  }

  /** The program of this run has a resource: it is checked. */
  introduce({ key, name }: Owner): void {
    if (key !== undefined) this.#names.set(key, name);
  }

  /**
   * Whether the program of this run has a resource. What a refresh compares is not known to be in the
   * program.
   */
  isIntroduced(key: string): boolean {
    return this.#names.has(key);
  }

  /** The name in the program of the resource that a key stands for. */
  nameOf(key: string | undefined): string | undefined {
    return key === undefined ? undefined : this.#names.get(key);
  }

  /**
   * Claims what only one resource of a stack may have.
   *
   * @returns the resource that has it already, if that is another one.
   */
  claim(key: string, claimant: Claimant): Claimant | undefined {
    const first = this.#claimants.get(key) ?? claimant;
    this.#claimants.set(key, first);
    return first.instance === claimant.instance ? undefined : first;
  }

  /** The resource of the program that has claimed something in this run. */
  claimantOf(key: string): Claimant | undefined {
    return this.#claimants.get(key);
  }
}

/** Graph spells ids in either case. */
function keyOf(id: string): string {
  return id.toLowerCase();
}

/** A resource of the program. */
export interface Claimant {
  /** Its name in the program. */
  readonly name: string;
  /** Tells it from resources of the same name. */
  readonly instance: number;
}
