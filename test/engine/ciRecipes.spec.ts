import { strict as assert } from "node:assert";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { addRecipeFiles, type JobEnd, runJob } from "../ciRecipes";
import { EmulatedForge } from "../emulatedForge";
import { CI_SYSTEMS, type CiSystem } from "../pipelines";
import { TestProject } from "./support";

/** A name that is longer than a screen of eighty columns is wide. */
const POLICY =
  "Privacy of everybody in all companies whose names are longer than this screen is wide";

/** Runs the command as it was built. */
const NPX = `#!/bin/sh
test "$1 $2" = "--no office-configuration" || exit 97
shift 2
exec "${process.execPath}" "${join(__dirname, "..", "..", "dist", "cli", "main.js")}" "$@"
`;

describe("examples/ci with Pulumi's engine", () => {
  let emulator: Emulator;
  let project: TestProject;
  let repository: string;
  let forge: EmulatedForge;

  before(async () => {
    emulator = await createEmulator({ tls: true });
    forge = new EmulatedForge();
    await forge.listen();
    project = await TestProject.create();
    project.write("ca.pem", emulator.certificate ?? "");
    project.env.NODE_EXTRA_CA_CERTS = join(project.folder, "ca.pem");
    // Like the real one, which asks a registry where nothing is installed.
    project.write("bin/npx", NPX);
    chmodSync(join(project.folder, "bin", "npx"), 0o755);
    // What git would hold: the state and the tools are elsewhere.
    repository = join(project.folder, "repository");
    mkdirSync(repository);
    addRecipeFiles(repository);
    const kept = (name: string) => readFileSync(join(project.folder, name), "utf8").trimEnd();
    const files = {
      "Pulumi.yaml": kept("Pulumi.yaml"),
      "Pulumi.dev.yaml": `${kept("Pulumi.dev.yaml")}
config:
  officeConfiguration:tenantId: ${emulator.tenantId}
  officeConfiguration:endpoint: ${emulator.url}
  officeConfiguration:authority: ${emulator.authority}`,
      "index.js": `const office = require("pulumi-office-configuration");
new office.WindowsOfficeClientConfiguration("privacy", {
  displayName: "${POLICY}",
  policies: [{ settingId: "office16;L_SendFeedback", value: "0" }],
});`,
    };
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(repository, name), `${text}\n`);
    }
  });

  after(async () => {
    project.remove();
    await forge.close();
    await emulator.close();
  });

  async function pipeline(
    { jobs, variables, identity }: CiSystem,
    ...names: (keyof CiSystem["jobs"])[]
  ): Promise<JobEnd[]> {
    const folder = mkdtempSync(join(project.folder, "run-"));
    const addresses = { forge: forge.url, login: emulator.authority ?? "" };
    const ends: JobEnd[] = [];
    for (const name of names) {
      const end = await runJob(jobs[name](), {
        repository,
        folder,
        variables: {
          ...project.env,
          // No system sets it.
          NO_COLOR: undefined,
          PATH: `${join(project.folder, "bin")}:${project.env.PATH}`,
          ...variables(addresses),
        },
        identity: identity(addresses),
      });
      assert.equal(end.code, 0, end.output);
      ends.push(end);
    }
    rmSync(folder, { recursive: true });
    return ends;
  }

  /** No colours, no cursor, nothing twice, and long lines whole. */
  function assertPrinted(text: string): void {
    for (const control of ["\u001b", "\r", "\b"]) assert.ok(!text.includes(control), text);
    const lines = text.split("\n").filter((line) => !/^[\s|:-]*$/.test(line));
    const tables = /^\| (?:change|cause|tenant) \|/;
    const told = lines.filter((line) => !tables.test(line));
    assert.deepEqual(told, [...new Set(told)]);
  }

  for (const system of CI_SYSTEMS) {
    it(`signs in from ${system.name} without a secret, and shows the preview in a comment`, async () => {
      forge.comments.length = 0;
      const [preview] = await pipeline(system, "preview", "comment");
      if (process.env.SHOW) console.log(preview?.output, forge.comments[0]?.text);
      assert.equal(forge.comments.length, 1);
      const [{ text } = { text: "" }] = forge.comments;
      assertPrinted(preview?.output ?? "");
      assertPrinted(text);
      assert.match(text, /1 tenant: 1 to change/);
      assert.ok(text.includes(`| ${POLICY}: is new, with 1 setting<br>`), text);
      assert.doesNotMatch(text, /not checked/);
      assert.deepEqual(emulator.writes(), []);
    });
  }

  it("updates the tenant, and opens an issue once it was changed by hand", async () => {
    const [system] = CI_SYSTEMS;
    assert.ok(system);
    const [up] = await pipeline(system, "up");
    assertPrinted(up?.output ?? "");
    const [policy] = emulator.store.list();
    assert.equal(policy?.displayName, POLICY);
    const changed = [{ settingId: "office16;L_SendFeedback", value: "7" }];
    const policyPayload = Buffer.from(JSON.stringify(changed));
    emulator.store.patch(policy?.id ?? "", { policyPayload });
    const [drift] = await pipeline(system, "drift", "issue");
    if (process.env.SHOW) console.log(up?.output, drift?.output, forge.issues[0]?.text);
    assertPrinted(drift?.output ?? "");
    assert.equal(forge.issues.length, 1);
    const [{ text } = { text: "" }] = forge.issues;
    assertPrinted(text);
    assert.match(text, /off \\\(0\\\) =&gt; "7" \\\[office16;L\\_SendFeedback\\\]/);
  });
});
