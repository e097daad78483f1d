import { strict as assert } from "node:assert";
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { type FleetResult, resultJson, type StackResult } from "../../cli/fleet/result";
import { resultMarkdown } from "../../cli/fleet/resultMarkdown";
import { EmulatedForge, FORGE_TOKEN } from "../ci/forge";
import { addRecipeFiles, type JobEnd, RECIPES, runJob } from "../ci/jobs";
import { CI_SYSTEMS, type JobName } from "../ci/systems";
import { change, failedStack, fleetResult, stackNames, stackResult } from "../fleetResults";

/** A program in the place of `npx`: it writes down its arguments, and has the result that the test has prepared. */
const STAND_IN = `#!/bin/sh
echo "$*" >> "$STAND_IN/calls"
case "$*" in *preview*|*drift*) test ! -e "$STAND_IN/words" || cat "$STAND_IN/words" ;; esac
code="$(cat "$STAND_IN/code")"
while test $# -gt 0; do
  case "$1" in
    --save) test ! -e "$STAND_IN/json" || cp "$STAND_IN/json" "$2" ;;
    --preview) cp "$2" "$STAND_IN/previewed" || code=98 ;;
  esac
  shift
done
exit "$code"
`;

const LABEL = "office-configuration-drift";

/** Somebody's text that looks like ours. */
const MARK = "<!-- office-configuration preview -->";

for (const system of CI_SYSTEMS) {
  describe(`examples/ci for ${system.name}`, () => {
    let folder: string;
    let forge: EmulatedForge;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "office-configuration-ci-"));
      for (const name of ["repository", "bin"]) mkdirSync(join(folder, name));
      addRecipeFiles(join(folder, "repository"));
      writeFileSync(join(folder, "bin", "npx"), STAND_IN);
      chmodSync(join(folder, "bin", "npx"), 0o755);
      forge = new EmulatedForge();
      await forge.listen();
    });

    afterEach(async () => {
      await forge.close();
      rmSync(folder, { recursive: true });
    });

    /** Result of the command, and its exit code. */
    function finds(result: FleetResult | undefined, code = 0): void {
      writeFileSync(join(folder, "code"), String(code));
      for (const name of ["json", "words"]) rmSync(join(folder, name), { force: true });
      if (result === undefined) return;
      writeFileSync(join(folder, "json"), resultJson(result));
      writeFileSync(join(folder, "words"), `${resultMarkdown(result)}\n`);
    }

    /** Runs jobs of a pipeline of its own, one after the other. */
    async function pipeline(...names: JobName[]): Promise<JobEnd[]> {
      return pipelineOf(undefined, ...names);
    }

    async function pipelineOf(canary: string | undefined, ...names: JobName[]): Promise<JobEnd[]> {
      const run = mkdtempSync(join(folder, "run-"));
      const addresses = { forge: forge.url, login: "https://127.0.0.1:1" };
      const ends: JobEnd[] = [];
      for (const name of names) {
        ends.push(
          await runJob(await system.job(name, canary), {
            repository: join(folder, "repository"),
            folder: run,
            variables: {
              PATH: [join(folder, "bin"), dirname(process.execPath), process.env.PATH].join(":"),
              STAND_IN: folder,
              ...system.variables(addresses),
            },
            identity: system.identity(addresses),
          }),
        );
      }
      return ends;
    }

    const calls = () => readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
    const ours = () => forge.comments.filter(({ byBot }) => byBot);

    it("writes one comment, and updates it", async () => {
      // More than one page of others' comments, one of which has our mark.
      for (let count = 0; count < 130; count += 1) {
        forge.add(forge.comments, { text: `${count === 3 ? `${MARK}\n` : ""}hello`, byBot: false });
      }
      finds(
        fleetResult([stackResult("contoso", { changes: [change()] }), stackResult("fabrikam")]),
      );
      const [preview, comment] = await pipeline("preview", "comment");
      assert.equal(preview?.code, 0, preview?.output);
      assert.equal(comment?.code, 0, comment?.output);
      assert.equal(ours().length, 1);
      const text = ours()[0]?.text ?? "";
      assert.match(text, /\*\*fleet preview of office\*\*: 2 tenants: 1 to change, 1 unchanged\./);
      assert.match(text, /\[Log of the run\]\(http.*90\)/);
      finds(fleetResult([stackResult("contoso"), stackResult("fabrikam")]));
      await pipeline("preview", "comment");
      assert.equal(ours().length, 1);
      assert.match(ours()[0]?.text ?? "", /2 tenants: 2 unchanged\./);
      assert.equal(forge.writes.length, 2);
      assert.ok(forge.comments.slice(0, 130).every((each) => each.text.endsWith("hello")));
      assert.equal(calls().length, 2);
      assert.match(
        calls()[0] ?? "",
        /^--no office-configuration fleet preview --refresh --format markdown/,
      );
    });

    it("says in the comment what failed, and that there is no preview", async () => {
      finds(fleetResult([failedStack("contoso", "no credential")]), 2);
      const [preview] = await pipeline("preview", "comment");
      assert.equal(preview?.code, 2);
      assert.match(ours()[0]?.text ?? "", /\| no credential \| in contoso \|/);
      // The job of the preview died before its first step.
      await pipeline("comment");
      assert.match(ours()[0]?.text ?? "", /\*\*No preview\*\*/);
      assert.equal(ours().length, 1);
    });

    it("keeps to the length of a comment", async () => {
      const many = stackNames(2_000).map((name) => failedStack(name, `no credential for ${name}`));
      finds(fleetResult(many));
      await pipeline("preview", "comment");
      const text = ours()[0]?.text ?? "";
      assert.ok(text.length <= 65_536, String(text.length));
      assert.ok(text.length > 64_000, String(text.length));
      assert.match(text, /\[Log of the run\]/);
      assert.match(text, /Left out|\nCut, because/);
    });

    it("opens one issue while there is drift, updates it, and closes it", async () => {
      forge.add(forge.issues, { text: "somebody's", label: "bug" });
      const drift = (...stacks: StackResult[]) => fleetResult(stacks, { command: "drift" });
      const drifted = (value: string) =>
        stackResult("contoso", { result: "drifted", changes: [change({ new: value })] });
      finds(drift(drifted("7"), stackResult("fabrikam")), 1);
      const [found, issue] = await pipeline("drift", "issue");
      assert.equal(found?.code, 0, found?.output);
      assert.equal(issue?.code, 0, issue?.output);
      assert.equal(forge.issues.length, 2);
      assert.equal(forge.issues[1]?.title, "Drift in policies of Microsoft 365 Apps");
      assert.equal(forge.issues[1]?.label, LABEL);
      assert.match(forge.issues[1]?.text ?? "", /2 tenants: 1 drifted, 1 without drift/);
      assert.match(forge.issues[1]?.text ?? "", /"7"/);
      finds(drift(drifted("9"), stackResult("fabrikam")), 1);
      await pipeline("drift", "issue");
      assert.equal(forge.issues.length, 2);
      assert.match(forge.issues[1]?.text ?? "", /"9"/);
      // A stack that could not be read may have drifted, and so may one without a result: the issue stays open.
      finds(drift(failedStack("contoso", "503"), stackResult("fabrikam")), 2);
      const [failed] = await pipeline("drift", "issue");
      assert.equal(failed?.code, 1);
      finds({ ...drift(stackResult("fabrikam")), notRun: [{ stack: "contoso", why: "" }] }, 2);
      await pipeline("drift", "issue");
      // `npx` ends with 1 if it finds no such command.
      finds(undefined, 1);
      const [nothing, unknown] = await pipeline("drift", "issue");
      assert.equal(nothing?.code, 1);
      assert.match(unknown?.output ?? "", /^Not every stack could be read/m);
      assert.ok(forge.issues[1]?.isOpen);
      finds(drift(stackResult("contoso"), stackResult("fabrikam")));
      const [, closed] = await pipeline("drift", "issue");
      assert.match(closed?.output ?? "", /^No drift\. Issue 2 is closed\.$/m);
      assert.equal(forge.issues[1]?.isOpen, false);
      await pipeline("drift", "issue");
      assert.deepEqual(
        forge.issues.map(({ isOpen }) => isOpen),
        [true, false],
      );
    });

    it("updates after a merge what its preview has shown, and nothing without one", async () => {
      const saved = fleetResult([
        stackResult("contoso", { changes: [change()] }),
        failedStack("fabrikam", "no credential"),
      ]);
      // One tenant cannot be previewed: the others go on.
      finds(saved, 2);
      const [preview] = await pipeline("previewMain");
      assert.equal(preview?.code, 0, preview?.output);
      const shown = system.name === "GitLab" ? preview?.output : preview?.summary;
      assert.match(shown ?? "", /2 tenants: 1 failed, 1 to change\./);
      assert.match(calls().at(-1) ?? "", /^--no office-configuration fleet preview --refresh /);
      finds(saved);
      const [, up] = await pipelineOf("contoso", "previewMain", "up");
      assert.equal(up?.code, 0, up?.output);
      assert.match(
        calls().at(-1) ?? "",
        /^--no office-configuration fleet up --preview \S+\/preview\.json --canary contoso --stop-after 3$/,
      );
      assert.equal(readFileSync(join(folder, "previewed"), "utf8"), resultJson(saved));
      // `npx` ends with 1 if it finds no such command.
      finds(undefined, 1);
      rmSync(join(folder, "previewed"));
      const [nothing, refused] = await pipeline("previewMain", "up");
      assert.notEqual(nothing?.code, 0);
      assert.notEqual(refused?.code, 0);
      assert.ok(!existsSync(join(folder, "previewed")));
    });

    it("says that a fork has no preview, and runs nothing of it", async () => {
      const [end] = await pipeline("fork");
      assert.equal(end?.code, 0, end?.output);
      const mark = { "GitHub Actions": "::notice ", "Azure DevOps": "##vso[task.logissue " };
      assert.ok(end?.output.startsWith(mark[system.name as keyof typeof mark] ?? "No preview."));
      assert.match(end?.output ?? "", /No preview.*from a fork gets no token .*push its branch/);
      assert.equal(end?.output.trim().split("\n").length, 1);
      assert.ok(!existsSync(join(folder, "calls")));
      const job = await system.job("fork");
      assert.deepEqual([job.canSignIn, job.steps.map(({ env }) => env)].flat().filter(Boolean), [
        ...job.steps.map(() => ({})),
      ]);
    });

    it("skips only what others made", async () => {
      finds(fleetResult([stackResult("contoso")]));
      const names = ["preview", "comment", "fork", "previewMain", "up", "drift", "issue"] as const;
      const ends = await pipeline(...names);
      const skipped = ends.flatMap((end) => end.skipped);
      const known =
        /^(?:actions\/(?:checkout@v7|setup-node@v7)|pulumi\/actions@v7|UseNode@1|checkout: (?:self|none)|Install Pulumi|Install packages|before_script)$/;
      assert.deepEqual(
        skipped.filter((name) => !known.test(name)),
        [],
      );
    });

    it("says what the forge answered, without the token", async () => {
      finds(fleetResult([stackResult("contoso")]));
      await forge.close();
      forge = new EmulatedForge("another-token");
      await forge.listen();
      const [, comment] = await pipeline("preview", "comment");
      assert.equal(comment?.code, 1);
      assert.match(
        comment?.output ?? "",
        /^report: GET http\S+ answered (?:401: .*Unauthorized|203: .*Sign in)/m,
      );
      assert.ok(!comment?.output.includes(FORGE_TOKEN));
    });
  });
}

describe("the recipes of examples/ci", () => {
  const recipes = globSync("**/*.yml", { cwd: RECIPES });

  it("store no secret for Graph, and name the version of each action", () => {
    assert.equal(recipes.length, 5);
    for (const file of recipes) {
      const text = readFileSync(join(RECIPES, file), "utf8");
      assert.doesNotMatch(text, /CLIENT_SECRET|clientSecret|PASSWORD/);
      for (const [, action = ""] of text.matchAll(/\b(?:uses|task): (\S+)/g)) {
        assert.match(action, /^[\w/-]+@v?\d+$/);
      }
    }
  });

  it("give each job of GitHub Actions the permissions that it needs, and none by default", () => {
    const writers = new Map<string, string>();
    for (const file of recipes.filter((name) => name.startsWith("github/"))) {
      const { permissions, jobs } = parse(readFileSync(join(RECIPES, file), "utf8")) as {
        readonly permissions: object;
        readonly jobs: Record<string, { readonly permissions: Record<string, string> }>;
      };
      assert.deepEqual(permissions, {});
      for (const [name, job] of Object.entries(jobs)) {
        const { contents, ...others } = job.permissions;
        assert.equal(contents, name === "fork" ? undefined : "read");
        writers.set(name, Object.entries(others).flat().join(" "));
      }
    }
    assert.deepEqual(Object.fromEntries(writers), {
      comment: "pull-requests write",
      drift: "id-token write",
      fork: "",
      issue: "issues write",
      preview: "id-token write",
      up: "id-token write",
    });
  });
});
