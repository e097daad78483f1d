import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { type Answer, ask, type Json } from "./ask";

const SETTINGS = "/beta/copilot/admin/policySettings";
const PINNING = "microsoft.copilot.copilotchatpinning";
const WEB = "microsoft.copilot.allowwebsearch";
const POLICY = "a1b2c3d4-e5f6-4890-abcd-ef1234567890";

describe("the emulator's Copilot settings", () => {
  let emulator: Emulator;

  afterEach(() => emulator.close());

  const start = async (options: EmulatorOptions = {}) => {
    emulator = await createEmulator({ preset: "kind", ids: () => POLICY, ...options });
    const token = emulator.issueToken("user");
    return (method: "GET" | "PATCH", id: string, body?: object) =>
      ask(emulator, method, `${SETTINGS}/${id}`, { body, token });
  };

  const valuesOf = ({ json: { value, policyId } }: Answer) => ({ value, policyId });
  const innerOf = ({ json }: Answer) => ((json.error as Json).innerError as Json).code;

  it("have a value and a policy, no value, or neither", async () => {
    const to = await start({ copilotSettings: { [PINNING]: "1" } });
    const { status, json } = await to("GET", PINNING);
    assert.equal(status, 200);
    assert.deepEqual(json, {
      "@odata.context": `${emulator.url}/beta/$metadata#copilot/admin/policySettings/$entity`,
      "@odata.type": "#microsoft.graph.copilotPolicySetting",
      id: PINNING,
      value: "1",
      policyId: POLICY,
    });
    assert.deepEqual(valuesOf(await to("GET", WEB)), { value: null, policyId: POLICY });
    await emulator.close();
    const other = await start();
    assert.deepEqual(valuesOf(await other("GET", WEB)), { value: null, policyId: null });
  });

  it("are selected property by property", async () => {
    const to = await start();
    const { json } = await to("GET", `${WEB}?$select=value`);
    assert.ok("value" in json && !("policyId" in json));
    assert.equal((await to("GET", `${WEB}?$select=displayName`)).status, 400);
  });

  it("take a value without a policy, and make one if there is none", async () => {
    const to = await start();
    const { status, json } = await to("PATCH", WEB, { value: "2" });
    assert.equal(status, 200);
    assert.deepEqual(json, {
      "@odata.type": "#microsoft.graph.copilotPolicySetting",
      id: WEB,
      value: "2",
      policyId: POLICY,
    });
    assert.deepEqual(valuesOf(await to("GET", WEB)), { value: "2", policyId: POLICY });
  });

  it("are cleared by null", async () => {
    const to = await start({ copilotSettings: { [WEB]: "2" } });
    assert.deepEqual(valuesOf(await to("PATCH", WEB, { value: null })), {
      value: null,
      policyId: POLICY,
    });
    assert.deepEqual(valuesOf(await to("GET", WEB)), { value: null, policyId: POLICY });
  });

  it("are read from the first policy that has them, whichever policy a request names", async () => {
    const ids = ["second", "first"];
    const to = await start({ ids: () => ids.pop() ?? "" });
    const first = emulator.copilot.addPolicy();
    const second = emulator.copilot.addPolicy({ [WEB]: "1" });
    assert.deepEqual(valuesOf(await to("GET", WEB)), { value: "1", policyId: second.id });
    const named = await to("PATCH", WEB, { value: "0", policyId: first.id });
    assert.deepEqual(valuesOf(named), { value: "0", policyId: first.id });
    const later = await to("PATCH", WEB, { value: "2", policyId: second.id });
    assert.deepEqual(valuesOf(later), { value: "2", policyId: second.id });
    assert.deepEqual(valuesOf(await to("GET", WEB)), { value: "0", policyId: first.id });
    // Without the value of the first, that of the second is there again.
    await to("PATCH", WEB, { value: null });
    assert.deepEqual(valuesOf(await to("GET", WEB)), { value: "2", policyId: second.id });
    assert.equal((await to("PATCH", WEB, { value: "0", policyId: "none" })).status, 404);
  });

  for (const [what, body] of [
    ["no value", { policyId: POLICY }],
    ["a number", { value: 1 }],
    ["an unknown property", { value: "1", state: "on" }],
  ] as const) {
    it(`refuse a body with ${what}`, async () => {
      const to = await start();
      assert.equal((await to("PATCH", WEB, body)).status, 400);
      assert.equal(emulator.copilot.get(WEB).value, null);
    });
  }

  it("answer 204 in mode `odata`", async () => {
    const to = await start({ mode: { successCodes: "odata" } });
    const { status, text } = await to("PATCH", WEB, { value: "1" });
    assert.deepEqual([status, text], [204, ""]);
  });

  it("are five: others are not supported", async () => {
    const to = await start();
    for (const method of ["GET", "PATCH"] as const) {
      const id = "microsoft.copilot.pinning";
      const refused = await to(method, id, method === "GET" ? undefined : { value: "1" });
      assert.equal(refused.status, 404);
      assert.equal((refused.json.error as Json).code, "notFound");
      assert.equal(innerOf(refused), "unsupportedSetting");
    }
  });

  it("refuse one that a policy for groups has, and all of a tenant with too many of these", async () => {
    const to = await start();
    emulator.copilot.groupScoped.add(WEB);
    const scoped = await to("PATCH", WEB, { value: "1" });
    assert.deepEqual([scoped.status, innerOf(scoped)], [422, "groupScopedSettingNotSupported"]);
    assert.equal((await to("GET", PINNING)).status, 200);
    emulator.copilot.hasTooManyGroupPolicies = true;
    const tooMany = await to("GET", PINNING);
    assert.deepEqual([tooMany.status, innerOf(tooMany)], [502, "tooManyGroupPolicies"]);
    emulator.reset();
    assert.equal((await to("GET", WEB)).status, 200);
  });

  it("are neither listed, created nor deleted", async () => {
    await start();
    const token = emulator.issueToken("user");
    assert.equal((await ask(emulator, "GET", SETTINGS, { token })).status, 501);
    for (const method of ["POST", "PUT", "DELETE"]) {
      const answer = await ask(emulator, method, `${SETTINGS}/${WEB}`, { token });
      assert.equal(answer.headers.get("allow"), "GET, PATCH");
    }
  });

  it("are a user's only, unless the mode lets apps in", async () => {
    for (const [copilotCallers, status] of [
      ["users", 403],
      ["all", 200],
    ] as const) {
      await start({ mode: { copilotCallers } });
      assert.equal((await ask(emulator, "GET", `${SETTINGS}/${WEB}`)).status, status);
      await emulator.close();
    }
    await start({ preset: "unkind" });
    assert.equal((await ask(emulator, "GET", `${SETTINGS}/${WEB}`)).status, 403);
  });

  it("have one of others in the preset `unkind`", async () => {
    const to = await start({ preset: "unkind" });
    assert.equal((await to("GET", PINNING)).json.value, "1");
    assert.equal((await to("GET", WEB)).json.value, null);
  });

  it("can be changed behind a client's back", async () => {
    const to = await start();
    const control = "/emulator/copilotSettings";
    const set = (path: string, body: object) => ask(emulator, "PATCH", control + path, { body });
    await set(`/${WEB}`, { value: "1" });
    assert.equal((await to("GET", WEB)).json.value, "1");
    await set(`/${WEB}`, { isGroupScoped: true });
    assert.equal((await to("GET", WEB)).status, 422);
    await set(`/${WEB}`, { isGroupScoped: false, value: null });
    assert.equal((await to("GET", WEB)).json.value, null);
    await set("", { hasTooManyGroupPolicies: true });
    assert.equal((await to("GET", WEB)).status, 502);
    const { text } = await ask(emulator, "GET", control);
    assert.deepEqual(JSON.parse(text), {
      policies: [{ id: POLICY, values: {} }],
      groupScoped: [],
      hasTooManyGroupPolicies: true,
    });
  });
});
