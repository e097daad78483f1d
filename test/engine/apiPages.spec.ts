import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { CREATE, UPDATE, UPDATE_SECURITY, UPDATE_SINGLETON } from "../apiPages";
import { ask, documented } from "../emulator/ask";
import { TestProject } from "./support";

const LIST = "/beta/officeConfiguration/clientConfigurations";

const PAGES = [
  ["Create windowsOfficeClientConfiguration", "WindowsOfficeClientConfiguration", CREATE],
  ["Update windowsOfficeClientConfiguration", "WindowsOfficeClientConfiguration", UPDATE],
  [
    "Update windowsOfficeClientSecurityConfiguration",
    "WindowsOfficeClientSecurityConfiguration",
    UPDATE_SECURITY,
  ],
] as const;

for (const [page, kind, body] of PAGES) {
  describe(`the example of the API page "${page}"`, () => {
    const type = `#microsoft.graph.${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
    const { displayName, description, priority } = body;
    let emulator: Emulator;
    let project: TestProject;

    before(async () => {
      emulator = await createEmulator();
      project = await TestProject.create(emulator);
    });

    after(async () => {
      project.remove();
      await emulator.close();
    });

    it("is read as it was written, to the last value", async () => {
      const { json } = await ask(emulator, "POST", LIST, {
        body: { "@odata.type": type, displayName: "Before" },
      });
      const id = String(json.id);
      await ask(emulator, "PATCH", `${LIST}/${id}`, { body });
      const before = emulator.writes().length;
      const inputs = {
        displayName,
        description,
        priority,
        adopt: { id },
        includeCheckinData: true,
      };
      project.program(`
        new office.${kind}("page", ${JSON.stringify(inputs)});
        exports.streams = office.${kind}.get("read", "${id}").policies;`);
      await project.up();
      assert.equal(emulator.writes().length, before);
      const found = project.policies().find(({ urn }) => urn.endsWith("page"));
      const { userCheckinSummary, checkinStatuses } = documented(found?.outputs ?? {});
      assert.deepEqual(userCheckinSummary, body.userCheckinSummary);
      assert.deepEqual(checkinStatuses, body.checkinStatuses);
      // The page has a placeholder where the bytes of a stream would stand: no JSON, and kept.
      const streams = JSON.parse(await project.run("stack", "output", "--json")) as {
        streams: unknown;
      };
      assert.deepEqual(streams.streams, { $text: body.policyPayload });
    });

    it("is written as the page shows it, but for what a service reports", async () => {
      await project.destroy();
      const inputs = { displayName, description, priority, policies: [], userPreferences: [] };
      const before = emulator.writes().length;
      project.program(`new office.${kind}("page", ${JSON.stringify(inputs)});`);
      await project.up();
      const [post] = emulator.writes().slice(before);
      assert.equal(post?.status, 201);
      const sent = post?.body as Record<string, unknown> | undefined;
      assert.ok(sent);
      const { policyPayload, userPreferencePayload, ...scalars } = sent;
      assert.deepEqual(scalars, { "@odata.type": type, displayName, description, priority });
      for (const payload of [policyPayload, userPreferencePayload]) {
        assert.equal(Buffer.from(String(payload), "base64").toString("utf8"), "[]");
      }
    });
  });
}

describe("the examples of the API's pages", () => {
  it("are looked up as the pages show them", async () => {
    const emulator = await createEmulator();
    const project = await TestProject.create(emulator);
    try {
      const { tenantCheckinStatuses, tenantUserCheckinSummary } = UPDATE_SINGLETON;
      Object.assign(emulator.store.singleton, { tenantCheckinStatuses, tenantUserCheckinSummary });
      await ask(emulator, "POST", LIST, { body: CREATE });
      project.program(`
        exports.tenant = office.getOfficeConfiguration();
        exports.policy = office.getOfficeClientConfiguration({ displayName: "${CREATE.displayName}" });`);
      await project.up();
      const { tenant, policy } = documented(
        JSON.parse(await project.run("stack", "output", "--json")) as {
          tenant: unknown;
          policy: Record<string, unknown>;
        },
      );
      assert.deepEqual(tenant, withoutTypes({ tenantCheckinStatuses, tenantUserCheckinSummary }));
      const { userCheckinSummary, checkinStatuses, description, displayName, priority } = CREATE;
      const { id, lastModifiedDateTime, ...found } = policy;
      assert.equal(typeof id, "string");
      assert.equal(typeof lastModifiedDateTime, "string");
      assert.deepEqual(found, {
        kind: "WindowsOfficeClientConfiguration",
        displayName,
        description,
        priority,
        policies: { $text: CREATE.policyPayload },
        userPreferences: { $text: CREATE.userPreferencePayload },
        assignments: [],
        userCheckinSummary: withoutTypes(userCheckinSummary),
        checkinStatuses: withoutTypes(checkinStatuses),
      });
    } finally {
      project.remove();
      await emulator.close();
    }
  });
});

/** A value without Graph's names of types. */
function withoutTypes(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, item: unknown) => (key === "@odata.type" ? undefined : item)),
  );
}
