import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { Announcer } from "../../provider/host/announcer";

describe("announcer", () => {
  const run = () => ({ PULUMI_LOG_OTLP_ENDPOINT: `localhost:${randomUUID()}` });

  function announcer(env: NodeJS.ProcessEnv, isPreview = false) {
    const lines: string[] = [];
    const subject = new Announcer(env, (line) => void lines.push(line));
    if (isPreview) subject.previewing();
    return { subject, lines };
  }

  it("says each line once in one process", () => {
    const { subject, lines } = announcer({});
    subject.say(["a", "b"]);
    subject.say(["a"]);
    assert.deepEqual(lines, ["a", "b"]);
  });

  it("says in an update only what its preview has not said", () => {
    const env = run();
    announcer(env, true).subject.say(["a"]);
    const update = announcer(env);
    update.subject.say(["a", "b"]);
    assert.deepEqual(update.lines, ["b"]);
  });

  it("says everything in a preview, whatever was said before", () => {
    const env = run();
    announcer(env, true).subject.say(["a"]);
    const preview = announcer(env, true);
    preview.subject.say(["a"]);
    assert.deepEqual(preview.lines, ["a"]);
  });

  it("says everything where the runs cannot be told apart", () => {
    announcer({}, true).subject.say(["a"]);
    const update = announcer({});
    update.subject.say(["a"]);
    assert.deepEqual(update.lines, ["a"]);
  });

  describe("notes", () => {
    const { TMPDIR } = process.env;
    let temporary: string;
    const folder = () => join(temporary, `pulumi-office-configuration-${userInfo().uid}`);

    beforeEach(() => {
      temporary = mkdtempSync(join(tmpdir(), "announcer-test-"));
      process.env.TMPDIR = temporary;
    });

    afterEach(() => {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      rmSync(temporary, { recursive: true });
    });

    /** Lines of an update after a preview of the same run. */
    function saidAfterPreview(env: NodeJS.ProcessEnv): string[] {
      announcer(env, true).subject.say(["a"]);
      const update = announcer(env);
      update.subject.say(["a"]);
      return update.lines;
    }

    it("stand in a folder of this user alone", () => {
      assert.deepEqual(saidAfterPreview(run()), []);
      assert.equal(readdirSync(folder()).length, 1);
    });

    it("are not written where others could read or have prepared the folder", () => {
      mkdirSync(folder());
      chmodSync(folder(), 0o755);
      assert.deepEqual(saidAfterPreview(run()), ["a"]);
      assert.deepEqual(readdirSync(folder()), []);
      rmSync(folder(), { recursive: true });
      const elsewhere = join(temporary, "elsewhere");
      mkdirSync(elsewhere, { mode: 0o700 });
      symlinkSync(elsewhere, folder());
      assert.deepEqual(saidAfterPreview(run()), ["a"]);
      assert.deepEqual(readdirSync(elsewhere), []);
    });

    it("are not written where a link leads", () => {
      const env = run();
      assert.deepEqual(saidAfterPreview(env), []);
      const [name = ""] = readdirSync(folder());
      rmSync(join(folder(), name));
      symlinkSync(join(temporary, "target"), join(folder(), name));
      announcer(env, true).subject.say(["b"]);
      assert.ok(!readdirSync(temporary).includes("target"));
    });

    it("count for an hour, and go with the next run", () => {
      const env = run();
      assert.deepEqual(saidAfterPreview(env), []);
      const [name = ""] = readdirSync(folder());
      const old = new Date(Date.now() - 61 * 60_000);
      utimesSync(join(folder(), name), old, old);
      announcer(run());
      assert.deepEqual(readdirSync(folder()), []);
    });

    it("do not count where they are older than that by the time they are read", () => {
      const env = run();
      announcer(env, true).subject.say(["a"]);
      const update = announcer(env);
      const [name = ""] = readdirSync(folder());
      utimesSync(join(folder(), name), 0, 0);
      update.subject.say(["a"]);
      assert.deepEqual(update.lines, ["a"]);
    });
  });
});
