import { listClientConfigurations } from "../../api/clientConfigurations";
import { type ConfigurationAnswer, idKey } from "../../api/configurationAnswer";
import { type GraphClient, OfficeConfigurationError } from "../../graph";
import { type Difference, difference } from "../../settings/differences";
import type { InputProblem } from "../../settings/inputProblem";
import { prioritiesProblems } from "../../settings/inputs/priorities";
import { isPlainObject, type PlainObject, sameJson, UNKNOWN } from "../../settings/json";
import { show } from "../../settings/show";
import type {
  ExclusiveUse,
  Lifecycle,
  LifecycleContext,
  ReadResult,
  ResourceState,
} from "../../update/lifecycle";
import { VISIBLE_DELAYS_MS } from "../../update/looks";
import { sendPriorities } from "../../update/priorities/priorityMoves";
import { propertyUse } from "../clientConfiguration/propertyOwners";
import { byPriority, prioritiesInOrder } from "./order";

/** Pulumi's id of the resource: an order is no object of the tenant, and has no id there. */
const PRIORITIES_ID = "priorities";

/** The subject of messages. */
const SUBJECT = "the priorities";

/**
 * The order of client configurations: sends `updatePriorities` if the order differs, and nothing on deletion.
 *
 * @see https://learn.microsoft.com/graph/api/intune-cirrus-officeclientconfiguration-updatepriorities?view=graph-rest-beta
 */
export class PrioritiesLifecycle implements Lifecycle {
  readonly noun = "order of priorities";

  label(): string {
    return "Priorities";
  }

  problems(inputs: PlainObject): InputProblem[] {
    return prioritiesProblems(inputs);
  }

  exclusiveUses(inputs: PlainObject): ExclusiveUse[] {
    return idsOf(inputs)
      .filter((id) => id !== UNKNOWN)
      .map((id) => {
        const reason = (owner: string) =>
          `names ${id}, but the resource "${owner}" already sets its priority`;
        return propertyUse(id, "priority", { path: ["configurationIds"], reason });
      });
  }

  /** One difference for each place in the order that another policy takes. */
  differences(olds: PlainObject, news: PlainObject): Difference[] {
    const [old, next] = [olds.configurationIds, news.configurationIds];
    if (sameJson(old, next)) return [];
    const [before, after] = [idsOf(olds), idsOf(news)];
    if (after.length === 0 || after.includes(UNKNOWN)) {
      return [difference(["configurationIds"], "order", { old, next })];
    }
    const names = namesOf(olds, news);
    const nameOf = (id: string | undefined) => (id === undefined ? undefined : names.get(id));
    const places = Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at);
    return places.flatMap((at): Difference[] => {
      const [was, is] = [before[at], after[at]];
      if (was === is) return [];
      const values = { old: was, next: is };
      const both = { old: nameOf(was), new: nameOf(is) };
      return [{ ...difference(["configurationIds", at], "order", values), names: both }];
    });
  }

  async create(context: LifecycleContext, inputs: PlainObject): Promise<ResourceState> {
    return { id: PRIORITIES_ID, outputs: await this.#apply(context, inputs) };
  }

  async read(
    { graph }: LifecycleContext,
    _id: string,
    known: PlainObject,
  ): Promise<ReadResult | undefined> {
    const ids = idsOf(known);
    const keys = new Set(ids.map(idKey));
    const found = (await list(graph)).filter(({ id }) => keys.has(id));
    if (found.length === 0) return undefined;
    const outputs = outputsOf(byPriority(found), ids);
    return { outputs, inputs: { configurationIds: outputs.configurationIds } };
  }

  update(
    context: LifecycleContext,
    _id: string,
    _olds: PlainObject,
    news: PlainObject,
  ): Promise<PlainObject> {
    return this.#apply(context, news);
  }

  async delete({ log }: LifecycleContext): Promise<void> {
    log(`${this.label()}: the tenant's policies keep the priorities they have`);
    return Promise.resolve();
  }

  async #apply(context: LifecycleContext, inputs: PlainObject): Promise<PlainObject> {
    const { all, ordered } = await findAll(context, idsOf(inputs));
    const priorities = prioritiesInOrder(ordered, all);
    const differing = ordered.filter(({ id, priority }) => priorities.get(id) !== priority);
    if (differing.length > 0) {
      const changed = new Map(differing.map(({ id }) => [id, priorities.get(id) ?? 0]));
      await sendPriorities(context.graph, changed, { subject: SUBJECT, action: "Changing" });
    }
    const moved = ordered.map((item) => ({ ...item, priority: priorities.get(item.id) }));
    return outputsOf(moved, idsOf(inputs));
  }
}

/** The policies with these ids, in the order of the ids. Policies made just now may be missing from the list at first. */
async function findAll({ graph, claims, wait }: LifecycleContext, ids: readonly string[]) {
  for (const delayMs of [...VISIBLE_DELAYS_MS, undefined]) {
    const all = await list(graph);
    const byId = new Map(all.map((item) => [item.id, item]));
    const missing = ids.filter((id) => !byId.has(idKey(id)));
    if (missing.length === 0)
      return { all, ordered: ids.flatMap((id) => byId.get(idKey(id)) ?? []) };
    const isNew = missing.every((id) => claims.isTaken(id));
    if (!isNew || delayMs === undefined) throw notThere(missing);
    await wait(delayMs, "Waiting for the policies of the order");
  }
  throw notThere(ids);
}

async function list(graph: GraphClient): Promise<ConfigurationAnswer[]> {
  return (await listClientConfigurations(graph, { subject: SUBJECT, action: "Reading" })).policies;
}

function notThere(ids: readonly string[]): OfficeConfigurationError {
  return new OfficeConfigurationError(
    `The priorities name ${ids.join(", ")}, but the tenant has no client configuration with ${ids.length === 1 ? "this id" : "these ids"}. Remove ${ids.length === 1 ? "it" : "them"} from configurationIds, or create the policies first. Nothing was changed.`,
  );
}

/** @param given - The ids as the program spells them. */
function outputsOf(ordered: readonly ConfigurationAnswer[], given: readonly string[]): PlainObject {
  const spelling = new Map(given.map((id) => [idKey(id), id]));
  const spelt = (id: string) => spelling.get(id) ?? id;
  return {
    configurationIds: ordered.map(({ id }) => spelt(id)),
    configurations: ordered.map(({ id, displayName, priority }) => ({
      configurationId: spelt(id),
      displayName: displayName ?? null,
      priority: priority ?? null,
    })),
  };
}

function idsOf({ configurationIds }: PlainObject): string[] {
  return Array.isArray(configurationIds) ? configurationIds.map(String) : [];
}

/** The names that the policies had at the last read of the tenant. */
function namesOf(...states: readonly PlainObject[]): Map<string, string> {
  const known = states.flatMap(({ configurations }) =>
    Array.isArray(configurations) ? configurations.filter(isPlainObject) : [],
  );
  return new Map(
    known.map(({ configurationId, displayName }) => [String(configurationId), show(displayName)]),
  );
}
