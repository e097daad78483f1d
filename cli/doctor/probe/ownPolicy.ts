import {
  type GraphCallOptions,
  type GraphClient,
  isNotFound,
  OfficeConfigurationError,
} from "../../../provider/graph";
import { isPlainObject, type PlainObject } from "../../../provider/settings/json";
import type { ProbeRecord } from "./records";
import { hasProbeDescription, type ProbeTarget } from "./targets";

/** Most reads of a policy that should be there, changed, or gone. */
const MOST_READS = 10;

/** Wait between these reads, in milliseconds. */
const BETWEEN_READS_MS = 1_000;

/** Fate of a policy that a probe has made. */
export type Removal =
  /** It was there, and a read of it answers 404 now. */
  | { readonly is: "gone"; readonly status?: number; readonly atOnce?: boolean }
  /** Nothing shows it. A policy that is not visible yet may still appear. */
  | { readonly is: "missing" }
  /** Somebody has changed or assigned it: it is left alone. */
  | { readonly is: "changed"; readonly id: string }
  /** It is there, or may be. */
  | { readonly is: "left"; readonly id?: string; readonly reason: string };

/** A policy of a probe in the tenant: the reads, and its deletion. */
export class OwnPolicy {
  /** Whether a read or a list has shown it. */
  #wasSeen = false;

  constructor(
    private readonly graph: GraphClient,
    readonly target: ProbeTarget,
    private readonly limitMs: number,
  ) {}

  /** Time limit and words of a request. */
  call(action: string): GraphCallOptions {
    return {
      deadlineMs: this.graph.clock.now() + this.limitMs,
      action,
      subject: `the probe's policy in ${this.target.title}`,
    };
  }

  /** The policy; undefined if it is not there. */
  async read(id: string): Promise<PlainObject | undefined> {
    try {
      const { body } = await this.graph.send({
        ...this.call("Reading"),
        ...{ method: "GET", path: this.target.item(id), joins: false },
      });
      this.#wasSeen = true;
      return isPlainObject(body) ? body : {};
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Reads the policy until it is as expected. @returns how many reads were in vain; undefined if all were. */
  async readsUntil(
    id: string,
    isExpected: (policy: PlainObject | undefined) => boolean,
  ): Promise<number | undefined> {
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      if (reads > 0) await this.graph.clock.sleep(BETWEEN_READS_MS);
      if (isExpected(await this.read(id))) return reads;
    }
    return undefined;
  }

  /** The ids of the policies with a name. */
  async named(name: string): Promise<string[]> {
    const items = await this.graph.list(this.target.collection, this.call("Looking for"));
    const ids = items.flatMap((item) => {
      const isNamed = isPlainObject(item) && item[this.target.nameProperty] === name;
      return isNamed && typeof item.id === "string" && item.id !== "" ? [item.id] : [];
    });
    if (ids.length > 0) this.#wasSeen = true;
    return ids;
  }

  /** Deletes the policy of a probe that runs, and proves that it is gone. */
  async remove(record: ProbeRecord): Promise<Removal> {
    try {
      const ids = record.id === undefined ? await this.named(record.name) : [record.id];
      let removal: Removal = { is: "missing" };
      for (const id of ids) {
        removal = await this.#delete(id);
        if (removal.is !== "gone") break;
      }
      return removal;
    } catch (error) {
      return left(error, record.id);
    }
  }

  /** Deletes the policy of an earlier probe, unless somebody has changed or assigned it since. */
  async removeLeftover(record: ProbeRecord): Promise<Removal> {
    try {
      const id = record.id ?? (await this.named(record.name))[0];
      const found = id === undefined ? undefined : await this.read(id);
      if (id === undefined || found === undefined) return { is: "missing" };
      const isAsMade = await this.#isAsMade(id, found, record);
      return isAsMade ? await this.#delete(id) : { is: "changed", id };
    } catch (error) {
      return left(error, record.id);
    }
  }

  async #isAsMade(id: string, found: PlainObject, { name }: ProbeRecord): Promise<boolean> {
    if (found[this.target.nameProperty] !== name || !hasProbeDescription(found)) return false;
    const path = `${this.target.item(id)}/assignments`;
    return (await this.graph.list(path, this.call("Reading the groups of"))).length === 0;
  }

  async #delete(id: string): Promise<Removal> {
    const first = await this.#send(id);
    // A policy that is not visible yet cannot be deleted either: 404 does not show that it is gone.
    if (first === undefined && !this.#wasSeen) {
      const isThere = await this.readsUntil(id, (policy) => policy !== undefined);
      if (isThere === undefined) return { is: "missing" };
      await this.#send(id);
    }
    const reads = await this.readsUntil(id, (policy) => policy === undefined);
    if (reads === undefined) {
      return { is: "left", id, reason: "Graph has taken its deletion, and still answers with it." };
    }
    return { is: "gone", ...(first !== undefined && { status: first, atOnce: reads === 0 }) };
  }

  /** Sends a DELETE. @returns undefined for 404. */
  async #send(id: string): Promise<number | undefined> {
    try {
      return (await this.graph.delete(this.target.item(id), this.call("Deleting"))).status;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

function left(error: unknown, id: string | undefined): Removal {
  if (!OfficeConfigurationError.isInstance(error)) throw error;
  const [reason = ""] = error.message.split("\n");
  return { is: "left", reason, ...(id !== undefined && { id }) };
}
