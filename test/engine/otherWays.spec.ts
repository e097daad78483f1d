import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

describe("inputs that come by other ways than the constructor", () => {
  let emulator: Emulator;
  let project: TestProject;

  beforeEach(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
  });

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  const payloadOf = (name: string) => {
    const found = emulator.store.list().find(({ displayName }) => displayName === name);
    assert.ok(found, name);
    return [found.policyPayload, found.userPreferencePayload].map((payload) =>
      payload === null ? null : (JSON.parse(String(payload)) as unknown),
    );
  };

  it("are understood in every form, and their secrets kept", async () => {
    project.program(`
      pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
        if (!type.endsWith("ClientConfiguration") || props.displayName !== "List") return undefined;
        const policies = [
          { settingId: "b16;L_B", value: 4 },
          { settingId: "a16;L_A", value: pulumi.secret("planted-list") },
        ];
        return { props: { ...props, policies }, opts };
      });
      const list = new office.WindowsOfficeClientConfiguration("list", { displayName: "List" });
      new office.WindowsOfficeClientConfiguration("copy", {
        displayName: "Copy",
        policies: list.policies,
        userPreferences: "\\uFEFF" + JSON.stringify([{ settingId: "a16;L_A", value: "1" }]),
      });
      new office.WindowsOfficeClientConfiguration("map", { displayName: "Map" }, {
        transforms: [async ({ props, opts }) => ({
          props: { ...props, policies: { "a16;L_A": pulumi.secret("planted-map"), "b16;L_B": true } },
          opts,
        })],
      });`);
    const shown = [await project.up()];
    const settings = (secret: string, b: string) => [
      { settingId: "a16;L_A", value: secret },
      { settingId: "b16;L_B", value: b },
    ];
    assert.deepEqual(payloadOf("List"), [settings("planted-list", "4"), null]);
    assert.deepEqual(payloadOf("Copy"), [
      settings("planted-list", "4"),
      [{ settingId: "a16;L_A", value: "1" }],
    ]);
    assert.deepEqual(payloadOf("Map"), [settings("planted-map", "1"), null]);
    shown.push(await project.run("preview", "--refresh", "--expect-no-changes"));
    assert.match(shown[1] ?? "", /4 unchanged/);
    shown.push(project.stateText());
    for (const text of shown) assert.doesNotMatch(text, /planted-/);
  });

  it("are refused in a preview where an Output became a text, and nothing is sent", async () => {
    project.program(`
      const first = new office.WindowsOfficeClientConfiguration("first", { displayName: "First" });
      new office.WindowsOfficeClientConfiguration("second", {
        displayName: \`\${first.displayName} again\`,
        policies: JSON.stringify({ "a16;L_A": first.configurationId }),
      });`);
    const shown = await project.fail("preview");
    for (const path of ["displayName", 'policies["a16;L_A"]']) {
      assert.ok(shown.includes(`: ${path} holds an Output or a promise as text`), shown);
    }
    assert.match(shown, /pulumi\.interpolate.*pulumi\.jsonStringify/);
    assert.deepEqual(emulator.writes(), []);
  });
});

describe("a policy of which a setting is left to others", () => {
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

  it("keeps that setting by ignoreChanges, and its id is known in the preview of an edit", async () => {
    const program = (ours: string) =>
      project.program(`
        const policies = [
          { settingId: "a16;L_Ours", value: "${ours}" },
          { settingId: "a16;L_Theirs", value: "1" },
        ];
        const policy = new office.WindowsOfficeClientConfiguration("policy",
          { displayName: "Policy", policies },
          { ignoreChanges: ['policies["a16;L_Theirs"]'] });
        new office.OfficeClientConfigurationPriorities("order", {
          configurationIds: [policy.configurationId],
        });`);
    program("1");
    await project.up();
    const [policy] = emulator.store.list();
    const settings = (ours: string, theirs: string) =>
      JSON.stringify([
        { settingId: "a16;L_Ours", value: ours },
        { settingId: "a16;L_Theirs", value: theirs },
      ]);
    emulator.store.patch(policy?.id ?? "", { policyPayload: Buffer.from(settings("1", "2")) });
    program("3");
    await project.refresh();
    const preview = await project.preview();
    assert.match(preview, /1 to update/);
    assert.match(preview, /a16;L_Ours "1" => "3"/);
    assert.doesNotMatch(preview, /a16;L_Theirs|Priorities/);
    await project.up();
    assert.equal(String(emulator.store.list()[0]?.policyPayload), settings("3", "2"));
  });
});
