import { ConfigurationPolicyReader } from "../../../api/configurationPolicyReader";
import { ConfigurationReader } from "../../../api/configurationReader";
import { type GraphCallOptions, type GraphClient, withLimit } from "../../../graph";
import type { IntuneSettings } from "../../../intune/intuneSettings";
import { policyLabel } from "../../../settings/label";
import { show } from "../../../settings/show";

/** Options of a lookup's context. */
export interface LookupContextOptions {
  /** Stops the lookup's requests. */
  readonly signal?: AbortSignal | undefined;
  /** Whether messages must not repeat the arguments. @default false */
  readonly isSecret?: boolean;
  /** The project's catalogue by Intune's definitions. */
  readonly intune: () => IntuneSettings;
}

/** The tenant of a lookup, and its options. */
export class LookupContext {
  readonly graph: GraphClient;
  readonly isSecret: boolean;
  /** The project's catalogue by Intune's definitions. @throws CatalogueError if it cannot be used, or has none. */
  readonly intune: () => IntuneSettings;

  constructor(graph: GraphClient, { signal, isSecret = false, intune }: LookupContextOptions) {
    this.graph = withLimit(graph, { signal });
    this.isSecret = isSecret;
    this.intune = intune;
  }

  /** The action and its object, for messages. */
  call(action: string, subject?: string): GraphCallOptions {
    return { action, ...(subject !== undefined && { subject }) };
  }

  /**
   * A reader of one policy, of either type.
   *
   * @param name - Name of the policy in messages: its display name, or its id.
   */
  reader(name: string): ConfigurationReader {
    return new ConfigurationReader(this.graph, { label: this.#label(name) });
  }

  /** The same for a policy of Intune's. */
  intuneReader(name: string): ConfigurationPolicyReader {
    return new ConfigurationPolicyReader(this.graph, this.#label(name));
  }

  #label(name: string): string {
    return this.isSecret ? "[secret]" : policyLabel({ displayName: name });
  }

  /** An argument's value, as a message may show it. */
  show(value: string): string {
    return this.isSecret ? "[secret]" : show(value);
  }
}
