import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { paths } from "../../provider/api/paths";
import {
  createSession,
  type GraphClient,
  GraphHttpError,
  GraphNoAnswerError,
  resolveSessionConfig,
  type Session,
} from "../../provider/graph";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const TEXT = "bytes, not JSON: \u00e9";

describe("reads that come at one moment", () => {
  let emulator: Emulator;
  let session: Session;
  let graph: GraphClient;
  let ids: string[];

  beforeEach(async () => {
    emulator = await createEmulator({ mode: { payloads: "stream" } });
    ids = Array.from({ length: 25 }, (_, number) =>
      emulator.store.insert({ type: TYPE, displayName: `P${number}` }),
    ).map(({ id }) => id);
    session = connect({ maxRetries: "2" });
    graph = session.graph;
  });

  function connect(more: Record<string, string>): Session {
    const { url: endpoint, accessToken } = emulator;
    const settings: Record<string, string> = { endpoint, accessToken, ...more };
    return createSession(resolveSessionConfig((key) => settings[key], {}));
  }

  afterEach(async () => {
    await session.dispose();
    await emulator.close();
  });

  /** The requests that were on the wire, without those inside of others. */
  const trips = () => emulator.requests.filter(({ viaBatch }) => !viaBatch);
  const one = (place = 0) => paths.clientConfiguration(ids[place] ?? "");
  const nameOf = (answer: { body: unknown }) =>
    (answer.body as { displayName: string }).displayName;

  it("travel together, twenty at the most, and each has its own answer", async () => {
    const answers = await Promise.all(ids.map((_, place) => graph.get(one(place))));
    assert.deepEqual(
      answers.map(nameOf),
      ids.map((_, place) => `P${place}`),
    );
    assert.deepEqual(
      trips().map(({ method, path }) => `${method} ${path}`),
      ["POST /$batch", "POST /$batch"],
    );
    assert.equal(new Set(answers.map(({ requestId }) => requestId)).size, ids.length);
  });

  it("go as they are where there is only one", async () => {
    await graph.get(one());
    await graph.get(one(1));
    assert.deepEqual(
      emulator.requests.map(({ path }) => path),
      [one(), one(1)],
    );
  });

  it("leave writes to travel one by one", async () => {
    const write = { "@odata.type": TYPE, description: "d" };
    await Promise.all([
      graph.patch(one(), write),
      graph.patch(one(1), write),
      graph.delete(one(2)),
      graph.get(one(3)),
      graph.get(one(4)),
    ]);
    const methods = trips().map(({ method, path }) => (path === "/$batch" ? "batch" : method));
    assert.deepEqual(methods.sort(), ["DELETE", "PATCH", "PATCH", "batch"]);
  });

  it("are one request where they ask for the same", async () => {
    const answers = await Promise.all([graph.get(one()), graph.get(one()), graph.get(one(1))]);
    assert.deepEqual(answers.map(nameOf), ["P0", "P0", "P1"]);
    assert.equal(emulator.requests.length, 3);
  });

  it("bring bytes, JSON and what is not there", async () => {
    const payload = paths.policyPayload(ids[0] ?? "");
    await graph.put(payload, Buffer.from(TEXT));
    const [bytes, missing, object] = await Promise.all([
      graph.getBytes(payload),
      graph.getBytes(paths.policyPayload("none")),
      graph.get(one()),
    ]);
    assert.equal(Buffer.from(bytes ?? []).toString(), TEXT);
    assert.equal(missing, undefined);
    assert.equal(nameOf(object), "P0");
    assert.equal(trips().length, 2);
  });

  it("fail by themselves, each with its own request id", async () => {
    emulator.addFault({ match: `GET ${one(1)}`, status: 403 });
    const [good, refused] = await Promise.allSettled([graph.get(one()), graph.get(one(1))]);
    assert.equal(good.status, "fulfilled");
    assert.ok(refused.status === "rejected" && GraphHttpError.isInstance(refused.reason));
    assert.equal(refused.reason.status, 403);
    const logged = emulator.requests.find(({ status }) => status === 403);
    assert.equal(refused.reason.requestId, logged?.requestId);
  });

  it("are each asked for again as their own Retry-After says", async () => {
    emulator.addFault({ match: `GET ${one(1)}`, status: 429, retryAfterSeconds: 0.1 });
    const answers = await Promise.all([graph.get(one()), graph.get(one(1))]);
    assert.deepEqual(answers.map(nameOf), ["P0", "P1"]);
    assert.deepEqual(
      trips().map(({ path }) => path),
      ["/$batch", one(1)],
    );
  });

  for (const status of [429, 502, 503, 504]) {
    it(`travel again where the batch as a whole is answered with ${status}`, async () => {
      emulator.addFault({ match: "POST /$batch", status, retryAfterSeconds: 0.1 });
      const answers = await Promise.all([graph.get(one()), graph.get(one(1))]);
      assert.deepEqual(answers.map(nameOf), ["P0", "P1"]);
      assert.equal(trips()[0]?.status, status);
    });

    it(`have that answer, each of them, where the batch is answered with ${status}`, async () => {
      emulator.addFault({ match: "POST /$batch", status });
      const hasty = connect({ maxRetries: "0" });
      const results = await Promise.allSettled([hasty.graph.get(one()), hasty.graph.get(one(1))]);
      for (const result of results) {
        assert.ok(result.status === "rejected" && GraphHttpError.isInstance(result.reason));
        assert.equal(result.reason.status, status);
      }
      await hasty.dispose();
    });
  }

  it("travel again where the connection breaks", async () => {
    emulator.addFault({ match: "POST /$batch", drop: "before" });
    const answers = await Promise.all([graph.get(one()), graph.get(one(1))]);
    assert.deepEqual(answers.map(nameOf), ["P0", "P1"]);
  });

  for (const [times, statuses] of [
    [1, [400, 200, 200, 200, 200]],
    [2, [400, 400, 200, 200, 200]],
    [9, [400, 400, 400]],
  ] as const) {
    it(`are tried in batches until three were refused in a row: ${times} refused`, async () => {
      emulator.addFault({ match: "POST /$batch", status: 400, times });
      for (const round of [1, 2, 3, 4, 5]) {
        const answers = await Promise.all([graph.get(one()), graph.get(one(1))]);
        assert.deepEqual(answers.map(nameOf), ["P0", "P1"], `round ${round}`);
      }
      const batches = trips().filter(({ path }) => path === "/$batch");
      assert.deepEqual(
        batches.map(({ status }) => status),
        statuses,
      );
    });
  }

  it("are answered from the batch where one of them has no body", async () => {
    const payload = paths.policyPayload(ids[0] ?? "");
    const [bytes, object] = await Promise.all([graph.getBytes(payload), graph.get(one())]);
    assert.equal(bytes?.length, 0);
    assert.equal(nameOf(object), "P0");
    assert.equal(trips().length, 1);
  });

  it("are answered from the batch where one of the answers cannot be read", async () => {
    const body = JSON.stringify({
      responses: [{ id: "0", status: 200, body: { displayName: "from the batch" } }, { id: "1" }],
    });
    emulator.addFault({ match: "POST /$batch", body });
    const answers = await Promise.all([graph.get(one()), graph.get(one(1))]);
    assert.deepEqual(answers.map(nameOf), ["from the batch", "P1"]);
  });

  for (const [what, body] of [
    ["no JSON", "<html>"],
    ["no batch", '{"value":[]}'],
    ["other ids", '{"responses":[{"id":"7","status":200,"body":{}}]}'],
    ["a status of no HTTP", '{"responses":[{"id":"0","status":42},{"id":"1","status":42}]}'],
  ] as const) {
    it(`are asked for one by one where the answer holds ${what}`, async () => {
      emulator.addFault({ match: "POST /$batch", body });
      const answers = await Promise.all([graph.get(one()), graph.get(one(1))]);
      assert.deepEqual(answers.map(nameOf), ["P0", "P1"]);
      assert.equal(trips().length, 3);
    });
  }

  it("end each at its own deadline, and leave the others be", async () => {
    emulator.addFault({ match: "POST /$batch", delayMs: 300 });
    const [hasty, patient] = await Promise.allSettled([
      graph.get(one(), { deadlineMs: Date.now() + 60 }),
      graph.get(one(1)),
    ]);
    assert.ok(hasty.status === "rejected" && GraphNoAnswerError.isInstance(hasty.reason));
    assert.equal(hasty.reason.code, "DEADLINE");
    assert.ok(patient.status === "fulfilled");
    assert.equal(nameOf(patient.value), "P1");
  });

  it("stop where all of them are stopped", async () => {
    emulator.addFault({ match: "POST /$batch", delayMs: 60_000 });
    const signal = AbortSignal.timeout(60);
    const calls = [0, 1].map((place) => graph.get(one(place), { signal }));
    for (const result of await Promise.allSettled(calls)) {
      assert.ok(result.status === "rejected" && GraphNoAnswerError.isInstance(result.reason));
      assert.equal(result.reason.code, "ABORTED");
    }
  });

  it("send the token once, in the headers of the batch", async () => {
    await Promise.all([graph.get(one()), graph.get(one(1))]);
    const [batch] = trips();
    assert.ok(!JSON.stringify(batch?.body).includes(emulator.accessToken));
    assert.equal(batch?.status, 200);
  });
});
