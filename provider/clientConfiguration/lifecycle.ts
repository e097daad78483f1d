import { isNotFound, paths } from "../graph";
import {
  type Lifecycle,
  type LifecycleContext,
  PartialFailure,
  type ReadResult,
  type ResourceState,
} from "../lifecycle";
import type { PlainObject } from "../payload/json";
import type { InputProblem } from "../payload/problems";
import { changesBody, createBody, groupsOf } from "./bodies";
import { changedInputs, describeChanges, isPayloadName, policyLabel, sameGroups } from "./changes";
import { createOnce, untilVisible } from "./create";
import { inputsOf, reportOf } from "./found";
import { ConfigurationReader } from "./reader";
import { inputProblems } from "./schema";
import { SECRETS_KEY } from "./secretsKey";
import {
  assignmentsBody,
  CONFIGURATION_TYPES,
  type ConfigurationAnswer,
  type ConfigurationKind,
  PAYLOAD_NAMES,
  PAYLOADS,
  payloadBody,
  readConfiguration,
} from "./wire";

/**
 * The life of one kind of client configuration: POST, GET, PATCH, DELETE, and `assign`.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-windowsofficeclientconfiguration?view=graph-rest-beta
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-windowsofficeclientsecurityconfiguration?view=graph-rest-beta
 */
export class ClientConfigurationLifecycle implements Lifecycle {
  readonly noun = "client configuration";
  readonly #type: string;

  constructor(kind: ConfigurationKind) {
    this.#type = CONFIGURATION_TYPES[kind];
  }

  label(known: PlainObject): string {
    return policyLabel(known, known);
  }

  problems(inputs: PlainObject): InputProblem[] {
    const { [SECRETS_KEY]: _, ...given } = inputs;
    return inputProblems(given);
  }

  changedInputs(olds: PlainObject, news: PlainObject): string[] {
    return changedInputs(olds, news);
  }

  describeChanges(olds: PlainObject, news: PlainObject): string[] {
    return describeChanges(olds, news);
  }

  async create(context: LifecycleContext, inputs: PlainObject): Promise<ResourceState> {
    const reader = this.#reader(context, inputs);
    const created = await createOnce(context, {
      body: createBody(this.#type, inputs),
      reader,
      isSame: async (found) => this.#isLeftOver(await inputsOf(reader, found, inputs), inputs),
    });
    const outputs = { ...inputs, configurationId: created.id };
    const unassigned: PlainObject = { ...outputs, ...(groupsOf(inputs) && { assignments: [] }) };
    try {
      await untilVisible(() => this.#ensurePayloads(context, reader, created, inputs));
    } catch (error) {
      // Without payloads in the state, the next update sends them again.
      const { policies: _, userPreferences: __, ...rest } = unassigned;
      throw new PartialFailure({ id: created.id, outputs: rest }, error);
    }
    try {
      await untilVisible(() => this.#ensureGroups(context, reader, created, inputs));
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
    const found = await reader.find(id);
    if (found === undefined) return undefined;
    const inputs = await inputsOf(reader, found, known);
    const report = await reportOf(reader, found, inputs);
    return { inputs, outputs: { ...inputs, configurationId: found.id, ...report } };
  }

  async update(
    context: LifecycleContext,
    id: string,
    olds: PlainObject,
    news: PlainObject,
  ): Promise<PlainObject> {
    const reader = this.#reader(context, news);
    const changed = changedInputs(olds, news);
    const body = changesBody(changed, news);
    let answer: ConfigurationAnswer | undefined;
    if (Object.keys(body).length > 0) {
      const { body: answered } = await context.graph.patch(
        paths.clientConfiguration(id),
        { "@odata.type": this.#type, ...body },
        reader.call("Updating"),
      );
      answer = readConfiguration(answered);
    }
    const outputs = { ...news, configurationId: id };
    try {
      if (changed.includes("assignments")) {
        await this.#assign(context, reader, id, groupsOf(news) ?? []);
      }
      const current = answer ?? (await reader.find(id));
      if (current === undefined) return outputs;
      await this.#ensurePayloads(context, reader, current, changedPayloads(changed, news));
      return { ...outputs, ...(await reportOf(reader, current, news)) };
    } catch (error) {
      // What may not have come to its end is as before, so that the next update does it again.
      const { assignments, policies, userPreferences } = olds;
      const kept = { ...outputs, assignments, policies, userPreferences };
      throw new PartialFailure({ id, outputs: kept }, error);
    }
  }

  async delete(context: LifecycleContext, id: string, known: PlainObject): Promise<void> {
    try {
      await context.graph.delete(
        paths.clientConfiguration(id),
        this.#reader(context, known).call("Deleting"),
      );
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  #reader({ graph }: LifecycleContext, inputs: PlainObject): ConfigurationReader {
    return new ConfigurationReader(graph, this.#type, inputs);
  }

  /** Says if an object is what a creation made that never came to assigning its groups. */
  #isLeftOver(found: PlainObject, wanted: PlainObject): boolean {
    const differing = changedInputs(found, wanted);
    const groups = groupsOf(found) ?? [];
    return differing.every((name) => name === "assignments" && groups.length === 0);
  }

  /** Puts payloads as streams where the service left them out of what a POST or PATCH made. */
  async #ensurePayloads(
    context: LifecycleContext,
    reader: ConfigurationReader,
    made: ConfigurationAnswer,
    payloads: PlainObject,
  ): Promise<void> {
    for (const name of PAYLOAD_NAMES) {
      const wanted = payloads[name];
      if (wanted === undefined || made[PAYLOADS[name]] != null) continue;
      const text = payloadBody(wanted as PlainObject);
      const found = await reader.streamed(made.id, name);
      if (found !== undefined && payloadBody(found) === text) continue;
      await context.graph.put(
        paths[PAYLOADS[name]](made.id),
        Buffer.from(text, "base64"),
        reader.call(`Writing ${name} of`),
      );
    }
  }

  /** The API's page has groups in the POST; a service that ignored them gets them by `assign`. */
  async #ensureGroups(
    context: LifecycleContext,
    reader: ConfigurationReader,
    created: ConfigurationAnswer,
    inputs: PlainObject,
  ): Promise<void> {
    const wanted = groupsOf(inputs);
    if (wanted === undefined || wanted.length === 0) return;
    if (!sameGroups(await reader.groups(created), wanted)) {
      await this.#assign(context, reader, created.id, wanted);
    }
  }

  async #assign(
    context: LifecycleContext,
    reader: ConfigurationReader,
    id: string,
    groups: readonly string[],
  ): Promise<void> {
    await context.graph.post(
      paths.assign(id),
      { officeConfigurationAssignments: assignmentsBody(groups) },
      // It replaces the whole list, so sending it twice does what sending it once does.
      { ...reader.call("Assigning groups to"), safeToRepeat: true },
    );
  }
}

/** The payloads among the changed inputs; one that the program no longer gives is empty. */
function changedPayloads(changed: readonly string[], news: PlainObject): PlainObject {
  return Object.fromEntries(changed.filter(isPayloadName).map((name) => [name, news[name] ?? {}]));
}
