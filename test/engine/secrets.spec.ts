import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

/** Planted in programs; must be found nowhere but in the tenant. */
const PLANTED = "hunter2-planted";

describe("secrets in a payload", () => {
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

  const declare = (value: string, others = "") =>
    project.program(`
      new office.WindowsOfficeClientConfiguration("baseline", {
        displayName: "Baseline",
        policies: [
          { settingId: "z16;L_Last", value: "1" },
          { settingId: "m16;L_Secret", value: pulumi.secret(${JSON.stringify(value)}), type: "REG_SZ" },
          ${others}
          { settingId: "a16;L_First", value: "1" },
        ],
        userPreferences: pulumi.secret([{ settingId: "a16;L_Whole", value: ${JSON.stringify(value)} }]),
      });
      new office.WindowsOfficeClientSecurityConfiguration("json", {
        displayName: "JSON",
        policies: { deep: { list: [1, pulumi.secret(${JSON.stringify(value)})] } },
        userPreferences: pulumi.secret(JSON.stringify({ text: ${JSON.stringify(value)} })),
      });`);

  const assertNotFound = (text: string) => {
    assert.ok(!text.includes(PLANTED), text);
    assert.ok(!text.includes(Buffer.from(PLANTED).toString("base64").slice(0, -3)), text);
  };

  it("reach the tenant, and stand nowhere in plain text", async () => {
    declare(`${PLANTED}-1`);
    assertNotFound(await project.preview("--diff"));
    assertNotFound(await project.run("up", "--yes"));
    assertNotFound(project.stateText());
    const held = emulator.store
      .list()
      .map(
        ({ policyPayload, userPreferencePayload }) => `${policyPayload}${userPreferencePayload}`,
      );
    assert.equal(held.join("").split(`${PLANTED}-1`).length - 1, 4);
  });

  it("are masked in the line that names their setting, with others in plain", async () => {
    declare(`${PLANTED}-2`, '{ settingId: "b16;L_New", value: "5" },');
    const shown = await project.preview();
    assertNotFound(shown);
    assertNotFound(await project.preview("--diff"));
    for (const line of [
      "Baseline: m16;L_Secret [secret] => [secret] (changed)",
      'Baseline: + b16;L_New "5"',
      "Baseline: userPreferences a16;L_Whole [secret] => [secret] (changed)",
      "JSON: [secret] => [secret] (changed)",
    ]) {
      assert.ok(shown.includes(`    ${line}\n`), `${line} is not in\n${shown}`);
    }
  });

  it("keep their mark when settings before them come and go", async () => {
    assertNotFound(await project.up());
    assertNotFound(project.stateText());
    declare(`${PLANTED}-2`);
    assertNotFound(await project.up());
    assertNotFound(project.stateText());
  });

  it("keep their mark through drift and refresh", async () => {
    for (const { id, displayName, policyPayload } of emulator.store.list()) {
      if (displayName !== "Baseline") continue;
      const settings = JSON.parse(String(policyPayload)) as { settingId: string; value: string }[];
      const drifted = settings
        .filter(({ settingId }) => settingId !== "a16;L_First")
        .map((item) =>
          item.settingId === "m16;L_Secret" ? { ...item, value: `${PLANTED}-3` } : item,
        );
      emulator.store.patch(id, { policyPayload: JSON.stringify(drifted) });
    }
    const shown = await project.refresh();
    assertNotFound(shown);
    assert.ok(
      shown.includes("Baseline: m16;L_Secret [secret] => [secret] (changed in the tenant)"),
      shown,
    );
    assertNotFound(project.stateText());
    assertNotFound(await project.up());
    assertNotFound(project.stateText());
  });

  it("are not quoted when they are wrong", async () => {
    project.program(`
      new office.WindowsOfficeClientConfiguration("wrong", {
        displayName: pulumi.secret("${PLANTED}".repeat(40)),
        priority: pulumi.secret("${PLANTED}"),
        policies: pulumi.secret("{ ${PLANTED}"),
        userPreferences: [{ settingId: "a16;L_A", value: "1", type: pulumi.secret({ a: "${PLANTED}" }) }],
        assignments: [pulumi.secret("${PLANTED}")],
      });`);
    const shown = await project.fail("preview");
    for (const path of ["displayName", "priority", "policies", "userPreferences", "assignments"]) {
      assert.ok(shown.includes(`has a problem: ${path}`), `${path} is not in\n${shown}`);
    }
    assertNotFound(shown);
  });

  it("become encrypted when a plain value is made a secret", async () => {
    const program = (value: string) =>
      project.program(
        `new office.WindowsOfficeClientConfiguration("late", { displayName: "Late", policies: [{ settingId: "a16;L_A", value: ${value} }] });`,
      );
    program(`"${PLANTED}-4"`);
    await project.up();
    assert.ok(project.stateText().includes(`${PLANTED}-4`));
    const before = emulator.writes().length;
    program(`pulumi.secret("${PLANTED}-4")`);
    assertNotFound(await project.up());
    assertNotFound(project.stateText());
    assert.equal(emulator.writes().length, before);
  });

  it("are masked one by one in a stack's outputs, where shownSettings gives them", async () => {
    project.program(`
      const policy = new office.WindowsOfficeClientConfiguration("shown", {
        displayName: "Shown",
        policies: [
          { settingId: "a16;L_A", value: "1" },
          { settingId: "m16;L_Secret", value: pulumi.secret("${PLANTED}-5"), type: "REG_SZ" },
        ],
      });
      exports.all = policy.policies;
      exports.each = office.shownSettings(policy);`);
    const each = { "a16;L_A": "1", "m16;L_Secret": { type: "REG_SZ", value: "[secret]" } };
    const shown =
      /a16;L_A +: "1"[\s+]+m16;L_Secret: \{[\s+]+type : "REG_SZ"[\s+]+value: \[secret\]/;
    assert.match(await project.preview(), shown);
    assertNotFound(await project.up());
    const outputs: unknown = JSON.parse(await project.run("stack", "output", "--json"));
    assert.deepEqual(outputs, { all: "[secret]", each });
    assertNotFound(project.stateText());
  });

  it("are in no part of the state of 100 resources", async () => {
    project.program(`
      for (let i = 0; i < 100; i += 1) {
        new office.WindowsOfficeClientConfiguration("policy-" + i, {
          displayName: "Policy " + i,
          policies: Array.from({ length: 10 }, (_, n) => ({
            settingId: "office16;L_Setting" + n,
            value: n === 5 ? pulumi.secret("${PLANTED}-" + i) : "1",
          })),
        });
      }`);
    await project.up();
    assert.equal(project.policies().length, 100);
    assertNotFound(project.stateText());
  });
});
