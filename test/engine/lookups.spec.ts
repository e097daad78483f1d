import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { documented } from "../emulator/ask";
import { TestProject } from "./support";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const SETTINGS = [
  { settingId: "office16;L_SendFeedback", value: "0" },
  { settingId: "office16;L_SendTelemetry", value: "1", type: "REG_DWORD" },
];

/** More than two pages, with two policies a page. */
const SEED: EmulatorOptions["seed"] = [
  { displayName: "Baseline", priority: 0, policies: SETTINGS, groupIds: [GROUP] },
  { displayName: "Twin" },
  { displayName: "Twin" },
  { displayName: "Any JSON", policies: { any: ["JSON"] } },
  { displayName: "No JSON", policies: {} },
];

describe("lookups in a program", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator({ mode: { payloads: "stream", pageSize: 2 }, seed: SEED });
    project = await TestProject.create(emulator);
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  const outputs = async () => JSON.parse(await project.run("stack", "output", "--json")) as unknown;

  const payloadOf = (name: string) =>
    emulator.store
      .list()
      .find(({ displayName }) => displayName === name)
      ?.policyPayload?.toString("utf8");

  it("give a policy whose content makes another one of the same content", async () => {
    project.program(`
      module.exports = async () => {
        const found = await office.getOfficeClientConfiguration({ displayName: "Baseline" });
        const { policies, assignments } = found;
        new office.WindowsOfficeClientConfiguration("copy", { displayName: "Copy", policies, assignments });
        for (const name of ["Any JSON", "No JSON"]) {
          const { policies } = await office.getOfficeClientConfiguration({ displayName: name });
          new office.WindowsOfficeClientConfiguration(name, { displayName: name + ", copied", policies });
        }
        return { id: found.id, kind: found.kind };
      };`);
    const noJson = emulator.store.list().find(({ displayName }) => displayName === "No JSON");
    emulator.store.patch(noJson?.id ?? "", { policyPayload: "<xml/>" });
    await project.up();
    assert.deepEqual(await outputs(), {
      id: emulator.store.list()[0]?.id,
      kind: "WindowsOfficeClientConfiguration",
    });
    assert.equal(payloadOf("Copy"), JSON.stringify(SETTINGS.map(sorted)));
    assert.equal(payloadOf("Any JSON, copied"), '{"any":["JSON"]}');
    assert.equal(payloadOf("No JSON, copied"), "<xml/>");
    const copy = emulator.store.list().find(({ displayName }) => displayName === "Copy");
    assert.deepEqual(
      copy?.assignments.map(({ groupId }) => groupId),
      [GROUP],
    );
    assert.match(await project.preview("--refresh", "--expect-no-changes"), /4 unchanged/);
    await project.destroy();
  });

  it("read all pages, and the singleton", async () => {
    project.program(`
      module.exports = async () => ({
        names: (await office.getOfficeClientConfigurations()).map(({ displayName }) => displayName),
        summary: (await office.getOfficeConfiguration()).tenantUserCheckinSummary,
        kinds: office.getOfficeClientConfigurationsOutput({
          filter: pulumi.output("displayName eq 'Baseline'"),
        }).apply((found) => found.map(({ kind }) => kind)),
        failed: office.getOfficeConfigurationOutput().apply((found) => found.tenantCheckinStatuses),
      });`);
    await project.up();
    assert.deepEqual(documented(await outputs()), {
      names: ["Baseline", "Twin", "Twin", "Any JSON", "No JSON"],
      summary: { succeededUserCount: 0, failedUserCount: 0 },
      kinds: ["WindowsOfficeClientConfiguration"],
      failed: [],
    });
  });

  it("may be followed by resources that nobody waits for", async () => {
    project.program(`
      office.getOfficeClientConfiguration({ displayName: "Baseline" }).then(({ policies }) => {
        new office.WindowsOfficeClientConfiguration("late", { displayName: "Late", policies });
      });`);
    await project.up();
    assert.equal(payloadOf("Late"), JSON.stringify(SETTINGS.map(sorted)));
    await project.destroy();
  });

  it("that find none are one message in what the user sees, without a stack", async () => {
    project.program(`
      module.exports = async () => {
        await office.getOfficeClientConfiguration({ displayName: "Baselin" });
      };`);
    const shown = await project.fail("up", "--yes", "--skip-preview");
    assert.match(
      shown,
      /error: getOfficeClientConfiguration\(\{ displayName: "Baselin" \}\): The tenant has no policy with the display name "Baselin"; it has 5 policies\.\n +The nearest name is "Baseline"/,
    );
    const [, diagnostics = ""] = shown.split("Diagnostics:");
    assert.equal(diagnostics.split("The tenant has no policy").length, 2, shown);
    assert.doesNotMatch(shown, /\bat .*:\d+|node_modules|unhandled/);
  });

  it("that find several are told with their ids, in the Output form too", async () => {
    project.program(`
      exports.id = office.getOfficeClientConfigurationOutput({ displayName: pulumi.output("Twin") }).id;`);
    const shown = await project.fail("up", "--yes", "--skip-preview");
    for (const { id, displayName } of emulator.store.list()) {
      assert.equal(shown.includes(`- ${id} (`), displayName === "Twin");
    }
    assert.match(shown, /Give the id of the one that is meant/);
    assert.doesNotMatch(shown, /\bat .*:\d+|node_modules|unhandled/);
  });

  it("repeat no argument that is secret, and give a secret result", async () => {
    project.program(`
      const find = (name) => office.getOfficeClientConfigurationOutput({ displayName: pulumi.secret(name) });
      exports.id = find("Baseline").id;
      if (new pulumi.Config().get("wrong")) exports.wrong = find("planted-name").id;`);
    await project.up();
    assert.deepEqual(await outputs(), { id: "[secret]" });
    await project.run("config", "set", "wrong", "true");
    const shown = await project.fail("up", "--yes", "--skip-preview");
    assert.match(shown, /getOfficeClientConfiguration\(\[secret\]\): The tenant has no policy/);
    assert.doesNotMatch(shown, /planted-name/);
    await project.run("config", "rm", "wrong");
  });
});

describe("lookups of what the same program creates", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator();
    project = await TestProject.create(emulator);
    project.program(`
      const fs = require("node:fs");
      const find = office.getOfficeClientConfigurationOutput;
      const made = new office.WindowsOfficeClientConfiguration("made", {
        displayName: "Made", policies: ${JSON.stringify(SETTINGS)},
      });
      class Group extends pulumi.ComponentResource {
        constructor() {
          super("test:index:Group", "group");
          new office.WindowsOfficeClientConfiguration("inside", { displayName: "Inside" }, { parent: this });
          this.registerOutputs();
        }
      }
      const found = {
        byUnknownId: find({ id: made.id }),
        byNameOfResource: find({ displayName: made.displayName }),
        byNameAndDependsOn: find({ displayName: "Made" }, { dependsOn: made }),
        byNameAndComponent: find({ displayName: "Inside" }, { dependsOn: [Promise.resolve(new Group())] }),
        all: office.getOfficeClientConfigurationsOutput({}, { dependsOn: pulumi.output(made) })
          .apply((all) => all.find(({ displayName }) => displayName === "Made")),
      };
      for (const [name, policy] of Object.entries(found)) {
        policy.apply(({ displayName }) => fs.appendFileSync("asked.txt", name + " " + displayName + "\\n"));
      }
      new office.WindowsOfficeClientSecurityConfiguration("copy", {
        displayName: pulumi.interpolate\`Copy of \${found.byNameAndDependsOn.displayName}\`,
        policies: found.byUnknownId.policies,
      });
      exports.ids = Object.values(found).map(({ id }) => id);`);
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  it("are not known in a preview before it exists, and ask nothing", async () => {
    const shown = await project.preview();
    assert.match(shown, /5 to create/);
    assert.equal(existsSync(join(project.folder, "asked.txt")), false);
    // The one list by which the preview sees that the names of new policies are free.
    const asked = emulator.requests.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(asked, ["GET /officeConfiguration/clientConfigurations"]);
  });

  it("find it in the update that creates it, after it was created", async () => {
    await project.up();
    const names = emulator.store.list().map(({ displayName }) => displayName);
    assert.deepEqual(names.sort(), ["Copy of Made", "Inside", "Made"]);
    const asked = readFileSync(join(project.folder, "asked.txt"), "utf8").trim().split("\n");
    assert.deepEqual(asked.sort(), [
      "all Made",
      "byNameAndComponent Inside",
      "byNameAndDependsOn Made",
      "byNameOfResource Made",
      "byUnknownId Made",
    ]);
    const [made, copy] = ["Made", "Copy of Made"].map((name) =>
      emulator.store.list().find(({ displayName }) => displayName === name),
    );
    assert.deepEqual(copy?.policyPayload, made?.policyPayload);
  });

  it("change nothing in the next preview, which asks the tenant and writes nothing", async () => {
    const writes = emulator.writes().length;
    const reads = emulator.requests.length;
    await project.preview("--expect-no-changes");
    assert.equal(emulator.writes().length, writes);
    assert.ok(emulator.requests.length > reads);
  });
});

describe("the credential of a program with lookups", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator({ seed: SEED });
    project = await TestProject.create();
    project.program(`
      const found = office.getOfficeClientConfigurationOutput({ displayName: "Baseline" });
      new office.WindowsOfficeClientConfiguration("copy", { displayName: "Copy", policies: found.policies });
      exports.found = found;`);
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  it("is wanted in a preview, and its lack told by the names of its settings", async () => {
    project.env.OFFICE_CONFIGURATION_CLIENT_SECRET = "planted-secret";
    const shown = await project.fail("preview");
    assert.match(shown, /getOfficeClientConfiguration\(\{ displayName: "Baseline" \}\)/);
    assert.match(shown, /officeConfiguration:tenantId/);
    assert.doesNotMatch(shown, /planted/);
    delete project.env.OFFICE_CONFIGURATION_CLIENT_SECRET;
  });

  it("may be a secret of the stack's config, and is in no state and no message", async () => {
    await project.run("config", "set", "officeConfiguration:endpoint", emulator.url);
    const key = "officeConfiguration:accessToken";
    await project.run("config", "set", "--secret", key, emulator.accessToken);
    const shown = await project.run("up", "--yes", "--show-config=false");
    assert.doesNotMatch(shown, /warning/i);
    for (const text of [shown, project.stateText(), await project.preview()]) {
      assert.ok(!text.includes(emulator.accessToken));
      assert.doesNotMatch(text, /eyJ[\w-]+\.[\w-]+\./);
    }
    assert.match(project.stateText(), /L_SendFeedback/);
  });
});

describe("lookups of several stacks in one process", () => {
  const emulators: Emulator[] = [];
  let project: TestProject;

  before(async () => {
    for (const displayName of ["Of contoso", "Of fabrikam"]) {
      const faults = [{ match: "GET /officeConfiguration", delayMs: 1_000 }];
      emulators.push(await createEmulator({ seed: [{ displayName }], faults }));
    }
    project = await TestProject.create();
    project.program("throw new Error('the programs are in fleet.js');");
    project.write(
      "fleet.js",
      `const { LocalWorkspace } = require("@pulumi/pulumi/automation");
      const office = require("pulumi-office-configuration");
      async function update({ stackName, endpoint, accessToken }) {
        const program = async () => {
          const all = await office.getOfficeClientConfigurations();
          const [{ id }] = all;
          const again = office.getOfficeClientConfigurationOutput({ id });
          // It comes last, and nobody waits for it but the connection to the engine.
          office.getOfficeConfiguration().then(() => {
            new office.WindowsOfficeClientConfiguration("late", { displayName: "Late" });
          });
          return { names: [...all.map(({ displayName }) => displayName), again.displayName] };
        };
        const args = { stackName, projectName: "test", program };
        const stack = await LocalWorkspace.createOrSelectStack(args, { workDir: __dirname });
        await stack.setConfig("officeConfiguration:endpoint", { value: endpoint });
        await stack.setConfig("officeConfiguration:accessToken", { value: accessToken, secret: true });
        return (await stack.up()).outputs.names.value;
      }
      Promise.all(JSON.parse(process.argv[2]).map(update)).then((all) => console.log(JSON.stringify(all)));`,
    );
  });

  after(async () => {
    project.remove();
    for (const emulator of emulators) await emulator.close();
  });

  it("ask each stack's own tenant, side by side", async () => {
    const stacks = emulators.map(({ url, accessToken }, index) => ({
      stackName: `stack${index}`,
      endpoint: url,
      accessToken,
    }));
    const { stdout } = await promisify(execFile)("node", ["fleet.js", JSON.stringify(stacks)], {
      cwd: project.folder,
      env: project.env,
    });
    assert.deepEqual(JSON.parse(stdout), [
      ["Of contoso", "Of contoso"],
      ["Of fabrikam", "Of fabrikam"],
    ]);
    for (const emulator of emulators) assert.equal(emulator.store.list()[1]?.displayName, "Late");
  });
});

describe("lookups of an inline program whose workspace has envVars", () => {
  let emulator: Emulator;
  let project: TestProject;

  before(async () => {
    emulator = await createEmulator({ seed: [{ displayName: "Of the workspace" }] });
    project = await TestProject.create();
    project.program("throw new Error('the program is in inline.js');");
    project.write(
      "inline.js",
      `const { LocalWorkspace } = require("@pulumi/pulumi/automation");
      const office = require("pulumi-office-configuration");
      const [envVars, isSeen] = JSON.parse(process.argv[2]);
      const body = async () => {
        const all = await office.getOfficeClientConfigurations();
        new office.WindowsOfficeClientConfiguration("made", { displayName: "Made" });
        return { names: all.map(({ displayName }) => displayName) };
      };
      async function main() {
        const program = isSeen ? office.withEnvironment(envVars, body) : body;
        const args = { stackName: "inline", projectName: "test", program };
        const stack = await LocalWorkspace.createOrSelectStack(args, { workDir: __dirname, envVars });
        return (await stack.up()).outputs.names.value;
      }
      main().then((names) => console.log(JSON.stringify({ names })), ({ message }) => console.log(JSON.stringify({ message })));`,
    );
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  async function run(isSeen: boolean): Promise<{ names?: string[]; message?: string }> {
    const envVars = {
      OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
      OFFICE_CONFIGURATION_ACCESS_TOKEN: emulator.accessToken,
    };
    const { stdout } = await promisify(execFile)(
      "node",
      ["inline.js", JSON.stringify([envVars, isSeen])],
      { cwd: project.folder, env: { ...project.env, OFFICE_CONFIGURATION_ACCESS_TOKEN: "other" } },
    );
    return JSON.parse(stdout) as { names?: string[]; message?: string };
  }

  it("are refused, before anything is asked", async () => {
    const { message } = await run(false);
    assert.match(message ?? "", /An inline program does not see the envVars of its workspace/);
    assert.match(message ?? "", /program: withEnvironment\(envVars, program\)/);
    assert.deepEqual(emulator.requests, []);
  });

  it("ask the workspace's tenant, as the resources do, where the program has its environment", async () => {
    assert.deepEqual(await run(true), { names: ["Of the workspace"] });
    assert.deepEqual(
      emulator.store.list().map(({ displayName }) => displayName),
      ["Of the workspace", "Made"],
    );
  });
});

function sorted(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
