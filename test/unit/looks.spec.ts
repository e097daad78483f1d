import { strict as assert } from "node:assert";
import type { GraphRequest } from "../../provider/graph";
import { findFirst, untilVisible } from "../../provider/update/looks";
import { refused } from "../fakeGraph";

const REQUEST: GraphRequest = { method: "GET", path: "/x" };

describe("looks for what was created", () => {
  let waits: (readonly [number, string | undefined])[];
  const context = {
    wait: (ms: number, doing?: string) => {
      waits.push([ms, doing]);
      return Promise.resolve();
    },
  };
  const waitedMs = () => waits.map(([ms]) => ms);

  beforeEach(() => {
    waits = [];
  });

  it("end with the first that finds something", async () => {
    const looks: number[] = [];
    const found = await findFirst(context, (time) => {
      looks.push(time);
      return Promise.resolve(time === 2 ? "found" : undefined);
    });
    assert.equal(found, "found");
    assert.deepEqual(looks, [0, 1, 2]);
    assert.deepEqual(waits, [
      [0, "Looking for what was created"],
      [1_000, "Looking for what was created"],
      [2_000, "Looking for what was created"],
    ]);
  });

  it("end after a quarter of a minute where there is nothing", async () => {
    assert.equal(await findFirst(context, () => Promise.resolve(undefined)), undefined);
    assert.deepEqual(waitedMs(), [0, 1_000, 2_000, 4_000, 8_000]);
  });

  /** Work on an object that the service finds after some tries, or never. */
  function workOn(visibleAfter: number, status = 404) {
    const tries = { count: 0 };
    const work = () => {
      tries.count += 1;
      return tries.count > visibleAfter
        ? Promise.resolve("done")
        : Promise.reject(refused(REQUEST, status));
    };
    return { tries, work };
  }

  it("are none where a new object is visible at once", async () => {
    assert.equal(await untilVisible(context, workOn(0).work), "done");
    assert.deepEqual(waits, []);
  });

  it("are repeated until a new object is visible", async () => {
    const { work, tries } = workOn(2);
    assert.equal(await untilVisible(context, work), "done");
    assert.equal(tries.count, 3);
    assert.deepEqual(waits, [
      [500, "Waiting for what was just created"],
      [1_000, "Waiting for what was just created"],
    ]);
  });

  it("end after half a minute with the refusal where a new object is never visible", async () => {
    const { work, tries } = workOn(Number.POSITIVE_INFINITY);
    await assert.rejects(untilVisible(context, work), { status: 404 });
    assert.equal(tries.count, 7);
    assert.deepEqual(waitedMs(), [500, 1_000, 2_000, 4_000, 8_000, 15_000]);
  });

  it("are not repeated after another refusal", async () => {
    const { work, tries } = workOn(1, 403);
    await assert.rejects(untilVisible(context, work), { status: 403 });
    assert.equal(tries.count, 1);
    assert.deepEqual(waits, []);
  });
});
