import { strict as assert } from "node:assert";
import { once } from "node:events";
import { connect } from "node:net";
import { createEmulator, type Emulator, type EmulatorOptions, type Fault } from "../../emulator";

const LIST = "/officeConfiguration/clientConfigurations";
const PLAIN = "#microsoft.graph.windowsOfficeClientConfiguration";

const START_MS = Date.UTC(2024, 0, 1);

interface GraphErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly innerError: Readonly<Record<string, string>>;
  };
}

interface BatchAnswer {
  readonly responses: {
    readonly id: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  }[];
}

describe("the emulator's manners", () => {
  const open: Emulator[] = [];
  let emulator: Emulator;
  let now = START_MS;

  async function start(options: EmulatorOptions = {}): Promise<Emulator> {
    const started = await createEmulator({
      preset: "kind",
      clock: () => new Date(now),
      ...options,
    });
    open.push(started);
    return started;
  }

  before(async () => {
    emulator = await start({ seed: [{ displayName: "Privacy", policies: [] }] });
  });

  beforeEach(() => {
    now = START_MS;
    emulator.reset();
  });

  after(() => Promise.all(open.map((started) => started.close())));

  function ask(
    path: string,
    { method = "GET", headers = {}, body, to = emulator }: AskOptions = {},
  ): Promise<Response> {
    return fetch(`${to.url}/beta${path}`, {
      method,
      headers: {
        authorization: `Bearer ${to.accessToken}`,
        "content-type": "application/json",
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  interface AskOptions {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: object | string;
    readonly to?: Emulator;
  }

  const errorOf = async (response: Response) => ((await response.json()) as GraphErrorBody).error;
  const firstId = () => emulator.store.list()[0]?.id ?? "";

  describe("tokens", () => {
    for (const [what, authorization] of [
      ["no token", ""],
      ["an unknown token", "Bearer abc"],
      ["another scheme", "Basic abc"],
    ] as const) {
      it(`${what}: 401 with WWW-Authenticate`, async () => {
        const response = await ask(LIST, { headers: { authorization } });
        assert.equal(response.status, 401);
        assert.match(response.headers.get("www-authenticate") ?? "", /^Bearer /);
        assert.equal((await errorOf(response)).code, "InvalidAuthenticationToken");
      });
    }

    it("a token is refused after an hour", async () => {
      const token = emulator.issueToken("app");
      const headers = { authorization: `Bearer ${token}` };
      assert.equal((await ask(LIST, { headers })).status, 200);
      now += 3600 * 1000;
      assert.equal((await ask(LIST, { headers })).status, 401);
    });

    it("a token of another emulator is refused", async () => {
      const other = await start();
      const headers = { authorization: `Bearer ${other.accessToken}` };
      assert.equal((await ask(LIST, { headers })).status, 401);
    });

    it("the log tells the tenant of a request, and no token", async () => {
      await ask(LIST);
      assert.equal(emulator.requests[0]?.tenantId, emulator.tenantId);
      assert.ok(!JSON.stringify(emulator.requests).includes(emulator.accessToken));
    });
  });

  describe("ids", () => {
    it("an answer has a request-id of its own, and the client's", async () => {
      const headers = { "client-request-id": "of-the-client" };
      const first = await ask(LIST, { headers });
      const second = await ask(LIST, { headers });
      assert.equal(first.headers.get("client-request-id"), "of-the-client");
      assert.match(first.headers.get("request-id") ?? "", /^[\da-f-]{36}$/);
      assert.notEqual(first.headers.get("request-id"), second.headers.get("request-id"));
      assert.equal(emulator.requests[0]?.requestId, first.headers.get("request-id"));
    });

    it("an error names the same ids in its body", async () => {
      const headers = { "client-request-id": "of-the-client" };
      const response = await ask(`${LIST}/nobody`, { headers });
      const { innerError } = await errorOf(response);
      assert.equal(innerError["request-id"], response.headers.get("request-id"));
      assert.equal(innerError["client-request-id"], "of-the-client");
    });
  });

  describe("throttling", () => {
    it("refuses what is beyond the limit, and says how long", async () => {
      const to = await start({ throttle: { limit: 2, perSeconds: 20 } });
      await ask(LIST, { to });
      now += 5000;
      await ask(LIST, { to });
      const refused = await ask(LIST, { to });
      assert.equal(refused.status, 429);
      assert.equal(refused.headers.get("retry-after"), "15");
      now += 15_000;
      assert.equal((await ask(LIST, { to })).status, 200);
    });

    it("counts writes only, if so asked, and those of a batch each", async () => {
      const to = await start({ throttle: { limit: 1, perSeconds: 20, writesOnly: true } });
      const write = { method: "POST", url: LIST, body: { "@odata.type": PLAIN }, headers: json() };
      const requests = [
        { id: "r", method: "GET", url: LIST },
        { id: "1", ...write },
        { id: "2", ...write },
      ];
      const response = await ask("/$batch", { method: "POST", body: { requests }, to });
      const { responses } = (await response.json()) as BatchAnswer;
      assert.deepEqual(
        responses.map(({ status }) => status),
        [200, 201, 429],
      );
      assert.equal(responses[2]?.headers["retry-after"], "20");
    });
  });

  describe("faults", () => {
    const create = () => ask(LIST, { method: "POST", body: { "@odata.type": PLAIN } });

    it("a status, with Graph's body and Retry-After, and nothing is done", async () => {
      emulator.addFault({ match: `POST ${LIST}`, status: 503, retryAfterSeconds: 2.128 });
      const response = await create();
      assert.equal(response.status, 503);
      assert.equal(response.headers.get("retry-after"), "2.128");
      assert.equal((await errorOf(response)).code, "serviceNotAvailable");
      assert.equal(emulator.store.list().length, 1);
      assert.equal(emulator.requests[0]?.status, 503);
    });

    it("strikes `times` requests, after it let `after` of them pass", async () => {
      emulator.addFault({ match: `GET ${LIST}*`, status: 500, after: 1, times: 2 });
      const statuses: number[] = [];
      for (let index = 0; index < 4; index++) statuses.push((await ask(LIST)).status);
      assert.deepEqual(statuses, [200, 500, 500, 200]);
    });

    it("strikes only a body that holds its text, and is in the log", async () => {
      const fault = { match: `POST ${LIST}`, holds: '"Struck"', status: 500 };
      emulator.addFault(fault);
      const named = (displayName: string) =>
        ask(LIST, { method: "POST", body: { "@odata.type": PLAIN, displayName } });
      assert.equal((await named("Spared")).status, 201);
      assert.equal((await named("Struck")).status, 500);
      assert.deepEqual(
        emulator.requests.map((entry) => entry.fault),
        [undefined, fault],
      );
    });

    it("strikes no more once it is taken back", async () => {
      emulator.addFault({ match: `GET ${LIST}`, status: 500, times: 2 });
      assert.equal((await ask(LIST)).status, 500);
      emulator.clearFaults();
      assert.equal((await ask(LIST)).status, 200);
    });

    it("strikes only what its pattern names", async () => {
      emulator.addFault({ match: "PATCH /officeConfiguration/*", status: 500 });
      assert.equal((await ask(LIST)).status, 200);
    });

    it("sees the query as it is meant", async () => {
      emulator.addFault({ match: `GET ${LIST}?$filter=displayName eq 'a'`, status: 500 });
      const query = new URLSearchParams({ $filter: "displayName eq 'a'" }).toString();
      assert.equal((await ask(`${LIST}?${query}`)).status, 500);
    });

    const lost: [fault: Omit<Fault, "match">, stored: number][] = [
      [{ drop: "before" }, 1],
      [{ drop: "after" }, 2],
      [{ truncate: true }, 2],
    ];
    for (const [fault, stored] of lost) {
      it(`${JSON.stringify(fault)}: no answer arrives, and ${stored - 1} is made`, async () => {
        emulator.addFault({ match: `POST ${LIST}`, ...fault });
        await assert.rejects(async () => (await create()).text());
        assert.equal(emulator.store.list().length, stored);
        assert.equal((await create()).status, 201);
      });
    }

    for (const [fault] of lost) {
      it(`${JSON.stringify(fault)} of one request takes its batch with it`, async () => {
        emulator.addFault({ match: `GET ${LIST}`, ...fault });
        const requests = [{ id: "1", method: "GET", url: LIST }];
        await assert.rejects(async () =>
          (await ask("/$batch", { method: "POST", body: { requests } })).text(),
        );
        assert.equal((await ask(LIST)).status, 200);
      });
    }

    it("a delay alone changes nothing else", async () => {
      emulator.addFault({ match: "GET *", delayMs: 1 });
      assert.equal((await ask(LIST)).status, 200);
    });

    it("intuneStyle puts JSON into the message", async () => {
      emulator.addFault({ match: "GET *", status: 400, message: "No.", intuneStyle: true });
      const { message } = await errorOf(await ask(LIST));
      assert.match((JSON.parse(message) as { Message: string }).Message, /^No\. - Operation ID/);
    });

    it("a body and a content type as they are given", async () => {
      emulator.addFault({
        match: "GET *",
        status: 502,
        body: "<html>",
        contentType: "text/html",
        headers: { server: "gateway" },
      });
      const response = await ask(LIST);
      assert.equal(response.status, 502);
      assert.equal(response.headers.get("content-type"), "text/html");
      assert.equal(response.headers.get("server"), "gateway");
      assert.equal(await response.text(), "<html>");
    });

    it("a body alone comes with 200", async () => {
      emulator.addFault({ match: "GET *", body: "{}" });
      const response = await ask(LIST);
      assert.deepEqual([response.status, await response.text()], [200, "{}"]);
    });

    it("a status that none can answer is refused", () => {
      assert.throws(() => emulator.addFault({ match: "*", status: 99 }), TypeError);
    });

    it("come from the options too, and with every reset again", async () => {
      const to = await start({ faults: [{ match: "GET *", status: 500 }] });
      assert.equal((await ask(LIST, { to })).status, 500);
      assert.equal((await ask(LIST, { to })).status, 200);
      to.reset();
      assert.equal((await ask(LIST, { to })).status, 500);
    });
  });

  describe("$batch", () => {
    const batch = (requests: object[]) => ask("/$batch", { method: "POST", body: { requests } });
    const answers = async (requests: object[]) =>
      ((await (await batch(requests)).json()) as BatchAnswer).responses;
    const get = (id: number | string) => ({ id: String(id), method: "GET", url: LIST });

    it("each request answers for itself, with its own status and body", async () => {
      const responses = await answers([
        get(1),
        { id: "2", method: "GET", url: `${LIST}/nobody` },
        { id: "3", method: "DELETE", url: `${LIST}/${firstId()}` },
        { id: "4", method: "GET", url: `${LIST.slice(1)}/$count` },
      ]);
      assert.deepEqual(
        responses.map(({ id, status }) => [id, status]),
        [
          ["1", 200],
          ["2", 404],
          ["3", 200],
          ["4", 200],
        ],
      );
      const refused = responses[1]?.body as GraphErrorBody | undefined;
      assert.equal(refused?.error.code, "ResourceNotFound");
      const inBatch = emulator.requests.filter(({ viaBatch }) => viaBatch);
      assert.equal(inBatch.length, 4);
      assert.deepEqual(
        emulator.writes().map(({ method }) => method),
        ["DELETE"],
      );
    });

    it("a stream is base64, there and back", async () => {
      const bytes = Buffer.from([0, 255, 1]).toString("base64");
      const url = `${LIST}/${firstId()}/policyPayload`;
      const headers = { "Content-Type": "application/octet-stream" };
      const [put, read] = await answers([
        { id: "1", method: "PUT", url, headers, body: bytes },
        { id: "2", method: "GET", url },
      ]);
      assert.equal(put?.status, 204);
      assert.equal(read?.body, bytes);
      assert.deepEqual(emulator.store.list()[0]?.policyPayload, Buffer.from([0, 255, 1]));
    });

    it("what depends on a failed request fails with 424, and so on", async () => {
      const responses = await answers([
        { id: "a", method: "GET", url: `${LIST}/nobody` },
        { ...get("b"), dependsOn: ["a"] },
        { ...get("c"), dependsOn: ["b"] },
        { ...get("d") },
      ]);
      assert.deepEqual(
        responses.map(({ status }) => status),
        [404, 424, 424, 200],
      );
    });

    const twentyOne = Array.from({ length: 21 }, (_, index) => get(index));
    const refused: [why: string, requests: object[]][] = [
      ["no requests", []],
      ["more than 20", twentyOne],
      ["an id twice", [get(1), get(1)]],
      ["ids that differ in case only", [get("a"), get("A")]],
      ["dependsOn of nobody", [{ ...get(1), dependsOn: ["2"] }]],
      ["a verb that is none", [{ ...get(1), method: "LOOK" }]],
      ["malformed headers", [{ ...get(1), headers: { "a b": "c" } }]],
    ];
    for (const [why, requests] of refused) {
      it(`${why}: 400 for the whole`, async () => {
        assert.equal((await batch(requests)).status, 400);
        assert.equal(emulator.requests.length, 1);
      });
    }

    it("20 requests are served", async () => {
      assert.equal((await answers(twentyOne.slice(1))).length, 20);
    });

    it("a batch in a batch is refused", async () => {
      const [inner] = await answers([{ id: "1", method: "POST", url: "/$batch", body: {} }]);
      assert.equal(inner?.status, 400);
    });

    it("leads to Graph's paths only", async () => {
      const [inner] = await answers([
        { id: "1", method: "POST", url: "/../emulator/reset", headers: json(), body: {} },
      ]);
      assert.equal(inner?.status, 501);
      assert.equal(emulator.requests.length, 2);
    });

    it("a fault strikes one request in it", async () => {
      emulator.addFault({ match: `GET ${LIST}`, status: 429, retryAfterSeconds: 7 });
      const [first, second] = await answers([get(1), get(2)]);
      assert.deepEqual([first?.status, second?.status], [429, 200]);
      assert.equal(first?.headers["retry-after"], "7");
    });
  });

  describe("bodies", () => {
    it("a body of more than 8 MiB: 413, and the emulator goes on", async () => {
      const body = "x".repeat(8 * 1024 * 1024 + 1);
      const response = await ask(LIST, { method: "POST", body });
      assert.equal(response.status, 413);
      assert.equal((await ask(LIST)).status, 200);
    });

    for (const [what, body, type, status] of [
      ["broken JSON", "{", "application/json", 400],
      ["no object", "[]", "application/json", 400],
      ["no JSON", "a=b", "application/x-www-form-urlencoded", 415],
    ] as const) {
      it(`${what}: ${status}`, async () => {
        const headers = { "content-type": type };
        assert.equal((await ask(LIST, { method: "POST", body, headers })).status, status);
      });
    }

    it("JSON with a charset is JSON", async () => {
      const headers = { "content-type": "application/json; charset=utf-8" };
      const body = { "@odata.type": PLAIN, displayName: "Ünïcode ✓" };
      assert.equal((await ask(LIST, { method: "POST", body, headers })).status, 201);
      assert.equal(emulator.store.list()[1]?.displayName, body.displayName);
    });
  });

  describe("an emulator", () => {
    it("is as new after reset()", async () => {
      await ask(LIST, { method: "POST", body: { "@odata.type": PLAIN } });
      emulator.store.patch(firstId(), { displayName: "Drifted" });
      emulator.addFault({ match: "*", status: 500 });
      emulator.reset();
      const names = emulator.store.list().map(({ displayName }) => displayName);
      assert.deepEqual(names, ["Privacy"]);
      assert.equal(emulator.requests.length, 0);
      assert.equal((await ask(LIST)).status, 200);
    });

    it("ends open connections with close()", async () => {
      const closing = await start({ latencyMs: 60_000 });
      const socket = connect(Number(new URL(closing.url).port), "127.0.0.1");
      await once(socket, "connect");
      socket.write("GET /beta/officeConfiguration HTTP/1.1\r\nHost: localhost\r\n\r\n");
      const ended = new Promise((resolve) => socket.once("close", resolve));
      socket.on("error", () => {}).resume();
      await closing.close();
      await ended;
      await assert.rejects(fetch(closing.url));
    });

    it("can be closed twice", async () => {
      const closing = await start();
      await closing.close();
      await closing.close();
    });

    it("shares nothing with another", async () => {
      const other = await start();
      assert.notEqual(other.tenantId, emulator.tenantId);
      await ask(LIST, { method: "POST", body: { "@odata.type": PLAIN }, to: other });
      assert.equal(emulator.store.list().length, 1);
      assert.equal(emulator.requests.length, 0);
      assert.equal(other.store.list().length, 1);
    });

    it("says so if its port is taken", async () => {
      const port = Number(new URL(emulator.url).port);
      await assert.rejects(createEmulator({ port }), /EADDRINUSE/);
    });

    it("names an unknown path outside of /beta", async () => {
      const response = await fetch(`${emulator.url}/nothing`);
      assert.equal(response.status, 501);
      assert.match((await errorOf(response)).message, /GET \/nothing/);
    });
  });

  describe("the control routes", () => {
    const control = (method: string, path: string, body?: object) =>
      fetch(`${emulator.url}/emulator/${path}`, {
        method,
        ...(body && { headers: json(), body: JSON.stringify(body) }),
      });

    it("tell the requests, not counting themselves", async () => {
      await ask(LIST);
      const requests = (await (await control("GET", "requests")).json()) as { path: string }[];
      assert.deepEqual(
        requests.map(({ path }) => path),
        [LIST],
      );
    });

    it("tell what the tenant holds, payloads as text", async () => {
      const store = (await (await control("GET", "store")).json()) as Record<string, unknown>[];
      assert.equal(store[0]?.displayName, "Privacy");
      assert.equal(store[0]?.policyPayload, "[]");
    });

    it("change an object behind a client's back", async () => {
      const values = { displayName: "Drifted", policyPayload: [{ a: 1 }], groupIds: ["g"] };
      assert.equal((await control("PATCH", `store/${firstId()}`, values)).status, 204);
      const [object] = emulator.store.list();
      assert.equal(object?.displayName, "Drifted");
      assert.equal(String(object?.policyPayload), '[{"a":1}]');
      assert.equal(object?.assignments[0]?.groupId, "g");
    });

    it("take an object away", async () => {
      assert.equal((await control("DELETE", `store/${firstId()}`)).status, 204);
      assert.equal(emulator.store.list().length, 0);
    });

    it("add a fault", async () => {
      assert.equal((await control("POST", "faults", { match: "*", status: 503 })).status, 204);
      assert.equal((await ask(LIST)).status, 503);
    });

    it("reset", async () => {
      await ask(LIST);
      assert.equal((await control("POST", "reset")).status, 204);
      assert.equal(emulator.requests.length, 0);
    });

    const refused: [method: string, path: string, status: number, body?: object][] = [
      ["PATCH", "store/nobody", 404, {}],
      ["DELETE", "store/nobody", 404],
      ["PATCH", "store/any", 400, { displayname: "misspelt" }],
      ["POST", "faults", 400, { match: "*", statsu: 500 }],
      ["POST", "faults", 400, { match: "*", status: 99 }],
      ["POST", "faults", 400, { status: 500 }],
      ["GET", "nothing", 501],
    ];
    for (const [method, path, status, body] of refused) {
      it(`${method} ${path} ${JSON.stringify(body ?? "")} answers ${status}`, async () => {
        const response = await control(method, path, body);
        assert.equal(response.status, status);
        assert.ok((await errorOf(response)).message.length > 0);
      });
    }
  });
});

function json(): Record<string, string> {
  return { "content-type": "application/json" };
}
