import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { hostileTexts, wellFormedTexts } from "../hostileTexts";
import { TestProject } from "./support";

const GROUP = "11111111-1111-4111-8111-111111111111";

/** With three hostile texts each: its name, a value, and Graph's words. */
const POLICIES = 334;

/** Characters that may steer a terminal, or are not Unicode. */
const UNFIT = /(?!\n|\r|\t)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

describe("on the real engine, hostile texts", () => {
  let emulator: Emulator;
  let project: TestProject;

  async function open(options: EmulatorOptions = {}): Promise<void> {
    emulator = await createEmulator(options);
    project = await TestProject.create(emulator);
  }

  afterEach(async () => {
    project.remove();
    await emulator.close();
  });

  it("neither hang nor hide: names, values and Graph's words, in refusals and partial failures", async () => {
    await open({ mode: { assignmentsInPost: "ignored" } });
    const values = wellFormedTexts(POLICIES);
    const names = values.map((text, index) => `${index} ${text.slice(0, 200)}`.toWellFormed());
    // One half of the creations is refused; of the others, what comes after is.
    for (const [index, message] of hostileTexts(POLICIES).entries()) {
      const match = index % 2 === 0 ? "POST */clientConfigurations" : "POST *assign";
      emulator.addFault({ match, status: 400, message });
    }
    project.write("texts.json", JSON.stringify({ names, values }));
    // The first resource that fails would end the program, before it has come to the last.
    project.program(`
      process.removeAllListeners("unhandledRejection").on("unhandledRejection", () => {});
      const { names, values } = require("./texts.json");
      module.exports = async () => {
        const made = names.map((displayName, index) =>
          new office.WindowsOfficeClientConfiguration("p" + index, {
            displayName,
            policies: [{ settingId: "office16;L_A", value: values[index] }],
            assignments: ["${GROUP}"],
          }));
        await Promise.allSettled(made.map(({ urn }) => urn.promise()));
      };`);
    // The state is saved once: the saving of each step is not what is tried.
    Object.assign(project.env, { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" });
    const output = await project.fail("up", "--yes", "--skip-preview", "--continue-on-error");
    // The stack counts as one of them.
    assert.match(output.slice(-1_000), new RegExp(`\\b${POLICIES + 1} errored`));
    assert.doesNotMatch(output, UNFIT);
    const made = emulator.store.list();
    const kept = project.policies();
    assert.equal(made.length, POLICIES / 2);
    assert.deepEqual(kept.map(({ id }) => id).sort(), made.map(({ id }) => id).sort());
    assert.ok(kept.every(({ initErrors }) => initErrors?.length === 1));
    assert.ok(made.every(({ displayName }) => names.includes(String(displayName))));
  });

  it("of a megabyte leave a policy its id when what comes after its creation fails", async () => {
    await open({ mode: { assignmentsInPost: "ignored" } });
    const setting = (index: number) => ({
      settingId: `office16;L_${index}`,
      value: "x".repeat(1_000),
    });
    const policies = Array.from({ length: 1_000 }, (_, index) => setting(index));
    emulator.addFault({
      match: "POST *assign",
      status: 400,
      message: `${"y".repeat(499)}\u{1F600}${"\ud83d".repeat(1_000_000)}`,
    });
    project.policy({ displayName: "Large", policies, assignments: [GROUP] });
    await project.fail("up", "--yes", "--skip-preview");
    const [made] = emulator.store.list();
    const [kept] = project.policies();
    assert.equal(kept?.id, made?.id);
    assert.equal(Object.keys(kept?.outputs?.policies ?? {}).length, 1_000);
    await project.up();
    assert.equal(emulator.store.list().length, 1);
  });

  it("that are no Unicode are refused as inputs, by name, and read from the tenant", async () => {
    await open({ seed: [{ displayName: "Base\ud83d", description: "\ude00" }] });
    const [seeded] = emulator.store.list();
    project.policy({ displayName: "a\ud83db", description: "end\ud83d" });
    const refused = await project.fail("up", "--yes", "--skip-preview");
    for (const name of ["displayName", "description"]) {
      assert.match(refused, new RegExp(`${name} is a text with half of a surrogate pair`));
    }
    project.policy({
      displayName: "Base\ufffd",
      description: "\ufffd",
      adopt: { id: seeded?.id },
    });
    await project.up();
    assert.match(await project.refresh("--expect-no-changes"), /2 unchanged/);
    assert.deepEqual(emulator.writes(), []);
  });
});
