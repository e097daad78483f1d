import { type GraphClient, isAmbiguous, OfficeConfigurationError } from "../../../provider/graph";
import { onlySeen } from "../manners/collection";
import { OwnPolicy, type Removal } from "./ownPolicy";
import { type Place, type ProbeRecord, type ProbeRecords, RecordError } from "./records";
import { type Created, change, create, type SeenWrites } from "./steps";
import type { ProbeTarget } from "./targets";

/** Parts of a probe. */
export interface ProbeParts {
  readonly graph: GraphClient;
  readonly records: ProbeRecords;
  readonly place: Place;
  /** Time limit of a request, in milliseconds. */
  readonly limitMs: number;
  /** Stops the probe after the request that is under way. */
  readonly stop: AbortSignal;
}

/** Outcome of a probe. */
export interface ProbeOutcome {
  readonly target: ProbeTarget;
  /** `proven`: made, read, changed, deleted, and gone. `refused`: Graph did not take the creation. */
  readonly state: "proven" | "refused" | "failed" | "stopped";
  readonly seen: SeenWrites;
  /** The request that failed. */
  readonly failure?: OfficeConfigurationError;
  /** The policy that is, or may be, in the tenant. */
  readonly left?: { readonly record: ProbeRecord; readonly reason: string };
}

/** Most attempts to delete the policy. */
const MOST_REMOVALS = 3;

/** Wait between these attempts, in milliseconds. */
const BETWEEN_REMOVALS_MS = 1_000;

/**
 * Makes a policy, reads, changes and deletes it. Whatever happens in between, the policy is deleted, or the outcome says
 * that it is left; the record on this machine is there before the policy, and until it is gone.
 *
 * @throws RecordError if nothing can be recorded: then nothing is made.
 */
export async function probe(target: ProbeTarget, parts: ProbeParts): Promise<ProbeOutcome> {
  const { graph, records, place, limitMs } = parts;
  const policy = new OwnPolicy(graph, target, limitMs);
  const begun = records.begin(place, target.road, new Date(graph.clock.now()));
  const life = new ProbeLife(policy, begun, parts);
  let failure: unknown;
  try {
    await life.run();
  } catch (error) {
    failure = error;
  }
  const removal = life.isRefused ? undefined : await removeAtLast(policy, life.record, graph);
  const reason = removal && reasonLeft(removal);
  if (reason === undefined) records.drop(life.record);
  if (failure !== undefined && !OfficeConfigurationError.isInstance(failure)) throw failure;
  const isFailed = failure !== undefined || reason !== undefined;
  const done = life.isDone ? "proven" : "stopped";
  return {
    target,
    state: life.isRefused ? "refused" : isFailed ? "failed" : done,
    seen: { ...life.seen, ...removalManners(removal) },
    ...(failure !== undefined && { failure }),
    ...(reason !== undefined && { left: { record: life.record, reason } }),
  };
}

async function removeAtLast(
  policy: OwnPolicy,
  record: ProbeRecord,
  { clock }: GraphClient,
): Promise<Removal> {
  let removal = await policy.remove(record);
  for (let attempt = 1; attempt < MOST_REMOVALS && removal.is !== "gone"; attempt += 1) {
    await clock.sleep(BETWEEN_REMOVALS_MS);
    removal = await policy.remove(record);
  }
  return removal;
}

/** The life of one policy, up to its deletion. */
class ProbeLife {
  record: ProbeRecord;
  seen: SeenWrites = {};
  /** Whether Graph has refused the creation, so that there is no policy. */
  isRefused = false;
  isDone = false;

  constructor(
    private readonly policy: OwnPolicy,
    record: ProbeRecord,
    private readonly parts: ProbeParts,
  ) {
    this.record = record;
  }

  async run(): Promise<void> {
    for (const step of [this.#create, this.#look, this.#change]) {
      if (this.parts.stop.aborted) return;
      await step.call(this);
    }
    this.isDone = true;
  }

  async #create(): Promise<void> {
    const created = await this.#made();
    this.seen = created.seen;
    const id = created.id ?? (await this.policy.named(this.record.name))[0];
    if (id === undefined) return;
    this.record = { ...this.record, id };
    try {
      this.parts.records.update(this.record);
    } catch (error) {
      // The record has the name, by which a later run finds the policy too.
      if (!(error instanceof RecordError)) throw error;
    }
  }

  async #made(): Promise<Created> {
    try {
      return await create(this.parts.graph, this.policy, this.record.name);
    } catch (error) {
      this.isRefused = isRefusal(error);
      throw error;
    }
  }

  async #look(): Promise<void> {
    const readsUntilVisible = await this.policy.readsUntil(
      this.#id(),
      (policy) => policy !== undefined,
    );
    if (readsUntilVisible === undefined) {
      throw new OfficeConfigurationError(
        "Graph has made the probe's policy, and does not show it.",
      );
    }
    const listed = await this.policy.named(this.record.name);
    this.seen = { ...this.seen, readsUntilVisible, listedAtOnce: listed.length > 0 };
  }

  async #change(): Promise<void> {
    this.seen = { ...this.seen, ...(await change(this.parts.graph, this.policy, this.#id())) };
  }

  #id(): string {
    const { id } = this.record;
    if (id !== undefined) return id;
    throw new OfficeConfigurationError(
      "Graph has taken the probe's policy, and neither its answer nor a list names it.",
    );
  }
}

/** Whether an answer shows that Graph has made nothing. A proxy's page shows nothing of the kind. */
function isRefusal(error: unknown): boolean {
  if (!OfficeConfigurationError.isInstance(error) || isAmbiguous(error)) return false;
  const { status = 0, failureKind } = error;
  const isClear = (status >= 400 && status < 500 && status !== 408) || status === 501;
  return isClear && failureKind !== "notReachable";
}

/** Why a policy may still be in the tenant; undefined if it is gone. */
function reasonLeft(removal: Removal): string | undefined {
  if (removal.is === "left") return removal.reason;
  return removal.is === "missing" ? "It is not visible yet, and may still appear." : undefined;
}

function removalManners(removal: Removal | undefined): SeenWrites {
  if (removal?.is !== "gone") return {};
  return onlySeen({ deleteStatus: removal.status, goneAtOnce: removal.atOnce });
}
