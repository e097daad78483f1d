import { strict as assert } from "node:assert";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Report, ReportTenant } from "../../cli/report/model";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { runCommand } from "../commandLine";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const LEVEL = "excel16;L_Level";
const QUERIES = "/v1.0/security/auditLog/queries";
const TYPE = "pulumi-nodejs:dynamic/officeConfiguration:WindowsOfficeClientConfiguration";

/** Stands in for Pulumi's CLI: prints what a file has that is called as the command and the stack. */
const PULUMI = `#!/bin/sh
for arg; do case "$arg" in --stack=*) stack="\${arg#--stack=}";; esac; done
cat "$FAKE/$1-$stack"
`;

describe("the authors of drift, in office-configuration report", () => {
  let folder: string;
  let emulators: Emulator[] = [];
  let env: NodeJS.ProcessEnv;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-authors-"));
    writeFileSync(join(folder, "pulumi"), PULUMI);
    chmodSync(join(folder, "pulumi"), 0o755);
    writeFileSync(join(folder, "Pulumi.yaml"), "name: offices\nruntime: nodejs\n");
    env = { FAKE: folder, PATH: `${folder}${delimiter}${process.env.PATH}` };
  });

  afterEach(async () => {
    await Promise.all(emulators.map((emulator) => emulator.close()));
    emulators = [];
    rmSync(folder, { recursive: true });
  });

  /** A tenant with a policy, made an hour ago; its audit log answers at once. */
  async function tenantOf({ mode, ...options }: EmulatorOptions = {}): Promise<Emulator> {
    const emulator = await createEmulator({
      seed: [
        {
          displayName: "Macros",
          policies: [{ settingId: LEVEL, value: "4" }],
          groupIds: [GROUP],
        },
      ],
      mode: {
        auditLooks: 0,
        auditFilter: "recordType",
        lastModifiedDateTime: true,
        ...mode,
      },
      ...options,
    });
    emulators.push(emulator);
    return emulator;
  }

  /** A stack whose state has the policy as the tenant has it. */
  function stack(name: string, emulator: Emulator, settings: Record<string, string> = {}): void {
    const [made] = emulator.store.list();
    assert.ok(made);
    const { id, lastModifiedDateTime } = made;
    const { tenantId } = emulator;
    const policies = { [LEVEL]: "4" };
    const outputs = { displayName: "Macros", policies, assignments: [GROUP], lastModifiedDateTime };
    const urn = `urn:pulumi:s::p::${TYPE}::macros`;
    const resources = [{ type: TYPE, urn, id, outputs: { ...outputs, tenantId } }];
    const given = {
      tenantId,
      endpoint: emulator.url,
      accessToken: emulator.accessToken,
      ...settings,
    };
    const config = Object.entries(given).map(([key, value]) => [
      `officeConfiguration:${key}`,
      { value, secret: false },
    ]);
    writeFileSync(join(folder, `stack-${name}`), JSON.stringify({ deployment: { resources } }));
    writeFileSync(join(folder, `config-${name}`), JSON.stringify(Object.fromEntries(config)));
  }

  function drift(emulator: Emulator, userPrincipalName: string, change: object): void {
    const id = emulator.store.list()[0]?.id ?? "";
    emulator.auditLog.person = { userPrincipalName, app: "Cloud Policy" };
    emulator.store.patch(id, change);
  }

  const toLevel2 = { policyPayload: JSON.stringify([{ settingId: LEVEL, value: "2" }]) };

  async function made(...args: string[]): Promise<{ tenants: ReportTenant[]; stderr: string }> {
    const { stdout, stderr, code } = await runCommand(["report", "--format", "json", ...args], {
      cwd: folder,
      env,
    });
    assert.equal(code, 0, stderr);
    return { tenants: [...(JSON.parse(stdout) as Report).tenants], stderr };
  }

  /** Number of queries that a tenant was asked. */
  const queries = ({ requests }: Emulator) =>
    requests.filter(({ method, path }) => method === "POST" && path.startsWith(QUERIES)).length;

  const named = ({ drift: lines }: ReportTenant) => lines.map(({ author }) => author?.by ?? null);

  it("are named with time and portal, in JSON, CSV and the page", async () => {
    const contoso = await tenantOf();
    stack("contoso", contoso);
    drift(contoso, "ann@contoso.example", toLevel2);
    const { tenants, stderr } = await made("--audit-wait", "60", "stack:contoso");
    const [tenant] = tenants;
    assert.deepEqual(tenant?.drift[0]?.author, {
      by: "ann@contoso.example",
      at: contoso.auditLog.records.at(-1)?.createdDateTime,
      through: "Cloud Policy",
      isOfThisChange: true,
    });
    assert.equal(tenant?.authorNote, null);
    assert.equal(queries(contoso), 1);
    const csv = ["report", "--audit-wait", "60", "stack:contoso", "--format", "csv"];
    const { stdout } = await runCommand([...csv, "--html", "report.html"], { cwd: folder, env });
    assert.match(stdout, /,ann@contoso\.example,Cloud Policy,\d{4}-/);
    assert.match(
      readFileSync(join(folder, "report.html"), "utf8"),
      /<td>by ann@contoso\.example in Cloud Policy, 2/,
    );
    assert.match(stderr, /^contoso: asking the audit log who made the changes, for 60 s at most$/m);
  });

  it("are of perhaps another change where the log does not show this one", async () => {
    const contoso = await tenantOf();
    stack("contoso", contoso);
    drift(contoso, "ann@contoso.example", { groupIds: [] });
    drift(contoso, "bob@contoso.example", { description: "Changed" });
    const [tenant] = (await made("--audit-wait", "60", "stack:contoso")).tenants;
    const authors = tenant?.drift.map(({ what, author }) => [
      what,
      author?.by,
      author?.isOfThisChange,
    ]);
    assert.deepEqual(authors, [["groups", "bob@contoso.example", false]]);
  });

  it("are not asked for without drift, nor without a wait, and then a line says what would show them", async () => {
    const contoso = await tenantOf();
    stack("contoso", contoso);
    const [same] = (await made("--audit-wait", "60", "stack:contoso")).tenants;
    assert.deepEqual([same?.drift, same?.authorNote], [[], null]);
    drift(contoso, "ann@contoso.example", toLevel2);
    const [tenant] = (await made("stack:contoso")).tenants;
    assert.deepEqual(tenant && named(tenant), [null]);
    assert.match(String(tenant?.authorNote), /^To see who made the changes, make the report with/);
    assert.equal(contoso.requests.filter(({ path }) => path.includes("/security/")).length, 0);
  });

  it("are asked for as the stack says, or the environment of all stacks", async () => {
    const contoso = await tenantOf();
    const fabrikam = await tenantOf();
    stack("contoso", contoso, { auditLogWaitSeconds: "0" });
    // It signs in by variables of its own.
    stack("fabrikam", fabrikam, { endpoint: "", accessToken: "" });
    drift(contoso, "ann@contoso.example", toLevel2);
    drift(fabrikam, "bob@fabrikam.example", toLevel2);
    env = {
      ...env,
      OFFICE_CONFIGURATION_AUDIT_LOG_WAIT_SECONDS: "60",
      FABRIKAM_OFFICE_CONFIGURATION_ENDPOINT: fabrikam.url,
      FABRIKAM_OFFICE_CONFIGURATION_ACCESS_TOKEN: fabrikam.accessToken,
    };
    const { tenants } = await made("stack:contoso", "stack:fabrikam");
    assert.deepEqual(tenants.map(named), [[null], ["bob@fabrikam.example"]]);
    assert.deepEqual(
      tenants.map(({ authorNote }) => authorNote),
      [null, null],
    );
    assert.deepEqual([queries(contoso), queries(fabrikam)], [0, 1]);
  });

  it("are missing where the app may not ask, or the log is late, and the tenant is read all the same", async () => {
    const contoso = await tenantOf({ mode: { auditLooks: 1_000_000 } });
    const fabrikam = await tenantOf();
    const permissions = ["DeviceManagementConfiguration.Read.All"];
    const accessToken = fabrikam.issueToken("app", fabrikam.tenantId, permissions);
    stack("contoso", contoso);
    stack("fabrikam", fabrikam, { accessToken });
    for (const emulator of emulators) drift(emulator, "ann@contoso.example", toLevel2);
    const { tenants, stderr } = await made("--audit-wait", "1", "stack:contoso", "stack:fabrikam");
    assert.deepEqual(
      tenants.map(({ live, drift: lines, authorNote }) => [live.state, lines.length, authorNote]),
      [
        [
          "read",
          1,
          "Who made the changes is not known: the audit log has not answered within 1 s: give --audit-wait a longer time.",
        ],
        [
          "read",
          1,
          "Who made the changes is not known: the audit log answers 403. Grant the app the Graph permission AuditLogsQuery.Read.All with admin consent, or do without: --audit-wait 0.",
        ],
      ],
    );
    assert.match(
      stderr,
      /^fabrikam: Who made the changes is not known: the audit log answers 403/m,
    );
    assert.match(stderr, /^read 2 tenants$/m);
  });

  it("are asked for once by stacks that share a tenant", async () => {
    const contoso = await tenantOf();
    for (const name of ["one", "two", "three"]) stack(name, contoso);
    drift(contoso, "ann@contoso.example", toLevel2);
    const { tenants } = await made("--audit-wait", "60", "stack:one", "stack:two", "stack:three");
    const [ann] = [["ann@contoso.example"]];
    assert.deepEqual(tenants.map(named), [ann, ann, ann]);
    assert.equal(queries(contoso), 1);
  });

  it("are waited for while the next tenant is read", async () => {
    const contoso = await tenantOf();
    const fabrikam = await tenantOf();
    // The log answers once the other tenant is read.
    Object.defineProperty(contoso.mode, "auditLooks", {
      get: () => (fabrikam.requests.length > 0 ? 0 : Number.POSITIVE_INFINITY),
    });
    stack("contoso", contoso);
    stack("fabrikam", fabrikam);
    drift(contoso, "ann@contoso.example", toLevel2);
    const given = ["--parallel", "1", "--audit-wait", "60"];
    const { tenants } = await made(...given, "stack:contoso", "stack:fabrikam");
    assert.deepEqual(tenants.map(named), [["ann@contoso.example"], []]);
  });

  it("refuse a wait that is none", async () => {
    const { code, stderr } = await runCommand(
      ["report", "--format", "csv", "--audit-wait", "601"],
      {
        cwd: folder,
        env,
      },
    );
    assert.match(stderr, /--audit-wait must be a whole number from 0 to 600, not '601'/);
    assert.equal(code, 2);
  });
});
