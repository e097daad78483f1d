import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorMode } from "../../emulator";
import { type Answer, ask as askEmulator, type Json } from "./ask";

const LIST = "/officeConfiguration/clientConfigurations";
const TYPE = "microsoft.graph.windowsOfficeClientConfiguration";
const TARGET = "microsoft.graph.officeConfigurationGroupAssignmentTarget";
const GROUP = "3f0c2e5a-7c1d-4a43-9b8e-6a1d2f4c5b60";
const POLICIES = [{ settingId: "office16;L_SendFeedback", value: "0" }];
const BASE64 = Buffer.from(JSON.stringify(POLICIES)).toString("base64");

const body = {
  "@odata.type": `#${TYPE}`,
  assignments: [{ target: { "@odata.type": `#${TARGET}`, groupId: GROUP } }],
};

describe("an unkind mode of the emulator", () => {
  let emulator: Emulator | undefined;

  afterEach(async () => {
    await emulator?.close();
    emulator = undefined;
  });

  /** A kind emulator but for one mode, with one object, asked by what is returned. */
  async function start(mode: Partial<EmulatorMode>, groupIds: readonly string[] = [GROUP]) {
    const started = await createEmulator({
      preset: "kind",
      mode,
      clock: () => new Date("2024-05-06T07:08:09.123Z"),
      seed: [{ displayName: "Privacy", policies: POLICIES, groupIds }],
    });
    emulator = started;
    const id = started.store.list()[0]?.id ?? "";
    const ask = (method: string, path: string, content?: object) =>
      askEmulator(started, method, `/beta${path}`, { body: content });
    return { emulator: started, ask, id, item: `${LIST}/${id}` };
  }

  describe("listPayloads", () => {
    for (const [listPayloads, found] of [
      ["null", null],
      ["asAlone", BASE64],
    ] as const) {
      it(`${listPayloads}: a list has ${found === null ? "null" : "the payload"}, the object its payload`, async () => {
        const { ask, item } = await start({ listPayloads });
        for (const query of ["", "?$select=policyPayload"]) {
          assert.equal(first(await ask("GET", `${LIST}${query}`)).policyPayload, found);
        }
        assert.equal((await ask("GET", item)).json.policyPayload, BASE64);
      });
    }
  });

  it("payloads null: the object has null, its stream the bytes", async () => {
    const { ask, item } = await start({ payloads: "null" });
    assert.equal((await ask("GET", item)).json.policyPayload, null);
    assert.equal(first(await ask("GET", LIST)).policyPayload, null);
    assert.equal((await ask("GET", `${item}/policyPayload`)).text, JSON.stringify(POLICIES));
  });

  describe("navigation", () => {
    for (const [navigation, isThere] of [
      ["afterPost", true],
      ["expandedOnly", false],
    ] as const) {
      it(`${navigation}: a POST answers ${isThere ? "with" : "without"} the groups`, async () => {
        const { ask } = await start({ navigation });
        assert.equal("assignments" in (await ask("POST", LIST, body)).json, isThere);
      });
    }

    it("expandedOnly: $expand gives the groups, after a POST too", async () => {
      const { ask, item } = await start({ navigation: "expandedOnly" });
      for (const answer of [
        await ask("GET", `${item}?$expand=assignments`),
        await ask("POST", `${LIST}?$expand=assignments`, body),
      ]) {
        assert.equal((answer.json.assignments as Json[]).length, 1);
      }
    });
  });

  describe("expandedPageSize", () => {
    const groups = ["a", "b", "c", "d", "e"];

    it("cuts an expanded collection there, and links to the rest", async () => {
      const { emulator, ask, item } = await start({ expandedPageSize: 3, pageSize: 100 }, groups);
      for (const object of [
        (await ask("GET", `${item}?$expand=assignments`)).json,
        first(await ask("GET", `${LIST}?$expand=assignments`)),
      ]) {
        assert.deepEqual(groupsOf(object.assignments), ["a", "b", "c"]);
        const link = String(object["assignments@odata.nextLink"]);
        assert.ok(link.startsWith(`${emulator.url}/beta${item}/assignments?`), link);
        const rest = await ask("GET", link.replace(`${emulator.url}/beta`, ""));
        assert.deepEqual(groupsOf(rest.json.value), ["d", "e"]);
      }
    });

    it("gives no link where all is there", async () => {
      const { ask, item } = await start({ expandedPageSize: 5 }, groups);
      const { json } = await ask("GET", `${item}?$expand=assignments`);
      assert.equal((json.assignments as Json[]).length, 5);
      assert.ok(!("assignments@odata.nextLink" in json));
    });

    it("gives no link with expandedNextLink false", async () => {
      const mode = { expandedPageSize: 3, expandedNextLink: false };
      const { ask, item } = await start(mode, groups);
      const { json } = await ask("GET", `${item}?$expand=assignments`);
      assert.equal((json.assignments as Json[]).length, 3);
      assert.ok(!("assignments@odata.nextLink" in json));
    });

    it("cuts the singleton's policies too", async () => {
      const { emulator, ask } = await start({ expandedPageSize: 1 });
      emulator.store.insert({ type: `#${TYPE}` });
      const { json } = await ask("GET", "/officeConfiguration?$expand=clientConfigurations");
      assert.equal((json.clientConfigurations as Json[]).length, 1);
      assert.match(String(json["clientConfigurations@odata.nextLink"]), /\$skiptoken=/);
    });
  });

  it("expandInLists refused: 400 for a list, not for one object", async () => {
    const { ask, item } = await start({ expandInLists: "refused" });
    assert.equal((await ask("GET", `${LIST}?$expand=assignments`)).status, 400);
    assert.equal((await ask("GET", LIST)).status, 200);
    assert.equal((await ask("GET", `${item}?$expand=assignments`)).status, 200);
  });

  it("expandInLists ignored: a list without the groups, one object with them", async () => {
    const { ask, item } = await start({ expandInLists: "ignored" });
    const { status, json } = await ask("GET", `${LIST}?$expand=assignments`);
    assert.equal(status, 200);
    assert.ok(!("assignments" in ((json.value as Json[])[0] ?? {})));
    assert.equal((await ask("GET", `${LIST}?$expand=nothing`)).status, 400);
    assert.ok("assignments" in (await ask("GET", `${item}?$expand=assignments`)).json);
  });

  for (const [typeNames, alone, listed] of [
    ["hash", "#", "#"],
    ["plain", "", ""],
    ["mixed", "#", ""],
  ] as const) {
    it(`typeNames ${typeNames}: "${alone}" before an object's type, "${listed}" in lists and in objects`, async () => {
      const { ask, item } = await start({ typeNames });
      const object = (await ask("GET", `${item}?$expand=assignments`)).json;
      assert.equal(object["@odata.type"], `${alone}${TYPE}`);
      assert.equal(first(await ask("GET", LIST))["@odata.type"], `${listed}${TYPE}`);
      const [assignment] = object.assignments as { target: Json }[];
      assert.equal(assignment?.target["@odata.type"], `${listed}${TARGET}`);
    });
  }

  describe("unknownProperties", () => {
    it("true: in lists and their objects, alone, nested, and in errors", async () => {
      const { ask, item } = await start({ unknownProperties: true });
      const list = await ask("GET", `${LIST}?$expand=assignments`);
      const object = first(list);
      const [assignment] = object.assignments as { target: Json }[];
      const { error } = (await ask("GET", `${LIST}/nobody`)).json;
      const where = {
        list: list.json,
        object,
        alone: (await ask("GET", item)).json,
        singleton: (await ask("GET", "/officeConfiguration")).json,
        created: (await ask("POST", LIST, body)).json,
        assignment: assignment as unknown as Json,
        target: assignment?.target ?? {},
        summary: object.userCheckinSummary as Json,
        error: error as Json,
      };
      for (const [name, json] of Object.entries(where)) {
        assert.ok("undocumentedItems" in json && "@microsoft.graph.tips" in json, name);
      }
    });

    it("true: a body with one is refused nevertheless", async () => {
      const { ask, item } = await start({ unknownProperties: true });
      assert.equal((await ask("PATCH", item, { undocumentedText: "x" })).status, 400);
    });

    it("false: none", async () => {
      const { ask } = await start({ unknownProperties: false });
      assert.ok(!(await ask("GET", LIST)).text.includes("undocumented"));
    });
  });

  describe("idCase", () => {
    it("other: an answer has the id in the other case than asked for", async () => {
      const { ask, id, item } = await start({ idCase: "other" });
      const upper = id.toUpperCase();
      assert.equal((await ask("GET", item)).json.id, upper);
      assert.equal((await ask("GET", `${LIST}/${upper}`)).json.id, id);
      assert.equal((await ask("PATCH", item, { displayName: "x" })).json.id, upper);
      assert.equal(first(await ask("GET", LIST)).id, upper);
    });

    it("other: what is made has its id as it is, and is known by both", async () => {
      const { emulator, ask } = await start({ idCase: "other" });
      const id = String((await ask("POST", LIST, body)).json.id);
      assert.equal(id, emulator.store.list()[1]?.id);
      const upper = id.toUpperCase();
      const priorities = {
        officeConfigurationPolicyIds: [upper],
        officeConfigurationPriorities: [7],
      };
      assert.equal((await ask("POST", `${LIST}/updatePriorities`, priorities)).status, 200);
      assert.equal(emulator.store.get(upper)?.priority, 7);
      assert.equal((await ask("PATCH", LIST, { id: upper, displayName: "x" })).status, 200);
      assert.equal((await ask("DELETE", `${LIST}/${upper}`)).status, 200);
    });

    it("other: one id in two cases is one id", async () => {
      const { ask, id } = await start({ idCase: "other" });
      const priorities = {
        officeConfigurationPolicyIds: [id, id.toUpperCase()],
        officeConfigurationPriorities: [7, 8],
      };
      assert.equal((await ask("POST", `${LIST}/updatePriorities`, priorities)).status, 400);
    });

    it("other: groups and assignments too, texts that are no GUIDs not", async () => {
      const { ask, item } = await start({ idCase: "other" }, [GROUP, "group-a"]);
      const { json } = await ask("GET", `${item}/assignments`);
      assert.deepEqual(groupsOf(json.value), [GROUP.toUpperCase(), "group-a"]);
      const id = String(first({ json }).id);
      assert.equal(id, id.toUpperCase());
      const one = await ask("GET", `${item}/assignments/${id}`);
      assert.equal(one.json.id, id.toLowerCase());
    });

    it("kept: an id is known as it is only", async () => {
      const { ask, id, item } = await start({ idCase: "kept" });
      assert.equal((await ask("GET", item)).json.id, id);
      assert.equal((await ask("GET", `${LIST}/${id.toUpperCase()}`)).status, 404);
    });
  });

  for (const [dates, found] of [
    ["milliseconds", "2024-05-06T07:08:09.123Z"],
    ["sevenDigits", "2024-05-06T07:08:09.1234567Z"],
  ] as const) {
    it(`dates ${dates}: ${found}`, async () => {
      const { ask, item } = await start({ dates });
      assert.equal((await ask("GET", item)).json.lastModifiedDateTime, found);
    });
  }

  for (const [batchOrder, order] of [
    ["asAsked", ["1", "2", "3"]],
    ["reversed", ["3", "2", "1"]],
  ] as const) {
    it(`batchOrder ${batchOrder}: answers ${order.join(", ")}; what is no JSON is base64`, async () => {
      const { ask, item } = await start({ batchOrder });
      const requests = [item, `${item}/policyPayload`, `${LIST}/$count`].map((url, index) => ({
        id: String(index + 1),
        method: "GET",
        url,
      }));
      const { json } = await ask("POST", "/$batch", { requests });
      const responses = json.responses as { id: string; body: unknown }[];
      assert.deepEqual(
        responses.map(({ id }) => id),
        order,
      );
      const bodies = new Map(responses.map((response) => [response.id, response.body]));
      assert.equal(bodies.get("2"), BASE64);
      assert.equal(bodies.get("3"), Buffer.from("1").toString("base64"));
    });
  }
});

describe("a preset of the emulator", () => {
  const VARIABLE = "OFFICE_EMULATOR_PRESET";
  const before = process.env[VARIABLE];

  afterEach(() => {
    if (before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = before;
  });

  async function modeOf(options: Parameters<typeof createEmulator>[0]): Promise<EmulatorMode> {
    const emulator = await createEmulator(options);
    await emulator.close();
    return emulator.mode;
  }

  it("is the option's, else the environment's", async () => {
    process.env[VARIABLE] = "unkind";
    assert.equal((await modeOf({})).pageSize, 5);
    assert.equal((await modeOf({ preset: "kind" })).pageSize, 100);
    process.env[VARIABLE] = "kind";
    assert.equal((await modeOf({})).pageSize, 100);
    assert.equal((await modeOf({ preset: "unkind" })).pageSize, 5);
  });

  it("gives way to a mode", async () => {
    const { pageSize, batchOrder } = await modeOf({ preset: "unkind", mode: { pageSize: 7 } });
    assert.deepEqual([pageSize, batchOrder], [7, "reversed"]);
  });

  it("is refused where there is no such one, naming who asked and those there are", async () => {
    process.env[VARIABLE] = "nice";
    await assert.rejects(createEmulator(), {
      name: "TypeError",
      message: "OFFICE_EMULATOR_PRESET is 'nice', and must be one of kind, unkind.",
    });
    const preset = "toString" as "kind";
    await assert.rejects(createEmulator({ preset }), /The preset is 'toString'/);
  });
});

function first({ json }: Pick<Answer, "json">): Json {
  return (json.value as Json[])[0] ?? {};
}

function groupsOf(assignments: unknown): unknown[] {
  return (assignments as { target: Json }[]).map(({ target }) => target.groupId);
}
