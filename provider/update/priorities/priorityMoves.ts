/**
 * Priorities that change in one update, changed together.
 *
 * A priority is unique in a tenant, so two policies that swap theirs cannot do it one after the
 * other. The engine updates each resource by itself; but it plans ahead, so what is about to change
 * is known before, and one `updatePriorities` changes all of it.
 *
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-officeclientconfiguration-updatepriorities?view=graph-rest-beta
 * @module
 */
import { paths } from "../../api/paths";
import type { GraphCallOptions, GraphClient } from "../../graph";
import { PLANNED, Quiet } from "../quiet";
import { holdersOf, mayBeTaken, priorityTaken } from "./holders";

/** The same, once a priority turned out to be taken: somebody may still be about to give it up. */
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

/** Whether the priority is set by now, or is left to the request that the caller sends anyway. */
export type MoveResult = "moved" | "alone";

/** Who asks for a priority, and for which. */
export interface PriorityWish {
  readonly context: {
    readonly graph: GraphClient;
    /** Waits for shared work until the operation must end. */
    until<T>(work: Promise<T>, doing?: string): Promise<T>;
  };
  /** How messages name the policy. */
  readonly call: GraphCallOptions;
  /** Undefined for a policy that is yet to be made. */
  readonly id: string | undefined;
  /** Undefined where none is asked for. */
  readonly priority: number | undefined;
}

/** Sends one `updatePriorities`: the ids and their priorities, pair by pair, all or none. */
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
    // It sets numbers, so sending it twice does what sending it once does.
    { ...call, safeToRepeat: true },
  );
}

/** Gathers the priorities that an update changes, and changes together what depends on each other. */
export class PriorityMoves {
  readonly #planned = new Map<string, Move>();
  readonly #done = new Map<string, number>();
  #waiting = new Map<string, WaitingMove>();
  #gathering: Promise<void> | undefined;

  constructor(readonly quiet = new Quiet()) {}

  /** A policy of the state is about to get another priority. */
  plan(id: string, from: number | undefined, to: number): void {
    this.#planned.set(id, { from, to });
  }

  /**
   * Gives a policy its priority, together with all that change at this moment.
   *
   * @returns "alone" if nothing else changes with it: then the caller's own request can do it.
   */
  move(
    { context, call, id, priority }: PriorityWish & { id: string },
    from: number | undefined,
  ): Promise<MoveResult> {
    if (priority === undefined || this.#done.get(id) === priority) return Promise.resolve("moved");
    const { graph } = context;
    // The others' priorities too: neither the limit nor the end of one of them is theirs.
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
   * Runs a request that gives a policy its priority. If another policy has it that this very update
   * moves away, that one is moved first, and the request is run again.
   *
   * @throws OfficeConfigurationError naming the policy that has the priority.
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
      // Nobody has it by now: another resource gave it up after the refusal, or that is about something else.
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

  /** Those moves, and the planned ones that must get out of their way, and out of each other's. */
  #withAllTheyNeed(moves: ReadonlyMap<string, Move>): Map<string, Move> {
    const all = new Map<string, Move>(moves);
    // A map is walked to its end, with what is added on the way.
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
