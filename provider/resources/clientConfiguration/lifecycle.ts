import { deleteConfiguration } from "../../api/clientConfigurations";
import { type ConfigurationAnswer, readConfiguration } from "../../api/configurationAnswer";
import { ConfigurationReader } from "../../api/configurationReader";
import { paths } from "../../api/paths";
import { isChangedSince } from "../../graph";
import { type Difference, namesOf } from "../../settings/differences";
import type { InputProblem } from "../../settings/inputProblem";
import { inputProblems } from "../../settings/inputs/clientConfiguration";
import type { PlainObject } from "../../settings/json";
import { SECRETS_KEY } from "../../settings/keys";
import { policyLabel } from "../../settings/label";
import { CONFIGURATION_TYPES, type ConfigurationKind, PAYLOAD_NAMES } from "../../settings/names";
import { tenantChangesInWords } from "../../settings/words";
import { createOnce } from "../../update/creation/createOnce";
import { ownerOfName } from "../../update/creation/nameOwner";
import { takingOver } from "../../update/creation/takingOver";
import {
  type CreationPreview,
  type ExclusiveUse,
  type Lifecycle,
  type LifecycleContext,
  PartialFailure,
  type ReadResult,
  type ResourceState,
  type SharedWork,
} from "../../update/lifecycle";
import { untilVisible } from "../../update/looks";
import {
  adoptionLines,
  adoptionOf,
  adoptionUses,
  findAdopted,
  nameUses,
  type Owned,
  takeOverLines,
} from "./adopt";
import { asPriority, changedPayloads, changesBody, groupsOf, outputsOf } from "./bodies";
import { deletionNotes, reconcile } from "./concurrent";
import { creationOf } from "./create";
import { describeCreation } from "./describeCreation";
import { changingLabel, policyDifferences } from "./differences";
import { inputsOf, reportOf } from "./found";
import { forDisplay, forUpdate } from "./freshness";
import { adoptedUses, claimProperties } from "./propertyOwners";
import { gone } from "./refusals";
import { storedInputs } from "./storedInputs";
import { ConfigurationWriter } from "./writer";

/** Greatest number of times that an update reads the object because somebody else keeps changing it. */
const MAX_LOOKS = 5;

/** Changes of an update. */
interface Change {
  readonly olds: PlainObject;
  readonly news: PlainObject;
  readonly changed: readonly string[];
}

/**
 * The life of one kind of client configuration: POST, GET, PATCH, DELETE, and `assign`.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-windowsofficeclientconfiguration?view=graph-rest-beta
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-windowsofficeclientsecurityconfiguration?view=graph-rest-beta
 */
export class ClientConfigurationLifecycle implements Lifecycle {
  readonly noun = "client configuration";
  readonly isSoleOwner = true;
  readonly tellsCreation = true;
  readonly payloads = PAYLOAD_NAMES;
  readonly stored = storedInputs;
  readonly auditedId = (id: string): string => id;
  readonly #type: string;

  constructor(kind: ConfigurationKind) {
    this.#type = CONFIGURATION_TYPES[kind];
  }

  label(known: PlainObject, news: PlainObject = known): string {
    return changingLabel(known, news);
  }

  problems({ [SECRETS_KEY]: _, ...given }: PlainObject): InputProblem[] {
    return inputProblems(given);
  }

  differences(olds: PlainObject, news: PlainObject): Difference[] {
    return policyDifferences(olds, news);
  }

  exclusiveUses(inputs: PlainObject): ExclusiveUse[] {
    const type = this.#type;
    return [...adoptionUses(type, inputs), ...nameUses(type, inputs), ...adoptedUses(inputs)];
  }

  adoptedId(inputs: PlainObject): string | undefined {
    const adoption = adoptionOf(inputs);
    return adoption !== undefined && "id" in adoption ? adoption.id : undefined;
  }

  planned(shared: SharedWork, id: string, olds: PlainObject, news: PlainObject): void {
    const { claims, priorities, reads } = shared;
    if (policyDifferences(olds, news).length > 0) reads.plan(id);
    claimProperties(claims, { id, label: policyLabel(olds, news), inputs: news });
    const [from, to] = [olds.priority, news.priority].map(asPriority);
    if (to !== undefined && from !== to) priorities.plan(id, from, to);
  }

  describeCreation(context: LifecycleContext, given: PlainObject): Promise<CreationPreview> {
    const inputs = storedInputs(given);
    const reader = this.#reader(context, inputs);
    return describeCreation(context, { inputs, reader, type: this.#type, isPreview: true });
  }

  takesOver({ adopt }: PlainObject): boolean {
    return adopt !== undefined;
  }

  /** True without an adoption: `describeCreation` then only checks that the name is free. */
  asksOnlyForNames(inputs: PlainObject): boolean {
    return adoptionOf(inputs) === undefined;
  }

  async create(context: LifecycleContext, given: PlainObject): Promise<ResourceState> {
    const inputs = storedInputs(given);
    const adoption = adoptionOf(inputs);
    const reader = this.#reader(context, inputs);
    if (adoption === undefined) return this.#make(context, reader, inputs);
    const found = await findAdopted(context, reader, adoption, inputs);
    const lines = (current: PlainObject) =>
      adoptionLines(found.id, { current, inputs, glossary: context.glossary });
    return this.#own(context, reader, { found, inputs, lines });
  }

  /** Takes over a policy of the tenant, and sends the differences. */
  async #own(
    context: LifecycleContext,
    reader: ConfigurationReader,
    { found, inputs, lines }: Owned,
  ): Promise<ResourceState> {
    const { id } = found;
    context.claims.take(id, context.owner);
    const current = await inputsOf(reader, found, inputs);
    for (const line of lines(current)) context.log(line);
    return takingOver(context, id, async () => {
      if (policyDifferences(current, inputs).length > 0) {
        return { id, outputs: await this.update(context, id, current, inputs) };
      }
      const report = await reportOf(reader, found, inputs);
      return { id, outputs: { ...outputsOf(inputs, id), ...report } };
    });
  }

  async #make(
    context: LifecycleContext,
    reader: ConfigurationReader,
    inputs: PlainObject,
  ): Promise<ResourceState> {
    const creation = creationOf(context, { inputs, reader, type: this.#type });
    const taken = await ownerOfName(context, creation);
    if (taken !== undefined) {
      const lines = (current: PlainObject) =>
        takeOverLines(taken, { current, inputs, glossary: context.glossary });
      return this.#own(context, reader, { found: taken.found, inputs, lines });
    }
    const wish = { ...this.#wish(context, reader, inputs), id: undefined };
    const created = await context.priorities.whenFree(wish, () => createOnce(context, creation));
    const writer = new ConfigurationWriter(context.graph, reader);
    const outputs = outputsOf(inputs, created.id);
    const unassigned: PlainObject = { ...outputs, ...(groupsOf(inputs) && { assignments: [] }) };
    try {
      await untilVisible(context, () => writer.ensurePayloads(created, inputs));
    } catch (error) {
      // Without payloads in the state, the next update sends them again.
      const { policies: _, userPreferences: __, ...rest } = unassigned;
      throw new PartialFailure({ id: created.id, outputs: rest }, error);
    }
    try {
      await untilVisible(context, () => writer.ensureGroups(created, inputs));
      return {
        id: created.id,
        outputs: { ...outputs, ...(await reportOf(reader, created, inputs)) },
      };
    } catch (error) {
      throw new PartialFailure({ id: created.id, outputs: unassigned }, error);
    }
  }

  async read(
    context: LifecycleContext,
    id: string,
    known: PlainObject,
  ): Promise<ReadResult | undefined> {
    const reader = this.#reader(context, known);
    const found = await reader.find(id, forDisplay(known));
    if (found === undefined) return undefined;
    const inputs = await inputsOf(reader, found, known);
    const report = await reportOf(reader, found, inputs);
    return { inputs, outputs: { ...inputs, configurationId: found.id, ...report } };
  }

  async update(
    context: LifecycleContext,
    id: string,
    olds: PlainObject,
    given: PlainObject,
  ): Promise<PlainObject> {
    const news = storedInputs(given);
    const reader = this.#reader(context, news);
    const changed = namesOf(policyDifferences(olds, news));
    const { inputs, answer } = await this.#send(context, reader, id, { olds, news, changed });
    const outputs = outputsOf(news, id);
    const writer = new ConfigurationWriter(context.graph, reader);
    try {
      if (changed.includes("assignments")) {
        await writer.assign(id, groupsOf(inputs) ?? []);
      }
      const current = answer ?? (await reader.find(id));
      if (current === undefined) return outputs;
      await writer.ensurePayloads(current, changedPayloads(changed, inputs));
      return { ...outputs, ...(await reportOf(reader, current, news)) };
    } catch (error) {
      // Keep the old value of each step that may be incomplete, so that the next update repeats the step.
      const { assignments, policies, userPreferences } = olds;
      const kept = { ...outputs, assignments, policies, userPreferences };
      throw new PartialFailure({ id, outputs: kept }, error);
    }
  }

  /**
   * Reads the policy, merges the differences with it, and sends them. If the service has versions and the policy
   * changes between the read and the PATCH, it reads again.
   */
  async #send(
    context: LifecycleContext,
    reader: ConfigurationReader,
    id: string,
    change: Change,
  ): Promise<{ inputs: PlainObject; answer: ConfigurationAnswer | undefined }> {
    for (let look = 1; ; look += 1) {
      const shared = look === 1 ? forUpdate(change.changed) : undefined;
      const found = await reader.find(id, shared);
      if (found === undefined) throw gone(reader, id);
      const { inputs, changes } = await reconcile(reader, found, change);
      const lines = tenantChangesInWords(reader.label, changes, context.glossary);
      for (const line of lines) context.log(line);
      try {
        return { inputs, answer: await this.#patch(context, reader, found, { ...change, inputs }) };
      } catch (error) {
        if (!isChangedSince(error) || look >= MAX_LOOKS) throw error;
      }
    }
  }

  /** Sends the differences in one PATCH, except a priority that changes together with others. */
  async #patch(
    context: LifecycleContext,
    reader: ConfigurationReader,
    found: ConfigurationAnswer,
    { olds, inputs, changed }: Change & { readonly inputs: PlainObject },
  ): Promise<ConfigurationAnswer | undefined> {
    const { id, "@odata.etag": etag } = found;
    const wish = { ...this.#wish(context, reader, inputs), id };
    const isMoved =
      changed.includes("priority") &&
      (await context.priorities.move(wish, asPriority(olds.priority))) === "moved";
    const names = isMoved ? changed.filter((name) => name !== "priority") : changed;
    const body = changesBody(names, inputs);
    if (Object.keys(body).length === 0) return undefined;
    // After a move of the priority, the policy has a new version, and the etag is outdated.
    const headers = etag != null && !isMoved ? { headers: { "If-Match": etag } } : {};
    const patch = () =>
      context.graph.patch(
        paths.clientConfiguration(id),
        { "@odata.type": this.#type, ...body },
        { ...reader.call("Updating"), ...headers },
      );
    const sent = "priority" in body ? context.priorities.whenFree(wish, patch) : patch();
    return readConfiguration((await sent).body);
  }

  async delete(context: LifecycleContext, id: string, known: PlainObject): Promise<void> {
    const call = this.#reader(context, known).call("Deleting");
    const found = await deleteConfiguration(context.graph, id, call);
    for (const note of deletionNotes(found, known)) context.log(`${this.label(known)}: ${note}`);
  }

  #wish(context: LifecycleContext, reader: ConfigurationReader, inputs: PlainObject) {
    return { context, call: reader.call("Updating"), priority: asPriority(inputs.priority) };
  }

  #reader({ graph, reads }: LifecycleContext, inputs: PlainObject): ConfigurationReader {
    return new ConfigurationReader(graph, { type: this.#type, label: policyLabel(inputs), reads });
  }
}
