import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorMode } from "../../emulator";
import type { ConfigurationAnswer } from "../../provider/api/configurationAnswer";
import type { Freshness } from "../../provider/api/configurationReader";
import { ConfigurationReader } from "../../provider/api/configurationReader";
import { paths } from "../../provider/api/paths";
import {
  createSession,
  GraphClient,
  resolveSessionConfig,
  type Session,
} from "../../provider/graph";
import { forgetting } from "../../provider/update/reads/forgetting";
import { TenantReads } from "../../provider/update/reads/tenantReads";
import { gatherAtLeisure } from "../scriptedGraph";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const PAYLOAD = JSON.stringify([{ settingId: "office16;L_A", value: "1" }]);
const GROUP = "11111111-1111-4111-8111-111111111111";
const RECENT: Freshness = { maxAgeMs: 60_000, needs: ["policyPayload"] };

describe("policies that are read one by one", () => {
  let emulator: Emulator;
  let session: Session;
  let graph: GraphClient;
  let reads: TenantReads;
  let ids: string[];
  let nowMs: number;

  gatherAtLeisure();

  async function tenant(count: number, mode: Partial<EmulatorMode> = {}): Promise<void> {
    emulator = await createEmulator({ preset: "kind", mode });
    ids = Array.from({ length: count }, (_, number) =>
      emulator.store.insert({
        type: TYPE,
        displayName: `P${number}`,
        policyPayload: PAYLOAD,
        groupIds: [GROUP],
      }),
    ).map(({ id }) => id);
    const settings: Record<string, string> = {
      endpoint: emulator.url,
      accessToken: emulator.accessToken,
      maxRetries: "0",
    };
    session = createSession(resolveSessionConfig((key) => settings[key], {}));
    nowMs = 0;
    reads = new TenantReads(() => nowMs);
    graph = forgetting(session.graph, reads);
  }

  afterEach(async () => {
    await session.dispose();
    await emulator.close();
  });

  function find(id: string, shared = RECENT): Promise<ConfigurationAnswer | undefined> {
    return new ConfigurationReader(graph, { type: TYPE, reads }).find(id, shared);
  }

  /** Asks for all, eight at a time as the engine does. */
  async function findAll(wanted = ids, shared = RECENT): Promise<(string | null | undefined)[]> {
    const names: (string | null | undefined)[] = [];
    for (let first = 0; first < wanted.length; first += 8) {
      const some = wanted.slice(first, first + 8).map((id) => find(id, shared));
      names.push(...(await Promise.all(some)).map((found) => found?.displayName));
    }
    return names;
  }

  /** The requests that were on the wire, without those inside of others. */
  const trips = () =>
    emulator.requests
      .filter(({ viaBatch }) => !viaBatch)
      .map(({ method, path }) => `${method} ${path.replace(paths.clientConfigurations, "")}`);

  /** The ids of the policies that were asked for by themselves, in a batch or not. */
  const readAlone = () =>
    emulator.requests.flatMap(({ path }) => /Configurations\/([^/?]+)/.exec(path)?.[1] ?? []);

  it("come from one list, page by page", async () => {
    await tenant(250);
    assert.deepEqual(
      await findAll(),
      ids.map((_, number) => `P${number}`),
    );
    assert.equal(trips().length, 3);
    assert.equal(emulator.requests.length, 3);
  });

  it("have their groups and payloads from the list as well", async () => {
    await tenant(8);
    const found = await Promise.all(ids.map((id) => find(id)));
    const reader = new ConfigurationReader(graph, { type: TYPE, reads });
    for (const answer of found) {
      assert.ok(answer);
      assert.deepEqual(await reader.groups(answer), [GROUP]);
      assert.deepEqual(await reader.payload(answer, "policies"), { "office16;L_A": "1" });
    }
    assert.deepEqual(trips(), ["GET ?$expand=assignments"]);
  });

  it("are asked for themselves where they are few", async () => {
    await tenant(250);
    assert.deepEqual(await findAll(ids.slice(0, 1)), ["P0"]);
    assert.deepEqual(await findAll(ids.slice(1, 3)), ["P1", "P2"]);
    const single = `GET /${ids[0]}?$expand=assignments`;
    assert.deepEqual(trips(), [single, "POST /$batch"]);
    nowMs = 11_000;
    assert.deepEqual(await findAll(ids.slice(3, 6)), ["P3", "P4", "P5"]);
    assert.deepEqual(trips(), [single, "POST /$batch", "POST /$batch"]);
  });

  it("come from a list as soon as many have been asked for one after the other", async () => {
    await tenant(50);
    for (const id of ids) await find(id);
    assert.equal(trips().length, 3 + 1);
  });

  it("cost a page and a batch where a stack has few of many", async () => {
    await tenant(950);
    assert.deepEqual(await findAll(ids.slice(900, 908)), ids.slice(900, 908).map(nameFrom(900)));
    assert.deepEqual(trips(), ["GET ?$expand=assignments", "POST /$batch"]);
  });

  it("are found to be gone by asking for themselves", async () => {
    await tenant(8);
    emulator.store.remove(ids[3] ?? "");
    const names = await findAll();
    assert.equal(names[3], undefined);
    assert.equal(names.filter((name) => name === undefined).length, 1);
    assert.deepEqual(trips(), ["GET ?$expand=assignments", `GET /${ids[3]}?$expand=assignments`]);
  });

  it("are read anew once they were written, and only they", async () => {
    await tenant(8);
    await findAll();
    const path = paths.clientConfiguration(ids[0] ?? "");
    await graph.patch(path, { "@odata.type": TYPE, displayName: "New" });
    assert.deepEqual((await findAll()).slice(0, 2), ["New", "P1"]);
    assert.equal(trips().length, 3);
  });

  it("are read anew where a write has failed", async () => {
    await tenant(8);
    await findAll();
    emulator.addFault({ match: "POST *assign", drop: "after" });
    await assert.rejects(graph.post(paths.assign(ids[0] ?? ""), {}));
    await find(ids[0] ?? "");
    assert.equal(trips().at(-1), `GET /${ids[0]}?$expand=assignments`);
  });

  it("are read anew where the priorities of several were changed", async () => {
    await tenant(8);
    await findAll();
    const [first = "", second = ""] = ids;
    await graph.post(paths.updatePriorities, {
      officeConfigurationPolicyIds: [first, second],
      officeConfigurationPriorities: [101, 102],
    });
    assert.equal((await find(first))?.priority, 101);
    assert.equal((await find(second))?.priority, 102);
  });

  it("are read anew where the list is older than it may be", async () => {
    await tenant(8);
    await findAll();
    emulator.store.patch(ids[0] ?? "", { displayName: "New" });
    nowMs = 5_001;
    assert.equal((await find(ids[0] ?? "", RECENT))?.displayName, "P0");
    assert.equal((await find(ids[0] ?? "", { ...RECENT, maxAgeMs: 5_000 }))?.displayName, "New");
  });

  it("have only their page read again where it is older than it may be", async () => {
    await tenant(250);
    await findAll();
    emulator.store.patch(ids[200] ?? "", { displayName: "New" });
    nowMs = 5_001;
    const last = await findAll(ids.slice(200, 208), { ...RECENT, maxAgeMs: 5_000 });
    assert.deepEqual(last.slice(0, 2), ["New", "P201"]);
    const [page, ...others] = trips().slice(3);
    assert.match(page ?? "", /^GET \?.*skiptoken/i);
    assert.deepEqual(others, []);
  });

  it("are asked for themselves where a page is too old by the time that it is there", async () => {
    await tenant(8);
    const passing = () => {
      nowMs += 1_500;
      return nowMs;
    };
    reads = new TenantReads(passing);
    const names = await findAll(ids, { ...RECENT, maxAgeMs: 1_000 });
    assert.deepEqual(
      names,
      ids.map((_, number) => `P${number}`),
    );
  });

  it("are asked for themselves where a list gives null for what they need", async () => {
    await tenant(8);
    emulator.store.patch(ids[0] ?? "", { policyPayload: null });
    await findAll();
    assert.deepEqual(trips(), ["GET ?$expand=assignments", `GET /${ids[0]}?$expand=assignments`]);
  });

  it("have their streams read together", async () => {
    await tenant(8, { payloads: "stream" });
    const found = await Promise.all(ids.map((id) => find(id)));
    const reader = new ConfigurationReader(graph, { type: TYPE, reads });
    const payloads = await Promise.all(
      found.map(async (answer) => answer && (await reader.payload(answer, "policies"))),
    );
    assert.deepEqual(payloads[7], { "office16;L_A": "1" });
    assert.deepEqual(trips(), ["GET ?$expand=assignments", "POST /$batch"]);
  });

  it("come from a list without groups where the service expands none there", async () => {
    await tenant(8);
    emulator.addFault({ match: "GET *clientConfigurations?*expand*", status: 400, times: 99 });
    await findAll();
    assert.deepEqual(trips(), ["GET ?$expand=assignments", "GET "]);
  });

  it("are asked for themselves where the list fails", async () => {
    await tenant(8);
    emulator.addFault({ match: "GET *clientConfigurations?*expand*", status: 403, times: 1 });
    assert.equal((await findAll())[7], "P7");
    assert.deepEqual(trips(), ["GET ?$expand=assignments", "POST /$batch"]);
  });

  it("come from many small pages at once", async () => {
    await tenant(100, { pageSize: 7 });
    assert.deepEqual(
      await findAll(),
      ids.map((_, number) => `P${number}`),
    );
    assert.deepEqual(trips(), ["GET ?$expand=assignments", "POST /$batch"]);
    const skips = emulator.requests.filter(({ path }) => path.includes("$skip="));
    assert.equal(skips.length, 20);
  });

  it("come from further small pages where a tenant has more than one batch brings", async () => {
    await tenant(250, { pageSize: 7 });
    assert.deepEqual(
      await findAll(),
      ids.map((_, number) => `P${number}`),
    );
    assert.deepEqual(trips(), ["GET ?$expand=assignments", "POST /$batch", "POST /$batch"]);
  });

  it("have their many small pages read again together where those are older than they may be", async () => {
    await tenant(100, { pageSize: 7 });
    await findAll();
    emulator.store.patch(ids[50] ?? "", { displayName: "New" });
    const before = trips().length;
    nowMs = 5_001;
    const names = await findAll(ids, { ...RECENT, maxAgeMs: 5_000 });
    assert.equal(names[50], "New");
    assert.deepEqual(trips().slice(before), ["POST /$batch"]);
  });

  it("travel in batches where pages are small and the service refuses to skip", async () => {
    await tenant(100, { pageSize: 7 });
    emulator.addFault({ match: "GET *clientConfigurations*skip=*", status: 400, times: 20 });
    assert.deepEqual(
      await findAll(),
      ids.map((_, number) => `P${number}`),
    );
    const skips = emulator.requests.filter(({ path }) => path.includes("$skip="));
    assert.equal(skips.length, 20);
    assert.equal(trips().filter((trip) => trip.startsWith("GET ?")).length, 1);
  });

  it("are not read as planned ones once a page has brought them", async () => {
    await tenant(24, { pageSize: 20 });
    for (const id of ids) reads.plan(id);
    const shared = { ...RECENT, maxAgeMs: 5_000 };
    await findAll(ids.slice(0, 16), shared);
    await find(ids[20] ?? "", shared);
    assert.deepEqual(readAlone().sort(), ids.slice(16).sort());
  });

  it("bring others of the list where that leaves open what they need", async () => {
    await tenant(250, { listPayloads: "null" });
    assert.deepEqual(
      await findAll(),
      ids.map((_, number) => `P${number}`),
    );
    assert.equal(trips().filter((trip) => trip.startsWith("GET ?")).length, 3);
    assert.equal(readAlone().length, 250);
    assert.ok(trips().length < 25, `${trips().length} trips`);
  });

  it("bring few others where a stack has few of many", async () => {
    await tenant(250, { listPayloads: "null" });
    await findAll(ids.slice(80, 96));
    assert.deepEqual(trips(), ["GET ?$expand=assignments", "POST /$batch", "POST /$batch"]);
    assert.equal(readAlone().length, 16 + 16);
  });

  it("bring the next ones that the engine plans to update", async () => {
    await tenant(45, { pageSize: 7 });
    emulator.addFault({ match: "GET *clientConfigurations*skip=*", status: 400, times: 20 });
    for (const id of ids) reads.plan(id.toUpperCase());
    const names = await findAll(ids, { ...RECENT, maxAgeMs: 5_000 });
    assert.deepEqual(
      names,
      ids.map((_, number) => `P${number}`),
    );
    assert.deepEqual(
      trips().filter((trip) => !trip.startsWith("GET ?")),
      Array(3).fill("POST /$batch"),
    );
  });

  it("are read anew where a planned one was written since, or is too old", async () => {
    await tenant(3);
    for (const id of ids) reads.plan(id);
    const shared = { ...RECENT, maxAgeMs: 5_000 };
    const [first = "", second = "", third = ""] = ids;
    await find(first, shared);
    await graph.patch(paths.clientConfiguration(second), {
      "@odata.type": TYPE,
      displayName: "New",
    });
    emulator.store.patch(third, { displayName: "Newer" });
    assert.equal((await find(second, shared))?.displayName, "New");
    nowMs = 5_001;
    assert.equal((await find(third, shared))?.displayName, "Newer");
  });

  it("are found whatever the case of their id", async () => {
    await tenant(8);
    const upper = ids.map((id) => id.toUpperCase());
    assert.deepEqual((await findAll(upper)).slice(0, 2), ["P0", "P1"]);
    assert.deepEqual(trips(), ["GET ?$expand=assignments"]);
  });

  it("come from the one list that adoptions by name read", async () => {
    await tenant(8);
    const call = { action: "Looking for" };
    const lists = ids.map(() => reads.all(graph, call, true));
    assert.equal((await Promise.all(lists))[0]?.length, 8);
    await findAll();
    assert.deepEqual(trips(), ["GET ?$expand=assignments"]);
  });

  it("are listed again where that one list failed", async () => {
    await tenant(8);
    emulator.addFault({ match: "GET *clientConfigurations*", status: 403 });
    await assert.rejects(reads.all(graph, {}, false));
    assert.equal((await reads.all(graph, {}, false)).length, 8);
  });

  it("do not wait for the list beyond their own deadline", async () => {
    await tenant(8);
    emulator.addFault({ match: "GET *clientConfigurations?*expand*", delayMs: 2_000 });
    const hasty = new GraphClient(graph, { deadlineMs: Date.now() + 100, unlimited: graph });
    const all = [
      new ConfigurationReader(hasty, { type: TYPE, reads }).find(ids[0] ?? "", RECENT),
      ...ids.slice(1).map((id) => find(id)),
    ];
    assert.equal((await Promise.race(all))?.displayName, "P0");
    await Promise.all(all);
  });
});

function nameFrom(first: number) {
  return (_: string, place: number) => `P${first + place}`;
}
