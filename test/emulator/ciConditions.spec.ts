import { strict as assert } from "node:assert";
import { azurePipeline, azureSteps } from "../ci/azure";
import { holds } from "../ci/azureConditions";
import { type GithubWorkflow, githubJobs, githubProblems } from "../ci/github";
import { gitlabFile } from "../ci/gitlab";
import { courseOf, type Results, recipe, recipeText, type Verdict } from "../ci/jobs";
import { CI_SYSTEMS, EVENTS, type EventName, FROM_DELETED_FORK, WORKFLOWS } from "../ci/systems";

type Course = Readonly<Record<string, Verdict>>;

/** Jobs that begin, if all that they wait for succeeds. */
const BEGIN: Readonly<Record<EventName, Course>> = {
  "pull request": { preview: "runs", comment: "runs" },
  "pull request from a fork": { fork: "runs" },
  "push to main": { previewMain: "runs", up: "waits for approval" },
  "push to another branch": {},
  schedule: { drift: "runs", issue: "runs" },
  "manual run of another branch": {},
};

/** Names that the recipes have for the preview before `up`. */
const PREVIEW_MAIN: Readonly<Record<string, string>> = {
  "GitHub Actions": "preview",
  "Azure DevOps": "preview_main",
  GitLab: "preview-main",
};

/** Writer's app, which only jobs with an approval have. */
const WRITER = /WRITER_CLIENT_ID|office-policies-writer/;

for (const system of CI_SYSTEMS) {
  const previewMain = PREVIEW_MAIN[system.name] ?? "";
  const named = (course: Course) =>
    Object.fromEntries(
      Object.entries(course).map(([name, verdict]) => [
        name === "previewMain" ? previewMain : name,
        verdict,
      ]),
    );
  /** Jobs that are not skipped. */
  const begin = async (event: EventName, ends?: Results, changed?: (text: string) => string) => {
    const course = courseOf(await system.started(event, changed), ends);
    return Object.fromEntries(Object.entries(course).filter(([, each]) => each !== "skipped"));
  };

  describe(`the conditions of examples/ci for ${system.name}`, () => {
    for (const event of EVENTS) {
      const jobs = Object.entries(BEGIN[event]).map(([name, verdict]) => `${name} ${verdict}`);
      it(`decide at a ${event}: ${jobs.join(", ") || "nothing runs"}`, async () => {
        assert.deepEqual(await begin(event), named(BEGIN[event]));
      });
    }

    it("show what failed, and update nothing after a preview that failed", async () => {
      for (const [event, first, then] of [
        ["pull request", "preview", { comment: "runs" }],
        ["schedule", "drift", { issue: "runs" }],
        ["push to main", previewMain, {}],
      ] as const) {
        const course = await begin(event, { [first]: "failure" });
        assert.deepEqual(course, { [first]: "runs", ...then });
      }
    });

    it("are the guard: without them, a fork's pull request would run", async () => {
      // Each recipe says it in words of its own.
      const unguarded = (text: string) =>
        text
          .replace("full_name == github.repository", "full_name != ''")
          .replace("ne(variables['System.PullRequest.IsFork'], 'True')", "always()")
          .replaceAll(
            " && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID",
            "",
          );
      const course = await begin("pull request from a fork", {}, unguarded);
      assert.deepEqual(course, { preview: "runs", comment: "runs", fork: "runs" });
    });
  });
}

describe("the jobs of examples/ci", () => {
  it("sign in only where they run the program, and write only after an approval", () => {
    const facts: string[] = [];
    const note = (job: string, text: string, may: boolean, waits: boolean) => {
      assert.equal(may, text.includes("npx --no office-configuration fleet"), job);
      assert.equal(waits, WRITER.test(text), job);
      assert.equal(waits, text.includes("fleet up"), job);
      facts.push(job);
    };
    for (const file of WORKFLOWS) {
      for (const [name, job] of Object.entries(recipe<GithubWorkflow>(`github/${file}`).jobs)) {
        const may = job.permissions["id-token"] === "write";
        note(name, JSON.stringify(job), may, job.environment === "production");
        if (!may) assert.doesNotMatch(JSON.stringify(job), /secrets\.|vars\./, name);
      }
    }
    for (const job of azurePipeline().stages.flatMap(({ jobs }) => jobs)) {
      const may = azureSteps(job).some(({ inputs }) => inputs?.azureSubscription);
      const waits = job.deployment !== undefined && job.environment === "office-production";
      note(job.job ?? "up", JSON.stringify(job), may, waits);
    }
    for (const [name, job] of Object.entries(gitlabFile())) {
      const waits = job.environment === "production";
      note(name, JSON.stringify(job), job.id_tokens !== undefined, waits);
    }
    assert.equal(facts.length, 21);
  });

  it("know a fork that was deleted", async () => {
    const jobs = courseOf(await githubJobs(WORKFLOWS, FROM_DELETED_FORK));
    assert.deepEqual(jobs, { preview: "skipped", fork: "runs", comment: "skipped" });
  });

  it("are what GitHub's schema of workflows allows", async () => {
    for (const file of WORKFLOWS) {
      const text = recipeText(`github/${file}`);
      assert.deepEqual(await githubProblems(file, text), []);
      const [problem = ""] = await githubProblems(file, text.replace("runs-on:", "run-on:"));
      assert.match(problem, /run-on/);
    }
  });

  it("are what GitLab's schema allows", async () => {
    const gitlab = CI_SYSTEMS.find(({ name }) => name === "GitLab");
    const wrong = (text: string) => text.replace("interruptible: true", "interruptible: [1]");
    await assert.rejects(async () => gitlab?.started("schedule", wrong), /interruptible/);
  });
});

describe("conditions of Azure DevOps in tests", () => {
  it("refuse what they do not know", () => {
    const facts = { variables: { a: "X" }, dependencies: { one: "Succeeded" } };
    assert.ok(
      holds("and(eq(variables['a'], 'x'), in(dependencies.one.result, 'Succeeded'))", facts),
    );
    assert.ok(!holds("ne(variables['a'], 'x')", facts));
    assert.ok(!holds("eq(variables['b'], 'x')", facts));
    for (const [condition, message] of [
      ["or(always(), always())", /or\(\) is not known/],
      ["eq(dependencies.two.result, 'x')", /dependencies\.two\.result is not known/],
      ["succeeded('one')", /not known here/],
      ["always() always()", /not expected/],
      ["eq('a', 'b'", /is not known|expected/],
    ] as const) {
      assert.throws(() => holds(condition, facts), message);
    }
  });
});
