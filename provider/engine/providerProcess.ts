import { forgetting } from "../clientConfiguration/tenantReads";
import {
  CONFIG_NAMESPACE,
  createSession,
  isSessionConfigError,
  resolveSessionConfig,
  type Session,
  SessionConfigError,
  type SessionSummary,
  type StackConfig,
  unknownSettings,
} from "../graph";
import type { LifecycleContext, SharedWork } from "../lifecycle";
import { sharedWork } from "../sharedWork";
import { type OperationLimit, operationContext } from "../update/operation";
import { Announcer } from "./announcer";
import { actualTenant } from "./tenant";

/** The context of a lifecycle, and the tenant it works in. */
export interface TenantContext {
  readonly context: LifecycleContext;
  /** The GUID of the tenant; undefined where neither token nor settings say it. */
  readonly tenantId: string | undefined;
  readonly session: SessionSummary;
}

/**
 * What all resources of a provider process share: one process serves a whole update, so one session
 * with one memory of tokens and of throttling serves all of its resources.
 */
export class ProviderProcess {
  readonly announcer = new Announcer();
  readonly shared: SharedWork = sharedWork();
  #session: Session | undefined;
  #configurationError: Error | undefined;
  #unknownSettings: readonly string[] = [];
  #isConfigured = false;
  #isReported = false;

  /**
   * Reads the stack's configuration and the environment. Nothing is asked of anybody here: a preview
   * needs no credential.
   *
   * The work is done at once and not awaited, because the engine lets other calls overtake a
   * `configure` that waits. Errors are kept and told by the calls that follow.
   */
  configure(get: (key: string) => string | undefined, stack?: StackConfig): void {
    if (this.#isConfigured) return;
    this.#isConfigured = true;
    // Not an error of the session: `refresh` and `destroy` get the configuration of the last `up`, so
    // there nobody could mend it.
    this.#unknownSettings = stack === undefined ? [] : unknownSettings(stack);
    try {
      const getConfig = (key: string) => get(`${CONFIG_NAMESPACE}:${key}`);
      const config = resolveSessionConfig(getConfig, process.env);
      const session = createSession(config, { log: (line) => this.announcer.say([line]) });
      const { knownTenantId } = session.config;
      // A token that was given says whose it is at once; others are asked for when they are needed.
      actualTenant(session.config, { ...(knownTenantId && { tenantId: knownTenantId }) });
      this.#session = session;
    } catch (error) {
      this.#configurationError = error as Error;
    }
  }

  /** What is wrong with the configuration, as `check` reports it: in full once, not per resource. */
  configurationProblems(): { property: string; reason: string }[] {
    const message = this.#configurationMessage();
    if (message === undefined) return [];
    const reason = this.#isReported
      ? "the provider is not configured, as said for the first resource"
      : message;
    this.#isReported = true;
    return [{ property: "", reason }];
  }

  /** What is known of the session without asking anybody. */
  get summary(): SessionSummary {
    return this.#configured().config;
  }

  /**
   * The context in which lifecycles work. Signing in counts for its limit.
   *
   * @throws OfficeConfigurationError if the credential is for another tenant than the settings name.
   */
  async context(limit: OperationLimit = {}): Promise<TenantContext> {
    const { graph, config } = this.#configured();
    const log = (line: string) => this.announcer.say([line]);
    const { shared } = this;
    const parts = { shared, graph: forgetting(graph, shared.reads), log };
    const context = operationContext(parts, limit);
    const tenantId = actualTenant(config, await context.graph.caller());
    return { context, tenantId, session: config };
  }

  #configurationMessage(): string | undefined {
    const [error, unknown] = [this.#configurationError, this.#unknownSettings];
    if (unknown.length === 0) return error?.message;
    const others = isSessionConfigError(error) ? error.problems : error ? [error.message] : [];
    return new SessionConfigError([...unknown, ...others]).message;
  }

  #configured(): Session {
    if (this.#configurationError !== undefined) throw this.#configurationError;
    if (this.#session === undefined) throw new Error("The engine did not configure the provider.");
    return this.#session;
  }
}
