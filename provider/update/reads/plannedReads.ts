import { setImmediate as endOfMoment } from "node:timers/promises";
import { type ConfigurationAnswer, readConfiguration } from "../../api/configurationAnswer";
import { paths } from "../../api/paths";
import type { GraphCallOptions, GraphClient } from "../../graph";
import { beforeDeadline } from "./beforeDeadline";
import { Guesses } from "./guesses";

/** Largest number of policies in one batch. */
const MOST_TOGETHER = 20;

/** A policy that is being read, or was read. */
interface Reading {
  readonly answer: Promise<ConfigurationAnswer | undefined>;
  /** When it was requested, in milliseconds since the epoch. */
  readonly askedMs: number;
}

/** A request for a policy. */
interface Asked {
  readonly id: string;
  /** Maximum age of the answer, in milliseconds. */
  readonly maxAgeMs: number;
  /** Others that may be asked for next, the most likely first. */
  readonly likely: () => readonly string[];
}

/**
 * Policies that an update is about to read. The engine works on a few at a time, and has announced some of
 * the next ones. A read of one also reads the next ones, in one batch. The rest of the batch goes to
 * policies that are only likely to be asked for.
 */
export class PlannedReads {
  /** The policies to be updated that nobody has asked for yet, in the order of the plan. */
  readonly #planned = new Set<string>();
  readonly #readings = new Map<string, Reading>();
  readonly #guesses = new Guesses();
  /** Number of policies that are read at this moment. */
  #together = 0;

  constructor(private readonly now: () => number) {}

  /** Notes that a policy is about to be updated. */
  plan(id: string): void {
    this.#planned.add(id);
  }

  /** Notes that a policy was asked for and is known from elsewhere. */
  drop(id: string): void {
    this.#planned.delete(id);
    this.#guesses.ask(id);
  }

  /** Forgets policies that are being written: earlier reads of them are outdated. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.#readings.delete(id);
  }

  /**
   * A policy with its groups.
   *
   * @returns undefined if it is neither planned nor likely, or could not be read: then request it
   *   separately.
   */
  async find(
    graph: GraphClient,
    { id, maxAgeMs, likely }: Asked,
    call: GraphCallOptions,
  ): Promise<ConfigurationAnswer | undefined> {
    const isPlanned = this.#planned.delete(id);
    this.#guesses.ask(id);
    const fresh = this.#fresh(id, maxAgeMs);
    if (fresh !== undefined) return beforeDeadline(graph, fresh.answer);
    // The others must not end with this operation.
    const shared = graph.unlimited;
    this.#fillUp(shared, maxAgeMs, likely);
    if (!isPlanned) return undefined;
    const next = this.#stale([...this.#planned], maxAgeMs).slice(0, MOST_TOGETHER - 1);
    this.#together += next.length;
    this.#readAhead(shared, next);
    return this.#read(graph, id, call);
  }

  /** Fills the current batch with guesses, once all its callers have asked. */
  #fillUp(shared: GraphClient, maxAgeMs: number, likely: Asked["likely"]): void {
    this.#together += 1;
    if (this.#together > 1) return;
    void endOfMoment().then(() => {
      const left = Math.max(0, MOST_TOGETHER - this.#together);
      this.#together = 0;
      this.#readAhead(shared, this.#guesses.next(this.#stale(likely(), maxAgeMs), left));
    });
  }

  #readAhead(shared: GraphClient, ids: readonly string[]): void {
    for (const id of ids) void this.#read(shared, id, {});
  }

  #stale(ids: readonly string[], maxAgeMs: number): string[] {
    return ids.filter((id) => this.#fresh(id, maxAgeMs) === undefined);
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
