import { strict as assert } from "node:assert";
import { mock } from "node:test";
import { setImmediate as endOfMoment } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { refuseDeclared, whenDeclared } from "../../provider/program/declared";

describe("resources that a program declares", () => {
  let program: readonly [project: string, stack: string];

  beforeEach(() => {
    program = ["project", "stack"];
    mock.method(pulumi.runtime, "getProject", () => program[0]);
    mock.method(pulumi.runtime, "getStack", () => program[1]);
  });
  afterEach(() => mock.restoreAll());

  /** Outcome of a resource that is declared now. */
  function declare(value: string) {
    const outcome: string[] = [];
    void whenDeclared(value).then(
      (sent) => outcome.push(sent),
      (error: Error) => outcome.push(error.message),
    );
    return outcome;
  }

  it("are sent once the code that declares them has run on, all together", async () => {
    const [one, two] = [declare("one"), declare("two")];
    await Promise.resolve();
    assert.deepEqual([one, two], [[], []]);
    await endOfMoment();
    assert.deepEqual([one, two], [["one"], ["two"]]);
    const three = declare("three");
    await endOfMoment();
    assert.deepEqual(three, ["three"]);
  });

  it("are not sent where the program is refused, and the error is handed back to be thrown", async () => {
    const [one, two] = [declare("one"), declare("two")];
    const error = new Error("refused");
    assert.equal(refuseDeclared(error), error);
    const next = declare("next");
    await endOfMoment();
    assert.deepEqual([one, two, next], [["refused"], ["refused"], ["next"]]);
  });

  it("are sent where another program of the same process is refused", async () => {
    program = ["project", "one"];
    const one = declare("one");
    program = ["project", "two"];
    const two = declare("two");
    program = ["other", "one"];
    const other = declare("other");
    program = ["project", "two"];
    refuseDeclared(new Error("refused"));
    await endOfMoment();
    assert.deepEqual([one, two, other], [["one"], ["refused"], ["other"]]);
  });
});
