import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../cli/report/model";
import { createEmulator, type Emulator } from "../../emulator";
import { outcomeOf, startCommand } from "../commandLine";
import { TestProject } from "./support";

/** The tenants that stand in the configuration of the example's stacks. */
const TENANTS = {
  contoso: "c0c0c0c0-0000-4000-8000-00000000000c",
  fabrikam: "fabfabfa-0000-4000-8000-00000000000f",
  tailspin: "7a115914-0000-4000-8000-000000000017",
} as const;

type Name = keyof typeof TENANTS;

const NAMES = Object.keys(TENANTS) as Name[];

const EXCEL_MACROS = "excel16;L_VBAWarningsPolicy;L_empty4";

describe("examples/stacks-per-tenant", () => {
  const emulators = new Map<Name, Emulator>();
  let project: TestProject;

  before(async () => {
    for (const name of NAMES) {
      emulators.set(name, await createEmulator({ tenantId: TENANTS[name] }));
    }
    project = await TestProject.create();
    project.useExample("stacks-per-tenant");
    for (const name of NAMES) await project.initStack(name);
  });

  after(async () => {
    project.remove();
    for (const emulator of emulators.values()) await emulator.close();
  });

  const tenant = (name: Name): Emulator => {
    const emulator = emulators.get(name);
    assert.ok(emulator);
    return emulator;
  };

  const on = async (name: Name, ...args: string[]) => {
    project.pointAt(tenant(name));
    return project.run(...args, "--stack", name);
  };

  const setting = (name: Name, displayName: string, settingId: string) => {
    const policy = tenant(name)
      .store.list()
      .find((item) => item.displayName === displayName);
    const settings = JSON.parse(String(policy?.policyPayload)) as Record<string, string>[];
    return settings.find((item) => item.settingId === settingId)?.value;
  };

  const names = (name: Name) =>
    tenant(name)
      .store.list()
      .map(({ displayName }) => displayName)
      .sort();

  it("gives each tenant the baseline with what is its own", async () => {
    for (const name of NAMES) await on(name, "up", "--yes", "--skip-preview");
    assert.deepEqual(names("contoso"), ["Macro security", "Office defaults", "Privacy"]);
    assert.deepEqual(names("fabrikam"), ["Macro security", "Office defaults", "Privacy"]);
    assert.deepEqual(names("tailspin"), ["Macro security", "Privacy"]);
    assert.equal(setting("contoso", "Macro security", EXCEL_MACROS), "4");
    assert.equal(setting("fabrikam", "Macro security", EXCEL_MACROS), "2");
    assert.equal(setting("tailspin", "Privacy", "office16;L_SendFeedback"), "1");
    const output = await on("fabrikam", "stack", "output", "tenantId");
    assert.match(output, new RegExp(TENANTS.fabrikam));
  });

  it("refuses the credential of another tenant, and asks nothing of it", async () => {
    const before = tenant("fabrikam").requests.length;
    project.pointAt(tenant("fabrikam"));
    for (const command of ["preview", "up"]) {
      const yes = command === "up" ? ["--yes", "--skip-preview"] : [];
      const output = await project.fail(command, ...yes, "--stack", "contoso");
      assert.match(output, new RegExp(`${TENANTS.fabrikam}.*${TENANTS.contoso}`));
    }
    assert.equal(tenant("fabrikam").requests.length, before);
  });

  it("refuses a stack whose configuration names another tenant than its state", async () => {
    const file = join(project.folder, "Pulumi.contoso.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(TENANTS.contoso, TENANTS.fabrikam));
    project.pointAt(tenant("fabrikam"));
    const output = await project.fail("preview", "--stack", "contoso");
    assert.match(output, new RegExp(`recorded in the tenant ${TENANTS.contoso}`));
    writeFileSync(file, text);
    assert.match(await on("contoso", "preview"), /4 unchanged/);
  });

  it("is reported, all stacks on one page, each with a sign-in of its own", async () => {
    const { url, accessToken } = tenant("contoso");
    // The token as a secret of the stack, as `pulumi config set --secret` keeps it.
    await project.run("config", "set", "officeConfiguration:endpoint", url, "--stack", "contoso");
    const token = ["officeConfiguration:accessToken", accessToken, "--secret"];
    await project.run("config", "set", ...token, "--stack", "contoso");
    project.pointAt(tenant("tailspin"));
    const env = {
      ...project.env,
      FABRIKAM_OFFICE_CONFIGURATION_ENDPOINT: tenant("fabrikam").url,
      FABRIKAM_OFFICE_CONFIGURATION_ACCESS_TOKEN: tenant("fabrikam").accessToken,
    };
    const [changed] = tenant("contoso")
      .store.list()
      .filter(({ displayName }) => displayName === "Privacy");
    const payload = [{ settingId: "office16;L_SendFeedback", value: "1" }];
    tenant("contoso").store.patch(changed?.id ?? "", { policyPayload: payload });
    const child = startCommand(["report", "--format", "json", "--baseline", "stack:contoso"], {
      env,
      cwd: project.folder,
    });
    const { stdout, stderr, code } = await outcomeOf(child);
    assert.equal(code, 0, stderr);
    assert.ok(!`${stdout}${stderr}`.includes(accessToken));
    const { title, tenants, settings } = JSON.parse(stdout) as Report;
    assert.equal(title, "stacks-per-tenant");
    assert.deepEqual(
      tenants.map(({ name, tenantId, live, drift }) => [name, tenantId, live.state, drift.length]),
      [
        ["contoso", TENANTS.contoso, "read", 2],
        ["fabrikam", TENANTS.fabrikam, "read", 0],
        ["tailspin", TENANTS.tailspin, "read", 0],
      ],
      stdout,
    );
    const feedback = settings.find(({ key }) => key === "office16;L_SendFeedback");
    const outcomes = feedback?.cells.map(({ outcome, isDrifted }) => [outcome, isDrifted]);
    assert.deepEqual(outcomes, [
      ["different", true],
      ["same", false],
      ["different", false],
    ]);
    await project.run("config", "rm", "officeConfiguration:endpoint", "--stack", "contoso");
    await project.run("config", "rm", "officeConfiguration:accessToken", "--stack", "contoso");
    await on("contoso", "up", "--yes", "--skip-preview", "--refresh");
  });

  it("previews an edit of the baseline where a tenant has no value of its own", async () => {
    const file = join(project.folder, "baseline.ts");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(`"${EXCEL_MACROS}": "4"`, `"${EXCEL_MACROS}": "3"`));
    const line = new RegExp(`Macro security: ${EXCEL_MACROS} "4" => "3"`);
    assert.match(await on("contoso", "preview"), line);
    assert.match(await on("fabrikam", "preview"), /4 unchanged/);
    assert.match(await on("tailspin", "preview"), line);
    writeFileSync(file, text);
  });

  it("names a policy of the configuration that the baseline does not have", async () => {
    const file = join(project.folder, "Pulumi.tailspin.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("[office-defaults]", "[office-default]"));
    project.pointAt(tenant("tailspin"));
    assert.match(
      await project.fail("preview", "--stack", "tailspin"),
      /names "office-default": baseline\.ts has no such policy/,
    );
    writeFileSync(file, text);
  });
});
