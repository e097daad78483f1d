import { strict as assert } from "node:assert";
import { setTimeout as timer } from "node:timers/promises";
import { paths } from "../../provider/api/paths";
import { type GraphClient, withLimit } from "../../provider/graph";
import { forgetting } from "../../provider/update/reads/forgetting";
import { TenantReads } from "../../provider/update/reads/tenantReads";
import { fakeGraph } from "../fakeGraph";

const IDS = ["a", "b", "c", "d"];

describe("the list that reads share", () => {
  let pages: number;
  let reads: TenantReads;
  let graph: GraphClient;

  beforeEach(() => {
    pages = 0;
    reads = new TenantReads(
      () => 0,
      () => Promise.resolve(),
    );
    ({ graph } = fakeGraph(({ method }) => {
      if (method === "PUT") return undefined;
      pages += 1;
      return { value: IDS.map((id) => ({ id, displayName: id })) };
    }));
  });

  const find = (id: string, from = graph) =>
    reads.find(from, { id, maxAgeMs: 60_000, needs: [] }, {});
  const found = async () => (await Promise.all(IDS.map((id) => find(id)))).map((item) => item?.id);

  it("is read once for all", async () => {
    assert.deepEqual(await found(), IDS);
    assert.deepEqual(await found(), IDS);
    assert.equal(pages, 1);
  });

  it("tells nothing of a policy while that is being written", async () => {
    await found();
    let end = () => {};
    const writing = reads.during(
      ["a"],
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    assert.deepEqual(await found(), [undefined, "b", "c", "d"]);
    end();
    await writing;
    assert.deepEqual(await found(), [undefined, "b", "c", "d"]);
  });

  it("tells nothing of a policy whose payload was put since", async () => {
    await found();
    await forgetting(graph, reads).put(paths.policyPayload("b"), Buffer.from("[]"), {});
    assert.deepEqual(await found(), ["a", undefined, "c", "d"]);
  });

  it("is not waited for beyond a deadline", async () => {
    const silent = withLimit(fakeGraph(() => new Promise(() => {})).graph, {
      deadlineMs: Date.now() + 10,
    });
    const asked = Promise.all(IDS.map((id) => find(id, silent)));
    const stop = new AbortController();
    const later = timer(900, "too late", { signal: stop.signal }).catch(() => "stopped");
    assert.deepEqual(await Promise.race([asked, later]), Array(4).fill(undefined));
    stop.abort();
  });
});
