import { randomUUID } from "node:crypto";

/** Settings that the service is documented to support. */
const COPILOT_SETTINGS = [
  "microsoft.copilot.copilotchatpinning",
  "microsoft.copilot.blockaccesstoopenfiles",
  "microsoft.copilot.imagegeneration",
  "microsoft.copilot.allowwebsearch",
  "microsoft.copilot.allowinadmincenters",
] as const;

/** A policy for the whole tenant, with the values that it gives settings. */
export interface CopilotPolicy {
  readonly id: string;
  readonly values: Map<string, string>;
}

/** A setting as the service resolves it. */
export interface ResolvedSetting {
  readonly value: string | null;
  readonly policyId: string | null;
}

/** Copilot's policies of the emulated tenant. */
export class CopilotStore {
  /** Policies for the whole tenant; the first that has a setting gives its value. */
  readonly policies: CopilotPolicy[] = [];
  /** Ids of the settings that the service supports: five, and those that a test adds. */
  readonly supported = new Set<string>(COPILOT_SETTINGS);
  /** Settings that a policy for groups has. */
  readonly groupScoped = new Set<string>();
  /** Whether the tenant has more policies for groups than the service supports. */
  hasTooManyGroupPolicies = false;
  readonly #ids: () => string;

  constructor(ids: () => string = randomUUID) {
    this.#ids = ids;
  }

  /** The policy that gives a setting its value, otherwise the first one. */
  resolve(setting: string): CopilotPolicy | undefined {
    return this.policies.find(({ values }) => values.has(setting)) ?? this.policies[0];
  }

  /** Value of a setting, and the policy that it is read from. */
  get(setting: string): ResolvedSetting {
    const policy = this.resolve(setting);
    return { value: policy?.values.get(setting) ?? null, policyId: policy?.id ?? null };
  }

  /** Sets or clears a value, in a new policy if the tenant has none. @returns the policy. */
  set(setting: string, value: string | null, policy = this.resolve(setting)): CopilotPolicy {
    const changed = policy ?? this.addPolicy();
    if (value === null) changed.values.delete(setting);
    else changed.values.set(setting, value);
    return changed;
  }

  addPolicy(values: Readonly<Record<string, string>> = {}): CopilotPolicy {
    const policy = { id: this.#ids(), values: new Map(Object.entries(values)) };
    this.policies.push(policy);
    return policy;
  }

  clear(): void {
    this.policies.length = 0;
    this.groupScoped.clear();
    this.supported.clear();
    for (const id of COPILOT_SETTINGS) this.supported.add(id);
    this.hasTooManyGroupPolicies = false;
  }
}
