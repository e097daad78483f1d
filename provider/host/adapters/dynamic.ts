import type * as pulumi from "@pulumi/pulumi";
import { OfficeConfigurationError } from "../../graph";
import { deadlineOf, type TimedOperation } from "../../settings/inputs/timeouts";
import { forEngine, holdsUnknown, type PlainObject, sameJson } from "../../settings/json";
import { OWNER_KEY, TENANT_KEY, TIMEOUTS_KEY } from "../../settings/keys";
import type { Owner } from "../../update/claims";
import { newNonce } from "../../update/creationRecords";
import type { Lifecycle, LifecycleContext } from "../../update/lifecycle";
import { claimProblems, inputProblems, previewCreation } from "../check";
import { common, managed, ownerIn, ownerKeyIn, runOf, type Whose } from "../properties";
import type { ProviderProcess } from "../providerProcess";
import { shown, shownFailure } from "../shownError";
import { stackConfigOf } from "../stackConfig";
import { foreignTenant, isElsewhere, recordedTenant } from "../tenant";

/**
 * A lifecycle in the words of Pulumi's dynamic providers: the only file that knows what the engine
 * sends to one, and what it wants back.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/providers/dynamic-providers/
 */
export class DynamicProvider implements pulumi.dynamic.ResourceProvider {
  readonly #lifecycle: Lifecycle;
  readonly #process: ProviderProcess;
  /**
   * What `read` has just found, by id: the engine asks for the diff of it at once. Several resources
   * may have one id: two patches of one policy.
   */
  readonly #justRead = new Map<string, PlainObject[]>();

  constructor(lifecycle: Lifecycle, providerProcess: ProviderProcess) {
    this.#lifecycle = lifecycle;
    this.#process = providerProcess;
  }

  /** Called by the engine before anything else, once per process. */
  configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
    const { config } = request;
    this.#process.configure((key) => config.get(key), stackConfigOf(config));
    return Promise.resolve();
  }

  async check(olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.CheckResult> {
    try {
      return await this.#check(olds, news);
    } catch (error) {
      throw shown(error, news);
    }
  }

  async #check(olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.CheckResult> {
    const { announcer, shared } = this.#process;
    shared.quiet.disturb();
    const run = runOf(news);
    const inputs = this.#lifecycle.stored?.(managed(news)) ?? managed(news);
    const isNew = Object.keys(olds ?? {}).length === 0;
    const owner = { key: run?.owner, name: run?.name };
    shared.claims.introduce(owner);
    const failures = [
      ...this.#process.configurationProblems(),
      ...inputProblems(this.#lifecycle, inputs),
      ...claimProblems(this.#lifecycle, inputs, { claims: shared.claims, run, isNew }),
    ];
    if (run?.isPreview === true) {
      announcer.previewing();
      if (isNew && failures.length === 0) {
        const previewed = await previewCreation(this.#lifecycle, this.#process, inputs, {
          ...owner,
          nonce: newNonce(),
        });
        announcer.say(previewed.lines);
        failures.push(...previewed.failures);
      }
    }
    const checked = forEngine({ ...inputs, [OWNER_KEY]: run?.owner });
    return { inputs: checked, failures: failures.map(shownFailure) };
  }

  diff(id: string, olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.DiffResult> {
    const { shared } = this.#process;
    shared.quiet.disturb();
    const [before, after] = [managed(olds), managed(news)];
    const isOfRefresh = this.#wasJustRead(id, before);
    try {
      const replaces = [
        ...this.#replacedForTenant(before),
        ...(this.#lifecycle.replacingInputs?.(before, after) ?? []),
      ];
      // What is to be replaced is free to be made, or adopted, anew.
      const key = ownerKeyIn(news);
      const isLive = key === undefined ? !isOfRefresh : shared.claims.isIntroduced(key);
      if (replaces.length === 0 && isLive) this.#hold(id, { ...ownerIn(olds), key }, before, after);
      // After a refresh the engine compares what was found with the program of yesterday. What was
      // found has been said by then, and the other way round it would only confuse.
      if (!isOfRefresh) {
        this.#process.announcer.say(this.#lifecycle.describeChanges(before, after));
        if (replaces.length === 0) this.#lifecycle.planned?.(shared, id, before, after);
      }
      const changed = this.#lifecycle.changedInputs(before, after);
      const isTimed = !sameJson(before[TIMEOUTS_KEY], after[TIMEOUTS_KEY]);
      const changes = replaces.length + changed.length > 0 || isTimed || holdsUnknown(after);
      return Promise.resolve({ changes, ...(replaces.length > 0 && { replaces }) });
    } catch (error) {
      return Promise.reject(shown(error, news));
    }
  }

  create(news: PlainObject): Promise<pulumi.dynamic.CreateResult> {
    const owner = this.#newOwner(news);
    return this.#inTenant("create", news, { owner }, async (context, tenantId) => {
      const { id, outputs } = await this.#lifecycle.create(context, managed(news));
      return { id, outs: kept(outputs, news, { tenantId, owner }) };
    });
  }

  read(id: string, known: PlainObject): Promise<pulumi.dynamic.ReadResult> {
    const before = managed(known);
    // Without inputs or outputs the program asked for this object by its id.
    const isRefresh = Object.keys(before).length > 0;
    const whenLeft: pulumi.dynamic.ReadResult = { id, props: known };
    const owner = ownerIn(known);
    return this.#inTenant("read", known, { whenLeft, owner }, async (context, tenantId) => {
      // What the program only reads, by its id, has no owner, and is nobody's of this stack.
      if (owner.nonce !== undefined) {
        context.claims.read(id, owner);
        await context.records.isInState(owner.nonce, id);
      }
      const found = await this.#lifecycle.read(context, id, before);
      if (found === undefined) return this.#gone(id, before, isRefresh);
      const props = kept(found.outputs, known, { tenantId, owner });
      if (isRefresh) this.#announceDrift(before, props);
      this.#justRead.set(id, [...(this.#justRead.get(id) ?? []), managed(props)]);
      const { inputs } = found;
      const { [TIMEOUTS_KEY]: timeouts } = known;
      if (inputs === undefined) return { id, props };
      return { id, props, inputs: forEngine({ ...inputs, [TIMEOUTS_KEY]: timeouts }) };
    });
  }

  update(id: string, olds: PlainObject, news: PlainObject): Promise<pulumi.dynamic.UpdateResult> {
    // States of older versions have no nonce: it comes with their next update.
    const owner = { ...this.#newOwner(news), ...ownerIn(olds) };
    return this.#inTenant("update", news, { recorded: olds, owner }, async (context, tenantId) => {
      const outputs = await this.#lifecycle.update(context, id, managed(olds), managed(news));
      return { outs: kept(outputs, news, { tenantId, owner }) };
    });
  }

  async delete(id: string, known: PlainObject): Promise<void> {
    const owner = ownerIn(known);
    await this.#inTenant("delete", known, { whenLeft: undefined, owner }, async (context) => {
      const { isSoleOwner = false } = this.#lifecycle;
      const reason = isSoleOwner ? await otherOwner(context, id, owner) : undefined;
      if (reason === undefined) {
        await this.#lifecycle.delete(context, id, managed(known));
      } else {
        context.log(`${this.#lifecycle.label(known)}: ${id} is not deleted, ${reason}`);
      }
      await context.records.drop(owner.nonce);
    });
  }

  /** Who a resource is from now on. */
  #newOwner(news: PlainObject): Owner & { readonly nonce: string } {
    const key = ownerKeyIn(news);
    const name = this.#process.shared.claims.nameOf(key);
    return {
      nonce: newNonce(),
      ...(key !== undefined && { key }),
      ...(name !== undefined && { name }),
    };
  }

  /**
   * Whether another tenant makes a new object of it.
   *
   * @throws OfficeConfigurationError where that is not wanted.
   */
  #replacedForTenant(before: PlainObject): string[] {
    const { knownTenantId, onTenantChange } = this.#process.summary;
    if (!isElsewhere(before, knownTenantId)) return [];
    const label = this.#lifecycle.label(before);
    if (onTenantChange === "refuse") throw foreignTenant(label, before, knownTenantId);
    const left = `what is in ${recordedTenant(before)} stays there`;
    this.#process.announcer.say([`${label}: is made anew in ${knownTenantId}; ${left}`]);
    return [TENANT_KEY];
  }

  /** Whether `read` has just found these outputs; it is asked once for each. */
  #wasJustRead(id: string, outputs: PlainObject): boolean {
    const found = this.#justRead.get(id) ?? [];
    const others = found.filter((read) => !sameJson(read, outputs));
    this.#justRead.set(id, others);
    return others.length < found.length;
  }

  /** Notes whose object it is, which the program has. @throws OfficeConfigurationError if a new resource wants it too. */
  #hold(id: string, owner: Owner, before: PlainObject, after: PlainObject): void {
    const { claims, records } = this.#process.shared;
    const displayName = typeof after.displayName === "string" ? after.displayName : undefined;
    const label = this.#lifecycle.label(before);
    const twin = this.#lifecycle.isSoleOwner === true ? claims.liveTwin(id, owner) : undefined;
    claims.hold(id, owner, displayName);
    void records.isInState(owner.nonce, id);
    if (twin !== undefined) {
      throw new OfficeConfigurationError(
        `${label} (${id}) is the resource "${owner.name}" and the resource "${twin.name}" of this stack. ` +
          "Remove one of the two from the program, and from the state with `pulumi state delete`.",
      );
    }
    if (claims.isTaken(id)) {
      throw new OfficeConfigurationError(
        `${label} (${id}) is this resource, and another one of the same name has just taken it over. ` +
          "Remove one of the two from the program, and from the state with `pulumi state delete`.",
      );
    }
    if (!claims.isWanted(id, displayName)) return;
    throw new OfficeConfigurationError(
      `${label} (${id}) is this resource, and a new resource of the program wants it too: it asks to adopt it, or has its name. ` +
        "One object can be one resource only: remove `adopt` from the other one, give it another name, or remove one of the two.",
    );
  }

  #announceDrift(before: PlainObject, found: PlainObject): void {
    const lines = this.#lifecycle.describeChanges(before, found);
    this.#process.announcer.say(lines.map((line) => `${line} (changed in the tenant)`));
  }

  #gone(id: string, before: PlainObject, isRefresh: boolean): pulumi.dynamic.ReadResult {
    if (!isRefresh) {
      throw new OfficeConfigurationError(`There is no ${this.#lifecycle.noun} with the id ${id}.`);
    }
    this.#process.announcer.say([`${this.#lifecycle.label(before)}: gone from the tenant`]);
    return {};
  }

  /**
   * Runs one verb in the tenant of the session, unless its object is recorded in another one.
   *
   * @param options - `recorded`: the outputs that tell where the object is, if not `properties`;
   *   `whenLeft`: what comes of an object that is to be left in the other tenant.
   */
  async #inTenant<T>(
    operation: TimedOperation,
    properties: PlainObject,
    options: { readonly recorded?: PlainObject; readonly whenLeft?: T; readonly owner: Owner },
    work: (context: LifecycleContext, tenantId: string | undefined) => Promise<T>,
  ): Promise<T> {
    let tenantId: string | undefined;
    try {
      const deadlineMs = deadlineOf(properties, operation);
      const inTenant = await this.#process.context(options.owner, { deadlineMs });
      const { session, context } = inTenant;
      tenantId = inTenant.tenantId;
      const recorded = options.recorded ?? properties;
      if (!isElsewhere(recorded, tenantId)) return await work(context, tenantId);
      const label = this.#lifecycle.label(recorded);
      const isLeft = session.onTenantChange === "replace" && "whenLeft" in options;
      if (!isLeft) throw foreignTenant(label, recorded, tenantId);
      context.log(`${label}: left as it is in the tenant ${recordedTenant(recorded)}`);
      return options.whenLeft as T;
    } catch (error) {
      throw shown(error, properties, { tenantId, owner: options.owner });
    }
  }
}

/** The outputs of a lifecycle with what every resource has. */
function kept(outputs: PlainObject, inputs: PlainObject, whose: Whose): PlainObject {
  return forEngine({ ...outputs, ...common(inputs, whose) });
}

/** Why a policy is not deleted: another resource has it. @returns undefined where none is known. */
async function otherOwner(
  { claims, records, tenantId }: LifecycleContext,
  id: string,
  { nonce }: Owner,
): Promise<string | undefined> {
  const other = claims.otherOwner(id, nonce);
  if (other !== undefined) {
    const which = other.name === undefined ? "another resource" : `the resource "${other.name}"`;
    return `as ${which} has it`;
  }
  const last = await records.lastTaker(tenantId, id);
  if (last === undefined || last.nonce === nonce) return undefined;
  return `as a later resource has taken it over: ${records.fileOf(last)} on this machine says so. If nothing has it any more, delete that file and the policy`;
}
