import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { runCommand } from "../commandLine";
import { CATALOGUE, ID } from "../inventedCatalogue";

const GROUP = "11111111-1111-4111-8111-11111111111a";

describe("office-configuration compare", () => {
  let left: Emulator;
  let right: Emulator;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-compare-"));
    writeFileSync(join(folder, "catalogue.json"), JSON.stringify(CATALOGUE));
    const macros = {
      displayName: "Macros",
      policies: [
        { settingId: ID.macroLevel, value: "4" },
        { settingId: ID.block, value: 1 },
      ],
      groupIds: [GROUP],
    };
    left = await createEmulator({ seed: [macros] });
    right = await createEmulator({
      seed: [
        { ...macros, policies: [{ settingId: ID.macroLevel, value: "2" }] },
        { displayName: "More", policies: [{ settingId: ID.block, value: "1" }], groupIds: [GROUP] },
      ],
    });
  });

  after(async () => {
    await Promise.all([left.close(), right.close()]);
    rmSync(folder, { recursive: true });
  });

  function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    return runCommand(["compare", ...args], {
      cwd: folder,
      env: {
        LEFT_OFFICE_CONFIGURATION_ENDPOINT: left.url,
        LEFT_OFFICE_CONFIGURATION_ACCESS_TOKEN: left.accessToken,
        RIGHT_OFFICE_CONFIGURATION_ENDPOINT: right.url,
        RIGHT_OFFICE_CONFIGURATION_ACCESS_TOKEN: right.accessToken,
        ...env,
      },
    });
  }

  it("says how two tenants differ, each with a sign-in of its own, and only reads", async () => {
    const { stdout, stderr, code } = await run([
      "tenant",
      "tenant",
      "--catalogue",
      "catalogue.json",
    ]);
    assert.equal(
      stdout,
      `left   tenant ${left.tenantId} at ${left.url}, 1
       policy
right  tenant ${right.tenantId} at ${right.url}, 2
       policies

different (1)
  Macro Notification (Excel)
    ${ID.macroLevel}
    left   Disable all (4): "Macros" (priority 0) for the group
           ${GROUP}
    right  Disable with notification (2): "Macros" (priority 0) for the group
           ${GROUP}

note: the sides are of two tenants, so their groups are not compared, but the
      values and their order

2 settings: 1 different, 1 the same.
`,
    );
    assert.equal(code, 1, stderr);
    assert.match(
      stderr,
      new RegExp(`^left: reading the policies of the tenant ${left.tenantId} `, "m"),
    );
    assert.match(
      stderr,
      new RegExp(`^right: reading the policies of the tenant ${right.tenantId} `, "m"),
    );
    for (const { requests, accessToken } of [left, right]) {
      const sent = requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
      assert.ok(sent.length > 0);
      assert.deepEqual(
        sent.filter((each) => !each.startsWith("GET ") && each !== "POST /$batch"),
        [],
      );
      assert.ok(!`${stdout}${stderr}`.includes(accessToken));
    }
  });

  it("ends with 0 if a tenant has what a list of settings has, in the words of JSON", async () => {
    writeFileSync(join(folder, "list.csv"), `id,value\n${ID.macroLevel},4\n${ID.block},1\n`);
    const given = ["--catalogue", "catalogue.json", "--format", "json"];
    const { stdout, stderr, code } = await run(["list.csv", "tenant", ...given], {
      RIGHT_OFFICE_CONFIGURATION_ENDPOINT: left.url,
      RIGHT_OFFICE_CONFIGURATION_ACCESS_TOKEN: left.accessToken,
    });
    assert.equal(code, 0, stderr + stdout);
    const { counts } = JSON.parse(stdout) as { readonly counts: unknown };
    assert.deepEqual(counts, {
      onlyLeft: 0,
      onlyRight: 0,
      different: 0,
      unknown: 0,
      same: 2,
      unclear: 0,
      others: 0,
    });
  });

  for (const [what, args, env, message] of [
    [
      "a token is not taken",
      ["tenant", "tenant"],
      { RIGHT_OFFICE_CONFIGURATION_ACCESS_TOKEN: "wrong" },
      /^error: right, tenant: Reading the tenant's policies failed: 401/m,
    ],
    [
      "the token is for another tenant",
      ["tenant:c0c0c0c0-0000-4000-8000-00000000000c", "tenant"],
      {},
      /^error: left, tenant:c0c0c0c0-[^\n]*is for the tenant/m,
    ],
  ] as const) {
    it(`ends with 2 and one line if ${what}`, async () => {
      const { stdout, stderr, code } = await run(args, env);
      assert.match(stderr, message);
      assert.equal(stderr.match(/^error: /gm)?.length, 1);
      assert.deepEqual([code, stdout], [2, ""]);
    });
  }
});
