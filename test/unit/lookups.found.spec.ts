import { strict as assert } from "node:assert";
import type { GraphRequest } from "../../provider/graph";
import type { LookupName, LookupRequest } from "../../provider/program/lookups/request";
import { answer } from "../../provider/program/lookups/run/ask";
import { fakeGraph, refused, unexpected } from "../fakeGraph";

const POLICY = "WindowsOfficeClientConfiguration";
const SECURITY = "WindowsOfficeClientSecurityConfiguration";
const PAYLOAD = Buffer.from(JSON.stringify([{ settingId: "office16;L_A", value: "1" }]));
const GROUP = "11111111-1111-4111-8111-111111111111";

/** A policy as Graph gives it. */
const policy = (id: string, more: object = {}) => ({
  "@odata.type": "#microsoft.graph.windowsOfficeClientConfiguration",
  id,
  displayName: `Name ${id}`,
  ...more,
});
const whole = (id: string, more: object = {}) =>
  policy(id, {
    policyPayload: PAYLOAD.toString("base64"),
    userPreferencePayload: Buffer.from("[]").toString("base64"),
    assignments: [{ target: { groupId: GROUP } }],
    ...more,
  });
const security = { "@odata.type": "#microsoft.graph.windowsOfficeClientSecurityConfiguration" };

describe("what lookups find", () => {
  let policies: Record<string, unknown>[];
  let refuse: (request: GraphRequest) => void;
  let tenant: ReturnType<typeof fakeGraph>;

  beforeEach(() => {
    policies = [];
    refuse = () => {};
    tenant = fakeGraph((request) => {
      refuse(request);
      if (request.method !== "GET") return unexpected(request);
      const path = request.path.split("?")[0] ?? "";
      if (path.endsWith("/clientConfigurations")) return { value: policies };
      const found = policies.find(({ id }) => path.endsWith(`/${String(id)}`));
      if (found !== undefined) return found;
      if (request.accepts === "bytes") return undefined;
      if (path.endsWith("/assignments")) return { value: [] };
      throw refused(request, 404);
    });
  });

  const ask = <Name extends LookupName>(name: Name, request: Partial<LookupRequest>) =>
    answer(name, { args: {}, options: undefined, ...request }, () => tenant.graph);
  const find = (args: object, isSecret = false) =>
    ask("getOfficeClientConfiguration", { args, isSecret });
  const list = (args: object = {}) => ask("getOfficeClientConfigurations", { args });

  describe("by an id", () => {
    it("is the policy with its payloads, groups and check-in data, in the form of a program", async () => {
      policies = [
        whole("1", {
          priority: 3,
          description: "d",
          lastModifiedDateTime: "2026-11-25T10:00:00Z",
          userCheckinSummary: { succeededUserCount: 1, failedUserCount: 2 },
          checkinStatuses: [],
        }),
      ];
      assert.deepEqual(await find({ id: "1" }), {
        id: "1",
        kind: POLICY,
        displayName: "Name 1",
        description: "d",
        priority: 3,
        policies: [{ settingId: "office16;L_A", value: "1" }],
        userPreferences: [],
        assignments: [GROUP],
        lastModifiedDateTime: "2026-11-25T10:00:00Z",
        userCheckinSummary: { succeededUserCount: 1, failedUserCount: 2 },
        checkinStatuses: [],
      });
      const [{ path, action, subject } = assert.fail(), ...others] = tenant.sent;
      assert.deepEqual(others, []);
      assert.match(path, /clientConfigurations\/1\?\$expand=assignments$/);
      assert.deepEqual([action, subject], ["Reading", 'client configuration "1"']);
    });

    it("is without what the tenant does not have", async () => {
      policies = [policy("1", { displayName: null, priority: null })];
      assert.deepEqual(await find({ id: "1" }), {
        id: "1",
        kind: POLICY,
        displayName: "",
        assignments: [],
      });
    });

    it("is nothing: then the tenant's policies are counted", async () => {
      const advice =
        "A policy that this same program creates is looked up with getOfficeClientConfigurationOutput and its option dependsOn.";
      await assert.rejects(find({ id: "9" }), {
        message: `getOfficeClientConfiguration({ id: "9" }): The tenant has no policy with the id "9"; it has 0 policies.\n${advice}`,
      });
      policies = [policy("1")];
      await assert.rejects(find({ id: "9", kind: SECURITY }), {
        message: `getOfficeClientConfiguration({ id: "9", kind: "${SECURITY}" }): The tenant has no ${SECURITY} with the id "9"; it has 1 policy.\n${advice}`,
      });
      refuse = (request) => {
        if (!request.path.includes("/9")) throw refused(request, 403);
      };
      await assert.rejects(find({ id: "9" }), {
        message: `getOfficeClientConfiguration({ id: "9" }): The tenant has no policy with the id "9".\n${advice}`,
      });
    });

    it("is nothing because the tenant does not serve the API: that is said in its place", async () => {
      refuse = (request) => {
        throw refused(request, 404, "no such segment");
      };
      await assert.rejects(find({ id: "9" }), { status: 404, code: "" });
    });

    it("is of another kind than is asked for", async () => {
      policies = [policy("1")];
      await assert.rejects(find({ id: "1", kind: SECURITY }), {
        message: `getOfficeClientConfiguration({ id: "1", kind: "${SECURITY}" }): The policy with that id is a ${POLICY}, not a ${SECURITY}. Give the kind that it is, or none.`,
      });
      policies = [{ id: "1" }];
      await assert.rejects(
        find({ id: "1", kind: POLICY }),
        /The policy with that id is a "policy of no type", not a Windows/,
      );
    });

    it("is not repeated by a message where it is secret", async () => {
      await assert.rejects(find({ id: "9" }, true), /no policy with the id \[secret\]; it has 0/);
      await find({ id: "9" }, true).catch(() => undefined);
      assert.equal(tenant.sent[0]?.subject, 'client configuration "[secret]"');
    });
  });

  describe("by a name", () => {
    it("is the one policy that has it, of the kind that is asked for", async () => {
      policies = [
        whole("1", { displayName: "A" }),
        whole("2", { displayName: "A", ...security }),
        whole("3", { displayName: "B" }),
      ];
      assert.equal((await find({ displayName: "B" })).id, "3");
      assert.equal((await find({ displayName: "A", kind: SECURITY })).id, "2");
      assert.deepEqual(tenant.trips().slice(0, 2), ["GET clientConfigurations", "GET 3"]);
      const [{ action, subject } = {}] = tenant.sent;
      assert.deepEqual([action, subject], ["Reading", "the tenant's client configurations"]);
      assert.equal(tenant.sent[1]?.subject, 'client configuration "B"');
    });

    it("is several: each is named", async () => {
      policies = [
        policy("1", { displayName: "A", priority: 0 }),
        policy("2", { displayName: "A", ...security }),
      ];
      await assert.rejects(find({ displayName: "A" }), {
        message: `getOfficeClientConfiguration({ displayName: "A" }): 2 policies have the display name "A":\n- 1 (${POLICY}, priority 0)\n- 2 (${SECURITY}, priority unknown)\nGive the id of the one that is meant, in place of its name.`,
      });
      await assert.rejects(find({ displayName: "A" }, true), /the display name \[secret\]:\n- 1/);
    });

    const advice =
      "A policy that this same program creates is looked up with getOfficeClientConfigurationOutput and its option dependsOn.";

    it("is none of the kind: the others with that name are named", async () => {
      policies = [
        policy("1", { displayName: "A", priority: 7 }),
        policy("2", { displayName: "B" }),
      ];
      await assert.rejects(find({ displayName: "A", kind: SECURITY }), {
        message: `getOfficeClientConfiguration({ displayName: "A", kind: "${SECURITY}" }): The tenant has no ${SECURITY} with the display name "A"; it has 2 policies.\n1 (${POLICY}, priority 7) has that name, but is of another kind.\n${advice}`,
      });
    });

    it("is none: the nearest name is named, unless the name is secret", async () => {
      policies = [policy("1", { displayName: "Baseline" }), { id: "2" }];
      const words = (name: string) =>
        `The tenant has no policy with the display name ${name}; it has 2 policies.\n`;
      await assert.rejects(find({ displayName: "baseline" }), {
        message: `getOfficeClientConfiguration({ displayName: "baseline" }): ${words('"baseline"')}The nearest name is "Baseline"; names are compared exactly.\n${advice}`,
      });
      await assert.rejects(find({ displayName: "other" }), {
        message: `getOfficeClientConfiguration({ displayName: "other" }): ${words('"other"')}${advice}`,
      });
      await assert.rejects(find({ displayName: "baseline" }, true), {
        message: `getOfficeClientConfiguration([secret]): ${words("[secret]")}${advice}`,
      });
    });
  });

  describe("as a list", () => {
    it("is in the order of priorities, then of ids, and has those without a priority last", async () => {
      policies = [
        whole("5"),
        whole("4", { priority: 2 }),
        whole("3"),
        whole("2", { priority: 0 }),
        whole("1", { priority: 2 }),
      ];
      assert.deepEqual(
        (await list()).map(({ id }) => id),
        ["2", "1", "4", "3", "5"],
      );
      assert.deepEqual(
        tenant.sent.map(({ path }) => path),
        ["/officeConfiguration/clientConfigurations?$expand=assignments"],
      );
    });

    it("has one kind where that is asked for, and hands the filter to Graph", async () => {
      policies = [whole("1"), whole("2", security)];
      const found = await list({ kind: SECURITY, filter: "priority gt 1" });
      assert.deepEqual(
        found.map(({ id }) => id),
        ["2"],
      );
      assert.match(decodeURIComponent(tenant.sent[0]?.path ?? ""), /\$filter=priority gt 1/);
    });

    it("has each policy read whose payloads the list leaves open, but for one that is gone", async () => {
      policies = [policy("1"), whole("2")];
      refuse = ({ path }) => {
        if (path.endsWith("/1?$expand=assignments")) policies = [];
      };
      const found = await list();
      assert.deepEqual(
        found.map(({ id }) => id),
        ["2"],
      );
      assert.equal(tenant.sent[1]?.subject, 'client configuration "Name 1"');
    });

    it("names what cannot be read in it", async () => {
      policies = [{ displayName: "no id" }];
      await assert.rejects(list(), (error: Error) =>
        /^getOfficeClientConfigurations\(\): .*\bthe tenant's client configurations.* holds something that is no client configuration: it has no id/s.test(
          error.message,
        ),
      );
    });
  });
});
