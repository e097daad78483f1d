import { strict as assert } from "node:assert";
import {
  chmodSync,
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
import { addRecipeFiles, type JobEnd, runJob } from "../ciRecipes";
import { EmulatedForge, FORGE_TOKEN } from "../emulatedForge";
import { CI_SYSTEMS } from "../pipelines";

const RECIPES = join(__dirname, "..", "..", "examples", "ci");

/** A program in the place of `pulumi`: it writes down its arguments, and ends as the files of a stack say. */
const STAND_IN = `#!/bin/sh
echo "$*" >> "$STAND_IN/calls"
while [ "$1" != --stack ]; do shift; done
cat "$STAND_IN/$2.txt"
exit "$(cat "$STAND_IN/$2.code")"
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
      writeFileSync(join(folder, "bin", "pulumi"), STAND_IN);
      chmodSync(join(folder, "bin", "pulumi"), 0o755);
      forge = new EmulatedForge();
      await forge.listen();
    });

    afterEach(async () => {
      await forge.close();
      rmSync(folder, { recursive: true });
    });

    /** What `pulumi` says about a stack, and how it ends. */
    function stack(name: string, text: string, code = 0): void {
      writeFileSync(join(folder, `${name}.txt`), `${text}\n`);
      writeFileSync(join(folder, `${name}.code`), String(code));
    }

    /** Runs jobs of a pipeline of its own, one after the other. */
    async function pipeline(...names: (keyof typeof system.jobs)[]): Promise<JobEnd[]> {
      const run = mkdtempSync(join(folder, "run-"));
      const addresses = { forge: forge.url, login: "https://127.0.0.1:1" };
      const ends: JobEnd[] = [];
      for (const name of names) {
        ends.push(
          await runJob(system.jobs[name](), {
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

    it("writes one comment with all stacks, and updates it", async () => {
      // More than one page of others' comments, one of which has our mark.
      for (let count = 0; count < 130; count += 1) {
        forge.add(forge.comments, { text: `${count === 3 ? `${MARK}\n` : ""}hello`, byBot: false });
      }
      stack("contoso", 'Privacy: office16;L_SendFeedback "0" => "1"');
      stack("fabrikam", "2 unchanged");
      const [preview, comment] = await pipeline("preview", "comment");
      assert.equal(preview?.code, 0, preview?.output);
      assert.equal(comment?.code, 0, comment?.output);
      assert.equal(ours().length, 1);
      const text = ours()[0]?.text ?? "";
      assert.match(text, /#### contoso\n\n```text\nPrivacy: .* "0" => "1"\n```/);
      assert.match(text, /#### fabrikam\n\n```text\n2 unchanged\n```/);
      assert.match(text, /\[Log of the run\]\(http.*90\)/);
      stack("contoso", "3 unchanged");
      await pipeline("preview", "comment");
      assert.equal(ours().length, 1);
      assert.match(ours()[0]?.text ?? "", /#### contoso\n\n```text\n3 unchanged\n```/);
      assert.equal(forge.writes.length, 2);
      assert.ok(forge.comments.slice(0, 130).every((each) => each.text.endsWith("hello")));
      assert.deepEqual(
        [...new Set(calls())],
        [
          "preview --refresh --stack contoso --non-interactive --color never --suppress-progress",
          "preview --refresh --stack fabrikam --non-interactive --color never --suppress-progress",
        ],
      );
    });

    it("names a stack that failed, and one that has no result, and goes on after it", async () => {
      stack("contoso", "error: no credential", 255);
      stack("fabrikam", "2 unchanged");
      const [preview] = await pipeline("preview", "comment");
      assert.equal(preview?.code, 1);
      assert.match(
        ours()[0]?.text ?? "",
        /#### contoso: failed \(exit code 255\)\n\n```text\nerror/,
      );
      assert.match(ours()[0]?.text ?? "", /#### fabrikam\n/);
      // The job of the preview died before its first step.
      await pipeline("comment");
      assert.match(ours()[0]?.text ?? "", /#### contoso: no result, see the log\n/);
      assert.equal(ours().length, 1);
    });

    it("cuts what a comment cannot hold, says so, and keeps to its code block", async () => {
      const lines = Array.from({ length: 2_000 }, (_, line) => `line ${line} ${"x".repeat(50)}`);
      stack("contoso", ["````", "@everyone", ...lines].join("\n"));
      stack("fabrikam", "2 unchanged");
      await pipeline("preview", "comment");
      const text = ours()[0]?.text ?? "";
      assert.ok(text.length < 65_536, String(text.length));
      assert.match(
        text,
        /\n`````text\n````\n@everyone\n.*\n… 1,?\d+ more lines are in the log\n`````\n/s,
      );
      assert.match(
        text,
        /#### fabrikam\n\n`````text\n2 unchanged|#### fabrikam\n\n```text\n2 unchanged/,
      );
    });

    it("opens one issue while there is drift, updates it, and closes it", async () => {
      forge.add(forge.issues, { text: "somebody's", label: "bug" });
      stack("contoso", 'Privacy: office16;L_SendFeedback "0" => "7" (changed in the tenant)', 7);
      stack("fabrikam", "2 unchanged");
      const [drift, issue] = await pipeline("drift", "issue");
      assert.equal(drift?.code, 0, drift?.output);
      assert.equal(issue?.code, 0, issue?.output);
      assert.equal(forge.issues.length, 2);
      assert.equal(forge.issues[1]?.title, "Drift in policies of Microsoft 365 Apps");
      assert.equal(forge.issues[1]?.label, LABEL);
      assert.match(forge.issues[1]?.text ?? "", /1 of 2 stacks/);
      assert.match(forge.issues[1]?.text ?? "", /contoso: drift/);
      assert.doesNotMatch(forge.issues[1]?.text ?? "", /fabrikam/);
      stack("contoso", 'Privacy: office16;L_SendFeedback "0" => "9" (changed in the tenant)', 7);
      await pipeline("drift", "issue");
      assert.equal(forge.issues.length, 2);
      assert.match(forge.issues[1]?.text ?? "", /(?:"9"|&quot;9)/);
      // A stack that failed may have drifted: the issue stays open.
      stack("contoso", "error: 503", 255);
      const [failed] = await pipeline("drift", "issue");
      assert.equal(failed?.code, 1);
      assert.ok(forge.issues[1]?.isOpen);
      stack("contoso", "2 unchanged");
      const [, closed] = await pipeline("drift", "issue");
      assert.match(closed?.output ?? "", /^No drift\. Issue 2 is closed\.$/m);
      assert.equal(forge.issues[1]?.isOpen, false);
      await pipeline("drift", "issue");
      assert.deepEqual(
        forge.issues.map(({ isOpen }) => isOpen),
        [true, false],
      );
      assert.ok(calls().every((line) => line.startsWith("preview --refresh --expect-no-changes ")));
    });

    it("updates each stack after a merge, and skips only what others made", async () => {
      stack("contoso", "error: refused", 1);
      stack("fabrikam", "1 created");
      const [up, preview, comment] = await pipeline("up", "preview", "comment");
      assert.equal(up?.code, 1);
      assert.match(
        up?.output ?? "",
        /contoso: exit code 1\n.*\n=== fabrikam: exit code 0\n1 created/,
      );
      assert.match(calls()[0] ?? "", /^up --yes --skip-preview --stack contoso /);
      const skipped = [up, preview, comment].flatMap((end) => end?.skipped ?? []);
      const known =
        /^(?:actions\/(?:checkout@v7|setup-node@v7)|pulumi\/actions@v7|UseNode@1|checkout: self|Install Pulumi|Install packages|before_script)$/;
      assert.deepEqual(
        skipped.filter((name) => !known.test(name)),
        [],
      );
    });

    it("says what the forge answered, without the token", async () => {
      stack("contoso", "1 unchanged");
      stack("fabrikam", "1 unchanged");
      await forge.close();
      const refusing = new EmulatedForge("another-token");
      await refusing.listen();
      forge = refusing;
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
        assert.equal(contents, "read");
        writers.set(name, Object.entries(others).flat().join(" "));
      }
    }
    assert.deepEqual(Object.fromEntries(writers), {
      comment: "pull-requests write",
      drift: "id-token write",
      issue: "issues write",
      preview: "id-token write",
      up: "id-token write",
    });
  });
});
