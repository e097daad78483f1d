import { strict as assert } from "node:assert";
import { EventEmitter } from "node:events";
import { exitCodeOf } from "../../cli/fleet/exitCode";
import { Progress } from "../../cli/fleet/progress";
import type { StackResult } from "../../cli/fleet/result";
import { runSchedule } from "../../cli/fleet/schedule";
import { watchStops } from "../../cli/fleet/signals";
import { change, failedStack, fleetResult, stackNames, stackResult } from "../fleetResults";

const NEVER = new AbortController().signal;

/** Runs a schedule whose stacks end when the test says so. */
async function scheduled(
  names: readonly string[],
  parts: Partial<Parameters<typeof runSchedule>[0]> = {},
  stop = NEVER,
) {
  const begun: string[] = [];
  const ends = new Map<string, (result: StackResult) => void>();
  const end = runSchedule(
    { stacks: names, canaries: [], parallel: 2, ...parts },
    (stack) => {
      begun.push(stack);
      return new Promise((resolve) => ends.set(stack, resolve));
    },
    stop,
  );
  const finish = async (stack: string, result = stackResult(stack)) => {
    ends.get(stack)?.(result);
    await new Promise(setImmediate);
  };
  await new Promise(setImmediate);
  return { begun, finish, end };
}

describe("the order of a fleet's run", () => {
  it("has so many stacks at a time, and a failed one does not stop the others", async () => {
    const { begun, finish, end } = await scheduled(["a", "b", "c"]);
    assert.deepEqual(begun, ["a", "b"]);
    await finish("a", failedStack("a", "It fails."));
    assert.deepEqual(begun, ["a", "b", "c"]);
    await finish("c");
    await finish("b");
    const { stacks, notRun } = await end;
    assert.deepEqual(
      stacks.map(({ stack }) => stack),
      ["a", "b", "c"],
    );
    assert.deepEqual(notRun, []);
  });

  it("begins with the canaries, and ends with them if one fails", async () => {
    for (const [result, others] of [
      [stackResult("b"), ["b", "a", "c"]],
      [failedStack("b", "It fails."), ["b"]],
    ] as const) {
      const { begun, finish, end } = await scheduled(["a", "b", "c"], { canaries: ["b"] });
      assert.deepEqual(begun, ["b"]);
      await finish("b", result);
      assert.deepEqual(begun, others);
      await finish("a");
      await finish("c");
      const why = "the canary b failed";
      const notRun =
        others.length === 1
          ? [
              { stack: "a", why },
              { stack: "c", why },
            ]
          : [];
      assert.deepEqual((await end).notRun, notRun);
    }
  });

  it("stops when so many fail for one reason, not for several", async () => {
    const { begun, finish, end } = await scheduled(stackNames(5), { parallel: 1, stopAfter: 2 });
    for (const [place, cause] of ["x", "y", "x"].entries()) {
      await finish(begun[place] ?? "", failedStack(begun[place] ?? "", cause));
    }
    const { stacks, notRun } = await end;
    assert.equal(stacks.length, 3);
    assert.deepEqual(
      [...new Set(notRun.map(({ why }) => why))],
      ["2 tenants failed for one reason (--stop-after 2)"],
    );
  });

  it("stops when so many violate one rule, whatever else they failed for", async () => {
    const { begun, finish, end } = await scheduled(stackNames(3), { parallel: 1, stopAfter: 2 });
    for (const place of [0, 1]) {
      const stack = failedStack(begun[place] ?? "", `It fails for reason ${place}.`);
      const violations = [
        {
          policyName: "policy-names",
          policyPackName: "office-configuration",
          enforcementLevel: "mandatory" as const,
          message: `Its name is wrong in its ${place}. way.`,
        },
      ];
      await finish(stack.stack, { ...stack, violations });
    }
    assert.equal(begun.length, 2);
    const { stacks, notRun } = await end;
    assert.equal(stacks.length, 2);
    assert.match(notRun[0]?.why ?? "", /^2 tenants failed for one reason/);
  });

  it("lets running stacks finish when it is stopped", async () => {
    const stop = new AbortController();
    const { begun, finish, end } = await scheduled(["a", "b", "c"], {}, stop.signal);
    stop.abort();
    await finish("a");
    await finish("b");
    const { stacks, notRun } = await end;
    assert.deepEqual(begun, ["a", "b"]);
    assert.equal(stacks.length, 2);
    assert.deepEqual(notRun, [{ stack: "c", why: "the run was stopped" }]);
  });
});

describe("Ctrl-C during a fleet's run", () => {
  const watched = () => {
    const source = new EventEmitter();
    const said: string[] = [];
    return { source, said, stops: watchStops((line) => said.push(line), source) };
  };

  it("once begins no more stacks, twice cancels those that run", () => {
    const { source, said, stops } = watched();
    source.emit("SIGINT", "SIGINT");
    assert.deepEqual([stops.stop.aborted, stops.cancel.aborted], [true, false]);
    source.emit("SIGINT", "SIGINT");
    assert.equal(stops.cancel.aborted, true);
    source.emit("SIGINT", "SIGINT");
    assert.equal(said.length, 3);
    stops.end();
    assert.equal(source.listenerCount("SIGINT"), 0);
  });

  it("is not what CI systems send: they kill soon after, so the stacks are cancelled at once", () => {
    const { source, stops } = watched();
    source.emit("SIGTERM", "SIGTERM");
    assert.deepEqual([stops.stop.aborted, stops.cancel.aborted], [true, true]);
    stops.end();
  });
});

describe("the exit code of a fleet's run", () => {
  const code = (
    result: Parameters<typeof exitCodeOf>[0],
    expectNoChanges = false,
    isInterrupted = false,
  ) => exitCodeOf(result, { expectNoChanges, isInterrupted });
  const changed = stackResult("a", { changes: [change()] });
  const drifted = { ...changed, result: "drifted" as const };

  it("is 0, 1 for changes that count, 2 for what failed or did not run, 130 after Ctrl-C", () => {
    assert.equal(code(fleetResult([changed])), 0);
    assert.equal(code(fleetResult([changed]), true), 1);
    assert.equal(code(fleetResult([drifted], { command: "drift" })), 1);
    assert.equal(code(fleetResult([drifted], { command: "refresh" })), 0);
    assert.equal(code(fleetResult([changed, failedStack("b", "x")]), true), 2);
    assert.equal(code(fleetResult([], { notRun: [{ stack: "a", why: "x" }] })), 2);
    assert.equal(code(fleetResult([changed]), false, true), 130);
  });
});

describe("the progress of a fleet's run", () => {
  /** Last screen of a terminal: it goes up, and takes away what is below. */
  function screen(isTTY: boolean, columns?: number) {
    let text = "";
    return {
      isTTY,
      ...(columns !== undefined && { columns }),
      write: (part: string) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what moves the cursor
        const [, up, rest] = /^\u001b\[(\d+)A\u001b\[0J([\s\S]*)$/.exec(part) ?? [];
        if (up === undefined) text += part;
        else
          text = `${text
            .split("\n")
            .slice(0, -1 - Number(up))
            .map((line) => `${line}\n`)
            .join("")}${rest}`;
      },
      text: () => text,
    };
  }

  it("is a line for each running stack, a count and an estimate on a terminal", () => {
    for (const columns of [80, 120]) {
      const shown = screen(true, columns);
      let now = 0;
      const progress = new Progress(shown, { total: 10, parallel: 2 }, () => now);
      progress.begin("contoso");
      progress.begin("fabrikam");
      progress.step("contoso", `update ${"macro-security ".repeat(20)}`);
      now = 12_000;
      progress.end(stackResult("fabrikam"));
      progress.begin("adatum");
      progress.end(failedStack("adatum", "The stack is locked."));
      const lines = shown.text().split("\n");
      assert.equal(lines[0], "adatum failed: The stack is locked.");
      assert.match(lines[1] ?? "", /^ {2}contoso +12 s {2}update macro-security .*…$/);
      assert.equal(lines[2], "2 of 10 done, 1 failed, about 25 s left");
      assert.deepEqual(lines.slice(3), [""]);
      assert.ok(lines.every(({ length }) => length < columns));
      progress.clear();
      assert.equal(shown.text(), "adatum failed: The stack is locked.\n");
    }
  });

  it("is a line for each stack that is done elsewhere, without codes", () => {
    const shown = screen(false);
    const progress = new Progress(shown, { total: 3, parallel: 2 }, () => 0);
    progress.begin("contoso");
    progress.step("contoso", "update it");
    progress.redraw();
    progress.end(stackResult("contoso", { changes: [change()] }));
    progress.begin("\u001b[2Jevil");
    progress.end(stackResult("\u001b[2Jevil"));
    progress.end(failedStack("adatum", "The stack is locked."));
    assert.equal(
      shown.text(),
      "[1/3] contoso: 1 change (3 s)\n[2/3] [2Jevil: no changes (3 s)\n[3/3] adatum: failed: The stack is locked. (3 s)\n",
    );
  });
});
