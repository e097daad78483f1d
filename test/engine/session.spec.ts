import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { TestProject } from "./support";

const CLIENT_ID = "33333333-3333-4333-8333-333333333333";

/** Planted as credentials; must be found in no output and no state. */
const SECRETS = { contoso: "planted-secret-contoso", fabrikam: "planted-secret-fabrikam" };

describe("stacks per tenant", () => {
  const tenants: Record<string, Emulator> = {};
  let project: TestProject;

  before(async () => {
    project = await TestProject.create();
    project.program(`
      const config = new pulumi.Config();
      new office.WindowsOfficeClientConfiguration("baseline", {
        displayName: "Baseline of " + pulumi.getStack(),
        policies: [{ settingId: "office16;L_SendFeedback", value: config.get("feedback") ?? "0" }],
      });`);
    for (const [name, clientSecret] of Object.entries(SECRETS)) {
      const tenantId =
        name === "contoso" ? `${CLIENT_ID.slice(0, -1)}a` : `${CLIENT_ID.slice(0, -1)}b`;
      const emulator = await createEmulator({
        tls: true,
        tenantId,
        credentials: [{ tenantId, clientId: CLIENT_ID, clientSecret }],
      });
      tenants[name] = emulator;
      const certificate = join(project.folder, `${name}.pem`);
      writeFileSync(certificate, emulator.certificate ?? "");
      await project.initStack(name);
      const settings = {
        tenantId,
        clientId: CLIENT_ID,
        endpoint: emulator.url,
        authority: emulator.authority,
      };
      for (const [key, value] of Object.entries(settings)) {
        await project.run("config", "set", "-s", name, `officeConfiguration:${key}`, value);
      }
    }
    // One stack has its secret in its config, encrypted; the other takes it from the environment.
    await project.run(
      "config",
      "set",
      "-s",
      "contoso",
      "--secret",
      "officeConfiguration:clientSecret",
      SECRETS.contoso,
    );
  });

  after(async () => {
    project.remove();
    for (const emulator of Object.values(tenants)) await emulator.close();
  });

  /** Runs a command as the CI job of one tenant would: with that tenant's environment alone. */
  const runAs = (name: "contoso" | "fabrikam", ...args: string[]) => {
    project.env.NODE_EXTRA_CA_CERTS = join(project.folder, `${name}.pem`);
    project.env.AZURE_CLIENT_SECRET = name === "fabrikam" ? SECRETS.fabrikam : undefined;
    return project.run(...args, "-s", name);
  };

  const assertNoSecret = (text: string) => {
    for (const secret of Object.values(SECRETS)) {
      const line = text.split("\n").find((part) => part.includes(secret));
      assert.equal(line, undefined);
    }
    assert.equal(/eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(text)?.[0], undefined);
  };

  it("sign in through @azure/identity over TLS, each in its own tenant", async () => {
    for (const name of ["contoso", "fabrikam"] as const) {
      // The engine itself writes a stack's secret config into its verbose log; the environment it
      // does not.
      const verbose = name === "fabrikam" ? ["-v=9", "--logtostderr"] : [];
      assertNoSecret(await runAs(name, "up", "--yes", "--skip-preview", ...verbose));
      assert.deepEqual(
        tenants[name]?.store.list().map(({ displayName }) => displayName),
        [`Baseline of ${name}`],
      );
      assert.deepEqual(
        [...new Set(tenants[name]?.requests.map(({ tenantId }) => tenantId))],
        [tenants[name]?.tenantId],
      );
    }
  });

  it("keep no credential in the state", async () => {
    for (const name of ["contoso", "fabrikam"] as const) {
      assertNoSecret(await runAs(name, "stack", "export"));
    }
  });

  it("change one tenant and not the other", async () => {
    const before = tenants.contoso?.requests.length;
    await project.run("config", "set", "-s", "fabrikam", "feedback", "1");
    const shown = await runAs("fabrikam", "up", "--yes", "--skip-preview");
    assert.match(shown, /Baseline of fabrikam: office16;L_SendFeedback "0" => "1"/);
    assert.equal(tenants.contoso?.requests.length, before);
  });

  it("say which secret was refused without telling it", async () => {
    project.env.AZURE_CLIENT_SECRET = "planted-secret-wrong";
    const { code, output } = await project.attempt(
      "refresh",
      "--yes",
      "--skip-preview",
      "-s",
      "fabrikam",
    );
    assert.notEqual(code, 0);
    assert.match(output, /AADSTS7000215/);
    assert.ok(!output.includes("planted-secret-wrong"), output);
    assertNoSecret(output);
  });
});

describe("settings of the session", () => {
  let project: TestProject;

  before(async () => {
    project = await TestProject.create();
    project.policy({ displayName: "Baseline" });
  });

  after(() => project.remove());

  it("are not needed for a preview", async () => {
    assert.match(await project.preview(), /2 to create/);
  });

  it("that contradict each other are told in a preview, by their names, without their values", async () => {
    project.env.OFFICE_CONFIGURATION_ACCESS_TOKEN = "planted-token";
    project.env.OFFICE_CONFIGURATION_CLIENT_SECRET = "planted-secret";
    project.env.OFFICE_CONFIGURATION_ENDPOINT = "http://graph.example.com";
    const shown = await project.fail("preview");
    for (const part of [
      /OFFICE_CONFIGURATION_ACCESS_TOKEN/,
      /OFFICE_CONFIGURATION_CLIENT_SECRET/,
      /officeConfiguration:credential/,
      /OFFICE_CONFIGURATION_ENDPOINT/,
    ]) {
      assert.match(shown, part);
    }
    assert.doesNotMatch(shown, /planted/);
  });

  it("that are missing are told by their names when Graph is needed", async () => {
    for (const key of ["ACCESS_TOKEN", "CLIENT_SECRET", "ENDPOINT"]) {
      delete project.env[`OFFICE_CONFIGURATION_${key}`];
    }
    project.env.OFFICE_CONFIGURATION_CLIENT_SECRET = "planted-secret";
    const shown = await project.fail("up", "--yes", "--skip-preview");
    assert.match(shown, /officeConfiguration:tenantId/);
    assert.match(shown, /AZURE_CLIENT_ID|OFFICE_CONFIGURATION_CLIENT_ID/);
    assert.doesNotMatch(shown, /planted/);
  });
});
