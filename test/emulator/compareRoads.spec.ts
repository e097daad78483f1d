import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator, type SeedPolicy } from "../../emulator";
import { strangers } from "../../emulator/deviceManagement/strangers";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { IntuneSettings } from "../../provider/intune/intuneSettings";
import { writeSettings } from "../../provider/intune/writing";
import { runCommand } from "../commandLine";
import { INTUNE_ID as ID, intuneCatalogue } from "../intuneHost";

const [A, B] = ["a", "b"].map((letter) => `11111111-1111-4111-8111-11111111111${letter}`);
const CATALOGUE = { version: 1 as const, sources: [], settings: intuneCatalogue() };
const SETTINGS = new IntuneSettings(new KnownSettings(CATALOGUE));

const TYPE = "#microsoft.graph.";
const target = (kind: string, groupId?: string) => ({
  target: { "@odata.type": `${TYPE}${kind}AssignmentTarget`, ...(groupId && { groupId }) },
});

function policy(
  name: string,
  settings: Readonly<Record<string, string>>,
  ...assignments: readonly unknown[]
): SeedPolicy {
  const { instances, left } = writeSettings(new Map(Object.entries(settings)), SETTINGS);
  assert.deepEqual(left, []);
  return {
    name,
    settings: instances.map((settingInstance) => ({ settingInstance })),
    assignments,
  };
}

describe("office-configuration compare tenant intune", () => {
  let emulator: Emulator;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-roads-"));
    writeFileSync(join(folder, "office-settings.json"), JSON.stringify(CATALOGUE));
    emulator = await createEmulator({
      seed: [
        {
          displayName: "Macros",
          policies: [
            { settingId: ID.level, value: "2" },
            { settingId: ID.toggle, value: "1" },
            { settingId: ID.text, value: "cloud" },
            { settingId: ID.other, value: "1" },
          ],
          groupIds: [A ?? ""],
        },
      ],
      configurationPolicies: [
        policy("Office for all", { [ID.level]: "0", [ID.toggle]: "1" }, target("allLicensedUsers")),
        policy("Texts", { [ID.text]: "intune" }, target("group", B)),
        policy(
          "Numbers",
          { [ID.number]: "1" },
          target("allLicensedUsers"),
          target("exclusionGroup", A),
        ),
        policy("More numbers", { [ID.number]: "2" }, target("allDevices")),
        policy(
          "Not for A",
          { [ID.other]: "0" },
          target("allLicensedUsers"),
          target("exclusionGroup", A),
        ),
        ...strangers().filter(({ name }) => name !== "Shared computers"),
      ],
    });
  });

  after(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: string[]) => runAt(emulator, args);

  function runAt({ url, accessToken }: Emulator, args: readonly string[], cwd = folder) {
    const env = {
      OFFICE_CONFIGURATION_ENDPOINT: url,
      OFFICE_CONFIGURATION_ACCESS_TOKEN: accessToken,
    };
    return runCommand(["compare", ...args], { cwd, env });
  }

  it("says where a user has a setting twice, who wins, and where Intune has a conflict", async () => {
    const { stdout, stderr, code } = await run("tenant", "intune");
    assert.equal(code, 1, stderr);
    assert.equal(
      stdout.replaceAll(/tenant [\da-f-]+ at\s+\S+,\s+/g, "tenant T, "),
      `left   tenant T, 1
       policy
right  Intune of the tenant T, 5 policies

set twice, with different values (2)
  Invented setting 1 > Part of setting 1
    ${ID.level}
    left   Always (2): "Macros" (priority 0) for the group
           ${A}
    right  Never (0): "Office for all" for all users
    note   users get both values: Cloud Policy's is likely to win
  Invented setting 3 > Part of setting 3
    ${ID.text}
    left   "cloud": "Macros" (priority 0) for the group
           ${A}
    right  "intune": "Texts" for the group ${B}
    note   a user may get both values: Cloud Policy's is likely to win

in conflict within Intune (1)
  Invented setting 7 > Part of setting 7
    ${ID.number}
    right  "2": "More numbers" for all devices
           "1": "Numbers" for all users, but not for the group
           ${A}
    note   "More numbers" and "Numbers" disagree and reach the same users: a
           conflict in Intune

set twice, with the same value: harmless (1)
  Invented setting 5
    ${ID.toggle}
    left   On (1): "Macros" (priority 0) for the group
           ${A}
    right  On (1): "Office for all" for all users

note: Cloud Policy and Intune are two roads to the same users: what one of them
      has alone does not count, unless --baseline is given
note: Microsoft documents that Cloud Policy takes precedence over Group Policy.
      Whether it does over Intune, which uses the same templates, is not
      documented
note: Intune's values reach only the Windows computers that it manages:
      elsewhere, users get Cloud Policy's alone
note: the members of groups are not read: where a user may get both, see who is
      in the groups, and whom filters and exclusions leave
note: Intune shows a conflict where its policies disagree, and does not resolve
      it: which value a computer has is not documented

3 settings set twice: 2 with different values, 1 with the same value. Besides: 1
in conflict within Intune, 1 set by both for different users.
`,
    );
    const sent = emulator.requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
    assert.ok(sent.some((each) => each.includes("/settings")));
    assert.deepEqual(
      sent.filter((each) => !each.startsWith("GET ") && each !== "POST /$batch"),
      [],
    );
  });

  it("names the roads in JSON, and the side whose value is likely to win", async () => {
    const { stdout } = await run("intune", "tenant", "--format", "json");
    const { roads, counts, settings } = JSON.parse(stdout) as {
      readonly roads: unknown;
      readonly counts: unknown;
      readonly settings: readonly { readonly outcome: string; readonly twice?: unknown }[];
    };
    assert.deepEqual(roads, { left: "intune", right: "cloudPolicy" });
    assert.deepEqual(counts, {
      onlyLeft: 0,
      onlyRight: 0,
      different: 2,
      conflict: 1,
      unknown: 0,
      apart: 1,
      same: 1,
      unclear: 0,
      others: 0,
    });
    assert.deepEqual(
      settings.map(({ outcome, twice }) => [outcome, twice]),
      [
        ["different", { meet: "yes", likely: "right" }],
        ["same", { meet: "yes" }],
        ["conflict", undefined],
        ["different", { meet: "may", likely: "right" }],
      ],
    );
  });

  it("ends with 0 if Intune has the settings of a list, whose values are compared", async () => {
    writeFileSync(join(folder, "list.csv"), `id,value\n${ID.level},0\n${ID.toggle},1\n`);
    const { stdout, stderr, code } = await run("list.csv", "intune", "--baseline");
    assert.equal(code, 0, stderr + stdout);
    assert.match(stdout, /^The same: 2 settings\.$/m);
  });

  it("ends with 2 and what to do if there is no catalogue, or Intune does not answer", async () => {
    const elsewhere = await runAt(emulator, ["tenant", "intune"], tmpdir());
    assert.equal(elsewhere.code, 2);
    assert.match(elsewhere.stderr, /Intune's policies are read by a catalogue: give --catalogue /);
    const closed = await createEmulator({ mode: { intune: "closed" } });
    try {
      const { stdout, stderr, code } = await runAt(closed, ["tenant", "intune"]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^error: right, intune: Reading the tenant's Intune policies failed: /m);
      assert.match(stderr, /office-configuration doctor/);
    } finally {
      await closed.close();
    }
  });
});
