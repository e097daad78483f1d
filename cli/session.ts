import { z } from "zod";
import { createSession, resolveSessionConfig, type Session } from "../provider/graph";

/** The options by which a command names its tenant; they win over the environment. */
export const sessionOptions = {
  tenantId: z.string().optional(),
  clientId: z.string().optional(),
  endpoint: z.string().optional(),
  credential: z.string().optional(),
};

export type SessionOptions = Readonly<z.infer<z.ZodObject<typeof sessionOptions>>>;

/** Settings of a session by their names: options of a command, or the configuration of a stack. */
export type SessionSettings = SessionOptions | Readonly<Record<string, string | undefined>>;

/**
 * Opens the session of a command. What is not given stands in the environment: OFFICE_CONFIGURATION_*, AZURE_*, ARM_*.
 *
 * @throws SessionConfigError if settings are missing, malformed or contradict each other.
 */
export function openSession(
  options: SessionSettings,
  log: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Session {
  const given: Record<string, string | undefined> = { ...options };
  return createSession(
    resolveSessionConfig((key) => given[key], env),
    { log },
  );
}
