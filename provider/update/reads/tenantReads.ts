import { listClientConfigurations } from "../../api/clientConfigurations";
import { type ConfigurationAnswer, idKey } from "../../api/configurationAnswer";
import type { SharedReads } from "../../api/configurationReader";
import type { GraphCallOptions, GraphClient } from "../../graph";
import { type Clock, systemClock } from "../../graph/clock";
import { Creations } from "./creations";
import { PlannedReads } from "./plannedReads";
import { TenantList, type Wanted } from "./tenantList";
import { Turns } from "./turns";

/** Callers are counted after this time without a new one, in milliseconds. */
const GATHER_QUIET_MS = 4;

/** Callers are counted after this many of those waits in any case. */
const GATHER_MOST_WAITS = 5;

/**
 * Reads of the tenant, shared by the resources of an update. The engine asks for policies one by one; one
 * list answers many of them. A read from before a policy's write is never used after it.
 */
export class TenantReads implements SharedReads {
  readonly #turns = new Turns();
  readonly #list: TenantList;
  readonly #planned: PlannedReads;
  /** The creations of this update. */
  readonly creations: Creations;
  #whole: Promise<readonly ConfigurationAnswer[]> | undefined;
  #askers = 0;
  #gathering: Promise<void> | undefined;

  constructor(
    private readonly now: () => number = Date.now,
    private readonly sleep: Clock["sleep"] = systemClock.sleep,
  ) {
    this.#list = new TenantList(now, this.#turns);
    this.#planned = new PlannedReads(now);
    this.creations = new Creations({ now, sleep });
  }

  /** Notes that a policy is about to be updated: it is read together with others. */
  plan(id: string): void {
    this.#planned.plan(idKey(id));
  }

  /**
   * All policies, by one list for all callers in this update. A policy that is not in it was made after the
   * update began.
   *
   * @param withGroups - Whether to read the groups too, if this is the first request.
   */
  all(
    graph: GraphClient,
    call: GraphCallOptions,
    withGroups: boolean,
  ): Promise<readonly ConfigurationAnswer[]> {
    if (this.#whole !== undefined) return this.#whole;
    const whole = this.#readWhole(graph.unlimited, call, withGroups);
    this.#whole = whole;
    // After a failure, the next resource requests the list again.
    whole.catch(() => {
      this.#whole = undefined;
    });
    return whole;
  }

  async #readWhole(
    graph: GraphClient,
    call: GraphCallOptions,
    withGroups: boolean,
  ): Promise<readonly ConfigurationAnswer[]> {
    const [askedMs, turn] = [this.now(), this.#turns.next()];
    const { policies } = await listClientConfigurations(graph, call, { withGroups });
    if (withGroups) this.#list.take(policies, { askedMs, turn });
    return policies;
  }

  /**
   * A policy from the tenant's list.
   *
   * @returns undefined if the list does not say: then request the policy itself.
   */
  async find(
    graph: GraphClient,
    { id, ...how }: Wanted,
    call: GraphCallOptions,
  ): Promise<ConfigurationAnswer | undefined> {
    const wanted = { ...how, id: idKey(id) };
    this.#list.ask();
    const known = this.#list.known(wanted) ?? (await this.#listed(graph, wanted, call));
    if (known !== undefined) {
      this.#planned.drop(wanted.id);
      return known;
    }
    const likely = () => this.#list.silentOn(how.needs);
    return this.#planned.find(graph, { ...wanted, likely }, call);
  }

  async #listed(
    graph: GraphClient,
    wanted: Wanted,
    call: GraphCallOptions,
  ): Promise<ConfigurationAnswer | undefined> {
    await this.#gathered();
    return this.#list.find(graph, wanted, call);
  }

  /** Waits for the creations of the same moment. */
  creationsGathered(): Promise<void> {
    return this.creations.gathered();
  }

  /** Runs a write, and forgets all reads of those policies from before its end. */
  async during<T>(ids: readonly string[], write: () => Promise<T>): Promise<T> {
    const keys = ids.map(idKey);
    this.#planned.forget(keys);
    this.#turns.writing(keys);
    try {
      return await write();
    } finally {
      this.#turns.wrote(keys);
      this.#planned.forget(keys);
    }
  }

  /** Waits until all callers of this moment have come. All wait until the same moment. */
  #gathered(): Promise<void> {
    this.#askers += 1;
    this.#gathering ??= this.#gather().finally(() => {
      this.#gathering = undefined;
    });
    return this.#gathering;
  }

  async #gather(): Promise<void> {
    for (let waits = 0; waits < GATHER_MOST_WAITS; waits += 1) {
      const before = this.#askers;
      await this.sleep(GATHER_QUIET_MS);
      if (this.#askers === before) return;
    }
  }
}
