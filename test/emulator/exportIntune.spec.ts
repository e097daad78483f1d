import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { runCommand } from "../commandLine";
import { intuneCatalogue, TOGGLE_DEFINITION } from "../intuneHost";
import { choice, definition } from "../intuneInstances";
import { REGISTRY_CATALOGUE } from "../registryCatalogue";

const GROUP = "11111111-1111-4111-8111-11111111111a";

/** More settings of Office than a page has: all that have no element, of three templates. */
const MANY = ["excel16v2", "word16v2", "office16v2"].flatMap((template) =>
  Array.from({ length: 6 }, (_, place) => {
    const number = String((place + 1) * 5).padStart(2, "0");
    return choice(definition(template, `l_invented${number}`), String(place % 2));
  }),
);

const FOREIGN = Array.from({ length: 20 }, (_, place) =>
  choice(`device_vendor_msft_policy_config_contoso_setting${place * 3 + 2}`, "0"),
);

describe("office-configuration export --intune", () => {
  let emulator: Emulator;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-"));
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await emulator.close();
  });

  const start = async (options: EmulatorOptions = {}) => {
    emulator = await createEmulator(options);
    const target = { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: GROUP };
    const settings = [...MANY, ...FOREIGN] as never;
    emulator.configurationPolicies.insert({ name: "Macros", settings, targets: [target] });
    const toggle = choice(TOGGLE_DEFINITION, "0") as never;
    emulator.configurationPolicies.insert({ name: "Macros", settings: [toggle] });
  };

  const run = async (settings: object, ...args: string[]) => {
    const catalogue = { version: 1, sources: [], settings };
    writeFileSync(join(folder, "office-settings.json"), JSON.stringify(catalogue));
    const env = {
      OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
      OFFICE_CONFIGURATION_ACCESS_TOKEN: emulator.accessToken,
    };
    const outcome = await runCommand(["export", "--intune", "--out", "out", ...args], {
      cwd: folder,
      env,
    });
    return { ...outcome, stderr: outcome.stderr.replaceAll(/\n +/g, " ") };
  };

  const read = (name: string) => readFileSync(join(folder, "out", name), "utf8");

  it("writes the Office policies of all pages, with their settings of all pages, and only reads", async () => {
    await start({ mode: { othersPolicies: true, groupReads: "refused" } });
    const { code, stdout, stderr } = await run(intuneCatalogue(), "--name", "intune");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^4 policies written to out\/index\.ts\. The tenant is as it was\./);
    const program = read("index.ts");
    const names = [...program.matchAll(/new IntuneOfficePolicy\("(.*)"/g)].map(([, name]) => name);
    assert.deepEqual(names, ["macros", "macros-2", "shared-computers", "shared-computers-2"]);
    assert.equal(program.match(/settingId: /g)?.length, MANY.length + 3);
    assert.match(program, new RegExp(`assignments: \\["${GROUP}"\\]`, "i"));
    const lines = stderr.split("\n").filter((line) => line.startsWith("note: "));
    const said = lines.map((line) => line.replaceAll(/ \([\da-f-]{36}\)/gi, ""));
    assert.deepEqual(said.sort(), [
      'note: "Macros": 20 settings of other products stay as they are in the tenant',
      'note: "Shared computers": 1 setting of another product stays as it is in the tenant',
      'note: 1 policy is left out, as it is for another platform: "Contoso app on Macs" (macOS)',
      "note: 3 policies are left out: they have no settings of Office",
      "note: groups are without names: reading them needs the permission GroupMember.Read.All too",
    ]);
    assert.match(read("Pulumi.yaml"), /^name: intune$/m);
    assert.match(
      read("README.md"),
      /^The Intune policies of the tenant .* `.* export --intune`\.$/m,
    );
    assert.ok(existsSync(join(folder, "out", "office-settings.json")));
    assert.deepEqual(emulator.writes(), []);
    for (const { path } of emulator.requests) assert.doesNotMatch(path, /officeConfiguration/);
  });

  it("gives the same text for the same tenant, with names of groups if it may read them", async () => {
    const groups = [{ id: GROUP, displayName: "Finance" }];
    await start({ groups, mode: { groupReads: "allowed" } });
    assert.equal((await run(intuneCatalogue())).code, 0);
    const first = read("index.ts");
    assert.match(first, new RegExp(`"${GROUP}", // Finance`, "i"));
    assert.equal((await run(intuneCatalogue(), "--force")).code, 0);
    assert.equal(read("index.ts"), first);
  });

  it("asks for a catalogue with definitions before it signs in, with the commands", async () => {
    await start();
    const { code, stderr } = await run(REGISTRY_CATALOGUE.settings);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^error: export --intune needs a catalogue with Intune's definitions: office-settings\.json has none\. Read them from the tenant \(office-configuration catalogue fetch\), and build the catalogue with them: office-configuration catalogue build --admx <folder> --intune intune-settings\.json\.$/m,
    );
    rmSync(join(folder, "office-settings.json"));
    const none = await runCommand(["export", "--intune", "--out", "out"], { cwd: folder, env: {} });
    assert.match(
      none.stderr,
      /there is no office-settings\.json in out or here, and --catalogue names none\./,
    );
    assert.deepEqual(emulator.requests, []);
    assert.equal(existsSync(join(folder, "out")), false);
  });

  it("writes nothing if a policy cannot be read to its end", async () => {
    await start();
    const match = "GET /deviceManagement/configurationPolicies/*/settings*";
    emulator.addFault({ match, status: 403, times: 1000 });
    const { code, stderr } = await run(intuneCatalogue());
    assert.equal(code, 1);
    assert.match(stderr, /^error: Reading the settings of Intune policy ".*" failed: 403/m);
    assert.equal(existsSync(join(folder, "out")), false);
  });
});
