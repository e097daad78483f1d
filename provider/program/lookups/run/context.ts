import { ConfigurationReader } from "../../../api/configurationReader";
import { type GraphCallOptions, type GraphClient, withLimit } from "../../../graph";
import { policyLabel } from "../../../settings/label";
import { show } from "../../../settings/show";

/** Options of a lookup's context. */
export interface LookupContextOptions {
  /** Stops the lookup's requests. */
  readonly signal?: AbortSignal | undefined;
  /** Whether messages must not repeat the arguments. @default false */
  readonly isSecret?: boolean;
}

/** The tenant of a lookup, and its options. */
export class LookupContext {
  readonly graph: GraphClient;
  readonly isSecret: boolean;

  constructor(graph: GraphClient, { signal, isSecret = false }: LookupContextOptions = {}) {
    this.graph = withLimit(graph, { signal });
    this.isSecret = isSecret;
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
    const label = this.isSecret ? "[secret]" : policyLabel({ displayName: name });
    return new ConfigurationReader(this.graph, { label });
  }

  /** An argument's value, as a message may show it. */
  show(value: string): string {
    return this.isSecret ? "[secret]" : show(value);
  }
}
