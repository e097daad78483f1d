import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { CREATE, UPDATE_SINGLETON } from "../apiPages";
import { ask } from "../emulator/ask";
import { TestProject } from "./support";

const WINDOWS = "#microsoft.graph.windowsOfficeClientConfiguration";
const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";
const GROUP = "11111111-1111-4111-8111-11111111111a";

const SETTINGS = [
  { settingId: "excel16;L_A", value: "2", type: "REG_DWORD" },
  { settingId: "office16;L_B", value: "1" },
];

const SEED = [
  {
    type: SECURITY,
    displayName: "Macros",
    description: "Blocked",
    priority: 0,
    policies: SETTINGS,
    userPreferences: { any: ["JSON"] },
    groupIds: [GROUP],
  },
  { type: WINDOWS, displayName: "Twice", priority: 1 },
  { type: WINDOWS, displayName: "Twice", priority: 2 },
  { type: WINDOWS, displayName: "Privacy", priority: 3 },
] as const;

describe("lookups", () => {
  let emulator: Emulator;
  let project: TestProject;

  const start = async (options: EmulatorOptions = {}) => {
    emulator = await createEmulator({ seed: SEED, ...options });
    project = await TestProject.create(emulator);
  };

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const outputs = async () =>
    JSON.parse(await project.run("stack", "output", "--json")) as Record<string, unknown>;

  /** A program of statements that may wait. */
  const awaiting = (body: string) =>
    project.program(`module.exports = (async () => {\n${body}\n})();`);

  for (const payloads of ["inline", "stream"] as const) {
    it(`return a policy as a program writes it, by id and by name (payloads ${payloads})`, async () => {
      await start({ mode: { payloads } });
      const id = emulator.store.list()[0]?.id;
      awaiting(`
        const byId = await office.getOfficeClientConfiguration({ id: "${id}" });
        const byName = await office.getOfficeClientConfiguration({ displayName: "Macros" });
        return { byId, same: JSON.stringify(byId) === JSON.stringify(byName) };`);
      await project.up();
      const { byId, same } = (await outputs()) as { byId: Record<string, unknown>; same: boolean };
      assert.equal(same, true);
      const { lastModifiedDateTime, userCheckinSummary, ...rest } = byId;
      assert.match(String(lastModifiedDateTime), /^\d{4}-/);
      assert.deepEqual(userCheckinSummary, { succeededUserCount: 0, failedUserCount: 0 });
      assert.deepEqual(rest, {
        id,
        kind: "WindowsOfficeClientSecurityConfiguration",
        displayName: "Macros",
        description: "Blocked",
        priority: 0,
        policies: SETTINGS,
        userPreferences: { any: ["JSON"] },
        assignments: [GROUP],
        checkinStatuses: [],
      });
      assert.deepEqual(emulator.writes(), []);
    });
  }

  it("give a resource what it needs to be made again, elsewhere or under another name", async () => {
    await start();
    awaiting(`
      const { policies, userPreferences, assignments } =
        await office.getOfficeClientConfiguration({ displayName: "Macros" });
      new office.WindowsOfficeClientSecurityConfiguration("copy", {
        displayName: "Copy", policies, userPreferences, assignments,
      });`);
    await project.up();
    const [original, copy] = ["Macros", "Copy"].map((name) => {
      const found = emulator.store.list().find(({ displayName }) => displayName === name);
      return [String(found?.policyPayload), String(found?.userPreferencePayload)].map(
        (text) => JSON.parse(text) as unknown,
      );
    });
    assert.deepEqual(copy, original);
  });

  it("read lists to the last page, filtered by Graph and by kind", async () => {
    await start({ mode: { pageSize: 2 } });
    awaiting(`
      const names = (list) => list.map(({ displayName }) => displayName);
      return {
        all: names(await office.getOfficeClientConfigurations()),
        filtered: names(await office.getOfficeClientConfigurations({ filter: "startswith(displayName,'T')" })),
        security: names(await office.getOfficeClientConfigurations({ kind: "WindowsOfficeClientSecurityConfiguration" })),
      };`);
    await project.preview();
    await project.up();
    assert.deepEqual(await outputs(), {
      all: ["Macros", "Twice", "Twice", "Privacy"],
      filtered: ["Twice", "Twice"],
      security: ["Macros"],
    });
  });

  it("return the API pages' example values of the singleton and of a policy", async () => {
    await start();
    const { tenantCheckinStatuses, tenantUserCheckinSummary } = UPDATE_SINGLETON;
    Object.assign(emulator.store.singleton, { tenantCheckinStatuses, tenantUserCheckinSummary });
    await ask(emulator, "POST", "/beta/officeConfiguration/clientConfigurations", { body: CREATE });
    awaiting(`
      const { userCheckinSummary, checkinStatuses, description, priority, policies } =
        await office.getOfficeClientConfiguration({ displayName: "${CREATE.displayName}" });
      const tenant = await office.getOfficeConfiguration();
      return { tenant, userCheckinSummary, checkinStatuses, description, priority, policies };`);
    await project.up();
    assert.deepEqual(await outputs(), {
      tenant: { tenantCheckinStatuses, tenantUserCheckinSummary },
      userCheckinSummary: CREATE.userCheckinSummary,
      checkinStatuses: CREATE.checkinStatuses,
      description: CREATE.description,
      priority: CREATE.priority,
      policies: { $text: CREATE.policyPayload },
    });
  });

  describe("in their Output form", () => {
    it("can be used in a preview before anything exists, and ask nothing then", async () => {
      await start();
      project.program(`
        const made = new office.WindowsOfficeClientConfiguration("made", { displayName: "New", description: "d" });
        exports.byId = office.getOfficeClientConfigurationOutput({ id: made.configurationId }).description;
        exports.byName = office.getOfficeClientConfigurationOutput({ displayName: "New" }, { dependsOn: made }).id;
        exports.count = office.getOfficeClientConfigurationsOutput({}, { dependsOn: [made] }).apply((all) => all.length);
        exports.tenant = office.getOfficeConfigurationOutput({ dependsOn: made }).tenantUserCheckinSummary;`);
      assert.match(await project.preview(), /2 to create/);
      assert.deepEqual(emulator.requests, []);
      await project.up();
      const id = emulator.store.list().find(({ displayName }) => displayName === "New")?.id;
      assert.deepEqual(await outputs(), {
        byId: "d",
        byName: id,
        count: 5,
        tenant: { succeededUserCount: 0, failedUserCount: 0 },
      });
      assert.match(await project.preview(), /2 unchanged/);
    });

    it("feed another resource, which is then known in a preview too", async () => {
      await start();
      project.program(`
        const { id, policies } = office.getOfficeClientConfigurationOutput({ displayName: "Macros" });
        new office.WindowsOfficeClientConfiguration("copy", { displayName: "Copy", policies });
        new office.OfficeClientConfigurationPatch("patch", { configurationId: id, description: "Ours" });`);
      await project.preview();
      await project.up();
      const found = emulator.store.list();
      assert.equal(found[0]?.description, "Ours");
      assert.equal(found.length, 5);
    });

    it("keep a secret argument's result secret", async () => {
      await start();
      project.program(`
        exports.found = office.getOfficeClientConfigurationOutput({ displayName: pulumi.secret("Macros") }).description;`);
      await project.up();
      assert.match(await project.run("stack", "output"), /found\s+\[secret\]/);
    });
  });

  for (const [what, call, expected] of [
    [
      "none has",
      'getOfficeClientConfiguration({ displayName: "Privcy" })',
      /getOfficeClientConfiguration\(\{"displayName":"Privcy"\}\): none of the 4 policies that were looked at has this name\. Did you mean "Privacy"\?/,
    ],
    [
      "several have",
      'getOfficeClientConfiguration({ displayName: "Twice" })',
      /2 policies have this name: [0-9a-f-]{36} \(WindowsOfficeClientConfiguration, priority 1\), [0-9a-f-]{36} \(.*priority 2\)\. Give the id/,
    ],
    [
      "none has as its id",
      'getOfficeClientConfiguration({ id: "00000000-0000-4000-8000-000000000000" })',
      /the tenant has no policy with this id/,
    ],
    [
      "is of another kind",
      'getOfficeClientConfigurationOutput({ displayName: "Macros" }).id.apply((id) => office.getOfficeClientConfiguration({ id, kind: "WindowsOfficeClientConfiguration" }))',
      /the policy is a WindowsOfficeClientSecurityConfiguration, not a WindowsOfficeClientConfiguration/,
    ],
    [
      "is named in two ways",
      'getOfficeClientConfiguration({ id: "a", displayName: "b" })',
      /give either id or displayName/,
    ],
    [
      "is asked for with a misspelt argument",
      'getOfficeClientConfigurations({ fliter: "x", kind: "Mac" })',
      /fliter is no known name; did you mean "filter"\?.*|kind must be Windows/,
    ],
    [
      "Graph refuses to filter for",
      "getOfficeClientConfigurations({ filter: \"nonsense eq 'x'\" })",
      /getOfficeClientConfigurations\(.*failed: 400/,
    ],
  ] as const) {
    it(`say so where ${what}, without the program's stack`, async () => {
      await start();
      awaiting(`return { found: await office.${call} };`);
      const output = await project.fail("up", "--yes", "--skip-preview");
      assert.match(output, expected);
      assert.doesNotMatch(output, /asking\.js/);
    });
  }

  it("leave no credential in the state or in what is shown", async () => {
    await start();
    delete project.env.OFFICE_CONFIGURATION_ACCESS_TOKEN;
    await project.run(
      "config",
      "set",
      "--secret",
      "officeConfiguration:accessToken",
      emulator.accessToken,
    );
    awaiting(
      'return { id: (await office.getOfficeClientConfiguration({ displayName: "Macros" })).id };',
    );
    const shown = [await project.up(), await project.exportedText()];
    for (const text of shown) {
      assert.ok(!text.includes(emulator.accessToken));
      assert.doesNotMatch(text, /warning/);
    }
  });
});
