import { strict as assert } from "node:assert";
import { mkdirSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import type { PlainObject } from "../../provider/settings/json";
import { FakeHost, type FakeResource } from "../fakeHost";
import { CATALOGUE, ID } from "../inventedCatalogue";

const ADVICE =
  "If the catalogue is at fault, build it again (office-configuration catalogue build --admx <folder>), or let it only warn: pulumi config set officeConfiguration:catalogueCheck warn";
const REASON =
  'must be "0" (Disabled) or "1" (Enabled), not "9": "Block macros from the internet (Excel)"';
const WRONG = `policies["${ID.block}"].value ${REASON}`;
const MACHINE = `policies["${ID.channel}"] cannot be set: Cloud Policy takes user settings; this one is a machine setting: "Update Channel (Office)"`;

describe("a catalogue beside Pulumi.yaml", () => {
  let host: FakeHost;
  let policy: FakeResource;

  beforeEach(() => {
    host = new FakeHost();
    policy = host.resource("WindowsOfficeClientConfiguration");
    mkdirSync(join(host.folder, "src"), { recursive: true });
    write("Pulumi.yaml", "name: test");
    write("office-settings.json", JSON.stringify(CATALOGUE));
  });
  afterEach(() => host.close());

  const write = (name: string, text: string) => writeFileSync(join(host.folder, name), text);
  const named = (policies: PlainObject, more: PlainObject = {}) => ({
    displayName: "A",
    policies,
    ...more,
  });

  /** The lines of a preview, and those of its refusal. */
  async function preview(
    inputs: PlainObject,
    resource = policy,
  ): Promise<{ said: string[]; problems: string[] }> {
    host.newRun({ isPreview: true });
    const problems = await resource.up(inputs).then(
      () => [],
      (error: Error) => error.message.split("\n"),
    );
    const said = [...host.said];
    host.newRun();
    return { said, problems };
  }

  /** A policy of the tenant, whose settings no program has checked. */
  function there(settings: PlainObject): string {
    const payload = Object.entries(settings).map(([settingId, value]) => ({ settingId, value }));
    const type = "#microsoft.graph.windowsOfficeClientConfiguration";
    return host.tenant.store.insert({
      type,
      displayName: "A",
      policyPayload: Buffer.from(JSON.stringify(payload)),
    }).id;
  }

  it("refuses what it does not allow in a new policy, all at once, with the advice once a run", async () => {
    const inputs = named(
      { [ID.block]: 9, [ID.channel]: "1" },
      { userPreferences: { [ID.block]: "9" } },
    );
    const { problems, said } = await preview(inputs);
    const preference = `userPreferences["${ID.block}"].value ${REASON}`;
    assert.deepEqual(problems, [WRONG, MACHINE, preference, ADVICE]);
    assert.deepEqual(said, []);
    await assert.rejects(policy.up(inputs), {
      message: [WRONG, MACHINE, preference, ADVICE].join("\n"),
    });
    const other = host.resource("WindowsOfficeClientSecurityConfiguration", "other");
    await assert.rejects(other.up(named({ [ID.block]: "9" })), { message: WRONG });
    assert.deepEqual(host.tenant.store.list(), []);
  });

  it("is looked for beside Pulumi.yaml if the program is in a folder below, else beside the program", async () => {
    const { folder } = host;
    host.folder = join(folder, "src");
    assert.deepEqual((await preview(named({ [ID.block]: "9" }))).problems, [WRONG, ADVICE]);
    host.settings.catalogue = "named.json";
    assert.match(
      (await preview(named({ [ID.block]: "9" }))).problems[0] ?? "",
      /^The catalogue named\.json cannot be used: there is no file .*project.named\.json\. Build it: /,
    );
    delete host.settings.catalogue;
    host.folder = join(folder, "..");
    assert.deepEqual((await preview(named({ [ID.block]: "9" }))).problems, []);
  });

  it("shows names and labels, and masks both a secret value and its label", async () => {
    const secret = named(
      { [ID.block]: "1", [ID.macroLevel]: "2" },
      { __secrets: [`policies/${ID.block}`] },
    );
    const block = "Block macros from the internet (Excel):";
    const level = "Macro Notification (Excel):";
    assert.deepEqual((await preview(secret)).said, [
      "A: is new",
      `A: + ${block} [secret] [${ID.block}]`,
      `A: + ${level} Disable with notification (2) [${ID.macroLevel}]`,
    ]);
    await policy.up(secret);
    const { said } = await preview({
      ...secret,
      policies: { [ID.block]: "0", [ID.macroLevel]: "4" },
    });
    assert.deepEqual(said, [
      `A: ${block} [secret] => [secret] (changed) [${ID.block}]`,
      `A: ${level} Disable with notification (2) => Disable all (4) [${ID.macroLevel}]`,
    ]);
    const [made] = host.tenant.store.list();
    const drifted = [
      { settingId: ID.block, value: "1" },
      { settingId: ID.macroLevel, value: "1" },
    ];
    host.tenant.store.patch(made?.id ?? "", {
      policyPayload: Buffer.from(JSON.stringify(drifted)),
    });
    host.newRun();
    await policy.refresh(secret);
    const drift = `A: ${level} Disable with notification (2) => Enable (1) [${ID.macroLevel}] (changed in the tenant)`;
    assert.deepEqual(host.said.slice(1), [drift]);
    // The update after it reverts the drift, which has been told.
    await policy.up(secret);
    assert.equal(host.said.length, 2);
  });

  it("names what somebody has changed in the tenant since", async () => {
    await policy.up(named({ [ID.block]: "1", [ID.macroLevel]: "2" }));
    const [made] = host.tenant.store.list();
    const theirs = [
      { settingId: ID.block, value: "0" },
      { settingId: ID.macroLevel, value: "2" },
    ];
    host.tenant.store.patch(made?.id ?? "", { policyPayload: Buffer.from(JSON.stringify(theirs)) });
    host.newRun();
    await policy.up(named({ [ID.block]: "1", [ID.macroLevel]: "4" }));
    assert.equal(
      host.said[1],
      `A: Block macros from the internet (Excel) was changed in the tenant since, Enabled (1) => Disabled (0); the program's value is written [${ID.block}]`,
    );
  });

  it("masks a secret value that it refuses", async () => {
    const { problems } = await preview(
      named({ [ID.block]: "hunter2" }, { __secrets: ["policies"] }),
    );
    assert.deepEqual(problems.slice(0, 1), [WRONG.replace(', not "9"', "")]);
  });

  it("only warns of what the state has already, and refuses what changes to another wrong value", async () => {
    host.settings.catalogueCheck = "off";
    const wrong = named({ [ID.block]: "9", [ID.channel]: "1" });
    await policy.up(wrong);
    delete host.settings.catalogueCheck;
    const same = await preview({ ...wrong, description: "d" });
    assert.deepEqual(same.problems, []);
    assert.deepEqual(same.said, [
      `A: warning: ${WRONG}`,
      `A: warning: ${MACHINE}`,
      'A: description (none) => "d"',
    ]);
    const changed = await preview(named({ [ID.block]: "8", [ID.channel]: "1" }));
    assert.deepEqual(changed.problems, [WRONG.replace('"9"', '"8"'), ADVICE]);
  });

  it("refuses in a preview only what an adopted policy does not have yet", async () => {
    const adopt = { id: there({ [ID.block]: "9" }) };
    const same = await preview(named({ [ID.block]: "9" }, { adopt }));
    assert.deepEqual(same.problems, []);
    assert.deepEqual(same.said, [`A: adopts ${adopt.id}, nothing differs`, `A: warning: ${WRONG}`]);
    const other = await preview(named({ [ID.block]: "1" }, { adopt }));
    const block = "Block macros from the internet (Excel)";
    assert.deepEqual(other, {
      problems: [],
      said: [`A: adopts ${adopt.id}`, `A: ${block}: "9" => Enabled (1) [${ID.block}]`],
    });
    const more = await preview(named({ [ID.block]: "9", [ID.channel]: "1" }, { adopt }));
    assert.deepEqual(more.problems, [MACHINE, ADVICE]);
    // An update without a preview does not know the policy yet.
    await policy.up(named({ [ID.block]: "9", [ID.channel]: "1" }, { adopt }));
    assert.deepEqual(host.said.slice(0, 2), [`A: warning: ${WRONG}`, `A: warning: ${MACHINE}`]);
    assert.match(
      host.said[3] ?? "",
      /^A: \+ Update Channel \(Office\): "1" \[office16;L_Channel\]$/,
    );
  });

  it("warns ten times at most, and never refuses ids that it may not know", async () => {
    const ids = Array.from({ length: 22 }, (_, at) => [`copilot;${at}`, "1"]);
    const { problems, said } = await preview(named(Object.fromEntries(ids) as PlainObject));
    assert.deepEqual(problems, []);
    const warnings = said.filter((line) => line.startsWith("A: warning: "));
    assert.equal(warnings.length, 11);
    assert.match(
      warnings[0] ?? "",
      /is not in the catalogue, which has no template of copilot; check its/,
    );
    assert.equal(warnings[10], "A: warning: and 12 more like these");
  });

  it("only warns, or is not read, if the stack says so", async () => {
    host.settings.catalogueCheck = "warn";
    const warned = await preview(named({ [ID.block]: "9" }));
    assert.deepEqual([warned.problems, warned.said[0]], [[], `A: warning: ${WRONG}`]);
    host.settings.catalogueCheck = "off";
    const off = await preview(named({ [ID.block]: "9" }));
    assert.deepEqual([off.problems, off.said[0]], [[], "A: is new"]);
  });

  it("checks what a patch gives", async () => {
    const patch = host.resource("OfficeClientConfigurationPatch", "patch");
    const { problems } = await preview(
      { configurationId: there({}), policies: { [ID.block]: "9" } },
      patch,
    );
    assert.deepEqual(problems, [WRONG, ADVICE]);
  });

  describe("that is broken", () => {
    const inputs = named({ [ID.block]: "9" });
    const BROKEN = "The catalogue office-settings.json cannot be used: settings must be an object.";

    beforeEach(() => write("office-settings.json", '{ "version": 1, "sources": [] }'));

    it("is refused once in full", async () => {
      const { problems } = await preview(inputs);
      assert.deepEqual(problems, [
        `${BROKEN} Build it again: office-configuration catalogue build --admx <folder>.`,
      ]);
      await assert.rejects(policy.up(inputs), /Build it again/);
      const other = host.resource("WindowsOfficeClientSecurityConfiguration", "other");
      await assert.rejects(other.up(inputs), {
        message: `${BROKEN} See the resource "it" for the reason and what to do.`,
      });
    });

    it("is not read for a policy without settings", async () => {
      assert.deepEqual((await preview({ displayName: "A" })).problems, []);
      assert.deepEqual((await preview(named({}))).problems, []);
    });

    it("is told once if the stack only warns, and fails neither a refresh nor a deletion", async () => {
      host.settings.catalogueCheck = "warn";
      const line = `settings are neither named nor checked: ${BROKEN} Build it again: office-configuration catalogue build --admx <folder>.`;
      await policy.up(inputs);
      assert.deepEqual(host.said, [line]);
      delete host.settings.catalogueCheck;
      const [made] = host.tenant.store.list();
      host.tenant.store.patch(made?.id ?? "", { policyPayload: Buffer.from("[]") });
      host.newRun();
      await policy.refresh(inputs);
      assert.deepEqual(host.said, [
        line,
        "Drift found. An update puts back what the program gives:",
        `A: - ${ID.block} "9" (changed in the tenant)`,
      ]);
      host.newRun();
      await policy.destroy();
      assert.equal(host.said.length, 1);
    });
  });

  it("that is no file is refused", async () => {
    for (const [file, code] of [
      ["src", "EISDIR"],
      [devNull, "EINVAL"],
    ] as const) {
      host.settings.catalogue = file;
      const { problems } = await preview(named({ [ID.block]: "1" }));
      const [problem = ""] = problems;
      assert.ok(problem.startsWith(`The catalogue ${file} cannot be used: `), problem);
      assert.ok(problem.includes(` cannot be read (${code}). Make it readable `), problem);
    }
  });
});
