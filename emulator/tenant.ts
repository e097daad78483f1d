import { type ConfigurationBody, payloadOf } from "./bodies";
import { badRequest, GraphError, notFound } from "./errors";
import { configurationObject, type GraphObject } from "./objects";
import type { Store, StoredConfiguration, StorePatch } from "./store";
import type { ConfigurationType, EmulatorMode } from "./types";

const CONCRETE_TYPES: readonly string[] = [
  "#microsoft.graph.windowsOfficeClientConfiguration",
  "#microsoft.graph.windowsOfficeClientSecurityConfiguration",
] satisfies ConfigurationType[];

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
    if (found === undefined || !matches(found, cast)) throw notFound(id);
    if (found.hiddenReads > 0) {
      found.hiddenReads -= 1;
      throw notFound(id);
    }
    return found;
  }

  /** The objects that a list shows. */
  visible(cast?: string): StoredConfiguration[] {
    return this.store.list().filter((item) => item.hiddenReads === 0 && matches(item, cast));
  }

  json(stored: StoredConfiguration, withAssignments = false): GraphObject {
    const options = { graphUrl: this.graphUrl(), withAssignments };
    return configurationObject(stored, this.mode, options);
  }

  create(body: ConfigurationBody): StoredConfiguration {
    const type = concreteType(body["@odata.type"]);
    this.#refuseTakenPriority(body.priority, undefined);
    const { assignments } = body;
    const isKept = this.mode.assignmentsInPost === "honoured";
    const stored = this.store.insert({
      type,
      ...patchOf(body),
      hiddenReads: this.mode.visibleAfterReads,
    });
    if (isKept && assignments) this.assign(stored, assignments);
    return stored;
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
    stored.assignments = assignments.map(({ target }) =>
      this.store.newAssignment(target?.groupId ?? null),
    );
    stored.version += 1;
  }

  /** Gives several objects their priorities, all or none. */
  prioritize(ids: readonly string[], priorities: readonly number[]): void {
    if (ids.length !== priorities.length) {
      throw badRequest("The lists of policy ids and of priorities differ in length.");
    }
    if (new Set(ids).size !== ids.length) throw badRequest("A policy id stands twice.");
    const wanted = new Map(ids.map((id, index) => [this.find(id).id, priorities[index] ?? 0]));
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
  if (CONCRETE_TYPES.includes(name)) return name as ConfigurationType;
  throw badRequest(
    type === undefined
      ? "The property '@odata.type' is required: officeClientConfiguration is abstract."
      : `The type '${type}' cannot be created: give one of ${CONCRETE_TYPES.join(", ")}.`,
  );
}

function isSameOrBase(type: string, own: ConfigurationType): boolean {
  const name = type.replace(/^#/, "");
  return `#${name}` === own || name === "microsoft.graph.officeClientConfiguration";
}

function matches(stored: StoredConfiguration, cast: string | undefined): boolean {
  return cast === undefined || isSameOrBase(cast, stored.type);
}

/** What a body changes. What belongs to the service (id, check-ins, dates) is left aside. */
function patchOf(body: ConfigurationBody): StorePatch {
  const { displayName, description, priority, policyPayload, userPreferencePayload } = body;
  return {
    ...(displayName !== undefined && { displayName }),
    ...(description !== undefined && { description }),
    ...(priority !== undefined && { priority }),
    ...(policyPayload !== undefined && {
      policyPayload: policyPayload === null ? null : payloadOf(policyPayload),
    }),
    ...(userPreferencePayload !== undefined && {
      userPreferencePayload:
        userPreferencePayload === null ? null : payloadOf(userPreferencePayload),
    }),
  };
}
