import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { actualTenant } from "../engine/tenant";
import {
  CONFIG_NAMESPACE,
  createSession,
  type GraphClient,
  resolveSessionConfig,
  type Session,
} from "../graph";
import { canonicalJson } from "../payload/json";

/** Sessions by what they are made of: several stacks may run in one process (Automation API). */
const sessions = new Map<string, Session>();

/**
 * The Graph of the program's stack. All lookups with the same settings share a session.
 *
 * @throws SessionConfigError, CredentialError, OfficeConfigurationError
 */
export async function lookupGraph(): Promise<GraphClient> {
  // Not `Config.get`, which warns about secrets that are read in plain text.
  const get = (key: string) => pulumi.runtime.getConfig(`${CONFIG_NAMESPACE}:${key}`);
  const config = resolveSessionConfig(get, process.env);
  const key = createHash("sha256").update(canonicalJson(config)).digest("hex");
  const log = (line: string) => void pulumi.log.info(line);
  const session = sessions.get(key) ?? createSession(config, { log });
  sessions.set(key, session);
  actualTenant(session.config, await session.graph.caller());
  return session.graph;
}
