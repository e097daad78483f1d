/**
 * Failure of a property test: with its seed and path, and the command that runs that input again.
 * Mocha loads this before every spec, so no property test can forget it.
 *
 * @module
 */
import { relative } from "node:path";
import fc, { type RunDetails } from "fast-check";
import type { Context, Test } from "mocha";

/** Environment variables that give one input again; fast-check's names for them. */
const SEED = "PROPERTY_SEED";
const PATH = "PROPERTY_PATH";

/** The test that runs, as far as its command needs it. */
export type RunningTest = Pick<Test, "file" | "fullTitle">;

let running: RunningTest | undefined;

/** Told by mocha which test is next. */
export const mochaHooks = {
  beforeEach(this: Context) {
    running = this.currentTest;
  },
};

/** The inputs by the environment: one seed, and the path to one failure. */
export function inputsGiven(env: NodeJS.ProcessEnv): { seed?: number; path?: string } {
  const { [SEED]: seed, [PATH]: path } = env;
  if (seed === undefined || seed === "") return {};
  if (!/^-?\d+$/.test(seed)) throw new Error(`${SEED} must be a whole number, not "${seed}".`);
  return { seed: Number(seed), ...(path && { path }) };
}

/** The failure of a property in words, the last line being the command that shows it again. */
export function failureOf(
  details: Pick<RunDetails<unknown>, "seed" | "counterexamplePath" | "errorInstance">,
  message: string | undefined,
  test = running,
): Error {
  const { seed, counterexamplePath: path } = details;
  const title = test?.fullTitle().replaceAll(/[^\p{L}\p{N} ,:-]/gu, ".") ?? "";
  const inputs = [`${SEED}=${seed}`, ...(path === null ? [] : [`${PATH}=${path}`])];
  const command = `npx mocha ${relative(process.cwd(), test?.file ?? "")} -g "${title}"`;
  return new Error(`${message}\n\nTo see it again: ${[...inputs, command].join(" ")}`, {
    cause: details.errorInstance ?? undefined,
  });
}

const { seed, path } = inputsGiven(process.env);

fc.configureGlobal({
  ...(seed !== undefined && { seed }),
  ...(path !== undefined && { path, endOnFailure: true }),
  reporter: (details: RunDetails<unknown>) => {
    if (details.failed) throw failureOf(details, fc.defaultReportMessage(details));
  },
});
