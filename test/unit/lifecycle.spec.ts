import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { testContext } from "../context";
import { fakeGraph, tripOf } from "../fakeGraph";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";

/** A Graph that takes payloads as streams only, and leaves out what stands in a JSON body. */
function streamsOnly() {
  const streams = new Map<string, unknown>();
  const { graph, sent } = fakeGraph(({ method, path, accepts, bytes }) => {
    const name = path.split("/").at(-1) ?? "";
    if (accepts === "bytes") return streams.get(name);
    if (method === "PUT") return void streams.set(name, bytes);
    return path.endsWith("/clientConfigurations") && method === "GET"
      ? { value: [] }
      : { "@odata.type": TYPE, id: ID, displayName: "Baseline" };
  });
  const context = testContext({ graph });
  const text = () => Buffer.from((streams.get("policyPayload") ?? []) as Uint8Array).toString();
  const writes = () => sent.filter(({ method }) => method !== "GET").map(tripOf);
  return { context, sent, writes, text };
}

describe("life of a client configuration where payloads are streams only", () => {
  const lifecycle = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
  const before = { displayName: "Baseline", policies: { "office16;L_A": "1" } };

  it("puts the payload that a POST left out", async () => {
    const { context, writes, text } = streamsOnly();
    await lifecycle.create(context, before);
    assert.deepEqual(writes(), ["POST clientConfigurations", "PUT policyPayload"]);
    assert.equal(text(), '[{"settingId":"office16;L_A","value":"1"}]');
  });

  it("puts the payload that a PATCH left out, and only a changed one", async () => {
    const { context, sent, writes, text } = streamsOnly();
    await lifecycle.create(context, before);
    sent.length = 0;
    await lifecycle.update(context, ID, before, { ...before, description: "d" });
    assert.deepEqual(writes(), [`PATCH ${ID}`]);
    const after = { ...before, policies: { "office16;L_A": "2" } };
    await lifecycle.update(context, ID, before, after);
    assert.deepEqual(writes(), [`PATCH ${ID}`, `PATCH ${ID}`, "PUT policyPayload"]);
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
