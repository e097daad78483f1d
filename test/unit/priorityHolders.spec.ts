import { strict as assert } from "node:assert";
import { holdersOf, mayBeTaken, priorityTaken } from "../../provider/update/priorities/holders";
import { fakeGraph, refused } from "../fakeGraph";

const REQUEST = { method: "PATCH", path: "/x" } as const;
const GUID = "aaaaaaaa-1111-4111-8111-11111111111a";

describe("the policies that have a priority", () => {
  const tenant = () =>
    fakeGraph(() => ({
      value: [
        { id: GUID, priority: 1 },
        { id: "b", priority: 2 },
        { id: "c", priority: 3 },
        { id: "d", priority: null },
        { id: "e" },
        { id: "f", priority: 1 },
      ],
    }));

  const holders = async (priorities: number[], leaving: string[] = []) => {
    const { graph } = tenant();
    const found = await holdersOf(graph, new Set(priorities), new Set(leaving), {});
    return found.map(({ id }) => id);
  };

  it("are all that have one of those asked for", async () => {
    assert.deepEqual(await holders([1, 3]), [GUID, "c", "f"]);
    assert.deepEqual(await holders([7]), []);
    assert.deepEqual(await holders([0]), []);
  });

  it("are none of those that leave it, in whatever case their id is written", async () => {
    assert.deepEqual(await holders([1, 2], [GUID.toUpperCase(), "b"]), ["f"]);
  });

  it("are looked for in the words of who asks", async () => {
    const { graph, sent } = tenant();
    await holdersOf(graph, new Set([1]), new Set(), { subject: "it" });
    const [{ action, subject } = {}] = sent;
    assert.deepEqual([action, subject], ["Looking who has the priority of", "it"]);
  });

  it("may be the reason of a 400 and a 409, and of nothing else", () => {
    const [bad, denied, conflict] = [400, 403, 409].map((status) => refused(REQUEST, status));
    assert.deepEqual([bad, denied, conflict].map(mayBeTaken), [true, false, true]);
    assert.equal(mayBeTaken(Object.assign(new Error("no"), { status: 409 })), false);
  });

  it("are named by an error, with what can be done", () => {
    const holder = { id: "b", displayName: "Baseline", priority: 2 };
    assert.equal(
      priorityTaken({ subject: 'client configuration "A"' }, holder).message,
      'client configuration "A": the priority 2 belongs to "Baseline" (b), which this update does not move. ' +
        "Each priority can be given once in a tenant. Choose another one, or move that policy in the same update; " +
        "if the program moves it already, let neither depend on the other, and do not run with --parallel 1. If the " +
        "update is to delete it: Pulumi deletes last, so delete it in one update and renumber in the next.",
    );
    const nameless = priorityTaken({}, { id: "b", priority: 2 }).message;
    assert.match(nameless, /^client configuration: the priority 2 belongs to "" \(b\), /);
  });
});
