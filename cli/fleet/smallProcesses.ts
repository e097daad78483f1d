/**
 * Options of Node that make the processes of a stack smaller: the program, and the provider.
 *
 * @module
 */

/**
 * Half of V8's young generation, in MiB. With the default of 16, a process keeps garbage that it could have freed: 25 MiB
 * after 20 policies, 100 after 200 or if it has compiled TypeScript. What lives longer is in the
 * old generation, for which this is no limit. With 4, a stack takes 10 MiB more.
 *
 * Not so `GOGC` for Pulumi's CLI: 50 saves it 6 MiB, and costs a tenth of its processor time. Nor `MALLOC_ARENA_MAX` and
 * `NODE_COMPILE_CACHE`: the one changes nothing, and what the other loads takes 4 MiB more.
 */
const SEMI_SPACE_MIB = 1;

/** Variable with the user's `NODE_OPTIONS`. */
const THEIRS = "OFFICE_CONFIGURATION_FLEET_NODE_OPTIONS";

/**
 * Variables for the CLI of a stack, and all processes below it.
 *
 * @param preload - Module that Node loads first.
 */
export function smallProcesses(
  { NODE_OPTIONS: theirs = "" }: NodeJS.ProcessEnv,
  preload: string,
): Record<string, string> {
  const options = [
    `--max-semi-space-size=${SEMI_SPACE_MIB}`,
    // Of two sizes V8 takes the last one: the user's, if there is one.
    theirs,
    `--require ${JSON.stringify(preload)}`,
  ];
  return { NODE_OPTIONS: options.filter(Boolean).join(" "), [THEIRS]: theirs };
}

/** Gives a process the user's variables back: what a program starts may be an older Node, which would refuse these options. */
export function restoreEnvironment(env: NodeJS.ProcessEnv): void {
  const theirs = env[THEIRS];
  if (theirs === undefined) return;
  delete env[THEIRS];
  if (theirs === "") delete env.NODE_OPTIONS;
  else env.NODE_OPTIONS = theirs;
}
