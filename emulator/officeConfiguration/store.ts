import { randomUUID } from "node:crypto";
import { keyOf } from "../graph/stored";
import { SCALAR_NAMES, type ScalarChanges, type StoredScalars, scalarsOf } from "./scalars";
import type { ConfigurationType, SeedConfiguration } from "./seed";

/** A group that a client configuration is assigned to. */
export interface StoredAssignment {
  readonly id: string;
  readonly groupId: string | null;
}

/** A client configuration in the tenant. */
export interface StoredConfiguration extends StoredScalars {
  readonly id: string;
  readonly type: ConfigurationType;
  policyPayload: Buffer | null;
  userPreferencePayload: Buffer | null;
  assignments: StoredAssignment[];
  lastModifiedDateTime: string;
  userCheckinSummary: unknown;
  checkinStatuses: unknown[];
  /** Number of reads that still answer 404. */
  hiddenReads: number;
  version: number;
}

/** Properties that tests may change behind a client's back. Payloads: bytes, text, or any JSON. */
export interface StorePatch extends ScalarChanges {
  readonly policyPayload?: unknown;
  readonly userPreferencePayload?: unknown;
  readonly groupIds?: readonly (string | null)[];
  readonly userCheckinSummary?: unknown;
  readonly checkinStatuses?: unknown[];
}

/** Told of a change of an object, after it; of a deletion, before it. */
export type OnChange = (
  operation: "Created" | "Updated" | "Deleted",
  object: StoredConfiguration,
) => void;

/** The singleton's own properties. */
export interface StoredSingleton {
  tenantCheckinStatuses: unknown;
  tenantUserCheckinSummary: unknown;
}

const NO_SCALARS = Object.fromEntries(
  SCALAR_NAMES.map((name) => [name, null]),
) as unknown as StoredScalars;

/** Contents of the emulated tenant. */
export class Store {
  singleton: StoredSingleton = emptySingleton();
  /** Default: nobody is told. */
  onChange: OnChange = () => {};
  readonly #objects = new Map<string, StoredConfiguration>();
  readonly #clock: () => Date;
  readonly #ids: () => string;

  constructor(clock: () => Date = () => new Date(), ids: () => string = randomUUID) {
    this.#clock = clock;
    this.#ids = ids;
  }

  /** All client configurations, in the order of their creation. */
  list(): StoredConfiguration[] {
    return [...this.#objects.values()];
  }

  /** The object with an id, in upper or lower case. */
  get(id: string): StoredConfiguration | undefined {
    return this.#objects.get(keyOf(id));
  }

  /** Adds an object. Its priority is the next free one by default. */
  insert(
    values: Pick<StoredConfiguration, "type"> & StorePatch & { hiddenReads?: number },
  ): StoredConfiguration {
    const object: StoredConfiguration = {
      id: this.#ids(),
      type: values.type,
      ...NO_SCALARS,
      priority: values.priority ?? this.nextPriority(),
      policyPayload: null,
      userPreferencePayload: null,
      assignments: [],
      lastModifiedDateTime: this.#clock().toISOString(),
      userCheckinSummary: { succeededUserCount: 0, failedUserCount: 0 },
      checkinStatuses: [],
      hiddenReads: values.hiddenReads ?? 0,
      version: 0,
    };
    this.#objects.set(keyOf(object.id), object);
    this.#apply(object, values);
    this.onChange("Created", object);
    return object;
  }

  /** Changes an object. Throws if there is none. */
  patch(id: string, values: StorePatch): StoredConfiguration {
    const object = this.get(id);
    if (object === undefined) throw new Error(`The emulator holds no object ${id}.`);
    this.#apply(object, values);
    this.onChange("Updated", object);
    return object;
  }

  remove(id: string): boolean {
    const object = this.get(id);
    if (object !== undefined) this.onChange("Deleted", object);
    return this.#objects.delete(keyOf(id));
  }

  /** The lowest free priority number. */
  nextPriority(): number {
    const taken = new Set(this.list().map(({ priority }) => priority));
    let next = 0;
    while (taken.has(next)) next += 1;
    return next;
  }

  newAssignment(groupId: string | null): StoredAssignment {
    return { id: this.#ids(), groupId };
  }

  clear(): void {
    this.#objects.clear();
    this.singleton = emptySingleton();
  }

  seed(configurations: readonly SeedConfiguration[]): void {
    for (const { type, policies, userPreferences, ...rest } of configurations) {
      this.insert({
        type: type ?? "#microsoft.graph.windowsOfficeClientConfiguration",
        ...rest,
        ...(policies !== undefined && { policyPayload: JSON.stringify(policies) }),
        ...(userPreferences !== undefined && {
          userPreferencePayload: JSON.stringify(userPreferences),
        }),
      });
    }
  }

  #apply(object: StoredConfiguration, values: StorePatch): void {
    const { groupIds, policyPayload, userPreferencePayload } = values;
    const { userCheckinSummary, checkinStatuses } = values;
    Object.assign(object, scalarsOf(values));
    if (userCheckinSummary !== undefined) object.userCheckinSummary = userCheckinSummary;
    if (checkinStatuses !== undefined) object.checkinStatuses = checkinStatuses;
    if (policyPayload !== undefined) object.policyPayload = bytesOf(policyPayload);
    if (userPreferencePayload !== undefined) {
      object.userPreferencePayload = bytesOf(userPreferencePayload);
    }
    if (groupIds !== undefined) {
      object.assignments = groupIds.map((groupId) => this.newAssignment(groupId));
    }
    object.lastModifiedDateTime = this.#clock().toISOString();
    object.version += 1;
  }
}

function emptySingleton(): StoredSingleton {
  return {
    tenantCheckinStatuses: [],
    tenantUserCheckinSummary: { succeededUserCount: 0, failedUserCount: 0 },
  };
}

function bytesOf(payload: unknown): Buffer | null {
  if (payload === null || Buffer.isBuffer(payload)) return payload as Buffer | null;
  return Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload), "utf8");
}
