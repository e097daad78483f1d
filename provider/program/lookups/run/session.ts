import * as pulumi from "@pulumi/pulumi";
import {
  CONFIG_NAMESPACE,
  createSession,
  type GraphClient,
  resolveSessionConfig,
  type Session,
} from "../../../graph";
import { actualTenant } from "../../../graph/index";
import { canonicalJson } from "../../../settings/json";
import { messageText } from "../../../text/messageText";
import { warnOfConfiguration } from "../../configurationWarnings";

/**
 * The sessions by their settings: with Pulumi's Automation API, several stacks can run in one process.
 * Nothing of them keeps the process alive; idle connections close by themselves.
 */
const sessions = new Map<string, Session>();

/**
 * The Graph of the stack that the program runs for. Its settings come from where the provider's come
 * from, but are read in the program's own process.
 *
 * @throws SessionConfigError with all that is wrong with the settings.
 * @throws OfficeConfigurationError if the credential is for another tenant than the settings name.
 */
export async function programGraph(): Promise<GraphClient> {
  const { graph, config } = programSession();
  actualTenant(config, await graph.caller());
  return graph;
}

/** The session of the stack's settings; the same for the same settings. */
export function programSession(): Session {
  warnOfConfiguration();
  // Unlike `Config.get`, this does not warn that a secret is read as plain text.
  const getConfig = (key: string) => pulumi.runtime.getConfig(`${CONFIG_NAMESPACE}:${key}`);
  const config = resolveSessionConfig(getConfig, process.env, {
    keys: Object.keys(pulumi.runtime.allConfig()),
    project: pulumi.getProject(),
  });
  const settings = canonicalJson(config);
  const known = sessions.get(settings);
  if (known !== undefined) return known;
  const log = (line: string) => void pulumi.log.info(messageText(line));
  const session = createSession(config, { log });
  sessions.set(settings, session);
  return session;
}
