import { isGraphHttpError, paths } from "../graph";
import {
  type Lifecycle,
  type LifecycleContext,
  PartialFailure,
  type ReadResult,
  type ResourceState,
} from "../lifecycle";
import type { PlainObject } from "../payload/json";
import type { InputProblem } from "../payload/problems";
import { projectOnto } from "../payload/wire";
import { changedInputs, describeChanges, isPayloadName, sameGroups } from "./changes";
import { createOnce, untilVisible } from "./create";
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

/** What a payload becomes that a program no longer gives: a list of no settings. */
const NO_SETTINGS: PlainObject = {};

/**
 * The life of one kind of client configuration: POST, GET, PATCH, DELETE, and `assign`.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-windowsofficeclientconfiguration?view=graph-rest-beta
 * @see https://learn.microsoft.com/graph/api/resources/intune-cirrus-windowsofficeclientsecurityconfiguration?view=graph-rest-beta
 */
export class ClientConfigurationLifecycle implements Lifecycle {
  readonly #type: string;

  constructor(kind: ConfigurationKind) {
    this.#type = CONFIGURATION_TYPES[kind];
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
      body: this.#body(inputs),
      reader,
      isSame: async (found) =>
        this.#isLeftOver(await this.#inputsOf(reader, found, inputs), inputs),
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
        outputs: { ...outputs, ...(await this.#report(reader, created, inputs)) },
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
    const inputs = await this.#inputsOf(reader, found, known);
    const report = await this.#report(reader, found, inputs);
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
    const body = this.#patchBody(changed, news);
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
      return { ...outputs, ...(current && (await this.#report(reader, current, news))) };
    } catch (error) {
      throw new PartialFailure(
        { id, outputs: { ...outputs, assignments: olds.assignments } },
        error,
      );
    }
  }

  async delete(context: LifecycleContext, id: string, known: PlainObject): Promise<void> {
    try {
      await context.graph.delete(
        paths.clientConfiguration(id),
        this.#reader(context, known).call("Deleting"),
      );
    } catch (error) {
      if (!isGraphHttpError(error) || error.status !== 404) throw error;
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

  /** What a POST sends: every input that Graph keeps. */
  #body(inputs: PlainObject): PlainObject {
    const groups = groupsOf(inputs);
    return {
      "@odata.type": this.#type,
      ...this.#patchBody(Object.keys(inputs), inputs),
      ...(groups && groups.length > 0 && { assignments: assignmentsBody(groups) }),
    };
  }

  /** The named inputs as properties of Graph; what a program no longer gives is emptied. */
  #patchBody(names: readonly string[], inputs: PlainObject): PlainObject {
    const body: PlainObject = {};
    for (const name of names) {
      if (isPayloadName(name)) {
        body[PAYLOADS[name]] = payloadBody((inputs[name] ?? NO_SETTINGS) as PlainObject);
      } else if (name === "displayName" || name === "description" || name === "priority") {
        body[name] = inputs[name] ?? null;
      }
    }
    return body;
  }

  /** Puts payloads as streams where the service left them out of what a POST made. */
  async #ensurePayloads(
    context: LifecycleContext,
    reader: ConfigurationReader,
    created: ConfigurationAnswer,
    inputs: PlainObject,
  ): Promise<void> {
    for (const name of PAYLOAD_NAMES) {
      const wanted = inputs[name];
      if (wanted === undefined || created[PAYLOADS[name]] != null) continue;
      const text = payloadBody(wanted as PlainObject);
      const found = await reader.streamed(created.id, name);
      if (found !== undefined && payloadBody(found) === text) continue;
      await context.graph.put(
        paths[PAYLOADS[name]](created.id),
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

  /** What the tenant holds in the words of inputs: of what the program speaks of, or of all. */
  async #inputsOf(
    reader: ConfigurationReader,
    found: ConfigurationAnswer,
    known: PlainObject,
  ): Promise<PlainObject> {
    const isKnown = (name: string) => known.displayName === undefined || name in known;
    const inputs: PlainObject = { displayName: found.displayName ?? "" };
    if (isKnown("description") && found.description) inputs.description = found.description;
    if (isKnown("priority") && found.priority != null) inputs.priority = found.priority;
    for (const name of PAYLOAD_NAMES) {
      if (!isKnown(name)) continue;
      const stored = await reader.payload(found, name);
      if (stored !== undefined || name in known) {
        inputs[name] = projectOnto(known[name], stored ?? NO_SETTINGS);
      }
    }
    if (isKnown("assignments")) {
      inputs.assignments = inKnownOrder(await reader.groups(found), known.assignments);
    }
    for (const name of ["includeCheckinData", SECRETS_KEY]) {
      if (name in known) inputs[name] = known[name];
    }
    return inputs;
  }

  /** Outputs that nobody asks for: when the policy was changed, and check-in data where asked. */
  async #report(
    reader: ConfigurationReader,
    found: ConfigurationAnswer,
    inputs: PlainObject,
  ): Promise<PlainObject> {
    const { lastModifiedDateTime } = found;
    const report: PlainObject = lastModifiedDateTime ? { lastModifiedDateTime } : {};
    if (inputs.includeCheckinData !== true) return report;
    const isWhole = found.userCheckinSummary !== undefined || found.checkinStatuses !== undefined;
    const current = isWhole ? found : ((await reader.find(found.id)) ?? found);
    return {
      ...report,
      userCheckinSummary: current.userCheckinSummary ?? null,
      checkinStatuses: current.checkinStatuses ?? [],
    };
  }
}

function groupsOf(inputs: PlainObject): string[] | undefined {
  const groups = inputs.assignments;
  return Array.isArray(groups) ? groups.map(String) : undefined;
}

/** Groups in the order and spelling that the program gave them; others after them. */
function inKnownOrder(found: readonly string[], known: unknown): string[] {
  const given = Array.isArray(known) ? known.map(String) : [];
  const present = new Set(found.map((id) => id.toLowerCase()));
  const kept = given.filter((id) => present.has(id.toLowerCase()));
  const keptIds = new Set(kept.map((id) => id.toLowerCase()));
  return [...kept, ...found.filter((id) => !keptIds.has(id.toLowerCase())).sort()];
}
