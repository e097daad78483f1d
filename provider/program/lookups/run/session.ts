import * as pulumi from "@pulumi/pulumi";
import {
  CONFIG_NAMESPACE,
  createSession,
  type GraphClient,
  OfficeConfigurationError,
  resolveSessionConfig,
  type Session,
} from "../../../graph";
import { actualTenant } from "../../../graph/index";
import { StackCatalogue } from "../../../host/stackCatalogue";
import type { IntuneSettings } from "../../../intune/intuneSettings";
import { canonicalJson } from "../../../settings/json";
import { messageText } from "../../../text/messageText";
import { warnOfConfiguration } from "../../configurationWarnings";
import { isEnvironmentUncertain, programEnvironment } from "../../environment";

/**
 * The sessions by their settings: with Pulumi's Automation API, several stacks can run in one process. They
 * do not keep the process alive: idle connections close by themselves.
 */
const sessions = new Map<string, Session>();

/** The catalogues by their files: each is read once. */
const catalogues = new Map<string, StackCatalogue>();

const log = (line: string) => void pulumi.log.info(messageText(line));

/**
 * The Graph of the program's stack. Its settings have the same sources as the provider's, but are read in
 * the program's own process.
 *
 * @throws SessionConfigError with all problems of the settings.
 * @throws OfficeConfigurationError if the credential is for another tenant than the settings name.
 */
export async function programGraph(): Promise<GraphClient> {
  const { graph, config } = programSession();
  actualTenant(config, await graph.caller());
  return graph;
}

/** The project's catalogue by Intune's definitions. @throws CatalogueError if it cannot be used, or has none. */
export function programIntune(): IntuneSettings {
  const { config } = programSession();
  const key = `${config.catalogue ?? ""} ${process.cwd()}`;
  const known = catalogues.get(key) ?? new StackCatalogue(config, process.cwd(), log);
  catalogues.set(key, known);
  return known.intune();
}

/** The session of the stack's settings; one session for equal settings. */
export function programSession(): Session {
  warnOfConfiguration();
  // Unlike `Config.get`, this does not warn that a secret is read as plain text.
  const getConfig = (key: string) => pulumi.runtime.getConfig(`${CONFIG_NAMESPACE}:${key}`);
  if (isEnvironmentUncertain() && !isInConfiguration(getConfig)) throw environmentUnseen();
  const stack = { keys: Object.keys(pulumi.runtime.allConfig()), project: pulumi.getProject() };
  const config = resolveSessionConfig(getConfig, programEnvironment(), stack);
  const settings = canonicalJson(config);
  const known = sessions.get(settings);
  if (known !== undefined) return known;
  const session = createSession(config, { log });
  sessions.set(settings, session);
  return session;
}

/** Whether the stack's configuration alone decides the Graph and the credential. */
function isInConfiguration(getConfig: (key: string) => string | undefined): boolean {
  try {
    const { endpoint, credential } = resolveSessionConfig(getConfig, {});
    return endpoint !== undefined && credential.kind !== "default";
  } catch {
    return false;
  }
}

function environmentUnseen(): OfficeConfigurationError {
  return new OfficeConfigurationError(
    "An inline program does not see the envVars of its workspace, so this lookup could ask another tenant than the resources. " +
      "Give the Automation API `program: withEnvironment(envVars, program)` of pulumi-office-configuration, " +
      "with the envVars of the workspace ({} if it has none). See docs/automation.md.",
  );
}
