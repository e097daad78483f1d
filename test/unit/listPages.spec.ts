import { strict as assert } from "node:assert";
import { type PageStart, readListPage } from "../../provider/api/listPages";
import type { GraphClient } from "../../provider/graph";
import { fakeGraph } from "../fakeGraph";

const LINK = new URL("https://graph.test/beta/next");

describe("pages of the list of policies", () => {
  /** A Graph whose pages have these policies, by what is skipped. */
  function graphOf(
    idsAt: (skip: number) => readonly string[],
    hasMore: boolean | ((skip: number) => boolean) = true,
  ) {
    const asked: string[] = [];
    const { graph } = fakeGraph(({ path, link, joins }) => {
      const query = path.split("?")[1] ?? "no query";
      asked.push(`${link === undefined ? query : "link"}${joins ? " joins" : ""}`);
      const skip = Number(/skip=(\d+)/.exec(path)?.[1] ?? 0);
      const value = idsAt(skip).map((id) => ({ id, displayName: id }));
      const hasNext = typeof hasMore === "boolean" ? hasMore : hasMore(skip);
      return { value, ...(hasNext && { "@odata.nextLink": LINK.href }) };
    });
    return { asked, graph };
  }

  const read = (graph: GraphClient, start: PageStart, withGroups = true) =>
    readListPage(graph, {}, { start, withGroups });

  const numbered = (first: number, count: number) =>
    Array.from({ length: count }, (_, place) => `id-${first + place}`);

  it("lead on by their link where they are large", async () => {
    const { graph, asked } = graphOf((skip) => numbered(skip, 16));
    assert.equal(String((await read(graph, "first")).next), LINK.href);
    await read(graph, LINK);
    assert.deepEqual(asked, ["$expand=assignments", "link"]);
  });

  it("lead on to many at once where the first is small", async () => {
    const { graph, asked } = graphOf((skip) => numbered(skip, 7));
    const { next, isSmall } = await read(graph, "first");
    assert.deepEqual([next, isSmall], [{ skip: 0, pageSize: 7 }, true]);
    assert.ok(next);
    asked.length = 0;
    const run = await read(graph, next);
    assert.deepEqual(
      run.policies.map(({ id }) => id),
      numbered(0, 140),
    );
    assert.deepEqual(run.next, { skip: 140, pageSize: 7 });
    assert.equal(asked.length, 20);
    assert.deepEqual(asked[19], "$expand=assignments&$skip=133 joins");
  });

  it("end with the last", async () => {
    const { graph } = graphOf((skip) => numbered(skip, 3), false);
    const { next, isSmall } = await read(graph, "first");
    assert.deepEqual([next, isSmall], [undefined, false]);
    assert.equal((await read(graph, { skip: 0, pageSize: 3 })).next, undefined);
  });

  it("lead nowhere where one in the middle is small, or the first is empty", async () => {
    assert.equal((await read(graphOf(() => ["a"]).graph, LINK)).next, undefined);
    assert.equal((await read(graphOf(() => []).graph, "first")).next, undefined);
  });

  it("bring nothing where the service does not skip", async () => {
    const { graph } = graphOf(() => numbered(0, 7));
    const run = await read(graph, { skip: 0, pageSize: 7 });
    assert.deepEqual(run, { policies: [], next: undefined, isSmall: true });
  });

  it("bring what can be read where one of many cannot", async () => {
    const { graph } = graphOf((skip) => numbered(skip, 7));
    const failing = graph.around((request, send) =>
      request.path.endsWith("skip=70") ? Promise.reject(new Error("no")) : send(request),
    );
    const run = await read(failing, { skip: 0, pageSize: 7 });
    assert.equal(run.policies.length, 133);
    assert.ok(!run.policies.some(({ id }) => id === "id-70"));
  });

  it("have no groups where those are not wanted", async () => {
    const { graph, asked } = graphOf((skip) => numbered(skip, 7));
    await read(graph, "first", false);
    await read(graph, { skip: 7, pageSize: 7 }, false);
    assert.deepEqual(asked.slice(0, 3), ["no query", "$skip=7 joins", "$skip=14 joins"]);
  });

  it("end where the last of many does, whatever the others say", async () => {
    const run = { skip: 0, pageSize: 7 };
    const ending = graphOf(
      (skip) => numbered(skip, 7),
      (skip) => skip < 133,
    );
    assert.equal((await read(ending.graph, run)).next, undefined);
    const going = graphOf(
      (skip) => numbered(skip, 7),
      (skip) => skip === 133,
    );
    assert.deepEqual((await read(going.graph, run)).next, { skip: 140, pageSize: 7 });
    const failing = going.graph.around((request, send) =>
      request.path.endsWith("skip=133") ? Promise.reject(new Error("no")) : send(request),
    );
    assert.equal((await read(failing, run)).next, undefined);
  });

  it("bring what there is where a tenant has fewer than many hold", async () => {
    const { graph } = graphOf((skip) => (skip === 0 ? numbered(0, 7) : []));
    const run = await read(graph, { skip: 0, pageSize: 7 });
    assert.deepEqual([run.policies.length, run.isSmall], [7, false]);
  });

  it("bring nothing where all of many fail", async () => {
    const failing = graphOf(() => []).graph.around(() => Promise.reject(new Error("no")));
    const run = await read(failing, { skip: 0, pageSize: 7 });
    assert.deepEqual(run, { policies: [], next: undefined, isSmall: true });
  });

  it("leave out what is no policy", async () => {
    const { graph } = fakeGraph(() => ({ value: [{ displayName: "no id" }, { id: "a" }, 7] }));
    const { policies } = await read(graph, "first");
    assert.deepEqual(
      policies.map(({ id }) => id),
      ["a"],
    );
  });
});
