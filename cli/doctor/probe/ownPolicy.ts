import {
  type GraphCallOptions,
  type GraphClient,
  isAmbiguous,
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

  /**
   * Deletes the policy of a probe that runs, and proves that it is gone: no read finds it, and no list has its name. A POST
   * that was sent twice may have made two.
   */
  async remove({ id, name }: ProbeRecord): Promise<Removal> {
    let at = id;
    try {
      let removal: Removal = id === undefined ? { is: "missing" } : await this.#delete(id);
      if (id !== undefined && removal.is !== "gone") return removal;
      for (const other of await this.named(name)) {
        at = other;
        const next = await this.#delete(other);
        if (next.is !== "gone") return next;
        if (removal.is !== "gone") removal = next;
      }
      return removal;
    } catch (error) {
      return left(error, at);
    }
  }

  /** Deletes the policy of an earlier probe, unless somebody has changed or assigned it since. */
  async removeLeftover(record: ProbeRecord): Promise<Removal> {
    const { id, name } = record;
    let at = id;
    try {
      let removal: Removal = { is: "missing" };
      const ids = await this.named(name);
      for (const each of id === undefined || ids.includes(id) ? ids : [id, ...ids]) {
        at = each;
        const found = await this.read(each);
        if (found === undefined) continue;
        const isAsMade = await this.#isAsMade(each, found, record);
        removal = isAsMade ? await this.#delete(each) : { is: "changed", id: each };
        if (removal.is !== "gone") break;
      }
      return removal;
    } catch (error) {
      return left(error, at);
    }
  }

  async #isAsMade(id: string, found: PlainObject, { name }: ProbeRecord): Promise<boolean> {
    if (found[this.target.nameProperty] !== name || !hasProbeDescription(found)) return false;
    const path = `${this.target.item(id)}/assignments`;
    return (await this.graph.list(path, this.call("Reading the groups of"))).length === 0;
  }

  async #delete(id: string): Promise<Removal> {
    // Whether a deletion worked, its answer may not tell: it can be lost, or be 404 for a policy that is not visible yet.
    // A read tells, but only of a policy that was visible before.
    if (!this.#wasSeen) await this.readsUntil(id, (policy) => policy !== undefined);
    const { status, lost } = await this.#send(id);
    if (!this.#wasSeen) return { is: "missing" };
    const reads = await this.readsUntil(id, (policy) => policy === undefined);
    if (reads !== undefined) {
      return { is: "gone", ...(status !== undefined && { status, atOnce: reads === 0 }) };
    }
    if (lost !== undefined) throw lost;
    return { is: "left", id, reason: "Graph has taken its deletion, and still answers with it." };
  }

  /** Sends a DELETE. @returns neither status nor failure for 404. */
  async #send(id: string): Promise<{ readonly status?: number; readonly lost?: unknown }> {
    try {
      return {
        status: (await this.graph.delete(this.target.item(id), this.call("Deleting"))).status,
      };
    } catch (error) {
      if (isNotFound(error)) return {};
      if (isAmbiguous(error)) return { lost: error };
      throw error;
    }
  }
}

function left(error: unknown, id: string | undefined): Removal {
  if (!OfficeConfigurationError.isInstance(error)) throw error;
  const [reason = ""] = error.message.split("\n");
  return { is: "left", reason, ...(id !== undefined && { id }) };
}
