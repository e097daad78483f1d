import { strict as assert } from "node:assert";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Report } from "../../cli/report/model";
import { createEmulator, type Emulator, type SeedPolicy } from "../../emulator";
import { strangers } from "../../emulator/deviceManagement/strangers";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { IntuneSettings } from "../../provider/intune/intuneSettings";
import { writeSettings } from "../../provider/intune/writing";
import { runCommand } from "../commandLine";
import { INTUNE_ID, intuneCatalogue } from "../intuneHost";
import { CATALOGUE, ID } from "../inventedCatalogue";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const SECRET = "planted-secret";

/** Stands in for Pulumi's CLI: prints what a file has that is called as the command and the stack. */
const PULUMI = `#!/bin/sh
for arg; do case "$arg" in --stack=*) stack="\${arg#--stack=}";; esac; done
file="$FAKE/$1-$2-$stack"
[ -f "$file" ] || { echo "error: no stack named '$stack' found" >&2; exit 6; }
cat "$file"
`;

/** Output of \`pulumi config --json\`. */
type Config = Record<string, { readonly value?: string; readonly secret: boolean }>;

describe("office-configuration report", () => {
  let folder: string;
  let contoso: Emulator;
  let fabrikam: Emulator;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-report-"));
    writeFileSync(join(folder, "pulumi"), PULUMI);
    chmodSync(join(folder, "pulumi"), 0o755);
    writeFileSync(join(folder, "Pulumi.yaml"), "name: offices\nruntime: nodejs\n");
    writeFileSync(join(folder, "catalogue.json"), JSON.stringify(CATALOGUE));
    writeFileSync(join(folder, "list.csv"), `id,value\n${ID.macroLevel},4\n${ID.block},1\n`);
    const macros = {
      displayName: "Macros",
      policies: [
        { settingId: ID.macroLevel, value: "2" },
        { settingId: ID.block, value: "1" },
        { settingId: ID.path, value: SECRET },
      ],
      groupIds: [GROUP],
      userCheckinSummary: { succeededUserCount: 12, failedUserCount: 3 },
    };
    contoso = await createEmulator({
      mode: { othersPolicies: true },
      seed: [macros, { displayName: "Made in the <portal>", policies: [], groupIds: [] }],
    });
    fabrikam = await createEmulator({ seed: [macros] });
    const [made] = contoso.store.list();
    const settings = { [ID.macroLevel]: "4", [ID.block]: "1", [ID.path]: cipher() };
    file(
      "stack-ls-",
      ["tailspin", "contoso", "fabrikam"].map((name) => ({ name })),
    );
    file("stack-export-contoso", state(contoso.tenantId, { id: made?.id ?? "", settings }));
    file("config---json-contoso", {
      "officeConfiguration:tenantId": { value: contoso.tenantId, secret: false },
      "officeConfiguration:endpoint": { value: contoso.url, secret: false },
      "officeConfiguration:accessToken": { secret: true },
      "offices:level": { value: "4", secret: false },
    } satisfies Config);
    writeFileSync(join(folder, "config-get-contoso"), `${contoso.accessToken}\n`);
    file("stack-export-fabrikam", state(contoso.tenantId, { id: "gone", settings: {} }));
    file("config---json-fabrikam", {});
    env = {
      FAKE: folder,
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      FABRIKAM_OFFICE_CONFIGURATION_ENDPOINT: fabrikam.url,
      FABRIKAM_OFFICE_CONFIGURATION_ACCESS_TOKEN: fabrikam.accessToken,
    };
  });

  after(async () => {
    await Promise.all([contoso.close(), fabrikam.close()]);
    rmSync(folder, { recursive: true });
  });

  function file(name: string, value: unknown): void {
    writeFileSync(join(folder, name), JSON.stringify(value));
  }

  function cipher() {
    return {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ciphertext: "AAAA",
    };
  }

  function state(tenantId: string, { id, settings }: { id: string; settings: object }) {
    const type = "pulumi-nodejs:dynamic/officeConfiguration:WindowsOfficeClientConfiguration";
    const outputs = { displayName: "Macros", policies: settings, assignments: [GROUP], tenantId };
    return {
      deployment: { resources: [{ type, urn: `urn:pulumi:s::p::${type}::macros`, id, outputs }] },
    };
  }

  async function run(...args: string[]) {
    const outcome = await runCommand(["report", "--catalogue", "catalogue.json", ...args], {
      cwd: folder,
      env,
    });
    const written = [outcome.stdout, outcome.stderr];
    for (const token of [SECRET, contoso.accessToken, fabrikam.accessToken]) {
      for (const text of written) assert.ok(!text.includes(token), text);
    }
    return outcome;
  }

  async function made(...args: string[]): Promise<Report> {
    const { stdout, stderr, code } = await run("--format", "json", ...args);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as Report;
  }

  it("reads every stack of the project with its tenant, and says of each that fails why", async () => {
    const { tenants, title } = await made();
    assert.equal(title, "offices");
    const readings = tenants.map(({ name, code, live }) => [name, code.state, live.state]);
    assert.deepEqual(readings, [
      ["contoso", "read", "read"],
      ["fabrikam", "read", "failed"],
      ["tailspin", "failed", "failed"],
    ]);
    const reasons = tenants.map(({ live }) => (live.state === "failed" ? live.reason : ""));
    assert.match(
      reasons[1] ?? "",
      new RegExp(
        `credential is for the tenant ${fabrikam.tenantId}, and the resources of the stack are in ${contoso.tenantId}`,
      ),
    );
    assert.match(reasons[2] ?? "", /`pulumi config` failed: no stack named 'tailspin' found/);
  });

  it("has drift, policies of nobody and check-ins, and asks tenants for reading only", async () => {
    const [tenant] = (await made("stack:contoso")).tenants;
    assert.ok(tenant);
    assert.deepEqual(
      tenant?.drift.map(({ policy, name, code, live }) => [policy, name, code, live]),
      [
        [
          "Macros",
          "Macro Notification (Excel)",
          "Disable all (4)",
          "Disable with notification (2)",
        ],
      ],
    );
    const policies = tenant?.policies.map(({ name, managedBy, checkIns }) => [
      name,
      managedBy,
      checkIns,
    ]);
    assert.deepEqual(policies, [
      ["Macros", ["contoso"], { succeeded: 12, failed: 3 }],
      ["Made in the <portal>", [], { succeeded: 0, failed: 0 }],
      // Of Intune's policies of others, those with settings of Office: of the computer.
      ...tenant.policies.slice(2).map(({ name }) => [name, [], null]),
    ]);
    assert.deepEqual(
      tenant.policies.slice(2).map(({ name, road }) => [name.slice(0, 16), road]),
      [
        ["Shared computers", "intune"],
        ["Shared computers", "intune"],
      ],
    );
    assert.equal(
      tenant.notes[0],
      "1 value was not looked at for drift: the state keeps secrets encrypted",
    );
    assert.match(
      tenant.notes[1] ?? "",
      /^\d+ values in Intune's policies were not read as a setting/,
    );
    const sent = contoso.requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
    assert.deepEqual(
      sent.filter((each) => !each.startsWith("GET ") && each !== "POST /$batch"),
      [],
    );
  });

  it("compares with a baseline, and writes a page", async () => {
    const { stderr, code } = await run("--baseline", "list.csv", "--html", "report.html");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^tailspin: the state was not read: .*no stack named/m);
    assert.match(stderr, /^read 3 tenants, 2 of them not or not wholly$/m);
    assert.match(stderr, /^wrote report\.html$/m);
    const page = readFileSync(join(folder, "report.html"), "utf8");
    assert.ok(!page.includes(SECRET));
    assert.match(
      page,
      /<td role="gridcell" class="d">≠ Disable with notification \(2\) <b>drift<\/b><\/td>/,
    );
    assert.ok(page.includes("Made in the &lt;portal&gt;"));
  });

  it("prints CSV, of tenants without stacks too", async () => {
    const given = ["tenant:x.example", "list.csv", "--format", "csv"];
    const before = env;
    env = {
      ...env,
      OFFICE_CONFIGURATION_ENDPOINT: contoso.url,
      OFFICE_CONFIGURATION_ACCESS_TOKEN: contoso.accessToken,
    };
    const isMasked = await runCommand(["report", ...given, "--catalogue", "catalogue.json"], {
      cwd: folder,
      env,
    });
    env = before;
    assert.equal(isMasked.code, 0, isMasked.stderr);
    const rows = parse(isMasked.stdout, { columns: true }) as Record<string, string>[];
    assert.deepEqual(
      rows
        .filter(({ settingId }) => settingId === ID.macroLevel)
        .map(({ tenant, tenantId, value }) => [tenant, tenantId, value]),
      [
        ["tenant:x.example".slice(7), contoso.tenantId, "Disable with notification (2)"],
        ["list.csv", "", "Disable all (4)"],
      ],
    );
  });

  it("asks no tenant with --no-live", async () => {
    const before = contoso.requests.length;
    const { tenants } = await made("--no-live", "stack:contoso");
    assert.deepEqual(tenants[0]?.live, { state: "none" });
    assert.equal(contoso.requests.length, before);
  });

  describe("with policies of Intune", () => {
    const CATALOGUE_FILE = "intune.json";
    const macros = {
      displayName: "Macros",
      policies: [{ settingId: INTUNE_ID.level, value: "2" }],
      groupIds: [GROUP],
    };
    let tenant: Emulator;

    before(async () => {
      const catalogue = { version: 1 as const, sources: [], settings: intuneCatalogue() };
      writeFileSync(join(folder, CATALOGUE_FILE), JSON.stringify(catalogue));
      const settings = new IntuneSettings(new KnownSettings(catalogue));
      const policy = (name: string, values: Readonly<Record<string, string>>): SeedPolicy => ({
        name,
        settings: writeSettings(new Map(Object.entries(values)), settings).instances.map(
          (settingInstance) => ({ settingInstance }),
        ),
        assignments: [
          { target: { "@odata.type": "#microsoft.graph.allLicensedUsersAssignmentTarget" } },
        ],
      });
      tenant = await createEmulator({
        seed: [macros],
        configurationPolicies: [
          policy("Office for all", { [INTUNE_ID.level]: "0", [INTUNE_ID.toggle]: "1" }),
          policy("Made in the portal", { [INTUNE_ID.text]: "x" }),
          ...strangers().filter(({ name }) => name !== "Shared computers"),
        ],
      });
      const [managed] = tenant.configurationPolicies.list();
      const type = "pulumi-nodejs:dynamic/officeConfiguration:IntuneOfficePolicy";
      const outputs = {
        name: "Office for all",
        policies: { [INTUNE_ID.level]: "0", [INTUNE_ID.toggle]: "0" },
        assignments: [{ all: "devices" }],
        tenantId: tenant.tenantId,
      };
      const urn = `urn:pulumi:s::p::${type}::office`;
      file("stack-export-roads", {
        deployment: { resources: [{ type, urn, id: managed?.id, outputs }] },
      });
      file("config---json-roads", {});
    });

    after(() => tenant.close());

    async function roads(of: Emulator, ...args: string[]) {
      const outcome = await runCommand(["report", "stack:roads", "--format", "json", ...args], {
        cwd: folder,
        env: {
          ...env,
          ROADS_OFFICE_CONFIGURATION_ENDPOINT: of.url,
          ROADS_OFFICE_CONFIGURATION_ACCESS_TOKEN: of.accessToken,
        },
      });
      assert.equal(outcome.code, 0, outcome.stderr);
      const report = JSON.parse(outcome.stdout) as Report;
      const [read] = report.tenants;
      assert.ok(read);
      return { ...outcome, report, read };
    }

    it("has them beside Cloud Policy's: drift, who wins, and what no code manages", async () => {
      const from = tenant.requests.length;
      const { report, read } = await roads(tenant, "--catalogue", CATALOGUE_FILE);
      assert.deepEqual(
        read.policies.map(({ name, road, groups, managedBy }) => [name, road, groups, managedBy]),
        [
          ["Macros", "cloudPolicy", [GROUP], []],
          ["Made in the portal", "intune", ["all users"], []],
          ["Office for all", "intune", ["all users"], ["roads"]],
        ],
      );
      assert.deepEqual(
        read.drift.map(({ road, policy, what, code, live }) => [road, policy, what, code, live]),
        [
          ["intune", "Office for all", "setting", "Off (0)", "On (1)"],
          ["intune", "Office for all", "groups", "all devices", "all users"],
        ],
      );
      const level = report.settings.find(({ key }) => key === INTUNE_ID.level)?.cells[0];
      assert.deepEqual(
        level?.values.map(({ road, text }) => [road, text]),
        [
          ["cloudPolicy", "Always (2)"],
          ["intune", "Never (0)"],
        ],
      );
      assert.deepEqual(level?.roads, { outcome: "different", meet: "yes", likely: "cloudPolicy" });
      const sent = tenant.requests.slice(from);
      assert.deepEqual(
        sent.filter(({ method, path }) => method !== "GET" && !path.endsWith("/$batch")),
        [],
      );
    });

    it("reads them in batches of twenty, however many there are", async () => {
      const many = await createEmulator({
        tenantId: tenant.tenantId,
        configurationPolicies: Array.from({ length: 120 }, (_, place) => ({
          name: `Policy ${place}`,
          settings: [],
          assignments: [],
        })),
      });
      try {
        await roads(many, "--catalogue", CATALOGUE_FILE);
        const ofPolicies = many.requests.filter(({ path }) =>
          path.includes("configurationPolicies/"),
        );
        assert.equal(ofPolicies.length, 3 * 120);
        assert.ok(ofPolicies.every(({ viaBatch }) => viaBatch));
        const batches = many.requests.filter(({ path }) => path.endsWith("$batch"));
        // Some leave before they are full where the machine is busy.
        const full = (3 * 120) / 20;
        assert.ok(batches.length >= full && batches.length < 2 * full, `${batches.length} batches`);
      } finally {
        await many.close();
      }
    });

    it("asks no Intune with --no-intune, and says what is shown instead", async () => {
      const from = tenant.requests.length;
      const { read, stderr } = await roads(tenant, "--catalogue", CATALOGUE_FILE, "--no-intune");
      assert.deepEqual(read.intune, { state: "none" });
      assert.match(read.notes.join(), /^Intune was not read: 1 policy that the stack manages/);
      assert.doesNotMatch(stderr, /Intune/);
      const paths = tenant.requests.slice(from).map(({ path }) => path);
      assert.deepEqual(
        paths.filter((path) => path.includes("configurationPolicies")),
        [],
      );
    });

    it("says what is missing if there is no catalogue", async () => {
      const { read, stderr } = await roads(tenant);
      assert.deepEqual(read.intune, { state: "none" });
      assert.match(stderr, /^tenants are read without Intune: .*catalogue build/m);
    });

    for (const [what, refusal, reason] of [
      [
        "refused",
        { faults: [{ match: "GET /deviceManagement/*", times: 9, status: 403 }] },
        /403 .*DeviceManagementConfiguration\.Read\.All.*active Intune license/,
      ],
      [
        "not licensed",
        { mode: { intune: "unlicensed" } },
        /400 .*not applicable to target tenant.*license/,
      ],
    ] as const) {
      it(`keeps Cloud Policy if Intune is ${what}, and says what to do`, async () => {
        const { tenantId } = tenant;
        const closed = await createEmulator({ tenantId, seed: [macros], ...refusal });
        try {
          const { read, stderr } = await roads(closed, "--catalogue", CATALOGUE_FILE);
          assert.deepEqual(read.live, { state: "read" });
          assert.equal(read.policies[0]?.name, "Macros");
          const said = read.intune.state === "failed" ? read.intune.reason : "";
          assert.match(said, /^Reading the tenant's Intune policies failed: /);
          assert.match(said, reason);
          assert.match(stderr, /^roads: Intune was not read: /m);
        } finally {
          await closed.close();
        }
      });
    }
  });

  it("leaves a tenant that does not answer, and reads the others", async () => {
    const silent = await createEmulator({ latencyMs: 60_000 });
    try {
      env = {
        ...env,
        SILENT_OFFICE_CONFIGURATION_ENDPOINT: silent.url,
        SILENT_OFFICE_CONFIGURATION_ACCESS_TOKEN: silent.accessToken,
      };
      file("stack-export-silent", { deployment: {} });
      file("config---json-silent", {});
      const { tenants } = await made("stack:silent", "list.csv", "--timeout", "1");
      const [first, second] = tenants;
      const reason = "it was not read within 1 s: give --timeout a longer time";
      assert.deepEqual(first?.live, { state: "failed", reason });
      assert.deepEqual([first?.code, second?.code], [{ state: "read" }, { state: "read" }]);
    } finally {
      await silent.close();
    }
  });

  it("ends with 1 if no tenant could be read", async () => {
    const { code, stdout } = await run("stack:tailspin", "--format", "json");
    assert.equal(code, 1);
    assert.equal((JSON.parse(stdout) as Report).tenants[0]?.code.state, "failed");
  });

  for (const [what, args, message] of [
    ["nothing is to be made", [], /give --html <file>, --format csv or --format json/],
    ["the form is unknown", ["--format", "xml"], /--format must be csv or json, not 'xml'/],
    ["the page is a folder", ["--html", "."], /--html \. is a folder: name a file/],
    [
      "the number is none",
      ["--format", "csv", "--parallel", "0"],
      /--parallel must be a whole number from 1 to 32, not '0'/,
    ],
    [
      "an argument is no side",
      ["nothing", "--format", "csv"],
      /'nothing': there is no such file or folder/,
    ],
    [
      "the baseline cannot be read",
      ["--format", "csv", "--baseline", "stack:none"],
      /the baseline, stack:none: `pulumi stack export` failed/,
    ],
  ] as const) {
    it(`ends with 2 and one line if ${what}`, async () => {
      const { code, stderr, stdout } = await run(...args);
      assert.match(stderr, message);
      assert.equal(stderr.match(/^error: /gm)?.length, 1);
      assert.deepEqual([code, stdout], [2, ""]);
    });
  }

  it("says where to run it, if there is no project", async () => {
    const empty = mkdtempSync(join(tmpdir(), "office-configuration-empty-"));
    try {
      const { code, stderr } = await runCommand(["report", "--format", "csv"], { cwd: empty, env });
      assert.match(stderr, /there is no Pulumi\.yaml here: run it in the folder of a project/);
      assert.equal(code, 2);
    } finally {
      rmSync(empty, { recursive: true });
    }
  });
});
