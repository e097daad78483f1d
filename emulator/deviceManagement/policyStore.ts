import { randomUUID } from "node:crypto";
import { keyOf } from "../graph/stored";

/** The template that a policy was made from. All other policies have an empty id. */
export interface TemplateReference {
  readonly templateId: string;
  readonly templateFamily: string;
  readonly templateDisplayName: string | null;
  readonly templateDisplayVersion: string | null;
}

/** Target of an assignment, in Graph's JSON. */
export interface PolicyTarget {
  readonly "@odata.type": string;
  readonly groupId?: string | null | undefined;
  readonly deviceAndAppManagementAssignmentFilterId?: string | null | undefined;
  readonly deviceAndAppManagementAssignmentFilterType?:
    | "none"
    | "include"
    | "exclude"
    | null
    | undefined;
}

/** A policy of Intune's settings catalogue in the tenant. */
export interface StoredPolicy {
  readonly id: string;
  name: string;
  description: string | null;
  platforms: string;
  technologies: string;
  roleScopeTagIds: readonly string[];
  readonly templateReference: TemplateReference;
  /** Instances of settings, in Graph's JSON. */
  settings: readonly Readonly<Record<string, unknown>>[];
  /** Targets of its assignments. */
  targets: readonly PolicyTarget[];
  readonly createdDateTime: string;
  lastModifiedDateTime: string;
  /** Number of reads that still answer 404. */
  hiddenReads: number;
  /** Number of changes. */
  version: number;
}

/** Properties that tests may change behind a client's back. */
export type PolicyPatch = Partial<
  Pick<
    StoredPolicy,
    | "name"
    | "description"
    | "platforms"
    | "technologies"
    | "roleScopeTagIds"
    | "settings"
    | "targets"
  >
>;

/** A policy to add. */
export type NewPolicy = PolicyPatch & {
  readonly name: string;
  readonly id?: string | undefined;
  readonly templateReference?: Partial<TemplateReference> | undefined;
  readonly hiddenReads?: number;
};

/** Template reference of all policies that were not made from a template. */
export const NO_TEMPLATE: TemplateReference = {
  templateId: "",
  templateFamily: "none",
  templateDisplayName: null,
  templateDisplayVersion: null,
};

/** Intune's policies of the emulated tenant. */
export class PolicyStore {
  readonly #policies = new Map<string, StoredPolicy>();
  readonly #clock: () => Date;
  readonly #ids: () => string;

  constructor(clock: () => Date = () => new Date(), ids: () => string = randomUUID) {
    this.#clock = clock;
    this.#ids = ids;
  }

  /** All policies, in the order of their creation. */
  list(): StoredPolicy[] {
    return [...this.#policies.values()];
  }

  /** The policy with an id, in upper or lower case. */
  get(id: string): StoredPolicy | undefined {
    return this.#policies.get(keyOf(id));
  }

  /** Adds a policy, for Windows unless it says otherwise. */
  insert({ id = this.#ids(), templateReference, ...values }: NewPolicy): StoredPolicy {
    const now = this.#clock().toISOString();
    const policy: StoredPolicy = {
      id,
      description: null,
      platforms: "windows10",
      technologies: "mdm",
      roleScopeTagIds: ["0"],
      settings: [],
      targets: [],
      hiddenReads: 0,
      ...values,
      templateReference: { ...NO_TEMPLATE, ...templateReference },
      createdDateTime: now,
      lastModifiedDateTime: now,
      version: 0,
    };
    this.#policies.set(keyOf(id), policy);
    return policy;
  }

  /** Changes a policy. Throws if there is none. */
  patch(id: string, values: PolicyPatch): StoredPolicy {
    const policy = this.get(id);
    if (policy === undefined) throw new Error(`The emulator holds no policy ${id}.`);
    Object.assign(policy, values);
    policy.lastModifiedDateTime = this.#clock().toISOString();
    policy.version += 1;
    return policy;
  }

  remove(id: string): boolean {
    return this.#policies.delete(keyOf(id));
  }

  clear(): void {
    this.#policies.clear();
  }
}
