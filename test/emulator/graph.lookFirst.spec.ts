import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { deleteConfiguration } from "../../provider/api/clientConfigurations";
import { paths } from "../../provider/api/paths";
import {
  createSession,
  type GraphClient,
  GraphHttpError,
  resolveSessionConfig,
  type Session,
} from "../../provider/graph";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const GROUP = "11111111-1111-4111-8111-111111111111";

describe("a policy that is deleted", () => {
  let emulator: Emulator;
  let session: Session;
  let graph: GraphClient;
  let ids: string[];

  beforeEach(async () => {
    emulator = await createEmulator();
    ids = Array.from({ length: 25 }, (_, number) =>
      emulator.store.insert({ type: TYPE, displayName: `P${number}`, groupIds: [GROUP] }),
    ).map(({ id }) => id);
    const settings: Record<string, string> = {
      endpoint: emulator.url,
      accessToken: emulator.accessToken,
      maxRetries: "2",
    };
    session = createSession(resolveSessionConfig((key) => settings[key], {}));
    graph = session.graph;
  });

  afterEach(async () => {
    await session.dispose();
    await emulator.close();
  });

  const one = (place: number) => ids[place] ?? "";
  const remove = (id: string) => deleteConfiguration(graph, id, { action: "Deleting" });
  const left = () => emulator.store.list().length;
  /** The requests that were on the wire, without those inside of others. */
  const trips = () =>
    emulator.requests
      .filter(({ viaBatch }) => !viaBatch)
      .map(({ method, path }) => `${method} ${path.replace(paths.clientConfigurations, "")}`);

  it("is told as it was, in one round trip", async () => {
    const found = await remove(one(0));
    assert.equal(found?.displayName, "P0");
    assert.equal(found.assignments?.[0]?.target?.groupId, GROUP);
    assert.equal(emulator.store.get(one(0)), undefined);
    assert.deepEqual(trips(), ["POST /$batch"]);
  });

  it("travels with others, ten to a batch", async () => {
    const found = await Promise.all(ids.map(remove));
    assert.deepEqual(
      found.map((policy) => policy?.displayName),
      ids.map((_, number) => `P${number}`),
    );
    assert.equal(left(), 0);
    assert.deepEqual(trips(), Array(3).fill("POST /$batch"));
  });

  it("travels with reads, twenty requests to a batch at most", async () => {
    const reads = ids.slice(0, 11).map((id) => graph.get(paths.clientConfiguration(id)));
    const deletions = ids.slice(11).map(remove);
    await Promise.all([...reads, ...deletions]);
    assert.equal(left(), 11);
    const sizes = emulator.requests
      .filter(({ path }) => path === "/$batch")
      .map(({ body }) => (body as { requests: unknown[] }).requests.length);
    assert.ok(sizes.every((size) => size <= 20));
  });

  it("is gone where it was deleted before", async () => {
    emulator.store.remove(one(0));
    assert.equal(await remove(one(0)), undefined);
    assert.deepEqual(trips(), ["POST /$batch"]);
  });

  for (const status of [400, 404, 405, 501]) {
    it(`is looked at and deleted by itself where a batch is refused with ${status}`, async () => {
      emulator.addFault({ match: "POST /$batch", status });
      assert.equal((await remove(one(0)))?.displayName, "P0");
      const path = `/${one(0)}`;
      assert.deepEqual(trips(), [
        "POST /$batch",
        `GET ${path}?$expand=assignments`,
        `DELETE ${path}`,
      ]);
    });
  }

  it("is deleted unseen where it cannot be read", async () => {
    emulator.addFault({ match: `GET *${one(0)}*`, status: 403, times: 9 });
    assert.equal(await remove(one(0)), undefined);
    assert.equal(emulator.store.get(one(0)), undefined);
  });

  for (const [what, verb] of [
    ["its look", "GET"],
    ["its deletion", "DELETE"],
  ] as const) {
    it(`is tried again as a whole where Graph throttles ${what}`, async () => {
      const match = `${verb} *${one(0)}*`;
      emulator.addFault({ match, status: 429, retryAfterSeconds: 0.05 });
      assert.equal((await remove(one(0)))?.displayName, "P0");
      assert.equal(left(), ids.length - 1);
      assert.deepEqual(trips(), ["POST /$batch", "POST /$batch"]);
    });
  }

  it("is told as it was where the answer to its deletion is lost", async () => {
    emulator.addFault({ match: "POST /$batch", status: 404 });
    emulator.addFault({ match: `DELETE *${one(0)}`, drop: "after" });
    assert.equal((await remove(one(0)))?.displayName, "P0");
    assert.equal(emulator.store.get(one(0)), undefined);
  });

  it("stays where Graph refuses to delete it, and the others go", async () => {
    emulator.addFault({ match: `DELETE *${one(0)}`, status: 403 });
    const [refused, gone] = await Promise.allSettled([remove(one(0)), remove(one(1))]);
    assert.ok(refused.status === "rejected" && GraphHttpError.isInstance(refused.reason));
    assert.equal(refused.reason.status, 403);
    assert.equal(gone.status, "fulfilled");
    assert.equal(left(), ids.length - 1);
  });
});
