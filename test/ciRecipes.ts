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
import { attempt } from "../scripts/command";

const RECIPES = join(__dirname, "..", "examples", "ci");

/** Bound of one step, in milliseconds. */
const STEP_TIMEOUT_MS = 240_000;

type Environment = Readonly<Record<string, string>>;

/** One step of a job. */
interface Step {
  /** Name in messages: its name, or the action of somebody else's that it is. */
  readonly name: string;
  /** Its shell script, unless it is somebody else's action. */
  readonly script?: string | undefined;
  readonly env: Environment;
  /** Folder that it keeps for other jobs, and the artifact's name. It does so after a failure, too. */
  readonly keeps?: Artifact | undefined;
  /** Folder that gets an artifact. */
  readonly takes?: Artifact | undefined;
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
  /** Steps that did not run: actions of others, and installations. */
  readonly skipped: readonly string[];
}

/** Steps that would ask other hosts. The tests bring what they install. */
const INSTALLS = /^(?:Install Pulumi|Install packages|before_script)$/;

/** Runs a job to its end. */
export async function runJob(job: Job, pipeline: Pipeline): Promise<JobEnd> {
  const checkout = mkdtempSync(join(pipeline.folder, "checkout-"));
  cpSync(pipeline.repository, checkout, { recursive: true, verbatimSymlinks: true });
  const artifacts = join(pipeline.folder, "artifacts");
  const env = { ...pipeline.variables, ...job.env, ...(job.canSignIn ? pipeline.identity : {}) };
  const skipped: string[] = [];
  let [code, output] = [0, ""];
  for (const step of job.steps) {
    if (step.keeps !== undefined) {
      const from = join(checkout, step.keeps.folder);
      if (existsSync(from)) cpSync(from, join(artifacts, step.keeps.artifact), { recursive: true });
    } else if (code !== 0) {
    } else if (step.takes !== undefined) {
      const from = join(artifacts, step.takes.artifact);
      const to = join(checkout, step.takes.folder);
      if (existsSync(from)) cpSync(from, to, { recursive: true });
    } else if (step.script === undefined || INSTALLS.test(step.name)) {
      skipped.push(step.name);
    } else {
      const [command = "", ...args] = job.shell;
      const end = await attempt(command, [...args, step.script], {
        cwd: checkout,
        env: { ...env, ...step.env, "Pipeline.Workspace": undefined },
        timeoutMs: STEP_TIMEOUT_MS,
      });
      code = end.code ?? 1;
      output += end.output;
    }
  }
  return { code, output, skipped };
}

/** Puts the script that recipes call into a repository, where the recipes expect it. */
export function addRecipeFiles(repository: string): void {
  mkdirSync(join(repository, "ci"));
  cpSync(join(RECIPES, "report.mjs"), join(repository, "ci", "report.mjs"));
}

function recipe<T>(file: string): T {
  return parse(readFileSync(join(RECIPES, file), "utf8"), { merge: true }) as T;
}

/** Text with each expression replaced by its value: one that the test does not give fails it. */
function filled(text: unknown, expression: RegExp, values: Environment): string {
  return String(text).replaceAll(expression, (_, name: string) => {
    const value = values[name];
    assert.notEqual(value, undefined, `the recipe uses ${name}, which the test does not set`);
    return value ?? "";
  });
}

function filledEnv(env: Environment | undefined, expression: RegExp, values: Environment) {
  const entries = Object.entries(env ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [name, filled(value, expression, values)]),
  );
}

const GITHUB = /\$\{\{ *([^ }]+) *\}\}/g;

interface GithubStep {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Environment;
}

interface GithubWorkflow {
  readonly env?: Environment;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly env?: Environment;
        readonly permissions?: Environment;
        readonly steps: readonly GithubStep[];
      }
    >
  >;
}

/** A job of a workflow of GitHub Actions. @param contexts - Values of expressions, such as `github.token`. */
export function githubJob(file: string, name: string, contexts: Environment): Job {
  const workflow = recipe<GithubWorkflow>(`github/${file}`);
  const job = workflow.jobs[name];
  assert.ok(job, name);
  const steps = job.steps.map(({ uses = "", run, env, with: options = {}, ...step }) => {
    const artifact = { artifact: options.name ?? "", folder: options.path ?? "" };
    return {
      name: step.name ?? uses,
      script: run === undefined ? undefined : filled(run, GITHUB, contexts),
      env: filledEnv(env, GITHUB, contexts),
      keeps: uses.startsWith("actions/upload-artifact@") ? artifact : undefined,
      takes: uses.startsWith("actions/download-artifact@") ? artifact : undefined,
    };
  });
  return {
    shell: ["bash", "-e", "-c"],
    env: filledEnv({ ...workflow.env, ...job.env }, GITHUB, contexts),
    steps,
    canSignIn: job.permissions?.["id-token"] === "write",
  };
}

const AZURE = /\$\(([\w.]+)\)/g;

interface AzureStep {
  readonly displayName?: string;
  readonly bash?: string;
  readonly task?: string;
  readonly checkout?: string;
  readonly publish?: string;
  readonly download?: string;
  readonly artifact?: string;
  readonly env?: Environment;
}

interface AzureJob {
  readonly job?: string;
  readonly deployment?: string;
  readonly steps?: readonly AzureStep[];
  readonly strategy?: {
    readonly runOnce: { readonly deploy: { readonly steps: readonly AzureStep[] } };
  };
}

interface AzurePipeline {
  readonly variables: readonly { readonly name?: string; readonly value?: string }[];
  readonly stages: readonly { readonly jobs: readonly AzureJob[] }[];
}

/**
 * A job of the pipeline of Azure DevOps. It may ask for an identity token where a step maps the system's access token.
 *
 * @param variables - Values of macros, such as `System.AccessToken`.
 */
export function azureJob(name: string, variables: Environment): Job {
  const pipeline = recipe<AzurePipeline>("azure-devops/azure-pipelines.yml");
  const jobs = pipeline.stages.flatMap((stage) => stage.jobs);
  const job = jobs.find((each) => (each.job ?? each.deployment) === name);
  const given = job?.steps ?? job?.strategy?.runOnce.deploy.steps;
  assert.ok(given, name);
  const steps = given.map(({ artifact = "", ...step }) => ({
    name:
      step.displayName ??
      step.task ??
      (step.checkout === undefined ? artifact : `checkout: ${step.checkout}`),
    script: step.bash === undefined ? undefined : filled(step.bash, AZURE, variables),
    env: filledEnv(step.env, AZURE, variables),
    keeps: step.publish === undefined ? undefined : { artifact, folder: step.publish },
    takes: step.download === undefined ? undefined : { artifact, folder: `../${artifact}` },
  }));
  const own = pipeline.variables.flatMap(({ name: key, value = "" }) =>
    key === undefined ? [] : [[key.toUpperCase().replaceAll(".", "_"), value] as const],
  );
  const shell = ["bash", "--noprofile", "--norc", "-c"];
  return { shell, env: Object.fromEntries(own), steps, canSignIn: true };
}

const GITLAB = /\$([A-Z_]+)/g;

interface GitlabJob {
  readonly extends?: string;
  readonly script?: readonly string[];
  readonly before_script?: readonly string[];
  readonly variables?: Environment;
  readonly id_tokens?: object;
  readonly needs?: readonly string[];
  readonly artifacts?: { readonly paths: readonly string[] };
}

type GitlabFile = Readonly<Record<string, GitlabJob>> & { readonly variables: Environment };

/** A job of the pipeline of GitLab. @param variables - Variables of the project. */
export function gitlabJob(name: string, variables: Environment): Job {
  const file = recipe<GitlabFile>("gitlab/gitlab-ci.yml");
  const own = file[name];
  assert.ok(own, name);
  const base = own.extends === undefined ? {} : file[own.extends];
  const job: GitlabJob = { ...base, ...own, variables: { ...base?.variables, ...own.variables } };
  const env = { ...file.variables, ...filledEnv(job.variables, GITLAB, variables) };
  const step = { env: {} };
  const [folder] = job.artifacts?.paths ?? [];
  const steps: Step[] = [
    ...(job.needs ?? []).map((artifact) => ({
      ...step,
      name: artifact,
      takes: { artifact, folder: "report" },
    })),
    ...(job.before_script === undefined ? [] : [{ ...step, name: "before_script" }]),
    { ...step, name: "script", script: (job.script ?? []).join("\n") },
    ...(folder === undefined ? [] : [{ ...step, name, keeps: { artifact: name, folder } }]),
  ];
  const shell = ["bash", "-eo", "pipefail", "-c"];
  return { shell, env, steps, canSignIn: job.id_tokens !== undefined };
}
