import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { Announcer } from "../../provider/engine/announcer";

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
});
