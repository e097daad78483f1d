/** Identity of a resource: distinguishes the owner of an object from all others. */
export interface Owner {
  /**
   * Random; made when the object is made or taken over, and kept in the outputs. Older states have none.
   */
  readonly nonce?: string | undefined;
  /** The name of the resource in the program. */
  readonly name?: string | undefined;
  /** Identifies organization, project, stack and URN; undefined if the program does not say. */
  readonly key?: string | undefined;
}

/** Way in which a resource came to an object in this run. */
type Hold = "read" | "live" | "taken";

interface Holding extends Owner {
  readonly how: Hold;
  /** The display name that the program gives the object, if it is known. */
  readonly displayName?: string;
}

/**
 * Register of the tenant's objects that belong to the resources of one run. One process serves a whole run. So it
 * can prevent one resource from taking what another holds, or from deleting what another has taken.
 */
export class Claims {
  readonly #holdings = new Map<string, Holding[]>();
  /** The object of a resource that is in both state and program, by its owner's key. */
  readonly #liveIds = new Map<string, string>();
  readonly #wanted = new Map<string, string | undefined>();
  readonly #claimants = new Map<string, Claimant>();
  readonly #names = new Map<string, string | undefined>();

  /** Notes that this object belongs to a resource of the state: a refresh has read it. */
  read(id: string, owner: Owner = {}): void {
    this.#hold(id, { ...owner, how: "read" });
  }

  /**
   * Notes that this object belongs to a resource that is in both state and program.
   *
   * @param displayName - The name that the program gives the object.
   */
  hold(id: string, owner: Owner = {}, displayName?: string): void {
    if (owner.key !== undefined) this.#liveIds.set(owner.key, id);
    this.#hold(id, { ...owner, how: "live", ...(displayName !== undefined && { displayName }) });
  }

  /**
   * Notes that a resource has made this object in this run, or taken it over. If the resource is also in
   * the state, it is being replaced: its old object no longer belongs to the program.
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

  /** Whether this object belongs to a resource of the stack. */
  has(id: string): boolean {
    return this.#of(id).length > 0;
  }

  /** The resource of the program that has this object, or is about to have it. */
  liveOwner(id: string): (Owner & { readonly displayName?: string }) | undefined {
    return this.#of(id, "live", "taken")[0];
  }

  /** Whether the object was made or taken over in this run. */
  isTaken(id: string): boolean {
    return this.#of(id, "taken").length > 0;
  }

  /**
   * Another owner of an object that a resource of the state wants to delete. Without a nonce, a state
   * cannot distinguish its owner from others: then every owner in the program counts as another.
   */
  otherOwner(id: string, nonce: string | undefined): Owner | undefined {
    return this.#of(id, "live", "taken").find(
      (holding) => nonce === undefined || holding.nonce !== nonce,
    );
  }

  /** Another resource of the program with the same object: both have it in the state. */
  liveTwin(id: string, { nonce }: Owner): Owner | undefined {
    return this.#of(id, "live").find(
      (holding) => nonce !== undefined && holding.nonce !== undefined && holding.nonce !== nonce,
    );
  }

  /**
   * Notes that a new resource will take this object over at its creation.
   *
   * @param displayName - The name by which it finds the object; undefined if it names the object's id.
   */
  want(id: string, displayName?: string): void {
    this.#wanted.set(keyOf(id), displayName);
  }

  /**
   * Whether a new resource is about to take this object over.
   *
   * @param displayName - The name that the object is about to get.
   */
  isWanted(id: string, displayName?: string): boolean {
    if (!this.#wanted.has(keyOf(id))) return false;
    const name = this.#wanted.get(keyOf(id));
    return name === undefined || displayName === undefined || name === displayName;
  }

  /** Notes that the program of this run has a resource: the engine has called `check` for it. */
  introduce({ key, name }: Owner): void {
    if (key !== undefined) this.#names.set(key, name);
  }

  /**
   * Whether the program of this run has a resource. A refresh does not tell whether its resources are in
   * the program.
   */
  isIntroduced(key: string): boolean {
    return this.#names.has(key);
  }

  /** The name in the program of the resource with this key. */
  nameOf(key: string | undefined): string | undefined {
    return key === undefined ? undefined : this.#names.get(key);
  }

  /**
   * Claims something that only one resource of a stack may have.
   *
   * @returns the other resource that already has it, if any.
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

/** Graph may spell an id in upper or lower case. */
function keyOf(id: string): string {
  return id.toLowerCase();
}

/** A resource of the program. */
export interface Claimant {
  /** Its name in the program. */
  readonly name: string;
  /** Distinguishes it from resources with the same name. */
  readonly instance: number;
}
