/**
 * The environment variables of a program. An inline program of Pulumi's Automation API runs in the process
 * that starts `pulumi`, so it does not see the variables that its workspace adds for `pulumi` only.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";

/** Environment variables, by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

const added = new AsyncLocalStorage<Environment>();

/**
 * Lets an inline program of the Automation API see its workspace's variables: lookups then use the same
 * sign-in and Graph as the resources. Without it, lookups are refused unless the stack's configuration has
 * both the endpoint and the credential.
 *
 * Proxies, CA certificates and the variables for `credential: default` still come from the process.
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
 * @returns the program to pass to the Automation API.
 */
export function withEnvironment<Result>(envVars: Environment, program: () => Result): () => Result {
  return () => added.run({ ...envVars }, program);
}

/** The variables of the engine's processes, as far as the program can know them. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ...added.getStore() };
}

/** Whether the engine's processes may have variables that the program does not see. */
export function isEnvironmentUncertain(): boolean {
  return added.getStore() === undefined && isInline();
}

/**
 * Whether the program runs in the process that starts `pulumi`. If `pulumi` starts the program, it sets a
 * variable to the address of the engine.
 */
function isInline(): boolean {
  const monitor = pulumi.runtime.getMonitor() as
    | { readonly getChannel?: () => { readonly getTarget: () => string } }
    | undefined;
  const target = monitor?.getChannel?.().getTarget();
  const own = process.env.PULUMI_NODEJS_MONITOR;
  return target !== undefined && (own === undefined || !target.endsWith(own));
}
