/**
 * Priorities that change in one update, changed together.
 *
 * A priority is unique in a tenant, so two policies cannot swap theirs one after the other. The engine
 * updates each resource separately. But it plans ahead, so all changes are known before, and one
 * `updatePriorities` makes them all.
 *
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-officeclientconfiguration-updatepriorities?view=graph-rest-beta
 * @module
 */
import { paths } from "../../api/paths";
import type { GraphCallOptions, GraphClient } from "../../graph";
import { PLANNED, Quiet } from "../quiet";
import { holdersOf, mayBeTaken, priorityTaken } from "./holders";

/** Longer waits after a priority was refused as taken: somebody may still be about to give it up. */
const GATHER_LONGER = { quietMs: 2_000, mostMs: 20_000 };

/** A policy that gets another priority. */
interface Move {
  /** Current priority, as far as it is known. */
  readonly from: number | undefined;
  readonly to: number;
}

/** A move whose resource waits for it. */
interface WaitingMove extends Move {
  readonly resolve: (result: MoveResult) => void;
  readonly reject: (error: unknown) => void;
}

/** "moved": the priority is set. "alone": the caller's own request can set it. */
export type MoveResult = "moved" | "alone";

/** A policy's request for a priority. */
export interface PriorityWish {
  readonly context: {
    readonly graph: GraphClient;
    /** Waits for shared work, until the operation must end. */
    until<T>(work: Promise<T>, doing?: string): Promise<T>;
  };
  /** The policy's name in messages. */
  readonly call: GraphCallOptions;
  /** Undefined for a policy that is not made yet. */
  readonly id: string | undefined;
  /** Undefined if none is requested. */
  readonly priority: number | undefined;
}

/** Sends one `updatePriorities`: the ids and their priorities in the same order, all or none. */
export async function sendPriorities(
  graph: GraphClient,
  priorities: ReadonlyMap<string, number>,
  call: GraphCallOptions,
): Promise<void> {
  await graph.post(
    paths.updatePriorities,
    {
      officeConfigurationPolicyIds: [...priorities.keys()],
      officeConfigurationPriorities: [...priorities.values()],
    },
    // It sets numbers, so sending it twice has the same effect as sending it once.
    { ...call, safeToRepeat: true },
  );
}

/** Gathers the priorities that an update changes, and changes those that depend on each other together. */
export class PriorityMoves {
  readonly #planned = new Map<string, Move>();
  readonly #done = new Map<string, number>();
  #waiting = new Map<string, WaitingMove>();
  #gathering: Promise<void> | undefined;

  constructor(readonly quiet = new Quiet()) {}

  /** Notes that a policy of the state is about to get another priority. */
  plan(id: string, from: number | undefined, to: number): void {
    this.#planned.set(id, { from, to });
  }

  /**
   * Gives a policy its priority, together with all changes of this moment.
   *
   * @returns "alone" if nothing else changes with it: then the caller's own request can set it.
   */
  move(
    { context, call, id, priority }: PriorityWish & { id: string },
    from: number | undefined,
  ): Promise<MoveResult> {
    if (priority === undefined || this.#done.get(id) === priority) return Promise.resolve("moved");
    const { graph } = context;
    // It also sets priorities of others, which must not depend on the limit or the end of this operation.
    const shared = graph.unlimited;
    const moved = new Promise<MoveResult>((resolve, reject) => {
      this.#waiting.set(id, { from, to: priority, resolve, reject });
      this.#gathering ??= this.quiet.settled(PLANNED).then(() => this.#flush(shared, call));
    });
    const subject = call.subject ?? "a client configuration";
    const doing = `Changing the priority of ${subject} together with others, which may still be carried out`;
    return context.until(moved, doing);
  }

  /**
   * Runs a request that gives a policy its priority. If another policy has that priority and this update
   * moves it away, moves that policy first and runs the request again.
   *
   * @throws OfficeConfigurationError that names the policy with the priority.
   */
  async whenFree<T>(
    { context, call, id, priority }: PriorityWish,
    request: () => Promise<T>,
  ): Promise<T> {
    try {
      return await request();
    } catch (error) {
      if (priority === undefined || !mayBeTaken(error)) throw error;
      const { graph } = context;
      const own = new Set(id === undefined ? [] : [id]);
      const [holder] = await holdersOf(graph, new Set([priority]), own, call);
      // Nobody has it now: another resource gave it up after the refusal, or the refusal had another cause.
      if (holder === undefined) return request();
      await context.until(
        this.quiet.settled(GATHER_LONGER),
        `Waiting for the priority of ${call.subject ?? "a client configuration"}`,
      );
      const plan = this.#planned.get(holder.id);
      if (plan === undefined || plan.to === priority) throw priorityTaken(call, holder);
      await this.#send(graph, this.#withAllTheyNeed(new Map([[holder.id, plan]])), call);
      return request();
    }
  }

  async #flush(graph: GraphClient, call: GraphCallOptions): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    this.#gathering = undefined;
    const together = this.#withAllTheyNeed(waiting);
    if (together.size < 2) {
      for (const { resolve } of waiting.values()) resolve("alone");
      return;
    }
    try {
      await this.#send(graph, together, call);
      for (const { resolve } of waiting.values()) resolve("moved");
    } catch (error) {
      for (const { reject } of waiting.values()) reject(error);
    }
  }

  /** The given moves, and the planned moves that must make room for them or for each other. */
  #withAllTheyNeed(moves: ReadonlyMap<string, Move>): Map<string, Move> {
    const all = new Map<string, Move>(moves);
    // The map grows during the loop: added moves are visited too.
    for (const { to } of all.values()) {
      for (const [id, move] of this.#planned) {
        const isInTheWay = move.from === to && this.#done.get(id) !== move.to;
        if (isInTheWay && !all.has(id)) all.set(id, move);
      }
    }
    return all;
  }

  async #send(
    graph: GraphClient,
    moves: ReadonlyMap<string, Move>,
    call: GraphCallOptions,
  ): Promise<void> {
    const priorities = new Map([...moves].map(([id, { to }]) => [id, to]));
    const subject = moves.size === 1 ? call.subject : `${moves.size} client configurations`;
    const together = { ...call, ...(subject && { subject }), action: "Changing the priority of" };
    try {
      await sendPriorities(graph, priorities, together);
    } catch (error) {
      if (!mayBeTaken(error)) throw error;
      const wanted = new Set(priorities.values());
      const [holder] = await holdersOf(graph, wanted, new Set(priorities.keys()), together);
      throw holder === undefined ? error : priorityTaken(together, holder);
    }
    for (const [id, priority] of priorities) this.#done.set(id, priority);
  }
}
