import { strict as assert } from "node:assert";
import { GraphHttpError } from "../../provider/graph";
import { prioritiesInOrder } from "../../provider/resources/priorities/order";
import { PriorityMoves } from "../../provider/update/priorities/priorityMoves";
import { Quiet } from "../../provider/update/quiet";
import { testContext } from "../context";
import { fakeGraph, refused } from "../fakeGraph";

const TAKEN = { method: "POST", path: "/x" } as const;

/** Time that stands still until somebody waits. */
function fakeTime() {
  let nowMs = 0;
  const atWait: (() => void)[] = [];
  const wait = (ms: number) => {
    nowMs += ms;
    atWait.shift()?.();
    return Promise.resolve();
  };
  return { clock: { now: () => nowMs, sleep: wait }, atWait };
}

/** A tenant that knows only ids and priorities, each of which it gives once. */
function tenant(held: Record<string, number>) {
  const actions: Record<string, number>[] = [];
  const apply = (wanted: Record<string, number>) => {
    const after = { ...held, ...wanted };
    if (new Set(Object.values(after)).size < Object.keys(after).length) throw refused(TAKEN, 409);
    Object.assign(held, wanted);
  };
  const { graph } = fakeGraph((request) => {
    if (request.method === "GET") {
      const all = Object.entries(held);
      return { value: all.map(([id, priority]) => ({ id, displayName: id, priority })) };
    }
    assert.equal(request.method, "POST");
    const { officeConfigurationPolicyIds: ids, officeConfigurationPriorities: numbers } =
      request.body as {
        officeConfigurationPolicyIds: string[];
        officeConfigurationPriorities: number[];
      };
    const wanted = Object.fromEntries(ids.map((id, index) => [id, numbers[index] ?? -1]));
    apply(wanted);
    return void actions.push(wanted);
  });
  const patch = (id: string, priority: number) => async () => {
    apply({ [id]: priority });
    return Promise.resolve(id);
  };
  return { graph, held, actions, patch };
}

describe("priority moves", () => {
  const setUp = (held: Record<string, number>) => {
    const time = fakeTime();
    const moves = new PriorityMoves(new Quiet(time.clock));
    const made = tenant(held);
    const wish = (id: string, priority: number) => ({
      context: testContext({ graph: made.graph }),
      call: { subject: id },
      id,
      priority,
    });
    return { time, moves, wish, ...made };
  };

  it("of a cycle become one action, which leaves the others nothing to send", async () => {
    const { moves, wish, actions, held } = setUp({ a: 0, b: 1, c: 2, d: 3 });
    for (const [id, from, to] of [
      ["a", 0, 1],
      ["b", 1, 2],
      ["c", 2, 0],
    ] as const) {
      moves.plan(id, from, to);
    }
    const results = await Promise.all([
      moves.move(wish("a", 1), 0),
      moves.move(wish("b", 2), 1),
      moves.move(wish("c", 0), 2),
    ]);
    assert.deepEqual(results, ["moved", "moved", "moved"]);
    assert.deepEqual(held, { a: 1, b: 2, c: 0, d: 3 });
    assert.equal(actions.length, 1);
  });

  it("include what is only planned, where it is in the way, and nothing else", async () => {
    const { moves, wish, actions } = setUp({ a: 0, b: 1, c: 2, d: 3 });
    moves.plan("b", 1, 4);
    moves.plan("c", 2, 9);
    assert.equal(await moves.move(wish("a", 1), 0), "moved");
    assert.deepEqual(actions, [{ a: 1, b: 4 }]);
    assert.equal(await moves.move(wish("b", 4), 1), "moved");
    assert.equal(actions.length, 1);
  });

  it("of one policy alone are left to its own request", async () => {
    const { moves, wish, actions } = setUp({ a: 0, b: 1 });
    moves.plan("a", 0, 7);
    assert.equal(await moves.move(wish("a", 7), 0), "alone");
    assert.deepEqual(actions, []);
  });

  it("wait while more is being planned, so that a late plan still comes along", async () => {
    const { time, moves, wish, actions } = setUp({ a: 0, b: 1 });
    time.atWait.push(() => {
      moves.quiet.disturb();
      moves.plan("b", 1, 0);
    });
    assert.equal(await moves.move(wish("a", 1), 0), "moved");
    assert.deepEqual(actions, [{ a: 1, b: 0 }]);
  });

  it("that were made already are in nobody's way", async () => {
    const { moves, wish, actions } = setUp({ a: 0, b: 1, d: 5 });
    moves.plan("a", 0, 1);
    moves.plan("b", 1, 2);
    await Promise.all([moves.move(wish("a", 1), 0), moves.move(wish("b", 2), 1)]);
    assert.equal(await moves.move(wish("d", 0), 5), "alone");
    assert.deepEqual(actions, [{ a: 1, b: 2 }]);
  });

  it("free a priority that somebody is found to be about to give up only later", async () => {
    const { time, moves, wish, actions, patch } = setUp({ a: 0 });
    time.atWait.push(() => moves.plan("a", 0, 1));
    await moves.whenFree({ ...wish("new", 0), id: undefined }, patch("new", 0));
    assert.deepEqual(actions, [{ a: 1 }]);
  });

  it("free a priority for a new policy that asks for it", async () => {
    const { moves, wish, actions, patch, held } = setUp({ a: 0, b: 1 });
    moves.plan("a", 0, 1);
    moves.plan("b", 1, 2);
    await moves.whenFree({ ...wish("new", 0), id: undefined }, patch("new", 0));
    assert.deepEqual(actions, [{ a: 1, b: 2 }]);
    assert.deepEqual(held, { a: 1, b: 2, new: 0 });
  });

  it("name the policy that has a priority and stays", async () => {
    const { moves, wish, patch } = setUp({ a: 0, b: 1 });
    await assert.rejects(
      moves.whenFree(wish("a", 1), patch("a", 1)),
      /^OfficeConfigurationError: a: the priority 1 belongs to "b" \(b\)/,
    );
    moves.plan("c", 5, 1);
    await assert.rejects(
      Promise.all([moves.move(wish("a", 1), 0), moves.move(wish("c", 5), 4)]),
      /2 client configurations: the priority 1 belongs to "b" \(b\)/,
    );
  });

  it("send a request again whose priority was given up before anybody looked who has it", async () => {
    const { moves, wish, held, actions, patch } = setUp({ a: 0 });
    const send = patch("new", 0);
    await moves.whenFree({ ...wish("new", 0), id: undefined }, () =>
      send().finally(() => Object.assign(held, { a: 1 })),
    );
    assert.deepEqual(held, { a: 1, new: 0 });
    assert.deepEqual(actions, []);
  });

  it("pass on a refusal that is about something else", async () => {
    const { moves, wish } = setUp({ a: 0 });
    const refusal = new GraphHttpError({
      method: "POST",
      path: "/x",
      status: 400,
      code: "",
      graphMessage: "no",
    });
    await assert.rejects(
      moves.whenFree(wish("a", 1), () => Promise.reject(refusal)),
      refusal,
    );
  });
});

describe("an order of priorities", () => {
  const policy = (id: string, priority: number | null) => ({ id, priority });

  it("hands out the numbers that its policies have", () => {
    const [a, b, c] = [policy("a", 8), policy("b", 3), policy("c", 5)];
    const wanted = prioritiesInOrder([a, b, c], [a, b, c, policy("d", 4)]);
    assert.deepEqual(
      [...wanted],
      [
        ["a", 3],
        ["b", 5],
        ["c", 8],
      ],
    );
  });

  it("takes new numbers behind all others where two have the same, or one has none", () => {
    const [a, b, c] = [policy("a", 3), policy("b", 3), policy("c", null)];
    const wanted = prioritiesInOrder([a, b, c], [a, b, c, policy("d", 9)]);
    assert.deepEqual(
      [...wanted],
      [
        ["a", 3],
        ["b", 10],
        ["c", 11],
      ],
    );
  });
});
