/**
 * Jobs of the recipes in examples/ci, run step by step as the CI system would: each in a checkout of its own, with the
 * variables that the system sets and those that the recipe maps, and with artifacts between them.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { attempt } from "../../scripts/command";

/** The folder of the recipes. */
export const RECIPES = join(__dirname, "..", "..", "examples", "ci");

/** Bound of one step, in milliseconds. */
const STEP_TIMEOUT_MS = 240_000;

export type Environment = Readonly<Record<string, string>>;

/** The end of a job, in the words of GitHub. */
export type Result = "success" | "failure" | "cancelled" | "skipped";

/** Ends of jobs by their names. */
export type Results = Readonly<Record<string, Result>>;

/** The beginning of a job. */
export type Verdict = "runs" | "waits for approval" | "skipped";

/** One step of a job. */
export interface Step {
  /** Name in messages: its name, or the action of somebody else's that it is. */
  readonly name: string;
  /** Its shell script, unless it is somebody else's action. */
  readonly script?: string | undefined;
  readonly env: Environment;
  /** Folder that it keeps for other jobs, and the artifact's name. */
  readonly keeps?: Artifact | undefined;
  /** Folder that gets an artifact. */
  readonly takes?: Artifact | undefined;
  /** Whether it runs, after a step that has failed or after none. */
  readonly runs: (hasFailed: boolean) => boolean;
  /** Whether the job goes on after its failure. */
  readonly mayFail?: boolean | undefined;
}

interface Artifact {
  readonly artifact: string;
  readonly folder: string;
}

/** A job of a recipe. */
export interface Job {
  readonly shell: readonly string[];
  readonly env: Environment;
  readonly steps: readonly Step[];
  /** Whether the job may ask for an identity token. */
  readonly canSignIn: boolean;
}

/** A job of a pipeline that an event has started. */
export interface StartedJob {
  readonly name: string;
  /** Jobs that it waits for. */
  readonly needs: readonly string[];
  /** The verdict on it once those have ended. */
  readonly verdict: (results: Results) => Verdict;
}

/**
 * The verdict on each job of a pipeline, in their order.
 *
 * @param ends - Ends of jobs that run; those of others are successes. Approvals are given.
 */
export function courseOf(jobs: readonly StartedJob[], ends: Results = {}): Record<string, Verdict> {
  const verdicts: Record<string, Verdict> = {};
  const results: Record<string, Result> = {};
  for (const { name, needs, verdict } of jobs) {
    for (const need of needs)
      assert.ok(need in results, `${name} needs ${need}, which comes later`);
    verdicts[name] = verdict(results);
    results[name] = verdicts[name] === "skipped" ? "skipped" : (ends[name] ?? "success");
  }
  return verdicts;
}

/** Surroundings of a pipeline. */
export interface Pipeline {
  /** Contents of the repository. */
  readonly repository: string;
  /** Folder for checkouts and artifacts. */
  readonly folder: string;
  /** Variables that the CI system sets in each job. */
  readonly variables: NodeJS.ProcessEnv;
  /** Those that it sets in a job that may ask for an identity token. */
  readonly identity: Environment;
}

/** The end of a job. */
export interface JobEnd {
  readonly code: number;
  /** Output of its own steps. */
  readonly output: string;
  /** Text that the system shows on the page of the run. */
  readonly summary: string;
  /** Steps that did not run although nothing had failed: actions of others, and installations. */
  readonly skipped: readonly string[];
}

/** Steps that would ask other hosts. The tests bring what they install. */
const INSTALLS = /^(?:Install Pulumi|Install packages|before_script)$/;

/** Runs a job to its end. */
export async function runJob(job: Job, pipeline: Pipeline): Promise<JobEnd> {
  const checkout = mkdtempSync(join(pipeline.folder, "checkout-"));
  cpSync(pipeline.repository, checkout, { recursive: true, verbatimSymlinks: true });
  const GITHUB_STEP_SUMMARY = join(checkout, "..", "summary");
  const env = {
    ...pipeline.variables,
    ...(pipeline.variables.GITHUB_ACTIONS === undefined ? {} : { GITHUB_STEP_SUMMARY }),
    ...job.env,
    ...(job.canSignIn ? pipeline.identity : {}),
  };
  const skipped: string[] = [];
  let [code, output] = [0, ""];
  for (const step of job.steps) {
    if (!step.runs(code !== 0)) continue;
    let end = 0;
    if (step.keeps !== undefined || step.takes !== undefined) {
      end = passOn(step, checkout, join(pipeline.folder, "artifacts")) ? 0 : 1;
    } else if (step.script === undefined || INSTALLS.test(step.name)) {
      skipped.push(step.name);
    } else {
      const [command = "", ...args] = job.shell;
      const ended = await attempt(command, [...args, step.script], {
        cwd: checkout,
        env: { ...env, ...step.env, "Pipeline.Workspace": undefined },
        timeoutMs: STEP_TIMEOUT_MS,
      });
      end = ended.code ?? 1;
      output += ended.output;
    }
    if (code === 0 && step.mayFail !== true) code = end;
  }
  return { code, output, summary: summaryOf(output, GITHUB_STEP_SUMMARY), skipped };
}

/** Copies an artifact. @returns Whether there is one. */
function passOn({ keeps, takes }: Step, checkout: string, artifacts: string): boolean {
  const { artifact, folder } = (keeps ?? takes) as Artifact;
  const [inside, outside] = [join(checkout, folder), join(artifacts, artifact)];
  const [from, to] = keeps === undefined ? [outside, inside] : [inside, outside];
  if (existsSync(from)) cpSync(from, to, { recursive: true });
  return existsSync(from);
}

function summaryOf(output: string, github: string): string {
  if (existsSync(github)) return readFileSync(github, "utf8");
  const [, azure] = /^##vso\[task\.uploadsummary\](\/.+)$/m.exec(output) ?? [];
  return azure === undefined ? "" : readFileSync(azure, "utf8");
}

/** Puts the script that recipes call into a repository, where the recipes expect it. */
export function addRecipeFiles(repository: string): void {
  mkdirSync(join(repository, "ci"));
  cpSync(join(RECIPES, "report.mjs"), join(repository, "ci", "report.mjs"));
}

/** A recipe as it is written. */
export function recipeText(file: string): string {
  return readFileSync(join(RECIPES, file), "utf8");
}

/** A recipe as data. */
export function recipe<T>(file: string): T {
  return parse(recipeText(file), { merge: true }) as T;
}

/** Text with each expression replaced by its value: one that the test does not give fails it. */
export function filled(text: unknown, expression: RegExp, lookUp: (name: string) => unknown) {
  return String(text).replaceAll(expression, (_, name: string) => {
    const value = lookUp(name);
    assert.equal(typeof value, "string", `the recipe uses ${name}, which the test does not set`);
    return String(value);
  });
}

/** An environment with each expression replaced. */
export function filledEnv(
  env: Environment | undefined,
  expression: RegExp,
  lookUp: (name: string) => unknown,
): Environment {
  const entries = Object.entries(env ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [name, filled(value, expression, lookUp)]),
  );
}
