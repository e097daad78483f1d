/**
 * Workflows of GitHub Actions, read by GitHub's own parser and with its own evaluator of expressions.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { runInThisContext } from "node:vm";
import type * as Expressions from "@actions/expressions" with { "resolution-mode": "import" };
import type * as Truth from "@actions/expressions/result" with { "resolution-mode": "import" };
import type * as Workflows from "@actions/workflow-parser" with { "resolution-mode": "import" };
import type { WorkflowTemplate } from "@actions/workflow-parser/model/workflow-template" with {
  "resolution-mode": "import",
};
import type * as Traces from "@actions/workflow-parser/templates/trace-writer" with {
  "resolution-mode": "import",
};
import { buildSync } from "esbuild";
import {
  type Environment,
  filled,
  filledEnv,
  type Job,
  type Results,
  recipe,
  recipeText,
  type StartedJob,
} from "./jobs";

/** Parts of GitHub's two packages that this module uses. */
const USED = `export { data, Evaluator, Lexer, Parser } from "@actions/expressions";
export { truthy } from "@actions/expressions/result";
export { convertWorkflowTemplate, parseWorkflow } from "@actions/workflow-parser";
export { NoOperationTraceWriter } from "@actions/workflow-parser/templates/trace-writer";`;

type Actions = typeof Expressions & typeof Truth & typeof Workflows & typeof Traces;

let loaded: Actions | undefined;

/** GitHub's packages. They import JSON as bundlers do, and Node does not. */
function actions() {
  if (loaded !== undefined) return loaded;
  const { outputFiles } = buildSync({
    stdin: { contents: USED, resolveDir: __dirname },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
  });
  const load = runInThisContext(`(function (module, require) { ${outputFiles[0]?.text}\n})`) as (
    module: { exports: unknown },
    require: NodeJS.Require,
  ) => void;
  const module: { exports: unknown } = { exports: {} };
  load(module, require);
  loaded = module.exports as Actions;
  return loaded;
}

/** Problems that GitHub's schema of workflows has with a file, and its events and jobs. */
async function read(file: string, content: string) {
  const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = actions();
  const { context, value } = parseWorkflow({ name: file, content }, new NoOperationTraceWriter());
  const problems = context.errors.getErrors().map(({ message }) => message);
  assert.ok(value, problems.join());
  const template = await convertWorkflowTemplate(context, value);
  problems.push(...(template.errors ?? []).map(({ Message }) => Message));
  return { problems, template };
}

/** Problems of a workflow. */
export async function githubProblems(file: string, content: string): Promise<string[]> {
  return (await read(file, content)).problems;
}

type Status = "success" | "failure" | "always" | "cancelled";

/** Value of an expression. Of a name that no context has, it is null, as GitHub's. */
function evaluated(
  expression: string,
  contexts: object,
  status: Partial<Record<Status, boolean>> = {},
): Expressions.data.ExpressionData {
  const { data, Evaluator, Lexer, Parser } = actions();
  const functions = Object.entries(status).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }));
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), functions).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as Expressions.data.Dictionary;
  const byName = new Map(functions.map((each) => [each.name, each]));
  return new Evaluator(tree, values, byName).evaluate();
}

/** An event: the contexts that all its jobs have. */
export interface GithubEvent {
  readonly github: {
    readonly event_name: string;
    readonly ref: string;
    readonly repository: string;
    readonly event: object;
  };
}

/** Whether a workflow starts at an event. */
function isStarted({ events }: WorkflowTemplate, { github }: GithubEvent): boolean {
  const filter = events[github.event_name];
  if (filter === undefined) return false;
  if (github.event_name !== "push") return true;
  const { branches = [], ...others } = filter as { readonly branches?: readonly string[] };
  assert.deepEqual(others, {}, "a filter that the tests do not know");
  assert.ok(
    branches.every((name) => /^\w+$/.test(name)),
    "a pattern of branches",
  );
  return branches.includes(github.ref.replace("refs/heads/", ""));
}

/** Jobs of the workflows that an event starts. */
export async function githubJobs(
  files: readonly string[],
  event: GithubEvent,
  changed: (text: string) => string = (text) => text,
): Promise<StartedJob[]> {
  const started: StartedJob[] = [];
  for (const file of files) {
    const { template } = await read(file, changed(recipeText(`github/${file}`)));
    if (!isStarted(template, event)) continue;
    for (const job of template.jobs) {
      assert.equal(job.type, "job");
      const needs = (job.needs ?? []).map(({ value }) => value);
      const waits = job.type === "job" && job.environment !== undefined;
      const verdict = (results: Results) => {
        const ends = needs.map((name) => results[name] ?? "success");
        const isGood = ends.every((end) => end === "success");
        const status = {
          always: true,
          success: isGood,
          failure: ends.includes("failure"),
          cancelled: false,
        };
        const known = Object.fromEntries(needs.map((name) => [name, { result: results[name] }]));
        const contexts = { ...event, needs: known, vars: {}, inputs: {} };
        if (!actions().truthy(evaluated(job.if.expression, contexts, status))) return "skipped";
        return waits ? "waits for approval" : "runs";
      };
      started.push({ name: job.id.value, needs, verdict });
    }
  }
  return started;
}

interface GithubStep {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Environment;
  readonly "continue-on-error"?: boolean;
}

/** A workflow as it is written. */
export interface GithubWorkflow {
  readonly permissions: object;
  readonly env?: Environment;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly env?: Environment;
        readonly environment?: string;
        readonly permissions: Environment;
        readonly steps: readonly GithubStep[];
      }
    >
  >;
}

const EXPRESSION = /\$\{\{ *(.+?) *\}\}/g;

/** A job of a workflow. @param contexts - Values of contexts, such as `github.token`. */
export async function githubJob(file: string, name: string, contexts: object): Promise<Job> {
  const workflow = recipe<GithubWorkflow>(`github/${file}`);
  const { template } = await read(file, recipeText(`github/${file}`));
  const job = workflow.jobs[name];
  const parsed = template.jobs.find(({ id }) => id.value === name);
  assert.ok(job && parsed?.type === "job", name);
  const value = (expression: string) => {
    const found = evaluated(expression, contexts);
    return found instanceof actions().data.StringData ? found.value : undefined;
  };
  const steps = job.steps.map(({ uses = "", run, env, with: options = {}, ...step }, index) => {
    const artifact = { artifact: options.name ?? "", folder: options.path ?? "" };
    const condition = parsed.steps[index] as { readonly if: { readonly expression: string } };
    return {
      name: step.name ?? uses,
      script: run === undefined ? undefined : filled(run, EXPRESSION, value),
      env: filledEnv(env, EXPRESSION, value),
      keeps: uses.startsWith("actions/upload-artifact@") ? artifact : undefined,
      takes: uses.startsWith("actions/download-artifact@") ? artifact : undefined,
      runs: (failure: boolean) => {
        const status = { always: true, success: !failure, failure, cancelled: false };
        return actions().truthy(evaluated(condition.if.expression, contexts, status));
      },
      // An upload without files warns, unless it is told to fail.
      mayFail: step["continue-on-error"] ?? (/upload/.test(uses) && !options["if-no-files-found"]),
    };
  });
  return {
    shell: ["bash", "-e", "-c"],
    env: filledEnv({ ...workflow.env, ...job.env }, EXPRESSION, value),
    steps,
    canSignIn: job.permissions["id-token"] === "write",
  };
}
