import { ConfigurationReader } from "../clientConfiguration/reader";
import { SECRETS_KEY } from "../clientConfiguration/secretsKey";
import type { GraphCallOptions, GraphClient } from "../graph";
import { show } from "../payload/changes";

/** What a lookup is made with. */
export interface LookupContextOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether messages must not repeat what was asked for. */
  readonly isSecret?: boolean;
}

/** The tenant that a lookup asks, and how it asks. */
export class LookupContext {
  readonly isSecret: boolean;
  readonly #signal: AbortSignal | undefined;

  constructor(
    readonly graph: GraphClient,
    { signal, isSecret = false }: LookupContextOptions = {},
  ) {
    this.#signal = signal;
    this.isSecret = isSecret;
  }

  /** The words of a message, and the signal that stops the request. */
  call(action: string, subject?: string): GraphCallOptions {
    return {
      action,
      ...(subject !== undefined && { subject }),
      ...(this.#signal && { signal: this.#signal }),
    };
  }

  /** A reader of one policy. @param name - How messages call it: its display name, or its id. */
  reader(name: string): ConfigurationReader {
    return new LookupReader(this, name);
  }

  /** What was asked for, as a message may show it. */
  show(value: string): string {
    return this.isSecret ? "[secret]" : show(value);
  }
}

/** Reads a policy of either type, and stops when its lookup does. */
class LookupReader extends ConfigurationReader {
  readonly #context: LookupContext;

  constructor(context: LookupContext, name: string) {
    const secrets = context.isSecret ? ["displayName"] : [];
    super(context.graph, undefined, { displayName: name, [SECRETS_KEY]: secrets });
    this.#context = context;
  }

  override call(action: string): GraphCallOptions {
    return this.#context.call(action, this.subject);
  }
}
