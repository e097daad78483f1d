import { createSession, resolveSessionConfig, type Session } from "../graph";
import type { LifecycleContext } from "../lifecycle";
import { Announcer } from "./announcer";

/** The namespace of this package's keys in a stack's configuration. */
const CONFIG_NAMESPACE = "officeConfiguration";

/**
 * What all resources of a provider process share: one process serves a whole update, so one session
 * with one memory of tokens and of throttling serves all of its resources.
 */
export class ProviderProcess {
  readonly announcer = new Announcer();
  readonly claimedIds = new Set<string>();
  #session: Session | undefined;
  #configurationError: Error | undefined;
  #isConfigured = false;
  #isReported = false;

  /**
   * Reads the stack's configuration and the environment. Nothing is asked of anybody here: a preview
   * needs no credential.
   *
   * The work is done at once and not awaited, because the engine lets other calls overtake a
   * `configure` that waits. Errors are kept and told by the calls that follow.
   */
  configure(get: (key: string) => string | undefined): void {
    if (this.#isConfigured) return;
    this.#isConfigured = true;
    try {
      const config = resolveSessionConfig((key) => get(`${CONFIG_NAMESPACE}:${key}`), process.env);
      this.#session = createSession(config, { log: (line) => this.announcer.say([line]) });
    } catch (error) {
      this.#configurationError = error as Error;
    }
  }

  /** What is wrong with the configuration, as `check` reports it: in full once, not per resource. */
  configurationProblems(): { property: string; reason: string }[] {
    const error = this.#configurationError;
    if (error === undefined) return [];
    const reason = this.#isReported
      ? "the provider is not configured, as said for the first resource"
      : error.message;
    this.#isReported = true;
    return [{ property: "", reason }];
  }

  /** The context in which lifecycles work. */
  context(): LifecycleContext {
    if (this.#configurationError !== undefined) throw this.#configurationError;
    if (this.#session === undefined) throw new Error("The engine did not configure the provider.");
    return {
      graph: this.#session.graph,
      claimedIds: this.claimedIds,
      log: (line) => this.announcer.say([line]),
    };
  }
}
