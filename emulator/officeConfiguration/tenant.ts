import type { GraphObject } from "../graph/api";
import { badRequest, GraphError, notFound } from "../graph/errors";
import { Query } from "../graph/query";
import { type Place, shown } from "../graph/shown";
import { countRead, isNamed } from "../graph/stored";
import type { EmulatorMode } from "../modes";
import { type AssignmentTarget, type ConfigurationBody, payloadOf } from "./bodies";
import { configurationObject } from "./objects";
import { scalarsOf } from "./scalars";
import { CONFIGURATION_TYPES, type ConfigurationType } from "./seed";
import type { Store, StoredConfiguration, StorePatch } from "./store";
import { VOCABULARY } from "./vocabulary";

/** The rules of client configurations, on top of the store. */
export class Tenant {
  constructor(
    readonly store: Store,
    readonly mode: EmulatorMode,
    readonly graphUrl: () => string,
  ) {}

  /** The object, or Graph's 404; a new one may not be visible yet. */
  find(id: string, cast?: string): StoredConfiguration {
    const found = this.store.get(id);
    if (found === undefined || !isNamed(id, found.id, this.mode)) throw notFound(id);
    this.#refuseUnserved(cast);
    if (!matches(found, cast) || !this.#isServed(found.type) || !countRead(found)) {
      throw notFound(id);
    }
    return found;
  }

  /** The assignment of an object, with its position, or Graph's 404. */
  findAssignment(stored: StoredConfiguration, id: string) {
    const index = stored.assignments.findIndex((item) => isNamed(id, item.id, this.mode));
    const assignment = stored.assignments[index];
    if (assignment === undefined) throw notFound(id);
    return { index, assignment };
  }

  /** The visible objects of a list. A list counts as a read of each object. */
  visible(cast?: string): StoredConfiguration[] {
    this.#refuseUnserved(cast);
    return this.store
      .list()
      .filter((item) => matches(item, cast) && this.#isServed(item.type) && countRead(item));
  }

  #isServed(type: string): boolean {
    const { configurationTypes } = this.mode;
    const isSecurity = type.endsWith("SecurityConfiguration");
    return configurationTypes === "both" || isSecurity === (configurationTypes === "security");
  }

  #refuseUnserved(type: string | undefined): void {
    const isConcrete = CONFIGURATION_TYPES.some((concrete) => concrete === type);
    if (type === undefined || !isConcrete || this.#isServed(type)) return;
    throw badRequest(`Resource not found for the segment '${type.slice(1)}'.`);
  }

  json(stored: StoredConfiguration, withAssignments = false): GraphObject {
    const options = { graphUrl: this.graphUrl(), withAssignments };
    return configurationObject(stored, this.mode, options);
  }

  /** An object in an answer of its own. */
  alone(object: GraphObject, askedId?: string): GraphObject {
    return this.#shown(object, { kind: "alone", ...(askedId !== undefined && { askedId }) });
  }

  /** An object in the answer to its creation. */
  created(object: GraphObject): GraphObject {
    return this.#shown(object, { kind: "created" });
  }

  #shown(object: GraphObject, place: Place): GraphObject {
    return shown(object, { mode: this.mode, forms: VOCABULARY.forms, place });
  }

  /** One page of a list, according to the modes. */
  page(items: readonly GraphObject[], query: Query, context: string): object {
    return query.page(items, { mode: this.mode, origin: new URL(this.graphUrl()).origin, context });
  }

  /** The query options of a request. */
  query(url: string): Query {
    return new Query(new URL(url), VOCABULARY);
  }

  create(body: ConfigurationBody, cast?: string): StoredConfiguration {
    const type = concreteType(body["@odata.type"] ?? cast);
    this.#refuseUnserved(type);
    if (cast !== undefined && !isSameOrBase(cast, type)) {
      throw badRequest(`A ${type} cannot be created among ${cast}.`);
    }
    this.#refuseTakenPriority(body.priority, undefined);
    // Before anything is stored: a refused body must leave nothing behind.
    const groupIds = (body.assignments ?? []).map(({ target }) => groupOf(target));
    const isKept = this.mode.assignmentsInPost === "honoured";
    return this.store.insert({
      type,
      ...patchOf(body),
      ...(isKept && { groupIds }),
      hiddenReads: this.mode.visibleAfterReads,
    });
  }

  update(stored: StoredConfiguration, body: ConfigurationBody): void {
    const type = body["@odata.type"];
    if (type === undefined && this.mode.requireODataType) {
      throw badRequest("The property '@odata.type' is required for a derived type.");
    }
    if (type !== undefined && !isSameOrBase(type, stored.type)) {
      throw badRequest(`The object is a ${stored.type}, and its type cannot become ${type}.`);
    }
    this.#refuseTakenPriority(body.priority, stored.id);
    this.store.patch(stored.id, patchOf(body));
  }

  /** Replaces all groups. */
  assign(
    stored: StoredConfiguration,
    assignments: NonNullable<ConfigurationBody["assignments"]>,
  ): void {
    const groups = assignments.map(({ target }) => groupOf(target));
    stored.assignments = groups.map((groupId) => this.store.newAssignment(groupId));
    stored.version += 1;
    this.store.onChange("Updated", stored);
  }

  /** Gives several objects their priorities, all or none. */
  prioritize(ids: readonly string[], priorities: readonly number[]): void {
    if (ids.length !== priorities.length) {
      throw badRequest("The lists of policy ids and of priorities differ in length.");
    }
    const wanted = new Map(ids.map((id, index) => [this.find(id).id, priorities[index] ?? 0]));
    if (wanted.size !== ids.length) throw badRequest("A policy id stands twice.");
    const after = this.store.list().map((item) => wanted.get(item.id) ?? item.priority);
    if (new Set(after).size !== after.length) throw priorityTaken(undefined);
    for (const [id, priority] of wanted) this.store.patch(id, { priority });
  }

  #refuseTakenPriority(priority: number | undefined, ownId: string | undefined): void {
    if (priority === undefined) return;
    const holder = this.store.list().find((item) => item.priority === priority);
    if (holder !== undefined && holder.id !== ownId) throw priorityTaken(priority);
  }
}

function priorityTaken(priority: number | undefined): GraphError {
  const which = priority === undefined ? "A priority" : `The priority ${priority}`;
  return new GraphError(409, "Conflict", `${which} is taken by another policy of the tenant.`);
}

function concreteType(type: string | undefined): ConfigurationType {
  const name = type?.startsWith("#") ? type : `#${type ?? ""}`;
  const known = CONFIGURATION_TYPES.find((concrete) => concrete === name);
  if (known !== undefined) return known;
  throw badRequest(
    type === undefined
      ? "The property '@odata.type' is required: officeClientConfiguration is abstract."
      : `The type '${type}' cannot be created: give one of ${CONFIGURATION_TYPES.join(", ")}.`,
  );
}

function isSameOrBase(type: string, own: ConfigurationType): boolean {
  const name = type.replace(/^#/, "");
  return `#${name}` === own || name === "microsoft.graph.officeClientConfiguration";
}

function matches(stored: StoredConfiguration, cast: string | undefined): boolean {
  return cast === undefined || isSameOrBase(cast, stored.type);
}

/** The group of a target. Only one kind of target can be created, and a body must name it. */
export function groupOf(target: AssignmentTarget): string | null {
  const type = target?.["@odata.type"]?.replace(/^#/, "");
  if (target != null && type !== "microsoft.graph.officeConfigurationGroupAssignmentTarget") {
    throw badRequest(`The '@odata.type' of an assignment's target cannot be '${type}'.`);
  }
  return target?.groupId ?? null;
}

/** Properties that a body changes. Excludes the id, the date and the groups. */
function patchOf(body: ConfigurationBody): StorePatch {
  const { policyPayload, userPreferencePayload } = body;
  const { userCheckinSummary, checkinStatuses } = body;
  return {
    ...(userCheckinSummary !== undefined && { userCheckinSummary }),
    ...(checkinStatuses !== undefined && { checkinStatuses: checkinStatuses ?? [] }),
    ...scalarsOf(body),
    ...(policyPayload !== undefined && {
      policyPayload: policyPayload === null ? null : payloadOf(policyPayload),
    }),
    ...(userPreferencePayload !== undefined && {
      userPreferencePayload:
        userPreferencePayload === null ? null : payloadOf(userPreferencePayload),
    }),
  };
}
