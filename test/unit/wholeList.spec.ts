import { strict as assert } from "node:assert";
import { readWholeList } from "../../provider/api/wholeList";
import { fakeGraph, refused } from "../fakeGraph";

const COUNT = 47;

/** Page of a tenant of `COUNT` policies. */
interface PageAsked {
  readonly skip: number;
  readonly isLink: boolean;
}

describe("the whole list of policies", () => {
  const all = Array.from({ length: COUNT }, (_, place) => ({ id: `id-${place}` }));
  const ids = all.map(({ id }) => id);

  /** A Graph whose pages have `pageSize` policies. */
  function graphOf(
    pageSize: number,
    itemsOf = (skip: number): readonly unknown[] => all.slice(skip, skip + pageSize),
  ) {
    const asked: PageAsked[] = [];
    const { graph } = fakeGraph(({ path, link }) => {
      const skip = Number(/skip=(\d+)/.exec(link?.href ?? path)?.[1] ?? 0);
      asked.push({ skip, isLink: link !== undefined });
      const end = skip + pageSize;
      const next = `https://graph.test/beta/next?skip=${end}`;
      return { value: itemsOf(skip), ...(end < COUNT && { "@odata.nextLink": next }) };
    });
    return { asked, graph };
  }

  const idsOf = async (graph: ReturnType<typeof graphOf>["graph"]) =>
    (await readWholeList(graph, {})).policies.map(({ id }) => id);

  it("follows the links of large pages", async () => {
    const { asked, graph } = graphOf(20);
    assert.deepEqual(await idsOf(graph), ids);
    assert.deepEqual(
      asked.map(({ skip }) => skip),
      [0, 20, 40],
    );
    assert.deepEqual(
      asked.map(({ isLink }) => isLink),
      [false, true, true],
    );
  });

  it("reads small pages at once, after the first", async () => {
    const { asked, graph } = graphOf(2);
    assert.deepEqual(await idsOf(graph), ids);
    assert.deepEqual(
      asked.slice(0, 3).map(({ skip }) => skip),
      [0, 2, 4],
    );
    assert.ok(asked.every(({ isLink }) => !isLink));
  });

  for (const [what, itemsOf] of [
    ["ignores $skip", () => all.slice(0, 5)],
    ["leaves a gap", (skip: number) => all.slice(skip, skip + (skip === 20 ? 4 : 5))],
    [
      "repeats a policy",
      (skip: number) => (skip === 20 ? all.slice(19, 24) : all.slice(skip, skip + 5)),
    ],
  ] as const) {
    it(`follows the links of small pages if the service ${what}`, async () => {
      const skipping = graphOf(5, itemsOf);
      const linked = graphOf(5);
      const graph = skipping.graph.around((request, send) =>
        request.link === undefined ? send(request) : linked.graph.send(request),
      );
      assert.deepEqual(await idsOf(graph), ids);
      assert.deepEqual(
        linked.asked.map(({ skip }) => skip),
        [5, 10, 15, 20, 25, 30, 35, 40, 45],
      );
    });
  }

  it("follows the links of small pages if one cannot be read by itself", async () => {
    const { asked, graph } = graphOf(5);
    const failing = graph.around((request, send) =>
      request.path.endsWith("skip=30") ? Promise.reject(new Error("no")) : send(request),
    );
    assert.deepEqual(await idsOf(failing), ids);
    assert.ok(asked.some(({ isLink }) => isLink));
  });

  it("asks without groups if the service refuses them in a list", async () => {
    const { graph } = graphOf(20);
    const paths: string[] = [];
    const refusing = graph.around((request, send) => {
      paths.push(request.path);
      if (!request.path.includes("$expand")) return send(request);
      throw refused(request, 400);
    });
    assert.deepEqual(await idsOf(refusing), ids);
    assert.deepEqual([paths[0]?.includes("$expand"), paths[1]?.includes("$expand")], [true, false]);
  });

  it("counts what is no policy", async () => {
    const { graph } = graphOf(50, () => [{ displayName: "no id" }, { id: "a" }, 7]);
    const { policies, unreadable } = await readWholeList(graph, {});
    assert.deepEqual([policies.length, unreadable], [1, 2]);
  });
});
