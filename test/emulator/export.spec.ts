import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { outcomeOf, runCommand, startCommand } from "../commandLine";

const ROOT = join(__dirname, "../..");
const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";
const GROUP = "11111111-1111-4111-8111-11111111111a";

describe("office-configuration export", () => {
  let emulator: Emulator;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "office-configuration-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    await emulator.close();
  });

  const start = async (options: EmulatorOptions = {}) => {
    emulator = await createEmulator({
      seed: [
        { displayName: "B", priority: 1, policies: [{ settingId: "a;L_A", value: "1" }] },
        { type: SECURITY, displayName: "A", priority: 0, groupIds: [GROUP] },
        { displayName: "C", priority: 2, userPreferences: { any: 1 } },
      ],
      ...options,
    });
  };

  const tenantEnv = () => ({
    OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
    OFFICE_CONFIGURATION_ACCESS_TOKEN: emulator.accessToken,
  });

  /** Runs an export. Its notes are wrapped on a screen, and on one line each here. */
  const run = async (args: string[], env: NodeJS.ProcessEnv = {}) => {
    const outcome = await runCommand(["export", ...args], { env: { ...tenantEnv(), ...env } });
    return { ...outcome, stderr: outcome.stderr.replaceAll(/\n +/g, " ") };
  };

  for (const mode of [
    {},
    { payloads: "stream" as const, pageSize: 1, successCodes: "odata" as const },
  ]) {
    it(`reads every page, payload and group, and only reads (${JSON.stringify(mode)})`, async () => {
      await start({ mode });
      const out = join(folder, "Contoso & Co");
      const { code, stdout, stderr } = await run(["--out", out]);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^3 policies written to .*index\.ts\. The tenant is as it was\./);
      assert.match(stdout, new RegExp(`officeConfiguration:tenantId ${emulator.tenantId}`));
      assert.deepEqual(readdirSync(out).sort(), [
        ".gitignore",
        "Pulumi.yaml",
        "README.md",
        "index.ts",
        "package.json",
        "tsconfig.json",
      ]);
      const program = readFileSync(join(out, "index.ts"), "utf8");
      assert.deepEqual(
        [...program.matchAll(/displayName: "(\w)"/g)].map(([, name]) => name),
        ["A", "B", "C"],
      );
      assert.match(program, new RegExp(`assignments: \\["${GROUP}"\\]`));
      assert.match(program, /policies: \[\{ settingId: "a;L_A", value: "1" \}\]/);
      assert.match(program, /userPreferences: \{ any: 1 \}/);
      assert.match(readFileSync(join(out, "Pulumi.yaml"), "utf8"), /^name: Contoso-and-Co$/m);
      assert.deepEqual(emulator.writes(), []);
      assert.ok(readFileSync(join(out, "README.md"), "utf8").includes(emulator.tenantId));
      // The command runs from this package's own folder.
      assert.ok(
        readFileSync(join(out, "package.json"), "utf8").includes(`"file:${relative(out, ROOT)}"`),
      );
      for (const shown of [stdout, stderr, program]) {
        assert.ok(!shown.includes(emulator.accessToken));
      }
    });
  }

  it("ends by itself as a process, with 0", async () => {
    await start();
    const out = join(folder, "out");
    const { code, stdout } = await outcomeOf(
      startCommand(["export", "--out", out], { env: tenantEnv(), timeout: 60_000 }),
    );
    assert.equal(code, 0);
    assert.match(stdout, /^3 policies written/);
  });

  it("takes the name, the package and more names of settings from its options", async () => {
    await start();
    const catalogue = join(folder, "names.csv");
    writeFileSync(catalogue, "Id,Name\na;L_A,A setting\n");
    const out = join(folder, "out");
    const options = ["--name", "policies", "--package", "file:../x.tgz", "--catalogue", catalogue];
    assert.equal((await run(["--out", out, ...options])).code, 0);
    assert.match(readFileSync(join(out, "Pulumi.yaml"), "utf8"), /^name: policies$/m);
    assert.match(readFileSync(join(out, "package.json"), "utf8"), /"file:\.\.\/x\.tgz"/);
    assert.match(readFileSync(join(out, "index.ts"), "utf8"), /\{ settingId: .*\}, \/\/ A setting/);
  });

  it("writes a program without resources for a tenant without policies", async () => {
    await start({ seed: [] });
    const { code, stdout } = await run(["--out", join(folder, "out")]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^0 policies written to \S+\. The tenant is as it was\. There is nothing to adopt: the tenant shows this sign-in no policy\.\n/,
    );
  });

  it("notes an object of a type it does not know, and leaves it out", async () => {
    await start();
    const [first] = emulator.store.list();
    Object.assign(first ?? {}, { type: "#microsoft.graph.macOfficeClientConfiguration" });
    const { stderr, stdout } = await run(["--out", join(folder, "out")]);
    assert.match(stderr, /note: "B" \(.*\) is left out: it is of macOfficeClientConfiguration/);
    assert.match(stdout, /^2 policies written/);
  });

  it("asks a policy for its groups that the list does not expand, and leaves others than groups alone", async () => {
    await start();
    const list = `${emulator.url}/beta/officeConfiguration/clientConfigurations`;
    const headers = { authorization: `Bearer ${emulator.accessToken}` };
    const unexpanded = await (await fetch(list, { headers })).text();
    const [b] = emulator.store.list();
    assert.ok(b);
    emulator.store.patch(b.id, { groupIds: [GROUP, null] });
    const match = "GET /officeConfiguration/clientConfigurations?*";
    const contentType = "application/json";
    emulator.addFault({ match, status: 200, contentType, body: unexpanded });
    const { stderr } = await run(["--out", join(folder, "out")]);
    assert.match(
      stderr,
      /note: "B" \(.*\): assignments is left out, .* something else than groups/,
    );
    const program = readFileSync(join(folder, "out", "index.ts"), "utf8");
    assert.deepEqual(program.match(/assignments: .*/g), [
      `assignments: ["${GROUP}"],`,
      "assignments: [],",
    ]);
  });

  it("prints the next steps as a shell takes them, with what it was told of the tenant", async () => {
    await start();
    const out = join(folder, "my policies");
    const { stdout } = await run(["--out", out, "--credential", "auto"]);
    const lines = [
      `cd '${out}'`,
      "npm install",
      "pulumi stack init my-policies",
      `pulumi config set officeConfiguration:tenantId ${emulator.tenantId}`,
      `pulumi config set officeConfiguration:endpoint ${emulator.url}`,
      "pulumi config set officeConfiguration:credential auto",
      "pulumi preview    # says for each policy whether anything differs",
      "pulumi up         # adopts them, and writes nothing where nothing differs",
    ];
    assert.ok(stdout.endsWith(`\nNext:\n  ${lines.join("\n  ")}\n`), stdout);
  });

  it("names groups if it may read them, and says which permission it needs if not", async () => {
    const groups = [{ id: GROUP, displayName: "Finance" }];
    await start({ groups, mode: { groupReads: "allowed" } });
    const program = async (name: string) => {
      const out = join(folder, name);
      const { stderr } = await run(["--out", out]);
      const text = readFileSync(join(out, "index.ts"), "utf8");
      return { stderr, names: text.match(/\/\/ Finance/g)?.length ?? 0 };
    };
    const allowed = await program("allowed");
    assert.equal(allowed.names, 1);
    assert.doesNotMatch(allowed.stderr, /note:/);
    await emulator.close();
    await start({ groups, mode: { groupReads: "refused" } });
    const refused = await program("refused");
    assert.equal(refused.names, 0);
    assert.deepEqual(refused.stderr.match(/note: .*/g), [
      "note: groups are without names: reading them needs the permission GroupMember.Read.All too",
    ]);
    assert.deepEqual(emulator.writes(), []);
  });

  it("leaves a folder alone that is not empty, unless it is told otherwise", async () => {
    await start();
    const out = join(folder, "out");
    mkdirSync(out);
    writeFileSync(join(out, "mine.txt"), "kept");
    const refused = await run(["--out", out]);
    assert.equal(refused.code, 2);
    assert.match(
      refused.stderr,
      /^error: --out .* is not empty: name another folder, or give --force/,
    );
    assert.deepEqual(emulator.requests, []);
    assert.equal((await run(["--out", out, "--force"])).code, 0);
    assert.equal(readFileSync(join(out, "mine.txt"), "utf8"), "kept");
  });

  for (const [what, args, env, expected, exitCode] of [
    ["no folder is named", [], {}, /required option '--out <folder>' not specified/, 2],
    [
      "the token is not taken",
      ["--out", "OUT"],
      { OFFICE_CONFIGURATION_ACCESS_TOKEN: "wrong" },
      /Reading the tenant's policies failed: 401/,
      1,
    ],
    [
      "nothing says who signs in where",
      ["--out", "OUT", "--credential", "clientSecret"],
      {},
      /credential "clientSecret" needs officeConfiguration:tenantId/,
      1,
    ],
    [
      "the token is for another tenant",
      ["--out", "OUT", "--tenant-id", "c0c0c0c0-0000-4000-8000-00000000000c"],
      {},
      /is for the tenant .*, and officeConfiguration:tenantId is c0c0c0c0/,
      1,
    ],
  ] as const) {
    it(`says so in one line where ${what}, and writes nothing`, async () => {
      await start();
      const out = join(folder, "out");
      const { code, stderr } = await run(
        args.map((arg) => (arg === "OUT" ? out : arg)),
        env,
      );
      assert.equal(code, exitCode, stderr);
      assert.match(stderr, expected);
      assert.equal(stderr.match(/^error: /gm)?.length, 1);
      assert.equal(existsSync(out), false);
    });
  }

  it("says in one line that Graph cannot be reached", async () => {
    await start();
    await emulator.close();
    const env = { OFFICE_CONFIGURATION_MAX_RETRIES: "0" };
    const { code, stderr } = await run(["--out", join(folder, "out")], env);
    assert.equal(code, 1);
    assert.match(stderr, /^error: Reading the tenant's policies failed: .*ECONNREFUSED/m);
  });
});
