/**
 * The pipeline of Azure DevOps.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { parse } from "yaml";
import { holds } from "./azureConditions";
import {
  type Environment,
  filled,
  filledEnv,
  type Job,
  type Result,
  type Results,
  recipeText,
  type StartedJob,
} from "./jobs";

const FILE = "azure-devops/azure-pipelines.yml";

interface AzureStep {
  readonly displayName?: string;
  readonly bash?: string;
  readonly task?: string;
  readonly inputs?: Environment;
  readonly checkout?: string;
  readonly publish?: string;
  readonly download?: string;
  readonly artifact?: string;
  readonly condition?: string;
  readonly continueOnError?: boolean;
  readonly env?: Environment;
}

/** A job as it is written. */
export interface AzureJob {
  readonly job?: string;
  readonly deployment?: string;
  readonly environment?: string;
  readonly dependsOn?: string;
  readonly condition?: string;
  readonly steps?: readonly AzureStep[];
  readonly strategy?: {
    readonly runOnce: { readonly deploy: { readonly steps: readonly AzureStep[] } };
  };
}

interface AzurePipeline {
  readonly trigger: { readonly branches: { readonly include: readonly string[] } };
  readonly variables: readonly { readonly name?: string; readonly value?: string }[];
  readonly stages: readonly {
    readonly stage: string;
    readonly dependsOn?: string | readonly string[];
    readonly condition?: string;
    readonly jobs: readonly AzureJob[];
  }[];
}

const nameOf = (job: AzureJob): string => job.job ?? job.deployment ?? "";

/** The pipeline as it is written. */
export function azurePipeline(text = recipeText(FILE)): AzurePipeline {
  return parse(text) as AzurePipeline;
}

/** Steps of a job. */
export function azureSteps(job: AzureJob): readonly AzureStep[] {
  return job.steps ?? job.strategy?.runOnce.deploy.steps ?? [];
}

const WORDS: Readonly<Record<Result, string>> = {
  success: "Succeeded",
  failure: "Failed",
  cancelled: "Canceled",
  skipped: "Skipped",
};

/** The end of a stage whose jobs have ended so. */
function stageEnd(ends: readonly Result[]): Result {
  if (ends.every((end) => end === "skipped")) return "skipped";
  return ends.find((end) => end === "failure" || end === "cancelled") ?? "success";
}

/**
 * Jobs of the pipeline that an event has started.
 *
 * @param variables - Predefined ones, such as `Build.Reason`.
 */
export function azureJobs(
  variables: Environment,
  changed: (text: string) => string = (text) => text,
): StartedJob[] {
  const { stages, trigger } = azurePipeline(changed(recipeText(FILE)));
  const branch = (variables["Build.SourceBranch"] ?? "").replace("refs/heads/", "");
  const isPush = /CI$/.test(variables["Build.Reason"] ?? "");
  if (isPush && !trigger.branches.include.includes(branch)) return [];
  const jobsOf = (stage: string) =>
    (stages.find((each) => each.stage === stage)?.jobs ?? []).map(nameOf);
  const worded = (names: readonly string[], endOf: (name: string) => Result) =>
    Object.fromEntries(names.map((name) => [name, WORDS[endOf(name)]]));
  return stages.flatMap((stage, index) => {
    const before = stages[index - 1]?.stage;
    const needed = [stage.dependsOn ?? before ?? []].flat();
    return stage.jobs.map((job) => {
      const own = [job.dependsOn ?? []].flat();
      const verdict = (results: Results) => {
        const endOf = (name: string) => results[name] ?? "success";
        const stageFacts = worded(needed, (name) => stageEnd(jobsOf(name).map(endOf)));
        const isWanted =
          holds(stage.condition ?? "succeeded()", { variables, dependencies: stageFacts }) &&
          holds(job.condition ?? "succeeded()", { variables, dependencies: worded(own, endOf) });
        if (!isWanted) return "skipped";
        // The stage of an environment waits for its approvals.
        return stage.jobs.some((each) => each.environment) ? "waits for approval" : "runs";
      };
      return { name: nameOf(job), needs: [...needed.flatMap(jobsOf), ...own], verdict };
    });
  });
}

const MACRO = /\$\(([\w.]+)\)/g;

/** Values that a recipe may ask for. */
export interface AzureValues {
  /** Values of macros, such as `System.AccessToken`. */
  readonly macros: Environment;
  /** Variables that a task sets for its script, by the service connection that it names. */
  readonly connections: Readonly<Record<string, Environment>>;
}

/** A job of the pipeline. */
export function azureJob(name: string, { macros, connections }: AzureValues): Job {
  const pipeline = azurePipeline();
  const job = pipeline.stages.flatMap((stage) => stage.jobs).find((each) => nameOf(each) === name);
  assert.ok(job, name);
  const value = (macro: string) => macros[macro];
  const steps = azureSteps(job).map(({ artifact = "", inputs = {}, ...step }) => {
    const script = step.bash ?? inputs.inlineScript;
    const connection = inputs.azureSubscription;
    const ids = connection === undefined ? {} : connections[connection];
    assert.ok(ids, `the connection ${connection}`);
    return {
      name:
        step.displayName ??
        step.task ??
        (step.checkout === undefined ? artifact : `checkout: ${step.checkout}`),
      script: script === undefined ? undefined : filled(script, MACRO, value),
      env: { ...ids, ...filledEnv(step.env, MACRO, value) },
      keeps: step.publish === undefined ? undefined : { artifact, folder: step.publish },
      takes: step.download === undefined ? undefined : { artifact, folder: `../${artifact}` },
      runs: (hasFailed: boolean) => {
        const dependencies = { step: hasFailed ? "Failed" : "Succeeded" };
        return holds(step.condition ?? "succeeded()", { variables: {}, dependencies });
      },
      mayFail: step.continueOnError,
    };
  });
  const own = pipeline.variables.flatMap(({ name: key, value: text = "" }) =>
    key === undefined ? [] : [[key.toUpperCase().replaceAll(".", "_"), text] as const],
  );
  const shell = ["bash", "--noprofile", "--norc", "-c"];
  const canSignIn = azureSteps(job).some(({ inputs }) => inputs?.azureSubscription !== undefined);
  return { shell, env: Object.fromEntries(own), steps, canSignIn };
}
