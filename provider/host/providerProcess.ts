import {
  addToReport,
  type DriftReport,
  type ReportRequest,
  reportRequest,
} from "../api/driftReport";
import { CatalogueError } from "../catalogue/catalogueError";
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
import type { IntuneSettings } from "../intune/intuneSettings";
import type { Glossary } from "../settings/glossary";
import type { InputProblem } from "../settings/inputProblem";
import type { PlainObject } from "../settings/json";
import type { Owner } from "../update/claims";
import { CreationRecords, recordsFolder } from "../update/creationRecords";
import type { Lifecycle, LifecycleContext, SharedWork } from "../update/lifecycle";
import { type OperationLimit, operationContext } from "../update/operation";
import { forgetting } from "../update/reads/forgetting";
import { sharedWork } from "../update/sharedWork";
import { Announcer } from "./announcer";
import { AuditQueryRecord } from "./auditQueryRecord";
import { AuditTrail } from "./auditTrail";
import {
  type CheckedSettings,
  checkSettings,
  NO_FINDINGS,
  type SettingFindings,
} from "./settingCheck";
import { StackCatalogue } from "./stackCatalogue";
import { ToldErrors } from "./toldErrors";

/** Longest wait of a preview for a token and for the list of names, in milliseconds. */
export const NAMES_MOST_MS = 30_000;

/** The environment of a provider process; tests replace parts of it. */
export interface ProcessParts {
  /** Shows lines to the user. @default on standard output, each once per run */
  readonly announcer?: Announcer;
  /** @default that of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** @default the system's */
  readonly clock?: Clock;
  /** Cancels all operations. @default never */
  readonly signal?: AbortSignal;
  /** Folder of the program. @default that of this process */
  readonly folder?: string;
  /** Transport of this process's requests. @default HTTP */
  readonly transport?: Transport;
}

/** The context of a lifecycle, and its tenant. */
export interface TenantContext {
  readonly context: LifecycleContext;
  /** The GUID of the tenant; undefined if neither token nor settings say it. */
  readonly tenantId: string | undefined;
  readonly session: SessionSummary;
}

/**
 * State shared by all resources of a provider process. One process serves a whole update, so all resources use
 * one session, with its tokens and its memory of throttling.
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
  readonly #folder: string;
  #catalogue: StackCatalogue | undefined;
  #audit: AuditTrail | undefined;
  readonly #reportRequest: ReportRequest | undefined;

  constructor({ env = process.env, clock = systemClock, ...parts }: ProcessParts = {}) {
    this.announcer = parts.announcer ?? new Announcer(env);
    this.clock = clock;
    this.#env = env;
    this.#signal = parts.signal;
    this.#folder = parts.folder ?? process.cwd();
    this.#transport = parts.transport;
    this.#reportRequest = reportRequest(env);
    const records = new CreationRecords(recordsFolder(env), env.PULUMI_BACKEND_URL, {
      now: () => clock.now(),
      say: this.#say,
    });
    this.shared = sharedWork(clock, records);
  }

  readonly #say = (line: string): void => this.announcer.say([line]);

  /**
   * Reads the stack's configuration and the environment. It sends no request: a preview needs no credential.
   *
   * The work is synchronous, because the engine lets other calls overtake a `configure` that waits. The calls
   * that follow report its errors.
   */
  configure(get: (key: string) => string | undefined, stack?: StackConfig): void {
    if (this.#isConfigured) return;
    this.#isConfigured = true;
    // Not an error of the session: `refresh` and `destroy` get the configuration of the last `up`, which
    // nobody could correct.
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
      // A ready token names its tenant at once; other credentials get a token only when one is needed.
      actualTenant(session.config, { ...(knownTenantId && { tenantId: knownTenantId }) });
      this.#session = session;
      this.#catalogue = new StackCatalogue(session.config, this.#folder, this.#say);
      this.#audit = this.#auditTrail(session);
    } catch (error) {
      this.#configurationError = error as Error;
    }
  }

  #auditTrail({ graph, config }: Session): AuditTrail {
    return new AuditTrail({
      graph,
      cloud: config.cloud,
      clock: this.clock,
      signal: this.#signal,
      waitSeconds: config.auditLogWaitSeconds,
      untilMs: this.#reportRequest?.auditUntilMs,
      say: this.#say,
      record: (tenantId) =>
        new AuditQueryRecord(recordsFolder(this.#env, "audit"), `${graph.origin} ${tenantId}`),
    });
  }

  /** The tenant's audit log. */
  readonly audit = (): AuditTrail | undefined => this.#audit;

  /** Reports drift to the tool that runs Pulumi, if it wants that. */
  readonly report = (drift: DriftReport): void => {
    if (this.#reportRequest !== undefined) addToReport(this.#reportRequest, drift);
  };

  /**
   * The problems of the configuration, in full for the first resource only.
   *
   * @param resource - The name of the resource that reports them.
   */
  configurationProblems(resource: string): InputProblem[] {
    const failure = this.#configurationFailure();
    if (failure === undefined) return [];
    return [{ path: [], reason: this.told.brief(failure, resource) ?? failure.message }];
  }

  /**
   * Checks settings by the stack's catalogue. A catalogue that cannot be used is explained in full for the first
   * resource only.
   *
   * @param resource - The name of the resource that reports it.
   */
  checkSettings(checked: CheckedSettings, resource = checked.label): SettingFindings {
    if (this.#catalogue === undefined) return NO_FINDINGS;
    try {
      return checkSettings(this.#catalogue, checked);
    } catch (error) {
      if (!(error instanceof CatalogueError)) throw error;
      const reason = this.told.brief(error, resource) ?? error.message;
      return { problems: [{ path: [], reason }], lines: [] };
    }
  }

  /**
   * Settings that Intune cannot have, if a resource's settings go there.
   *
   * @param resource - The name of the resource that reports them.
   */
  intuneProblems(
    lifecycle: Pick<Lifecycle, "intuneProblems">,
    inputs: PlainObject,
    resource: string,
  ): InputProblem[] {
    if (this.#catalogue === undefined || lifecycle.intuneProblems === undefined) return [];
    try {
      return lifecycle.intuneProblems(inputs, this.#catalogue.intune());
    } catch (error) {
      if (!(error instanceof CatalogueError)) throw error;
      return [{ path: [], reason: this.told.brief(error, resource) ?? error.message }];
    }
  }

  /** The catalogue by Intune's definitions. @throws CatalogueError if it has none. */
  readonly #intune = (): IntuneSettings => {
    if (this.#catalogue === undefined)
      throw new Error("The engine did not configure the provider.");
    return this.#catalogue.intune();
  };

  /** Words of settings, for messages. */
  readonly glossary: Glossary = (id) => this.#catalogue?.glossary(id);

  /** Facts about the session that need no request. */
  get summary(): SessionSummary {
    return this.#configured().config;
  }

  /**
   * The context for one operation of a lifecycle. Its time limit includes the sign-in.
   *
   * @param owner - The resource of the operation.
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
    const { glossary } = this;
    const more = {
      owner,
      tenantId,
      glossary,
      intune: this.#intune,
      ...(takeOver !== undefined && { takeOver }),
    };
    Object.assign(context, more);
    return { context, tenantId, session: config };
  }

  /**
   * Whether a preview can check that names are free: it needs a credential that asks nobody to sign in. If it
   * cannot, it says so once.
   */
  canCheckNames(): Promise<boolean> {
    this.#names ??= this.#checkNames();
    return this.#names;
  }

  /** Checks no more names in this run: otherwise each resource would wait for a list that has failed already. */
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
      this.announcer.say([`names not checked: ${reason}`]);
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
