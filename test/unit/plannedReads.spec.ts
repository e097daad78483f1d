import { strict as assert } from "node:assert";
import { type GraphClient, withLimit } from "../../provider/graph";
import { PlannedReads } from "../../provider/update/reads/plannedReads";
import { refused } from "../fakeGraph";
import { ListedTenant, numbered } from "../listedTenant";

describe("policies that are planned to be updated", () => {
  let tenant: ListedTenant;
  let reads: PlannedReads;

  beforeEach(() => {
    tenant = new ListedTenant(100);
    reads = new PlannedReads(() => tenant.nowMs);
  });

  interface How {
    readonly graph?: GraphClient;
    readonly maxAgeMs?: number;
    readonly likely?: readonly string[];
  }

  async function find(id: string, how: How = {}): Promise<string | undefined> {
    const { graph = tenant.graph, maxAgeMs = 5_000, likely = [] } = how;
    const call = { action: "Reading", subject: id };
    return (await reads.find(graph, { id, maxAgeMs, likely: () => likely }, call))?.id;
  }

  const plan = (ids: readonly string[]) => {
    for (const id of ids) reads.plan(id);
  };
  const asked = async () => (await tenant.asked()).sort(byNumber);

  it("are read with the next ones of the plan, as many as a batch takes", async () => {
    plan(numbered(0, 30));
    assert.equal(await find("id-3"), "id-3");
    assert.deepEqual(await asked(), numbered(0, 20));
    assert.equal(await find("id-1"), "id-1");
    assert.deepEqual(await asked(), []);
  });

  it("are read with their groups, and only the one that is asked for in the words of who asks", async () => {
    plan(["id-0", "id-1"]);
    const graph = withLimit(tenant.graph, { deadlineMs: Date.now() + 60_000 });
    await find("id-0", { graph });
    const facts = tenant.sent.map(({ path, subject, deadlineMs }) => [
      path,
      subject,
      deadlineMs !== undefined,
    ]);
    const at = (id: string) =>
      `/officeConfiguration/clientConfigurations/${id}?$expand=assignments`;
    assert.deepEqual(facts, [
      [at("id-1"), undefined, false],
      [at("id-0"), "id-0", true],
    ]);
  });

  it("are left to who asks if the plan has not told of them", async () => {
    plan(["id-0"]);
    assert.equal(await find("id-9"), undefined);
    assert.deepEqual(await asked(), []);
    await find("id-0");
    assert.equal(await find("id-0"), "id-0");
    assert.deepEqual(await asked(), ["id-0"]);
  });

  it("are not read ahead once they are known from elsewhere", async () => {
    plan(numbered(0, 3));
    reads.drop("id-1");
    await find("id-0");
    assert.deepEqual(await asked(), ["id-0", "id-2"]);
  });

  it("are read anew, with others that are, once they have been written", async () => {
    plan(numbered(0, 4));
    await find("id-0");
    await asked();
    reads.forget(["id-1", "id-3"]);
    assert.equal(await find("id-1"), "id-1");
    assert.deepEqual(await asked(), ["id-1", "id-3"]);
    assert.equal(await find("id-2"), "id-2");
    assert.deepEqual(await asked(), []);
  });

  it("are read anew once they are older than they may be", async () => {
    plan(numbered(0, 3));
    await find("id-0");
    await asked();
    tenant.nowMs += 5_000;
    assert.equal(await find("id-1"), "id-1");
    assert.deepEqual(await asked(), []);
    tenant.nowMs += 1;
    assert.equal(await find("id-2"), "id-2");
    assert.deepEqual(await asked(), ["id-2"]);
  });

  it("are left to who asks if they cannot be read", async () => {
    plan(numbered(0, 3));
    tenant.refuse = (request) => {
      if (request.path.includes("id-1")) throw refused(request, 404);
    };
    const found = await Promise.all(numbered(0, 3).map((id) => find(id)));
    assert.deepEqual(found, ["id-0", undefined, "id-2"]);
  });
});

describe("policies of which it is likely that they are asked for", () => {
  let tenant: ListedTenant;
  let reads: PlannedReads;
  const likely = numbered(0, 100);

  beforeEach(() => {
    tenant = new ListedTenant(100);
    reads = new PlannedReads(() => tenant.nowMs);
  });

  const find = async (id: string, maxAgeMs = 5_000): Promise<string | undefined> =>
    (await reads.find(tenant.graph, { id, maxAgeMs, likely: () => likely }, {}))?.id;
  const asked = async () => (await tenant.asked()).sort(byNumber);

  it("are read at the end of the moment, the first sixteen, but for the one that is asked for", async () => {
    assert.equal(await find("id-1"), undefined);
    assert.deepEqual(tenant.sent, []);
    assert.deepEqual(await asked(), ["id-0", ...numbered(2, 15)]);
    assert.equal(await find("id-2"), "id-2");
    assert.deepEqual(await asked(), []);
  });

  it("are read once for all who ask in one moment, as far as the batch has room", async () => {
    const ids = numbered(50, 10);
    assert.deepEqual(await Promise.all(ids.map((id) => find(id))), Array(10).fill(undefined));
    assert.deepEqual(await asked(), numbered(0, 10));
    await Promise.all(["id-90", "id-91"].map((id) => find(id)));
    assert.deepEqual(await asked(), numbered(10, 6));
  });

  it("are not read where more ask than a batch takes", async () => {
    await Promise.all(numbered(50, 25).map((id) => find(id)));
    assert.deepEqual(await asked(), []);
  });

  it("have what the planned ones leave of a batch", async () => {
    for (const id of numbered(80, 12)) reads.plan(id);
    await find("id-80");
    assert.deepEqual(await asked(), [...numbered(0, 8), ...numbered(80, 12)]);
  });

  it("are more once guesses were right, be it that they are known from elsewhere by then", async () => {
    await find("id-99");
    await asked();
    for (const id of numbered(0, 8)) reads.drop(id);
    for (const id of numbered(8, 8)) await find(id);
    await find("id-98");
    // A batch of twenty, less the one that is asked for.
    assert.deepEqual(await asked(), numbered(16, 19));
  });

  it("are none that are known from elsewhere, or were read before", async () => {
    for (const id of numbered(0, 3)) reads.drop(id);
    for (const id of ["id-3", "id-50"]) reads.plan(id);
    await find("id-50");
    assert.deepEqual(await asked(), [...numbered(3, 17), "id-50"]);
  });

  it("are read anew once they are older than they may be", async () => {
    await find("id-99");
    await asked();
    tenant.nowMs += 5_001;
    assert.equal(await find("id-0"), undefined);
  });
});

function byNumber(a: string, b: string): number {
  return Number(a.slice(3)) - Number(b.slice(3));
}
