import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { warnOfConfiguration } from "../../provider/program/configurationWarnings";
import { withEnvironment } from "../../provider/program/environment";

const TENANT = "11111111-1111-4111-8111-111111111111";
const TENANT_KEY = "officeConfiguration:tenantId";
const SECRET_KEY = "officeConfiguration:clientSecret";

describe("warnings of a stack's configuration", () => {
  const config = pulumi.runtime.allConfig();
  const { isConfigSecret } = pulumi.runtime as unknown as {
    isConfigSecret: (key: string) => boolean;
  };
  let said: string[];
  let folder: string;
  let engine: object | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-warned-"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: project\n");
    writeFileSync(join(folder, "Pulumi.prod.yaml"), `config:\n  ${TENANT_KEY}: ${TENANT}\n`);
    said = [];
    mock.method(pulumi.log, "warn", (line: string) => void said.push(line));
    mock.method(pulumi, "getProject", () => "project");
    mock.method(pulumi, "getStack", () => "dev");
    mock.method(pulumi, "getRootDirectory", () => folder);
    mock.method(pulumi.runtime, "getMonitor", () => engine);
    beginRun();
  });

  afterEach(() => {
    mock.restoreAll();
    pulumi.runtime.setAllConfig(config);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Begins a run of a program: another engine asks for it. */
  function beginRun(): void {
    engine = {};
  }

  it("are said once for each run of a program", () => {
    pulumi.runtime.setAllConfig({ [SECRET_KEY]: "planted" });
    warnOfConfiguration();
    warnOfConfiguration();
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /^officeConfiguration:clientSecret stands in plain text/);
    beginRun();
    warnOfConfiguration();
    assert.equal(said.length, 2);
    assert.ok(!said.join().includes("planted"));
  });

  it("are not said where no engine runs the program", () => {
    engine = undefined;
    pulumi.runtime.setAllConfig({ [SECRET_KEY]: "planted" });
    warnOfConfiguration();
    assert.deepEqual(said, []);
  });

  it("are none of a secret that is encrypted, or of which the SDK does not say whether it is", () => {
    pulumi.runtime.setAllConfig({ [SECRET_KEY]: "planted" }, [SECRET_KEY]);
    warnOfConfiguration();
    Object.assign(pulumi.runtime, { isConfigSecret: undefined });
    try {
      pulumi.runtime.setAllConfig({ [SECRET_KEY]: "planted" });
      beginRun();
      warnOfConfiguration();
    } finally {
      Object.assign(pulumi.runtime, { isConfigSecret });
    }
    assert.deepEqual(said, []);
  });

  it("look for other stacks from the program's folder if the engine does not say where Pulumi.yaml is", () => {
    mkdirSync(join(folder, "src"));
    mock.method(pulumi, "getRootDirectory", () => "rootDirectory");
    mock.method(process, "cwd", () => join(folder, "src"));
    pulumi.runtime.setAllConfig({ [TENANT_KEY]: TENANT });
    warnOfConfiguration();
    assert.match(said.join(), /"prod" \(Pulumi\.prod\.yaml\)/);
  });

  it("are of a tenant that another stack has too, be it that only the environment names it", () => {
    pulumi.runtime.setAllConfig({ [TENANT_KEY]: TENANT });
    warnOfConfiguration();
    assert.match(said[0] ?? "", new RegExp(`^The stack "dev" works in the tenant ${TENANT}, `));
    pulumi.runtime.setAllConfig({});
    beginRun();
    withEnvironment({ AZURE_TENANT_ID: TENANT }, warnOfConfiguration)();
    assert.equal(said[1], said[0]);
    assert.equal(said.length, 2);
  });

  it("do not show a tenant that is encrypted", () => {
    pulumi.runtime.setAllConfig({ [TENANT_KEY]: TENANT }, [TENANT_KEY]);
    warnOfConfiguration();
    assert.match(said[0] ?? "", /^The stack "dev" works in its tenant, /);
    assert.ok(!said.join().includes(TENANT));
  });

  it("are of settings in another namespace, such as the project's", () => {
    pulumi.runtime.setAllConfig({ "project:tenantId": TENANT });
    warnOfConfiguration();
    assert.match(said.join(), /^project:tenantId \(a bare `tenantId`\) is not a setting/);
  });
});
