import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { type Answer, ask as askEmulator, type Json, trace } from "./ask";

const LIST = "/officeConfiguration/clientConfigurations";
const USER = "#microsoft.graph.windowsOfficeClientConfiguration";
const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";
const BYTES = Buffer.from([0, 1, 254, 255]);

/** Id of an object of the seed: ids are counted, and an object's groups follow it. */
const PRIVACY = "id-1";
const GROUP = "id-2";
const MACROS = "id-3";

const assignments = (...groupIds: string[]) =>
  groupIds.map((groupId) => ({
    "@odata.type": "#microsoft.graph.officeClientConfigurationAssignment",
    target: { "@odata.type": "#microsoft.graph.officeConfigurationGroupAssignmentTarget", groupId },
  }));

describe("the emulator's paths", () => {
  let emulator: Emulator;
  let made = 0;

  before(async () => {
    emulator = await createEmulator({
      preset: "kind",
      ids: () => `id-${++made}`,
      clock: () => new Date("2024-05-06T07:08:09.123Z"),
      seed: [
        {
          displayName: "Privacy",
          policies: [{ settingId: "a", value: "0" }],
          userPreferences: [],
          groupIds: ["group-1"],
        },
        { displayName: "Macros", type: SECURITY, policies: [], userPreferences: [] },
      ],
    });
  });

  beforeEach(() => {
    made = 0;
    emulator.reset();
  });

  after(() => emulator.close());

  const ask = (method: string, path: string, body?: object, token?: string) =>
    askEmulator(emulator, method, `${path.startsWith("/v1.0") ? "" : "/beta"}${path}`, {
      body,
      token,
    });

  const codeOf = ({ json }: Answer) => (json.error as Json | undefined)?.code;
  const messageOf = ({ json }: Answer) => String((json.error as Json | undefined)?.message);

  describe("serve what is documented", () => {
    const priorities = {
      officeConfigurationPolicyIds: [PRIVACY, MACROS],
      officeConfigurationPriorities: [1, 0],
    };
    const groups = { officeConfigurationAssignments: assignments("group-2") };
    const [single] = assignments("group-3");
    const created = { "@odata.type": USER, displayName: "New" };
    const batch = { requests: [{ id: "1", method: "GET", url: LIST }] };

    const rows: [method: string, path: string, status: number, body?: object][] = [
      ["GET", "/officeConfiguration", 200],
      ["GET", "/officeConfiguration?$expand=clientConfigurations", 200],
      ["GET", LIST, 200],
      ["POST", LIST, 201, created],
      ["PATCH", LIST, 200, { id: PRIVACY, displayName: "By its id" }],
      ["GET", `${LIST}/$count`, 200],
      ["GET", `${LIST}/%24count`, 200],
      ["GET", `${LIST}/${PRIVACY}`, 200],
      ["GET", `${LIST}/${PRIVACY}?$expand=assignments`, 200],
      ["PATCH", `${LIST}/${PRIVACY}`, 200, { displayName: "Changed" }],
      ["DELETE", `${LIST}/${PRIVACY}`, 200],
      ["GET", `${LIST}('${PRIVACY}')`, 200],
      ["GET", `${LIST}(%27${PRIVACY}%27)`, 200],
      ["PATCH", `${LIST}('${PRIVACY}')`, 200, { displayName: "Changed" }],
      ["DELETE", `${LIST}('${PRIVACY}')`, 200],
      ["GET", `${LIST}/microsoft.graph.windowsOfficeClientConfiguration`, 200],
      ["GET", `${LIST}/microsoft.graph.windowsOfficeClientConfiguration/$count`, 200],
      ["POST", `${LIST}/microsoft.graph.windowsOfficeClientConfiguration`, 201, created],
      ["GET", `${LIST}/${PRIVACY}/microsoft.graph.windowsOfficeClientConfiguration`, 200],
      ["GET", `${LIST}/${PRIVACY}/microsoft.graph.officeClientConfiguration`, 200],
      ["GET", `${LIST}/microsoft.graph.windowsOfficeClientConfiguration/${PRIVACY}`, 200],
      ["POST", `${LIST}/${PRIVACY}/assign`, 200, groups],
      ["POST", `${LIST}/${PRIVACY}/microsoft.graph.assign`, 200, groups],
      ["POST", `${LIST}('${PRIVACY}')/microsoft.graph.assign`, 200, groups],
      ["POST", `${LIST}/${PRIVACY}/microsoft.management.services.api.assign`, 200, groups],
      ["POST", `${LIST}/updatePriorities`, 200, priorities],
      ["POST", `${LIST}/microsoft.graph.updatePriorities`, 200, priorities],
      ["POST", `${LIST}/microsoft.management.services.api.updatePriorities`, 200, priorities],
      ["GET", `${LIST}/${PRIVACY}/assignments`, 200],
      ["GET", `${LIST}/${PRIVACY}/assignments/$count`, 200],
      ["POST", `${LIST}/${PRIVACY}/assignments`, 201, single],
      ["GET", `${LIST}/${PRIVACY}/assignments/${GROUP}`, 200],
      ["GET", `${LIST}('${PRIVACY}')/assignments('${GROUP}')`, 200],
      ["PATCH", `${LIST}/${PRIVACY}/assignments/${GROUP}`, 200, single],
      ["DELETE", `${LIST}/${PRIVACY}/assignments/${GROUP}`, 204],
      ["POST", "/$batch", 200, batch],
      ["POST", "/%24batch", 200, batch],
    ];
    for (const stream of ["policyPayload", "userPreferencePayload"]) {
      for (const path of [
        `${LIST}/${PRIVACY}/${stream}`,
        `${LIST}('${PRIVACY}')/${stream}/$value`,
      ]) {
        rows.push(["GET", path, 200], ["PUT", path, 204, BYTES]);
      }
    }

    for (const [method, path, status, body] of rows) {
      it(`${method} ${path} answers ${status}`, async () => {
        const answer = await ask(method, path, body);
        assert.equal(answer.status, status, answer.text);
      });
    }
  });

  describe("answer nothing else", () => {
    const rows: [method: string, path: string][] = [
      ["GET", "/deviceManagement"],
      ["GET", "/officeConfiguration/nothing"],
      ["POST", `${LIST}/${PRIVACY}/unknownAction`],
      ["GET", "/v1.0/officeConfiguration"],
    ];
    for (const [method, path] of rows) {
      it(`${method} ${path} answers 501, and names it`, async () => {
        const answer = await ask(method, path);
        assert.equal(answer.status, 501, answer.text);
        assert.equal(codeOf(answer), "notImplemented");
        assert.ok(messageOf(answer).includes(`${method} `), messageOf(answer));
        assert.ok(messageOf(answer).includes(path), messageOf(answer));
      });
    }

    for (const [method, path] of [
      ["GET", `${LIST}/nobody`],
      ["PATCH", `${LIST}/nobody`],
      ["DELETE", `${LIST}/nobody`],
      ["GET", `${LIST}/nobody/policyPayload`],
      ["GET", `${LIST}/nobody/assignments`],
      ["GET", `${LIST}/${PRIVACY}/assignments/nobody`],
      ["GET", `${LIST}/${PRIVACY}/microsoft.graph.windowsOfficeClientSecurityConfiguration`],
    ] as const) {
      it(`${method} ${path} answers 404`, async () => {
        const answer = await ask(
          method,
          path,
          method === "PATCH" ? { displayName: "x" } : undefined,
        );
        assert.equal(answer.status, 404, answer.text);
        assert.equal(codeOf(answer), "ResourceNotFound");
      });
    }

    const unserved: [method: string, path: string, allow: string][] = [
      ["DELETE", "/officeConfiguration", "GET, PATCH"],
      ["PUT", `${LIST}/${PRIVACY}`, "GET, PATCH, DELETE"],
      ["DELETE", LIST, "GET, POST, PATCH"],
      ["DELETE", `${LIST}/${PRIVACY}/policyPayload`, "GET, PUT"],
      ["GET", `${LIST}/${PRIVACY}/assign`, "POST"],
      ["GET", "/$batch", "POST"],
      ["OPTIONS", LIST, "GET, POST, PATCH"],
      ["PROPFIND", LIST, "GET, POST, PATCH"],
    ];
    for (const [method, path, allow] of unserved) {
      it(`${method} ${path} answers 405, and says what is allowed`, async () => {
        const answer = await ask(method, path);
        assert.equal(answer.status, 405, answer.text);
        assert.equal(answer.headers.get("allow"), allow);
        assert.ok(messageOf(answer).includes(`${method} `), messageOf(answer));
        assert.ok(messageOf(answer).includes(path), messageOf(answer));
      });
    }

    it("HEAD answers 405, without a body", async () => {
      const answer = await ask("HEAD", LIST);
      assert.deepEqual([answer.status, answer.text], [405, ""]);
    });

    for (const [path, status, allow] of [
      [`/beta${LIST}`, 405, "GET, POST, PATCH"],
      ["/emulator/requests", 405, "GET"],
      ["/beta/nothing", 501, undefined],
    ] as const) {
      it(`TRACE ${path} answers ${status}`, async () => {
        const answer = await trace(emulator, path);
        assert.deepEqual([answer.statusCode, answer.headers.allow], [status, allow]);
      });
    }

    it("an error has the keys of Graph's errors", async () => {
      const { json } = await ask("GET", `${LIST}/nobody`);
      assert.deepEqual(Object.keys(json), ["error"]);
      const error = json.error as { innerError: Json };
      assert.deepEqual(Object.keys(error), ["code", "message", "innerError"]);
      assert.deepEqual(Object.keys(error.innerError), ["date", "request-id", "client-request-id"]);
      assert.equal(error.innerError.date, "2024-05-06T07:08:09");
    });
  });

  describe("keep what they are given", () => {
    it("a new object is listed, with what the body had and the next free priority", async () => {
      const body = {
        "@odata.type": SECURITY,
        displayName: "New",
        description: "For all",
        policyPayload: Buffer.from("[]").toString("base64"),
        assignments: assignments("group-1", "group-2"),
      };
      const { json } = await ask("POST", LIST, body);
      assert.equal(json.priority, 2);
      const read = await ask("GET", `${LIST}/${String(json.id)}?$expand=assignments`);
      const { "@odata.context": _, ...object } = read.json;
      const { "@odata.context": __, ...createdObject } = json;
      assert.deepEqual(object, createdObject);
      const groups = (object.assignments as { target: Json }[]).map(({ target }) => target.groupId);
      assert.deepEqual(groups, ["group-1", "group-2"]);
      assert.equal((await ask("GET", `${LIST}/$count`)).text, "3");
    });

    it("assign replaces all groups, and answers with them", async () => {
      const body = { officeConfigurationAssignments: assignments("group-8", "group-9") };
      const { json } = await ask("POST", `${LIST}/${PRIVACY}/assign`, body);
      const answered = (json.value as { target: Json }[]).map(({ target }) => target.groupId);
      assert.deepEqual(answered, ["group-8", "group-9"]);
      const stored = emulator.store.get(PRIVACY)?.assignments.map(({ groupId }) => groupId);
      assert.deepEqual(stored, ["group-8", "group-9"]);
    });

    it("assign with an empty list takes all groups away", async () => {
      await ask("POST", `${LIST}/${PRIVACY}/assign`, { officeConfigurationAssignments: [] });
      assert.deepEqual(emulator.store.get(PRIVACY)?.assignments, []);
    });

    it("a PATCH does not touch the groups", async () => {
      await ask("PATCH", `${LIST}/${PRIVACY}`, { assignments: assignments("group-9") });
      const stored = emulator.store.get(PRIVACY)?.assignments.map(({ groupId }) => groupId);
      assert.deepEqual(stored, ["group-1"]);
    });

    it("a PATCH changes what it names, and null empties it", async () => {
      const before = await ask("GET", `${LIST}/${PRIVACY}`);
      const after = await ask("PATCH", `${LIST}/${PRIVACY}`, { policyPayload: null });
      assert.deepEqual(Object.keys(after.json), Object.keys(before.json));
      assert.deepEqual(after.json, { ...before.json, policyPayload: null });
    });

    it("a stream is the bytes that the JSON has in base64", async () => {
      await ask("PUT", `${LIST}/${PRIVACY}/policyPayload`, BYTES);
      const { json } = await ask("GET", `${LIST}/${PRIVACY}`);
      assert.equal(json.policyPayload, BYTES.toString("base64"));
    });

    it("base64 is read in both alphabets, padded or not", async () => {
      for (const policyPayload of ["+/8=", "-_8=", "-_8", "+/8"]) {
        await ask("PATCH", `${LIST}/${PRIVACY}`, { policyPayload });
        assert.deepEqual(emulator.store.get(PRIVACY)?.policyPayload, Buffer.from([251, 255]));
      }
    });

    it("single assignments are added, changed and taken away", async () => {
      const path = `${LIST}/${PRIVACY}/assignments`;
      const added = await ask("POST", path, assignments("group-2")[0]);
      await ask("PATCH", `${path}/${String(added.json.id)}`, assignments("group-3")[0]);
      await ask("DELETE", `${path}/${GROUP}`);
      const { json } = await ask("GET", path);
      const left = (json.value as { target: Json }[]).map(({ target }) => target.groupId);
      assert.deepEqual(left, ["group-3"]);
    });

    it("a deleted object is gone", async () => {
      await ask("DELETE", `${LIST}/${PRIVACY}`);
      assert.equal((await ask("GET", `${LIST}/${PRIVACY}`)).status, 404);
    });

    it("OData annotations that came with an answer may go back with the next request", async () => {
      const { json } = await ask("GET", `${LIST}/${PRIVACY}`);
      const answer = await ask("PATCH", `${LIST}/${PRIVACY}`, { ...json, displayName: "Changed" });
      assert.equal(answer.status, 200, answer.text);
    });
  });

  describe("refuse what cannot be", () => {
    const rows: [why: string, status: number, method: string, path: string, body: object][] = [
      ["a taken priority", 409, "POST", LIST, { "@odata.type": USER, priority: 1 }],
      ["a priority taken by another", 409, "PATCH", `${LIST}/${PRIVACY}`, { priority: 1 }],
      ["no type", 400, "POST", LIST, { displayName: "x" }],
      ["an unknown type", 400, "POST", LIST, { "@odata.type": "#microsoft.graph.user" }],
      [
        "the abstract type",
        400,
        "POST",
        LIST,
        { "@odata.type": "#microsoft.graph.officeClientConfiguration" },
      ],
      ["a change of the type", 400, "PATCH", `${LIST}/${PRIVACY}`, { "@odata.type": SECURITY }],
      [
        "a type beside the cast",
        400,
        "POST",
        `${LIST}/microsoft.graph.windowsOfficeClientSecurityConfiguration`,
        { "@odata.type": USER },
      ],
      ["a payload that is no base64", 400, "PATCH", `${LIST}/${PRIVACY}`, { policyPayload: "{}" }],
      ["a fractional priority", 400, "PATCH", `${LIST}/${PRIVACY}`, { priority: 1.5 }],
      ["a priority beyond Int32", 400, "PATCH", `${LIST}/${PRIVACY}`, { priority: 2 ** 31 }],
      ["no priority", 400, "PATCH", `${LIST}/${PRIVACY}`, { priority: null }],
      ["an id that is missing", 400, "PATCH", LIST, { displayName: "x" }],
      ["assign without its list", 400, "POST", `${LIST}/${PRIVACY}/assign`, {}],
      [
        "a target without its type",
        400,
        "POST",
        `${LIST}/${PRIVACY}/assign`,
        { officeConfigurationAssignments: [{ target: { groupId: "g" } }] },
      ],
      [
        "lists of two lengths",
        400,
        "POST",
        `${LIST}/updatePriorities`,
        { officeConfigurationPolicyIds: [PRIVACY], officeConfigurationPriorities: [] },
      ],
      [
        "one policy twice",
        400,
        "POST",
        `${LIST}/updatePriorities`,
        { officeConfigurationPolicyIds: [PRIVACY, PRIVACY], officeConfigurationPriorities: [4, 5] },
      ],
      [
        "one priority twice",
        409,
        "POST",
        `${LIST}/updatePriorities`,
        { officeConfigurationPolicyIds: [PRIVACY], officeConfigurationPriorities: [1] },
      ],
      [
        "an unknown policy",
        404,
        "POST",
        `${LIST}/updatePriorities`,
        { officeConfigurationPolicyIds: ["nobody"], officeConfigurationPriorities: [7] },
      ],
      ["a stream as JSON", 415, "PUT", `${LIST}/${PRIVACY}/policyPayload`, { a: 1 }],
      ["JSON as a stream", 415, "POST", LIST, BYTES],
    ];
    for (const [why, status, method, path, body] of rows) {
      it(`${why}: ${status}, and nothing is changed`, async () => {
        const before = structuredClone(emulator.store.list());
        const answer = await ask(method, path, body);
        assert.equal(answer.status, status, answer.text);
        assert.deepEqual(structuredClone(emulator.store.list()), before);
      });
    }

    it("an object may keep its own priority", async () => {
      assert.equal((await ask("PATCH", `${LIST}/${MACROS}`, { priority: 1 })).status, 200);
    });

    it("two objects may change places", async () => {
      await ask("POST", `${LIST}/updatePriorities`, {
        officeConfigurationPolicyIds: [PRIVACY, MACROS],
        officeConfigurationPriorities: [1, 0],
      });
      assert.deepEqual(
        emulator.store.list().map(({ priority }) => priority),
        [1, 0],
      );
    });
  });

  describe("the singleton", () => {
    const body = { tenantUserCheckinSummary: { succeededUserCount: 2, failedUserCount: 15 } };

    it("is not changed for an app", async () => {
      assert.equal((await ask("PATCH", "/officeConfiguration", body)).status, 403);
    });

    it("is changed for a user", async () => {
      const token = emulator.issueToken("user");
      const { status } = await ask("PATCH", "/officeConfiguration", body, token);
      assert.equal(status, 200);
      const { json } = await ask("GET", "/officeConfiguration");
      assert.deepEqual(json.tenantUserCheckinSummary, body.tenantUserCheckinSummary);
    });
  });
});
