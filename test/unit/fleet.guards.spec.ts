import { strict as assert } from "node:assert";
import { refusalOf, tooManyChanges } from "../../cli/fleet/guards";
import { inWords, isInWords } from "../../cli/fleet/numberWords";
import { fleetOptionsSchema } from "../../cli/fleet/options";
import { checkedOptions } from "../../cli/options";
import { change, failedStack, fleetResult, stackResult } from "../fleetResults";

describe("the guards of a fleet", () => {
  const two = [stackResult("a", { changes: [change(), change()] }), stackResult("b")];

  it("count changes, or a part of all settings", () => {
    assert.equal(tooManyChanges(two, { count: 2 }), undefined);
    assert.match(
      tooManyChanges(two, { count: 1 }) ?? "",
      /2 changes, more than --max-changes 1\. Nothing/,
    );
    assert.equal(tooManyChanges(two, { percent: 10 }), undefined);
    assert.match(tooManyChanges(two, { percent: 5 }) ?? "", /5% \(1 of the fleet's 20 settings\)/);
  });

  it("refuse a stack that is not as it was previewed", () => {
    const saved = fleetResult([...two, failedStack("c", "It fails.")]);
    const now = (stack: string, ...changes: ReturnType<typeof change>[]) =>
      refusalOf(saved, stackResult(stack, { changes }))?.cause;
    assert.equal(now("a", change(), change({ name: "of a newer catalogue" })), undefined);
    assert.match(now("a", change({ new: "2" })) ?? "", /differ/);
    assert.equal(now("a"), undefined, "a second try, after a success");
    assert.match(now("b", change()) ?? "", /differ/);
    assert.match(now("c") ?? "", /preview failed/);
    assert.match(now("d") ?? "", /not in the saved preview/);
  });

  it("know numbers in words", () => {
    assert.deepEqual([0, 3, 13, 20, 21, 100, 137, 1_042, 20_000].map(inWords), [
      "zero",
      "three",
      "thirteen",
      "twenty",
      "twenty-one",
      "one hundred",
      "one hundred thirty-seven",
      "one thousand forty-two",
      "twenty thousand",
    ]);
    assert.ok(isInWords(" One hundred and Thirty seven", 137));
    for (const wrong of ["3", "thre", "", "three three"]) assert.equal(isInWords(wrong, 3), false);
  });

  it("are given in options that are checked", () => {
    const options = (given: object) => checkedOptions(fleetOptionsSchema, given);
    assert.deepEqual(options({ shard: "2/5" }).shard, { index: 2, of: 5 });
    assert.deepEqual(options({ maxChanges: "2.5%" }).maxChanges, { percent: 2.5 });
    assert.equal(options({ timeLimit: "20m" }).timeLimit, 1_200_000);
    for (const [given, message] of [
      [{ shard: "6/5" }, "--shard must be a part such as 2/5, not '6/5'"],
      [{ maxChanges: "101%" }, "--max-changes must be a number, or a part such as 5%, not '101%'"],
      [
        { timeLimit: "0s" },
        "--time-limit must be a time such as 90s, 20m or 2h, at most 24h, not '0s'",
      ],
      [{ parallel: "0" }, "--parallel must be a whole number from 1 to 256, not '0'"],
      [{ only: "new" }, "--only must be failed, not 'new'"],
    ] as const) {
      assert.throws(() => options(given), { name: "TypeError", message });
    }
  });
});
