import {
  type Clock,
  CONFIG_NAMESPACE,
  createSession,
  resolveSessionConfig,
  type Session,
  SessionConfigError,
  type SessionSummary,
  type StackConfig,
  systemClock,
  unknownSettings,
} from "../graph";
import { actualTenant, withLimit } from "../graph/index";
import type { Transport } from "../graph/transport";
import type { InputProblem } from "../settings/inputProblem";
import type { Owner } from "../update/claims";
import { CreationRecords, recordsFolder } from "../update/creationRecords";
import type { LifecycleContext, SharedWork } from "../update/lifecycle";
import { type OperationLimit, operationContext } from "../update/operation";
import { forgetting } from "../update/reads/forgetting";
import { sharedWork } from "../update/sharedWork";
import { Announcer } from "./announcer";
import { ToldErrors } from "./toldErrors";

/** How long a preview waits for a token, and for a list, to see whether names are free; in milliseconds. */
export const NAMES_MOST_MS = 30_000;

/** Parts of the world that a provider process works in; a test gives others. */
export interface ProcessParts {
  /** Says lines to whoever runs the update. @default on standard output, each once a run */
  readonly announcer?: Announcer;
  /** @default that of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** @default the system's */
  readonly clock?: Clock;
  /** Cancels all operations. @default never */
  readonly signal?: AbortSignal;
  /** How requests leave this process. @default HTTP */
  readonly transport?: Transport;
}

/** The context of a lifecycle, and the tenant it works in. */
export interface TenantContext {
  readonly context: LifecycleContext;
  /** The GUID of the tenant; undefined where neither token nor settings say it. */
  readonly tenantId: string | undefined;
  readonly session: SessionSummary;
}

/**
 * State shared by all resources of a provider process: one process serves a whole update, so one session
 * with one memory of tokens and of throttling serves all of its resources.
 */
export class ProviderProcess {
  readonly told = new ToldErrors();
  readonly announcer: Announcer;
  readonly clock: Clock;
  readonly shared: SharedWork;
  readonly #env: NodeJS.ProcessEnv;
  readonly #signal: AbortSignal | undefined;
  readonly #transport: Transport | undefined;
  #names: Promise<boolean> | undefined;
  #session: Session | undefined;
  #configurationError: Error | undefined;
  #unknownSettings: readonly string[] = [];
  #isConfigured = false;

  constructor({ env = process.env, clock = systemClock, ...parts }: ProcessParts = {}) {
    this.announcer = parts.announcer ?? new Announcer(env);
    this.clock = clock;
    this.#env = env;
    this.#signal = parts.signal;
    this.#transport = parts.transport;
    const records = new CreationRecords(recordsFolder(env), env.PULUMI_BACKEND_URL, {
      now: () => clock.now(),
      say: this.#say,
    });
    this.shared = sharedWork(clock, records);
  }

  readonly #say = (line: string): void => this.announcer.say([line]);

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
      const config = resolveSessionConfig(getConfig, this.#env);
      const session = createSession(config, {
        log: this.#say,
        clock: this.clock,
        ...(this.#transport && { transport: this.#transport }),
      });
      const { knownTenantId } = session.config;
      // A token that was given says whose it is at once; others are asked for when they are needed.
      actualTenant(session.config, { ...(knownTenantId && { tenantId: knownTenantId }) });
      this.#session = session;
    } catch (error) {
      this.#configurationError = error as Error;
    }
  }

  /**
   * The problems of the configuration: in full once, not per resource.
   *
   * @param resource - The name of the resource that they are problems of.
   */
  configurationProblems(resource: string): InputProblem[] {
    const failure = this.#configurationFailure();
    if (failure === undefined) return [];
    return [{ path: [], reason: this.told.brief(failure, resource) ?? failure.message }];
  }

  /** Facts about the session that need no request. */
  get summary(): SessionSummary {
    return this.#configured().config;
  }

  /**
   * The context in which lifecycles work. Signing in counts for its limit.
   *
   * @param owner - Who the resource is that is worked on.
   * @throws OfficeConfigurationError if the credential is for another tenant than the settings name.
   */
  async context(owner: Owner, limit: OperationLimit = {}): Promise<TenantContext> {
    const { graph, config } = this.#configured();
    const { shared, clock } = this;
    const parts = { shared, graph: forgetting(graph, shared.reads), log: this.#say, clock };
    const context = operationContext(parts, { signal: this.#signal, ...limit });
    const tenantId = actualTenant(config, await context.graph.caller());
    const { takeOver } = config;
    // Assigned, not spread: that would start the timer of the context's signal.
    Object.assign(context, { owner, tenantId, ...(takeOver !== undefined && { takeOver }) });
    return { context, tenantId, session: config };
  }

  /**
   * Whether a preview can see if names are free: with a credential that asks nobody to sign in. Where it
   * cannot, that is said once.
   */
  canCheckNames(): Promise<boolean> {
    this.#names ??= this.#checkNames();
    return this.#names;
  }

  /** Gives names up for the rest of the run, as a list that fails once would be waited for again and again. */
  leaveNames(reason: string): void {
    this.#names = Promise.resolve(false);
    this.announcer.say([`names not checked: ${reason}`]);
  }

  async #checkNames(): Promise<boolean> {
    const { graph, config } = this.#configured();
    try {
      if (config.credential === "deviceCode") {
        throw new Error("A device code waits for somebody to sign in, and a preview does not ask.");
      }
      const limit = { deadlineMs: this.clock.now() + NAMES_MOST_MS, signal: this.#signal };
      await withLimit(graph, limit).caller();
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.announcer.say([`names not checked: no credential. ${reason}`]);
      return false;
    }
  }

  #configurationFailure(): Error | undefined {
    const [error, unknown] = [this.#configurationError, this.#unknownSettings];
    if (unknown.length === 0) return error;
    const others = SessionConfigError.isInstance(error)
      ? error.problems
      : error
        ? [error.message]
        : [];
    return new SessionConfigError([...unknown, ...others]);
  }

  #configured(): Session {
    if (this.#configurationError !== undefined) throw this.#configurationError;
    if (this.#session === undefined) throw new Error("The engine did not configure the provider.");
    return this.#session;
  }
}
