import { type ConfigurationAnswer, readConfiguration } from "../clientConfiguration/wire";
import { type GraphCallOptions, type GraphClient, paths } from "../graph";
import { beforeDeadline } from "./beforeDeadline";

/** Policies that are read in one batch at most. */
const MOST_TOGETHER = 20;

/** A policy that is being read, or was. */
interface Reading {
  readonly answer: Promise<ConfigurationAnswer | undefined>;
  /** When it was asked for, in milliseconds since the epoch. */
  readonly askedMs: number;
}

/**
 * Policies that an update is about to look at: the engine updates a few at a time, but has told before of
 * all. Whoever asks for one reads the next ones with it, in one batch.
 */
export class PlannedReads {
  /** The policies to be updated that nobody has asked for yet, in the order of the plan. */
  readonly #planned = new Set<string>();
  readonly #readings = new Map<string, Reading>();

  constructor(private readonly now: () => number) {}

  /** A policy is going to be updated. */
  plan(id: string): void {
    this.#planned.add(id);
  }

  /** A policy is being written: what was read of it does not hold. */
  forget(id: string): void {
    this.#readings.delete(id);
  }

  /**
   * A policy with its groups.
   *
   * @returns undefined where it is not planned, or could not be read: then it has to be asked for by itself.
   */
  async find(
    graph: GraphClient,
    { id, maxAgeMs }: { readonly id: string; readonly maxAgeMs: number },
    call: GraphCallOptions,
  ): Promise<ConfigurationAnswer | undefined> {
    const isPlanned = this.#planned.delete(id);
    const fresh = this.#fresh(id, maxAgeMs);
    if (fresh !== undefined) return beforeDeadline(graph.deadlineMs, fresh.answer);
    if (!isPlanned) return undefined;
    const next = [...this.#planned].filter((other) => !this.#fresh(other, maxAgeMs));
    // The others must not end with the operation that happens to ask.
    const shared = graph.unlimited ?? graph;
    for (const other of next.slice(0, MOST_TOGETHER - 1)) void this.#read(shared, other, {});
    return this.#read(graph, id, call);
  }

  #fresh(id: string, maxAgeMs: number): Reading | undefined {
    const reading = this.#readings.get(id);
    return reading !== undefined && this.now() - reading.askedMs <= maxAgeMs ? reading : undefined;
  }

  #read(
    graph: GraphClient,
    id: string,
    call: GraphCallOptions,
  ): Promise<ConfigurationAnswer | undefined> {
    const path = `${paths.clientConfiguration(id)}?$expand=assignments`;
    const answer = graph.get(path, call).then(
      ({ body }) => readConfiguration(body),
      () => undefined,
    );
    this.#readings.set(id, { answer, askedMs: this.now() });
    return answer;
  }
}
