import { strict as assert } from "node:assert";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SECRET_SETTINGS, SettingSources } from "../../provider/graph/config/settingSources";
import { misplacedSettingWarnings } from "../../provider/program/misplacedSettings";
import { plainSecretWarnings } from "../../provider/program/plainSecrets";
import { sharedTenantWarnings } from "../../provider/program/sharedTenant";

const TENANT = "11111111-1111-4111-8111-111111111111";
const OTHER_TENANT = "22222222-2222-4222-8222-222222222222";

describe("credentials in plain text", () => {
  it("are warned about, each secret setting, with the way out", () => {
    const warnings = plainSecretWarnings(() => true);
    assert.equal(warnings.length, SECRET_SETTINGS.size);
    assert.equal(
      warnings[0],
      "officeConfiguration:clientSecret stands in plain text in the stack's configuration and state. Encrypt it with " +
        "`pulumi config set --secret officeConfiguration:clientSecret`, or give it through the environment, and replace the credential.",
    );
    assert.deepEqual(
      plainSecretWarnings(() => false),
      [],
    );
  });
});

describe("settings in another namespace", () => {
  function warnings(
    config: Record<string, string>,
    env: Record<string, string> = {},
    project = "test",
  ): string[] {
    const sources = new SettingSources((name) => config[`officeConfiguration:${name}`], env);
    return misplacedSettingWarnings({ config, project, sources });
  }

  for (const key of [
    "office-configuration:tenantId",
    "officeconfiguration:tenantId",
    "OfficeConfiguration:tenantID",
    "office_configuration:tenant_id",
    "officeConfig:tenantId",
    "officeConfigurations:tenantId",
    "oficeConfiguration:tenantId",
    "pulumi-office-configuration:tenantId",
    "microsoft365-office-configuration:tenantId",
    "test:tenantId",
    "test:tenantID",
    "test:tenant-id",
  ]) {
    it(`are warned about, without their value: ${key}`, () => {
      const [warning = "", ...others] = warnings({ [key]: TENANT });
      assert.deepEqual(others, []);
      assert.ok(warning.startsWith(key), warning);
      assert.match(warning, /pulumi config set officeConfiguration:tenantId`/);
      assert.ok(!warning.includes(TENANT));
    });
  }

  it("are named as they are written, with what was meant", () => {
    const advice = "is not a setting of pulumi-office-configuration and is not read. Did you mean";
    assert.deepEqual(warnings({ "office-config:tenant": "x", "test:tenantId": "y" }), [
      `office-config:tenant ${advice} officeConfiguration:tenantId? Set it with \`pulumi config set officeConfiguration:tenantId\`.`,
      `test:tenantId (a bare \`tenantId\`) ${advice} officeConfiguration:tenantId? Set it with \`pulumi config set officeConfiguration:tenantId\`. If the program reads it for itself, set both.`,
    ]);
  });

  it("are not, where the setting itself is set", () => {
    for (const key of ["office-configuration:tenantId", "test:tenantId"]) {
      const set = { [key]: OTHER_TENANT, "officeConfiguration:tenantId": TENANT };
      assert.deepEqual(warnings(set), []);
    }
  });

  it("are a bare tenantId beside a variable, unless the two are the same", () => {
    const env = { AZURE_TENANT_ID: TENANT.toUpperCase() };
    assert.deepEqual(warnings({ "test:tenantId": TENANT }, env), []);
    assert.equal(warnings({ "test:tenantId": OTHER_TENANT }, env).length, 1);
  });

  it("are a bare credential only where there is no other", () => {
    const bare = { "test:clientSecret": "hunter2", "test:accessToken": "hunter3" };
    assert.equal(warnings(bare).length, 2);
    assert.doesNotMatch(warnings(bare).join(), /hunter/);
    const others: Record<string, string>[] = [
      { AZURE_CLIENT_SECRET: "s" },
      { OFFICE_CONFIGURATION_CREDENTIAL: "azureCli" },
      { ARM_USE_MSI: "true" },
    ];
    for (const env of others) assert.deepEqual(warnings(bare, env), []);
  });

  it("are not keys that a program or another provider may well have", () => {
    const others = {
      "test:cloud": "usgov",
      "test:endpoint": "https://api.example.test",
      "azuread:tenantId": TENANT,
      "azure-native:tenantId": TENANT,
      "office-configuration:groups": "[]",
      "aws:region": "eu-central-1",
    };
    assert.deepEqual(warnings(others), []);
    assert.deepEqual(
      warnings({ "office-configuration:cloud": "x" }, {}, "office-configuration"),
      [],
    );
  });
});

describe("a tenant of several stacks", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-stacks-"));
    write("Pulumi.yaml", "name: test\nruntime: nodejs\n");
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function write(name: string, text: string): void {
    writeFileSync(join(folder, name), text);
  }

  const tenantLine = (tenant: string) => `config:\n  officeConfiguration:tenantId: ${tenant}\n`;

  function warnings({ tenantId = TENANT, isSecret = false, from = folder } = {}): string[] {
    return sharedTenantWarnings({ folder: from, stack: "dev", tenantId, isSecret });
  }

  it("is warned about, naming the stacks and their files", () => {
    write("Pulumi.dev.yaml", tenantLine(TENANT));
    write("Pulumi.prod.yaml", tenantLine(TENANT));
    write("Pulumi.other.yaml", tenantLine(OTHER_TENANT));
    const [warning, ...others] = warnings();
    assert.deepEqual(others, []);
    assert.equal(
      warning,
      `The stack "dev" works in the tenant ${TENANT}, and so do other stacks of this project: "prod" (Pulumi.prod.yaml). ` +
        "If a file was copied, set the tenant that is meant with `pulumi config set officeConfiguration:tenantId`. " +
        "If they share the tenant on purpose, each policy must be in one of them only.",
    );
  });

  it("is found however the file writes it, and whoever made it", () => {
    const written = [
      tenantLine(`"${TENANT}"`),
      tenantLine(`'${TENANT}' # theirs`),
      tenantLine(TENANT.toUpperCase()),
      `config:\n  "officeConfiguration:tenantId": ${TENANT}\n`,
      `encryptionsalt: v1:x\r\nconfig:\r\n    officeConfiguration:clientId: x\r\n    officeConfiguration:tenantId: ${TENANT}\r\n`,
    ];
    for (const text of written) {
      write("Pulumi.prod.yaml", text);
      assert.equal(warnings().length, 1, text);
    }
  });

  it("is not seen in what is encrypted, commented out, another's, or no configuration", () => {
    const harmless = [
      `config:\n  officeConfiguration:tenantId:\n    secure: v1:${TENANT}\n`,
      `config:\n  # officeConfiguration:tenantId: ${TENANT}\n`,
      `config:\n  office-configuration:tenantId: ${TENANT}\n`,
      `config:\n  officeConfiguration:tenantId: ${TENANT}0\n`,
      "\u0000\ufffd: [",
      "",
    ];
    for (const text of harmless) {
      write("Pulumi.prod.yaml", text);
      assert.deepEqual(warnings(), [], text);
    }
    rmSync(join(folder, "Pulumi.prod.yaml"));
    write("Other.prod.yaml", tenantLine(TENANT));
    write("Pulumi.prod.yaml.bak", tenantLine(TENANT));
    assert.deepEqual(warnings(), []);
  });

  it("is looked for past what cannot be read, and nothing fails", () => {
    mkdirSync(join(folder, "Pulumi.folder.yaml"));
    write("Pulumi.locked.yaml", tenantLine(TENANT));
    chmodSync(join(folder, "Pulumi.locked.yaml"), 0o000);
    write("Pulumi.large.yaml", `${tenantLine(TENANT)}${"#".repeat(1024 * 1024)}`);
    write("Pulumi.prod.yaml", tenantLine(TENANT));
    assert.match(warnings().join(), /"prod" \(Pulumi\.prod\.yaml\)/);
    assert.doesNotMatch(warnings().join(), /"(folder|large)"/);
    assert.deepEqual(warnings({ from: join(folder, "gone", "away") }).length, 1);
  });

  it("is looked for from a folder of the program, and in the folder of the stacks", () => {
    mkdirSync(join(folder, "src"));
    mkdirSync(join(folder, "stacks"));
    write("Pulumi.yaml", "name: test\nmain: src\nstackConfigDir: ./stacks # all of them\n");
    write("Pulumi.old.yaml", tenantLine(TENANT));
    write(join("stacks", "Pulumi.prod.yaml"), tenantLine(TENANT));
    const warning = warnings({ from: join(folder, "src") }).join();
    assert.match(warning, /"prod"/);
    assert.doesNotMatch(warning, /"old"/);
  });

  it("is not looked for in other projects", () => {
    for (const name of ["beside", join("src", "beneath")]) {
      mkdirSync(join(folder, name), { recursive: true });
      write(join(name, "Pulumi.yaml"), "name: other\n");
      write(join(name, "Pulumi.prod.yaml"), tenantLine(TENANT));
    }
    assert.deepEqual(warnings(), []);
    write("Pulumi.prod.yaml", tenantLine(TENANT));
    assert.match(warnings({ from: join(folder, "beside") }).join(), /Pulumi\.prod\.yaml/);
    assert.deepEqual(warnings({ from: join(folder, "beside"), tenantId: OTHER_TENANT }), []);
  });

  it("is named with three stacks at most, and not at all where it is encrypted", () => {
    for (const name of ["a", "b", "c", "d", "e"]) write(`Pulumi.${name}.yaml`, tenantLine(TENANT));
    const warning = warnings({ isSecret: true }).join();
    assert.match(warning, /works in its tenant, .*"a".*"b".*"c" \(Pulumi\.c\.yaml\) and 2 more\./);
    assert.ok(!warning.includes(TENANT));
  });
});
