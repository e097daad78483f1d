/**
 * The pipeline of GitLab, read by gitlab-ci-local, which also holds it against GitLab's schema.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../scripts/command";
import {
  type Environment,
  filledEnv,
  type Job,
  type Results,
  recipe,
  recipeText,
  type StartedJob,
  type Step,
  type Verdict,
} from "./jobs";

const FILE = "gitlab/gitlab-ci.yml";

interface ListedJob {
  readonly name: string;
  readonly when: "on_success" | "always" | "manual" | "never";
  readonly needs?: readonly { readonly job: string }[];
}

const lists = new Map<string, Promise<readonly ListedJob[]>>();

/** The list of a pipeline's jobs, with the rule that each meets. */
function listed(variables: Environment, content: string): Promise<readonly ListedJob[]> {
  const key = JSON.stringify([variables, content]);
  const list = lists.get(key) ?? listAnew(variables, content);
  lists.set(key, list);
  return list;
}

async function listAnew(variables: Environment, content: string): Promise<ListedJob[]> {
  const cwd = mkdtempSync(join(tmpdir(), "office-configuration-gitlab-"));
  try {
    writeFileSync(join(cwd, ".gitlab-ci.yml"), content);
    const env = { PATH: process.env.PATH, HOME: cwd, ...IDENTITY };
    const options = { cwd, env, timeoutMs: 60_000 };
    await run("git", ["init", "--quiet", "--initial-branch", "main"], options);
    await run("git", ["remote", "add", "origin", "git@gitlab.example:contoso/office.git"], options);
    await run("git", ["add", "."], options);
    await run("git", ["commit", "--quiet", "--message", "Recipe"], options);
    const given = { CI_DEFAULT_BRANCH: "main", ...variables };
    const flags = Object.entries(given).flatMap(([name, value]) => [
      "--variable",
      `${name}=${value}`,
    ]);
    flags.push("--ignore-predefined-vars", Object.keys(given).join());
    if (variables.CI_COMMIT_BRANCH === undefined)
      flags.push("--unset-variable", "CI_COMMIT_BRANCH");
    const main = require.resolve("gitlab-ci-local");
    return JSON.parse(
      await run(process.execPath, [main, "--list-json", ...flags], options),
    ) as ListedJob[];
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

const IDENTITY = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((who) => [
    [`GIT_${who}_NAME`, "test"],
    [`GIT_${who}_EMAIL`, "test@contoso.com"],
  ]),
);

/** Jobs of the pipeline that an event has started. @param variables - Predefined ones. */
export async function gitlabJobs(
  variables: Environment,
  changed: (text: string) => string = (text) => text,
): Promise<StartedJob[]> {
  const jobs = await listed(variables, changed(recipeText(FILE)));
  return jobs.map(({ name, when, needs = [] }) => ({
    name,
    needs: needs.map(({ job }) => job),
    verdict: (results: Results): Verdict => {
      const ends = needs.map(({ job }) => results[job] ?? "success");
      const isReady = when === "always" || ends.every((end) => end === "success");
      if (when === "never" || !isReady) return "skipped";
      return when === "manual" ? "waits for approval" : "runs";
    },
  }));
}

/** A job as it is written. */
export interface GitlabJob {
  readonly extends?: string;
  readonly script?: readonly string[];
  readonly before_script?: readonly string[];
  readonly environment?: string | { readonly name: string; readonly action: string };
  readonly variables?: Environment;
  readonly id_tokens?: object;
  readonly needs?: readonly string[];
  readonly artifacts?: { readonly paths: readonly string[]; readonly when?: string };
}

type GitlabFile = Readonly<Record<string, GitlabJob>> & { readonly variables: Environment };

/** Jobs by their names, each with what it extends. */
export function gitlabFile(): Readonly<Record<string, GitlabJob>> {
  const { variables: _, default: _default, stages, ...jobs } = recipe<GitlabFile>(FILE);
  assert.ok(stages);
  return Object.fromEntries(
    Object.entries(jobs)
      .filter(([name]) => !name.startsWith("."))
      .map(([name, own]) => {
        const base = own.extends === undefined ? {} : jobs[own.extends];
        return [name, { ...base, ...own, variables: { ...base?.variables, ...own.variables } }];
      }),
  );
}

const VARIABLE = /\$([A-Z_]+)/g;

/** A job of the pipeline. @param variables - Variables of the project. */
export function gitlabJob(name: string, variables: Environment): Job {
  const job = gitlabFile()[name];
  assert.ok(job, name);
  const value = (variable: string) => variables[variable];
  const env = {
    ...recipe<GitlabFile>(FILE).variables,
    ...filledEnv(job.variables, VARIABLE, value),
  };
  const step = { env: {}, runs: (hasFailed: boolean) => !hasFailed };
  const { paths: [folder] = [], when = "on_success" } = job.artifacts ?? {};
  const keeps: Step = {
    ...step,
    name,
    keeps: { artifact: name, folder: folder ?? "" },
    runs: (hasFailed) => when === "always" || !hasFailed,
    mayFail: true,
  };
  const steps: Step[] = [
    ...(job.needs ?? []).map((artifact) => ({
      ...step,
      name: artifact,
      takes: { artifact, folder: "report" },
      // A job without artifacts is no mistake.
      mayFail: true,
    })),
    ...(job.before_script === undefined ? [] : [{ ...step, name: "before_script" }]),
    { ...step, name: "script", script: (job.script ?? []).join("\n") },
    ...(folder === undefined ? [] : [keeps]),
  ];
  const shell = ["bash", "-eo", "pipefail", "-c"];
  return { shell, env, steps, canSignIn: job.id_tokens !== undefined };
}
