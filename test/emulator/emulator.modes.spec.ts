import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorMode } from "../../emulator";
import { ask as askEmulator, type Json } from "./ask";

const LIST = "/officeConfiguration/clientConfigurations";
const PLAIN = "#microsoft.graph.windowsOfficeClientConfiguration";

const ASSIGNMENT = {
  "@odata.type": "#microsoft.graph.officeClientConfigurationAssignment",
  target: {
    "@odata.type": "#microsoft.graph.officeConfigurationGroupAssignmentTarget",
    groupId: "group-1",
  },
};

describe("a mode of the emulator", () => {
  let emulator: Emulator | undefined;

  afterEach(async () => {
    await emulator?.close();
    emulator = undefined;
  });

  /** An emulator in a mode, with one object, asked by what is returned. */
  async function start(mode: Partial<EmulatorMode>) {
    const seed = [{ displayName: "Privacy", policies: [], groupIds: ["group-0"] }];
    const started = await createEmulator({ preset: "kind", mode, seed });
    emulator = started;
    const [first] = started.store.list();
    const id = first?.id ?? "";
    const ask = (method: string, path: string, body?: object, headers?: Record<string, string>) => {
      const token = path === "/officeConfiguration" ? started.issueToken("user") : undefined;
      return askEmulator(started, method, `/beta${path}`, { body, headers, token });
    };
    return { emulator: started, ask, id, item: `${LIST}/${id}` };
  }

  describe("payloads", () => {
    it("inline: base64 in the JSON", async () => {
      const { ask, item } = await start({ payloads: "inline" });
      const { json } = await ask("GET", item);
      assert.equal(json.policyPayload, Buffer.from("[]").toString("base64"));
      assert.equal(json.userPreferencePayload, null);
    });

    it("stream: a link in the JSON, which leads to the bytes", async () => {
      const { ask, emulator, item } = await start({ payloads: "stream" });
      const { json } = await ask("GET", item);
      assert.ok(!("policyPayload" in json));
      const link = String(json["policyPayload@odata.mediaReadLink"]);
      assert.equal(link, `${emulator.url}/beta${item}/policyPayload`);
      assert.equal((await ask("GET", link.replace(`${emulator.url}/beta`, ""))).text, "[]");
    });

    it("stream: $select keeps the link", async () => {
      const { ask, item } = await start({ payloads: "stream" });
      const { json } = await ask("GET", `${item}?$select=policyPayload`);
      assert.ok("policyPayload@odata.mediaReadLink" in json);
      assert.ok(!("userPreferencePayload@odata.mediaReadLink" in json));
    });

    it("stream: a body is read as in the other mode", async () => {
      const { ask, emulator } = await start({ payloads: "stream" });
      const body = { "@odata.type": PLAIN, policyPayload: Buffer.from("{}").toString("base64") };
      await ask("POST", LIST, body);
      assert.equal(String(emulator.store.list()[1]?.policyPayload), "{}");
    });
  });

  describe("assignmentsInPost", () => {
    for (const [assignmentsInPost, groups] of [
      ["honoured", ["group-1"]],
      ["ignored", []],
    ] as const) {
      it(`${assignmentsInPost}: ${groups.length} of 1 groups is kept`, async () => {
        const { ask, emulator } = await start({ assignmentsInPost });
        const body = { "@odata.type": PLAIN, assignments: [ASSIGNMENT] };
        const { status, json } = await ask("POST", LIST, body);
        assert.equal(status, 201);
        assert.equal((json.assignments as unknown[] | undefined)?.length, groups.length);
        const stored = emulator.store.list()[1]?.assignments.map(({ groupId }) => groupId);
        assert.deepEqual(stored, [...groups]);
      });
    }

    it("ignored: assign is not concerned", async () => {
      const { ask, emulator, id, item } = await start({ assignmentsInPost: "ignored" });
      await ask("POST", `${item}/assign`, { officeConfigurationAssignments: [ASSIGNMENT] });
      assert.equal(emulator.store.get(id)?.assignments[0]?.groupId, "group-1");
    });
  });

  for (const [successCodes, patch, remove, reorder] of [
    ["docs", 200, 200, 200],
    ["odata", 204, 204, 204],
  ] as const) {
    it(`successCodes ${successCodes}: ${patch} for what has changed`, async () => {
      const { ask, id, item } = await start({ successCodes });
      const changed = await ask("PATCH", item, { displayName: "Changed" });
      assert.equal(changed.status, patch);
      assert.equal(changed.text === "", patch === 204);
      const inBody = await ask("PATCH", LIST, { id, displayName: "Changed" });
      assert.equal(inBody.status, patch);
      const singleton = await ask("PATCH", "/officeConfiguration", { tenantCheckinStatuses: [] });
      assert.equal(singleton.status, patch);
      const body = { officeConfigurationPolicyIds: [id], officeConfigurationPriorities: [3] };
      assert.equal((await ask("POST", `${LIST}/updatePriorities`, body)).status, reorder);
      const removed = await ask("DELETE", item);
      assert.deepEqual([removed.status, removed.text], [remove, ""]);
    });
  }

  describe("visibleAfterReads", () => {
    it("a new object answers 404 so often, then it is there", async () => {
      const { ask } = await start({ visibleAfterReads: 2 });
      const { json } = await ask("POST", LIST, { "@odata.type": PLAIN });
      const statuses: number[] = [];
      for (let reads = 0; reads < 4; reads++) {
        statuses.push((await ask("GET", `${LIST}/${String(json.id)}`)).status);
      }
      assert.deepEqual(statuses, [404, 404, 200, 200]);
    });

    it("a list is a read too", async () => {
      const { ask } = await start({ visibleAfterReads: 1 });
      await ask("POST", LIST, { "@odata.type": PLAIN });
      const first = await ask("GET", LIST);
      const second = await ask("GET", LIST);
      assert.equal((first.json.value as Json[] | undefined)?.length, 1);
      assert.equal((second.json.value as Json[] | undefined)?.length, 2);
    });

    it("seeded objects are there at once", async () => {
      const { ask, item } = await start({ visibleAfterReads: 5 });
      assert.equal((await ask("GET", item)).status, 200);
    });

    it("a hidden object has its priority nevertheless", async () => {
      const { ask } = await start({ visibleAfterReads: 5 });
      const body = { "@odata.type": PLAIN, priority: 9 };
      assert.equal((await ask("POST", LIST, body)).status, 201);
      assert.equal((await ask("POST", LIST, body)).status, 409);
    });
  });

  it("pageSize: a list ends there, and names the next page", async () => {
    const { ask, emulator } = await start({ pageSize: 2 });
    emulator.store.insert({ type: PLAIN });
    assert.equal((await ask("GET", LIST)).json["@odata.nextLink"], undefined);
    emulator.store.insert({ type: PLAIN });
    const { json } = await ask("GET", `${LIST}?$top=50`);
    assert.equal((json.value as Json[] | undefined)?.length, 2);
    assert.match(String(json["@odata.nextLink"]), /skiptoken=/);
  });

  for (const lastModifiedDateTime of [true, false]) {
    it(`lastModifiedDateTime ${lastModifiedDateTime}: objects have ${lastModifiedDateTime ? "it" : "none"}`, async () => {
      const { ask, item } = await start({ lastModifiedDateTime });
      assert.equal("lastModifiedDateTime" in (await ask("GET", item)).json, lastModifiedDateTime);
    });
  }

  for (const [strict, status] of [
    [true, 400],
    [false, 200],
  ] as const) {
    it(`strict ${strict}: ${status} for an unknown property`, async () => {
      const { ask, id, item, emulator } = await start({ strict });
      const answer = await ask("PATCH", item, { displayName: "Changed", colour: "red" });
      assert.equal(answer.status, status, answer.text);
      assert.ok(!("colour" in answer.json));
      assert.equal(emulator.store.get(id)?.displayName, strict ? "Privacy" : "Changed");
    });

    it(`strict ${strict}: ${status} for one of the singleton too`, async () => {
      const { ask } = await start({ strict });
      const annotated = { "odd@odata.type": "String", tenantCheckinStatuses: [] };
      assert.equal((await ask("PATCH", "/officeConfiguration", annotated)).status, 200);
      const answer = await ask("PATCH", "/officeConfiguration", { unknownProperty: 1 });
      assert.equal(answer.status, status);
    });
  }

  for (const [requireODataType, status] of [
    [true, 400],
    [false, 200],
  ] as const) {
    it(`requireODataType ${requireODataType}: ${status} for a PATCH without a type`, async () => {
      const { ask, item } = await start({ requireODataType });
      assert.equal((await ask("PATCH", item, { displayName: "x" })).status, status);
      const typed = await ask("PATCH", item, { "@odata.type": PLAIN, displayName: "x" });
      assert.equal(typed.status, 200);
    });
  }

  describe("etags", () => {
    it("true: an object has one, which changes with it", async () => {
      const { ask, item } = await start({ etags: true });
      const before = (await ask("GET", item)).json["@odata.etag"];
      const after = (await ask("PATCH", item, { displayName: "x" })).json["@odata.etag"];
      assert.match(String(before), /^W\/".+"$/);
      assert.notEqual(after, before);
    });

    for (const method of ["PATCH", "DELETE"]) {
      it(`true: 412 for a ${method} of a version that is past`, async () => {
        const { ask, emulator, id, item } = await start({ etags: true });
        const etag = String((await ask("GET", item)).json["@odata.etag"]);
        emulator.store.patch(id, { displayName: "By another" });
        const body = method === "PATCH" ? { displayName: "Mine" } : undefined;
        const stale = await ask(method, item, body, { "if-match": etag });
        assert.equal(stale.status, 412);
        assert.equal(emulator.store.get(id)?.displayName, "By another");
        assert.equal((await ask(method, item, body, { "if-match": "*" })).status, 200);
      });
    }

    it("true: 412 too where the id travels in the body", async () => {
      const { ask, id } = await start({ etags: true });
      const headers = { "if-match": 'W/"old"' };
      assert.equal((await ask("PATCH", LIST, { id, displayName: "x" }, headers)).status, 412);
    });

    it("true: a PATCH of the present version is carried out", async () => {
      const { ask, item } = await start({ etags: true });
      const etag = String((await ask("GET", item)).json["@odata.etag"]);
      const { status } = await ask("PATCH", item, { displayName: "x" }, { "if-match": etag });
      assert.equal(status, 200);
    });

    it("false: none, and If-Match is not looked at", async () => {
      const { ask, item } = await start({ etags: false });
      const { json } = await ask("PATCH", item, { displayName: "x" }, { "if-match": 'W/"old"' });
      assert.equal(json.displayName, "x");
      assert.ok(!("@odata.etag" in json));
    });
  });
});
