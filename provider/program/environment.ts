/**
 * The environment variables of a program. An inline program of Pulumi's Automation API runs in the
 * process that starts `pulumi`, and cannot see the variables that its workspace adds for `pulumi` alone.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";

/** Environment variables, by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

const added = new AsyncLocalStorage<Environment>();

/**
 * Lets an inline program of the Automation API see the variables of its workspace: lookups then sign in
 * as the resources do, to the same Graph. Without it, they are refused unless the stack's configuration
 * has both the endpoint and the credential.
 *
 * Proxies, CA certificates and the variables that `credential: default` reads are those of the process.
 *
 * @example
 * ```typescript
 * const envVars = { OFFICE_CONFIGURATION_ENDPOINT: url, OFFICE_CONFIGURATION_ACCESS_TOKEN: token };
 * const stack = await LocalWorkspace.createOrSelectStack(
 *   { stackName, projectName, program: withEnvironment(envVars, program) },
 *   { envVars, workDir: "." },
 * );
 * ```
 *
 * @param envVars - The `envVars` of the workspace; `{}` if it has none.
 * @param program - The inline program.
 * @returns the program, to be given to the Automation API.
 */
export function withEnvironment<Result>(envVars: Environment, program: () => Result): () => Result {
  return () => added.run({ ...envVars }, program);
}

/** The variables that the engine's processes have, as far as the program can know. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ...added.getStore() };
}

/** Whether the engine's processes may have variables that the program does not see. */
export function isEnvironmentUncertain(): boolean {
  return added.getStore() === undefined && isInline();
}

/**
 * Whether the program runs in the process that starts `pulumi`. Where `pulumi` starts the program, a
 * variable has the address of the engine that the program speaks to.
 */
function isInline(): boolean {
  const monitor = pulumi.runtime.getMonitor() as
    | { readonly getChannel?: () => { readonly getTarget: () => string } }
    | undefined;
  const target = monitor?.getChannel?.().getTarget();
  const own = process.env.PULUMI_NODEJS_MONITOR;
  return target !== undefined && (own === undefined || !target.endsWith(own));
}
