import { OfficeConfigurationError } from "../graph";
import { type Difference, difference, replacing, valueDifferences } from "../settings/differences";
import type { InputProblem } from "../settings/inputProblem";
import { deadlineOf, type TimedOperation } from "../settings/inputs/timeouts";
import { forEngine, holdsUnknown, type PlainObject } from "../settings/json";
import { type ProgramRun, TENANT_KEY, TIMEOUTS_KEY } from "../settings/keys";
import { creationInWords, inWords } from "../settings/words";
import type { Owner } from "../update/claims";
import { newNonce } from "../update/creationRecords";
import { type Lifecycle, type LifecycleContext, PartialFailure } from "../update/lifecycle";
import { claimProblems, elsewhere, inputProblems, labelOf, previewCreation } from "./check";
import { Drift } from "./drift";
import { JustRead } from "./justRead";
import { holdOwned, otherOwner } from "./ownership";
import { kept, managed } from "./properties";
import type { ProviderProcess } from "./providerProcess";
import { foreignTenant, isElsewhere, recordedTenant, tenantName } from "./tenant";

/** Inputs as a program writes them, or as `check` has stored them, and the key of their resource's owner. */
export interface GivenInputs {
  readonly properties: PlainObject;
  readonly ownerKey: string | undefined;
}

/** Outputs as the state has them, and the resource's owner. */
export interface RecordedOutputs {
  readonly properties: PlainObject;
  readonly owner: Owner;
}

/** A request to check inputs. */
export interface CheckRequest {
  readonly inputs: PlainObject;
  /** True if the state does not have the resource yet. */
  readonly isNew: boolean;
  /** The inputs in the state; none if the resource is new. */
  readonly olds?: PlainObject;
  /** Undefined if the inputs do not come from a resource class. */
  readonly run: ProgramRun | undefined;
}

/** The result of comparing outputs with inputs. */
export interface Comparison {
  readonly differences: readonly Difference[];
  /** True if there is something to update. A value that is not known yet counts, as it may differ. */
  readonly isChanged: boolean;
}

/** Result of a read: the object was found, or is gone, or was left alone because it is in another tenant. */
export type ReadOutcome =
  | { readonly is: "found"; readonly outputs: PlainObject; readonly inputs?: PlainObject }
  | { readonly is: "gone" }
  | { readonly is: "left" };

/**
 * The operations of one kind of resource, for any adapter of an engine. They add to a lifecycle the tenant
 * guard, time limits, ownership, previews of creations and the messages about drift.
 */
export class Operations {
  readonly #read = new JustRead();
  readonly #drift: Drift;

  constructor(
    private readonly lifecycle: Lifecycle,
    private readonly process: ProviderProcess,
  ) {
    this.#drift = new Drift(lifecycle, process);
  }

  /** Checks inputs, and previews a creation. @returns the inputs as they are stored, and every problem. */
  async check({ inputs: given, isNew, olds = {}, run }: CheckRequest): Promise<{
    readonly inputs: PlainObject;
    readonly problems: readonly InputProblem[];
  }> {
    const { lifecycle } = this;
    const { announcer, shared } = this.process;
    shared.quiet.disturb();
    const inputs = stored(lifecycle, given);
    const owner = { key: run?.owner, name: run?.name };
    shared.claims.introduce(owner);
    const problems = [
      ...this.process.configurationProblems(run?.name ?? lifecycle.label(inputs)),
      ...inputProblems(lifecycle, inputs),
      ...claimProblems(lifecycle, inputs, { claims: shared.claims, run, isNew }),
    ];
    const refused = this.process.intuneProblems(
      lifecycle,
      inputs,
      run?.name ?? lifecycle.label(inputs),
    );
    if (run?.isPreview === true) announcer.previewing();
    const doubts = problems.length === 0 ? (lifecycle.doubts?.(inputs) ?? []) : [];
    const label = labelOf(lifecycle, inputs, run);
    announcer.say(
      doubts.map((doubt) => `${label}: warning: ${doubt}`),
      run?.name,
    );
    const isTakeOver = isNew && lifecycle.takesOver?.(inputs) === true;
    const before = isTakeOver ? undefined : stored(lifecycle, olds);
    const isPreviewed = run?.isPreview === true && isNew;
    // The preview of a creation reads the policy that it takes over.
    const isReadFirst = isTakeOver && isPreviewed && problems.length === 0;
    if (!isReadFirst) problems.push(...this.#settingProblems(inputs, before, run));
    problems.push(...elsewhere(refused, problems));
    if (isPreviewed && problems.length === 0) {
      const whose = { ...owner, nonce: newNonce() };
      const { lines, ...previewed } = await previewCreation(lifecycle, this.process, inputs, whose);
      problems.push(...previewed.problems);
      announcer.say(lines);
      if (lines.length === 0 && problems.length === 0 && lifecycle.tellsCreation) {
        const told = lifecycle.differences({}, inputs);
        announcer.say(creationInWords(label, told, this.process.glossary), run.name);
      }
      const { current } = previewed;
      if (isReadFirst)
        problems.push(...this.#settingProblems(inputs, current && stored(lifecycle, current), run));
    }
    return { inputs, problems };
  }

  /** Problems of settings by the stack's catalogue. Shows its warnings. */
  #settingProblems(
    inputs: PlainObject,
    before: PlainObject | undefined,
    run: ProgramRun | undefined,
  ): readonly InputProblem[] {
    const { lifecycle } = this;
    const { payloads = [] } = lifecycle;
    const label = labelOf(lifecycle, inputs, run);
    const found = this.process.checkSettings({ payloads, inputs, before, label }, run?.name);
    this.process.announcer.say(found.lines, run?.name);
    return found.problems;
  }

  /** @throws OfficeConfigurationError if the object is in another tenant, or has two owners. */
  async compare(id: string, olds: RecordedOutputs, news: GivenInputs): Promise<Comparison> {
    // Without a wait before it: the claims and plans of one comparison are there for all that follow.
    const comparison = this.#comparison(id, olds, news);
    // A run may end after this, and the record would outlive it: the next run could take the object over from itself.
    await this.process.shared.records.isInState(olds.owner.nonce, id);
    return comparison;
  }

  #comparison(id: string, olds: RecordedOutputs, news: GivenInputs): Comparison {
    const { lifecycle } = this;
    const { announcer, shared } = this.process;
    const [before, after] = [olds.properties, stored(lifecycle, news.properties)];
    shared.quiet.disturb();
    const isOfRefresh = this.#read.take(id, before);
    const moved = this.#tenantDifference(before);
    const own = lifecycle.differences(before, after);
    const isReplaced = replacing([...moved, ...own]).length > 0;
    // An object that is to be replaced may be created or adopted anew.
    const key = news.ownerKey;
    const isLive = key === undefined ? !isOfRefresh : shared.claims.isIntroduced(key);
    if (!isReplaced && isLive) {
      holdOwned(lifecycle, shared, { id, owner: { ...olds.owner, key }, before, after });
    }
    // After a refresh the engine compares the tenant with the last program. The drift has been shown by
    // then; the reverse difference would only confuse.
    if (!isOfRefresh) {
      const lines = inWords(lifecycle.label(before, after), own, this.process.glossary);
      announcer.say(this.#drift.withoutRepairs(id, lines));
      if (!isReplaced) lifecycle.planned?.(shared, id, before, after);
    }
    const timeouts = { old: before[TIMEOUTS_KEY], next: after[TIMEOUTS_KEY] };
    const differences = [...moved, ...own, ...valueDifferences(TIMEOUTS_KEY, "timeouts", timeouts)];
    return { differences, isChanged: differences.length > 0 || holdsUnknown(after) };
  }

  /** @throws PartialFailure with the id and all outputs, if the object exists but is not complete. */
  create(news: GivenInputs): Promise<{ readonly id: string; readonly outputs: PlainObject }> {
    const { properties } = news;
    const owner = this.#newOwner(news);
    return this.#inTenant("create", properties, { owner }, async (context, keep) => {
      const { id, outputs } = await this.lifecycle.create(context, properties);
      return { id, outputs: keep(outputs) };
    });
  }

  /** @throws OfficeConfigurationError if the program asked for an id that the tenant does not have. */
  read(id: string, { properties, owner }: RecordedOutputs): Promise<ReadOutcome> {
    // Without inputs or outputs the program asked for this object by its id.
    const isRefresh = Object.keys(properties).length > 0;
    const whenLeft: ReadOutcome = { is: "left" };
    const options = { whenLeft, owner };
    return this.#inTenant<ReadOutcome>("read", properties, options, async (context, keep) => {
      // An object that the program only reads by its id has no owner in this stack.
      if (owner.nonce !== undefined) {
        context.claims.read(id, owner);
        await context.records.isInState(owner.nonce, id);
      }
      const found = await this.lifecycle.read(context, id, properties);
      if (found === undefined && isRefresh) return this.#drift.gone(context, id, properties);
      if (found === undefined) {
        throw new OfficeConfigurationError(`There is no ${this.lifecycle.noun} with the id ${id}.`);
      }
      const outputs = keep(found.outputs);
      if (isRefresh) await this.#drift.say(context, id, properties, outputs);
      this.#read.add(id, managed(outputs));
      const { [TIMEOUTS_KEY]: timeouts } = properties;
      const inputs = found.inputs && forEngine({ ...found.inputs, [TIMEOUTS_KEY]: timeouts });
      return { is: "found", outputs, ...(inputs && { inputs }) };
    });
  }

  /** @returns all outputs. */
  update(id: string, olds: RecordedOutputs, news: GivenInputs): Promise<PlainObject> {
    const given = this.#newOwner(news);
    // States of older versions have no nonce: it comes with their next update.
    const owner = { ...olds.owner, ...given, nonce: olds.owner.nonce ?? given.nonce };
    const options = { recorded: olds.properties, owner };
    return this.#inTenant("update", news.properties, options, async (context, keep) =>
      keep(await this.lifecycle.update(context, id, olds.properties, news.properties)),
    );
  }

  /** Deletes the object, unless it belongs to another resource by now. */
  async delete(id: string, { properties, owner }: RecordedOutputs): Promise<void> {
    const options = { whenLeft: undefined, owner };
    await this.#inTenant("delete", properties, options, async (context) => {
      const { isSoleOwner = false } = this.lifecycle;
      const label = this.lifecycle.label(properties);
      const reason = isSoleOwner ? await otherOwner(context, id, owner) : undefined;
      if (reason !== undefined) {
        context.log(`${label}: ${id} is not deleted, ${reason}`);
      } else {
        await this.lifecycle.delete(context, id, properties);
        // The engine's own line has the name of the resource, and no tenant.
        const from = tenantName(this.process.summary, context.tenantId);
        if (isSoleOwner) this.process.announcer.say([`${label}: deleted from ${from}`], id);
      }
      await context.records.drop(owner.nonce);
    });
  }

  /** A new owner for a resource. */
  #newOwner({ ownerKey: key }: GivenInputs): Owner & { readonly nonce: string } {
    const name = this.process.shared.claims.nameOf(key);
    return {
      nonce: newNonce(),
      ...(key !== undefined && { key }),
      ...(name !== undefined && { name }),
    };
  }

  /**
   * The difference that replaces a resource whose object is in another tenant; none in the stack's own tenant.
   *
   * @throws OfficeConfigurationError if the settings do not allow replacements.
   */
  #tenantDifference(before: PlainObject): Difference[] {
    const { knownTenantId, onTenantChange } = this.process.summary;
    if (!isElsewhere(before, knownTenantId)) return [];
    const label = this.lifecycle.label(before);
    if (onTenantChange === "refuse") throw foreignTenant(label, before, knownTenantId);
    const values = { old: recordedTenant(before), next: knownTenantId };
    const differences = [{ ...difference([TENANT_KEY], "tenant", values), replaces: true }];
    this.process.announcer.say(inWords(label, differences));
    return differences;
  }

  /**
   * Runs one operation in the tenant of the session, unless its object is recorded in another tenant.
   *
   * @param options - `recorded`: the outputs that record the tenant, if not `properties`;
   *   `whenLeft`: the result if the object is left alone in the other tenant.
   */
  async #inTenant<T>(
    operation: TimedOperation,
    properties: PlainObject,
    options: { readonly recorded?: PlainObject; readonly whenLeft?: T; readonly owner: Owner },
    work: (context: LifecycleContext, keep: (outputs: PlainObject) => PlainObject) => Promise<T>,
  ): Promise<T> {
    const { owner, recorded = properties } = options;
    const deadlineMs = deadlineOf(properties, operation, this.process.clock.now());
    const { session, context, tenantId } = await this.process.context(owner, { deadlineMs });
    if (isElsewhere(recorded, tenantId)) {
      const label = this.lifecycle.label(recorded);
      const isLeft = session.onTenantChange === "replace" && "whenLeft" in options;
      if (!isLeft) throw foreignTenant(label, recorded, tenantId);
      context.log(`${label}: left as it is in the tenant ${recordedTenant(recorded)}`);
      return options.whenLeft as T;
    }
    const keep = (outputs: PlainObject) => kept(outputs, properties, { tenantId, owner });
    try {
      return await work(context, keep);
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      const { id, outputs } = error.state;
      throw new PartialFailure({ id, outputs: keep(outputs) }, error.cause);
    }
  }
}

function stored({ stored: store }: Pick<Lifecycle, "stored">, inputs: PlainObject): PlainObject {
  return store?.(inputs) ?? inputs;
}
