import { strict as assert } from "node:assert";
import type { GraphClient, GraphResponse } from "../../provider/graph";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { testContext } from "../context";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";

/** A Graph that takes payloads as streams only, and leaves out what stands in a JSON body. */
function streamsOnly() {
  const sent: string[] = [];
  const streams = new Map<string, Uint8Array>();
  const answer = (status: number): Promise<GraphResponse> =>
    Promise.resolve({
      status,
      body: { "@odata.type": TYPE, id: ID, displayName: "Baseline" },
      headers: new Headers(),
    });
  const log = <T>(method: string, path: string, result: T): T => {
    sent.push(`${method} ${path.split("/").at(-1)}`);
    return result;
  };
  const graph: GraphClient = {
    origin: "https://graph.example.com",
    caller: () => Promise.resolve({}),
    get: () => answer(200),
    post: (path) => log("POST", path, answer(201)),
    patch: (path) => log("PATCH", path, answer(200)),
    delete: () => answer(204),
    put: (path, bytes) => {
      streams.set(path.split("/").at(-1) ?? "", bytes);
      return log("PUT", path, answer(204));
    },
    getBytes: (path) => Promise.resolve(streams.get(path.split("/").at(-1) ?? "")),
    list: () => Promise.resolve([]),
    page: () => Promise.reject(new Error("not asked for")),
  };
  const context = testContext({ graph });
  const text = () => Buffer.from(streams.get("policyPayload") ?? []).toString("utf8");
  return { context, sent, text };
}

describe("life of a client configuration where payloads are streams only", () => {
  const lifecycle = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
  const before = { displayName: "Baseline", policies: { "office16;L_A": "1" } };

  it("puts the payload that a POST left out", async () => {
    const { context, sent, text } = streamsOnly();
    await lifecycle.create(context, before);
    assert.deepEqual(sent, ["POST clientConfigurations", "PUT policyPayload"]);
    assert.equal(text(), '[{"settingId":"office16;L_A","value":"1"}]');
  });

  it("puts the payload that a PATCH left out, and only a changed one", async () => {
    const { context, sent, text } = streamsOnly();
    await lifecycle.create(context, before);
    sent.length = 0;
    await lifecycle.update(context, ID, before, { ...before, description: "d" });
    assert.deepEqual(sent, [`PATCH ${ID}`]);
    const after = { ...before, policies: { "office16;L_A": "2" } };
    await lifecycle.update(context, ID, before, after);
    assert.deepEqual(sent, [`PATCH ${ID}`, `PATCH ${ID}`, "PUT policyPayload"]);
    assert.equal(text(), '[{"settingId":"office16;L_A","value":"2"}]');
  });

  it("empties the payload that the program no longer gives", async () => {
    const { context, text } = streamsOnly();
    await lifecycle.create(context, before);
    await lifecycle.update(context, ID, before, { displayName: "Baseline" });
    assert.equal(text(), "[]");
  });

  it("names a policy whose name is secret by no name", () => {
    assert.equal(
      lifecycle.label({ displayName: "hunter2", __secrets: ["displayName"] }),
      "[secret]",
    );
  });
});
