import { strict as assert } from "node:assert";
import { paths } from "../../provider/api/paths";
import type { GraphClient } from "../../provider/graph";
import { forgetting } from "../../provider/update/reads/forgetting";
import { TenantReads } from "../../provider/update/reads/tenantReads";
import { fakeGraph, refused } from "../fakeGraph";
import { settle } from "../scriptedGraph";

const IDS = ["a", "b", "c", "d/e"];

describe("a Graph whose writes make the reads forget", () => {
  let reads: TenantReads;
  let graph: GraphClient;
  let isRefusing: boolean;

  beforeEach(() => {
    isRefusing = false;
    reads = new TenantReads(
      () => 0,
      () => Promise.resolve(),
    );
    const { graph: inner } = fakeGraph((request) => {
      if (request.method !== "GET" && isRefusing) throw refused(request, 403);
      return { value: IDS.map((id) => ({ id, displayName: id })) };
    });
    graph = forgetting(inner, reads);
  });

  /** The policies that the list tells no more. */
  async function forgotten(): Promise<string[]> {
    const all = IDS.map(async (id) => {
      const known = await reads.find(graph, { id, maxAgeMs: 60_000, needs: [] }, {});
      return known === undefined ? [id] : [];
    });
    return (await Promise.all(all)).flat();
  }

  const order = (ids: unknown) => ({ officeConfigurationPolicyIds: ids });

  for (const [what, write, ids] of [
    ["a PATCH of a policy", () => graph.patch(paths.clientConfiguration("a"), {}), ["a"]],
    ["a DELETE", () => graph.delete(paths.clientConfiguration("b")), ["b"]],
    ["its assign", () => graph.post(paths.assign("c"), { id: "b" }), ["c"]],
    [
      "its assign with a query",
      () => graph.post(`${paths.clientConfiguration("c")}?x=y`, {}),
      ["c"],
    ],
    [
      "a PATCH of a policy whose id is escaped in the path",
      () => graph.patch(paths.clientConfiguration("d/e"), {}),
      ["d/e"],
    ],
    [
      "a PATCH with the id in its body",
      () => graph.patch(paths.clientConfigurations, { id: "b" }),
      ["b"],
    ],
    ["a PATCH whose body has no id", () => graph.patch(paths.clientConfigurations, {}), []],
    ["a PATCH whose id is no text", () => graph.patch(paths.clientConfigurations, { id: 1 }), []],
    ["updatePriorities", () => graph.post(paths.updatePriorities, order(["a", "c"])), ["a", "c"]],
    ["updatePriorities without ids", () => graph.post(paths.updatePriorities, {}), []],
    [
      "updatePriorities whose ids are no list",
      () => graph.post(paths.updatePriorities, order("a")),
      [],
    ],
    ["a PATCH without a body", () => graph.patch(paths.officeConfiguration, undefined), []],
    ["a POST of a new policy", () => graph.post(paths.clientConfigurations, { id: "a" }), []],
    ["a GET", () => graph.get(paths.clientConfiguration("a")), []],
  ] as const) {
    it(`forgets ${ids.length === 0 ? "nothing" : "what is written"} by ${what}`, async () => {
      assert.deepEqual(await forgotten(), []);
      await write();
      assert.deepEqual(await forgotten(), ids);
    });
  }

  it("forgets what a refused write may have changed", async () => {
    assert.deepEqual(await forgotten(), []);
    isRefusing = true;
    await assert.rejects(graph.patch(paths.clientConfiguration("a"), {}), { status: 403 });
    assert.deepEqual(await forgotten(), ["a"]);
  });

  it("gives the answers of the Graph behind it", async () => {
    const { body } = await graph.post(paths.clientConfigurations, {});
    assert.equal((body as { value: unknown[] }).value.length, 4);
  });
});

describe("creations through a Graph whose writes make the reads forget", () => {
  /** Whether those who wait for creations wait while a request is on its way. */
  async function isWaitedFor(path: string): Promise<boolean> {
    let nowMs = 0;
    const sleepers: (() => void)[] = [];
    const sleep = () => new Promise<void>((wake) => void sleepers.push(wake));
    const reads = new TenantReads(() => nowMs, sleep);
    const silent = fakeGraph(() => new Promise(() => {})).graph;
    void forgetting(silent, reads).post(path, {});
    nowMs += 100;
    let isGathered = false;
    void reads.creationsGathered().then(() => {
      isGathered = true;
    });
    await settle();
    return !isGathered;
  }

  it("are waited for by others of the same moment, and other writes are not", async () => {
    assert.equal(await isWaitedFor(paths.clientConfigurations), true);
    assert.equal(await isWaitedFor(paths.assign("a")), false);
  });
});
