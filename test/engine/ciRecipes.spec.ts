import { strict as assert } from "node:assert";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { EmulatedForge } from "../ci/forge";
import { addRecipeFiles, type JobEnd, runJob } from "../ci/jobs";
import { CI_SYSTEMS, type CiSystem, type JobName } from "../ci/systems";
import { TestProject } from "./support";

/** A name that is longer than a screen of eighty columns is wide. */
const POLICY =
  "Privacy of everybody in all companies whose names are longer than this screen is wide";

/** Text that no file and no output of a run may have. */
const SECRET = "nobody-may-read-this";

/** Runs the command as it was built. */
const NPX = `#!/bin/sh
test "$1 $2" = "--no office-configuration" || exit 97
shift 2
exec "${process.execPath}" "${join(__dirname, "..", "..", "dist", "cli", "main.js")}" "$@"
`;

describe("examples/ci with Pulumi's engine", () => {
  /** The tenants of the stacks `dev` and `fabrikam`. */
  let tenants: Readonly<Record<"dev" | "fabrikam", Emulator>>;
  let project: TestProject;
  let repository: string;
  let forge: EmulatedForge;
  /** Runs of pipelines, each with the artifacts of its jobs. */
  let runs: string[];

  before(async () => {
    tenants = {
      dev: await createEmulator({ tls: true }),
      fabrikam: await createEmulator({ tls: true }),
    };
    forge = new EmulatedForge();
    await forge.listen();
    runs = [];
    project = await TestProject.create();
    await project.initStack("fabrikam");
    const certificates = Object.values(tenants).map(({ certificate }) => certificate);
    project.write("ca.pem", certificates.join("\n"));
    project.env.NODE_EXTRA_CA_CERTS = join(project.folder, "ca.pem");
    // Like the real one, which asks a registry where nothing is installed.
    project.write("bin/npx", NPX);
    chmodSync(join(project.folder, "bin", "npx"), 0o755);
    // What git would hold: the state and the tools are elsewhere.
    repository = join(project.folder, "repository");
    mkdirSync(repository);
    addRecipeFiles(repository);
    const kept = (name: string) => readFileSync(join(project.folder, name), "utf8").trimEnd();
    write("Pulumi.yaml", kept("Pulumi.yaml"));
    for (const [stack, { tenantId, url, authority }] of Object.entries(tenants)) {
      write(
        `Pulumi.${stack}.yaml`,
        `${kept(`Pulumi.${stack}.yaml`)}
config:
  officeConfiguration:tenantId: ${tenantId}
  officeConfiguration:endpoint: ${url}
  officeConfiguration:authority: ${authority}`,
      );
    }
    give("0");
  });

  after(async () => {
    project.remove();
    await forge.close();
    for (const tenant of Object.values(tenants)) await tenant.close();
  });

  function write(name: string, text: string): void {
    writeFileSync(join(repository, name), `${text}\n`);
  }

  /** Merges a program whose policies give a value, and a secret that is another one each time. */
  function give(value: string): void {
    write(
      "index.js",
      `const pulumi = require("@pulumi/pulumi");
const office = require("pulumi-office-configuration");
new office.WindowsOfficeClientConfiguration("privacy", {
  displayName: "${POLICY}",
  policies: [
    { settingId: "office16;L_SendFeedback", value: "${value}" },
    { settingId: "office16;L_Secret", value: pulumi.secret("${SECRET}-${value}") },
  ],
});`,
    );
  }

  /** A run of a pipeline: a function that runs a job of it. */
  function pipeline({ job, variables, identity }: CiSystem) {
    const folder = mkdtempSync(join(project.folder, "run-"));
    runs.push(folder);
    const addresses = { forge: forge.url, login: tenants.dev.authority ?? "" };
    return async (name: JobName, code = 0): Promise<JobEnd> => {
      const end = await runJob(await job(name, "dev"), {
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
      if (process.env.SHOW) console.log(`--- ${name}\n${end.output}--- page\n${end.summary}`);
      assert.equal(end.code, code, end.output);
      assertPrinted(end.output);
      assertPrinted(end.summary);
      return end;
    };
  }

  /** No colours, no cursor, no line twice, no name torn, and no secret. */
  function assertPrinted(text: string): void {
    for (const control of ["\u001b", "\r", "\b"]) assert.ok(!text.includes(control), text);
    const lines = text.split("\n").filter((line) => !/^[\s|:-]*$/.test(line));
    const tables = /^\| (?:change|cause|tenant) \|/;
    // Indented: the same tenants below two changes.
    const told = lines.filter((line) => !tables.test(line) && !line.startsWith("  "));
    assert.deepEqual(told, [...new Set(told)]);
    const words = text.replaceAll(/\s+/g, " ");
    const named = words.split("Privacy of everybody").length - 1;
    assert.equal(words.split(POLICY).length - 1, named, text);
    assert.ok(!text.includes(SECRET), text);
  }

  const policyOf = (stack: keyof typeof tenants) => tenants[stack].store.list()[0];

  /** Settings of a tenant's policy. */
  const given = (stack: keyof typeof tenants) => String(policyOf(stack)?.policyPayload);

  /** Changes a tenant's policy as an administrator does in the portal. */
  function changeByHand(stack: keyof typeof tenants, value: string): void {
    const changed = [{ settingId: "office16;L_SendFeedback", value }];
    const policyPayload = Buffer.from(JSON.stringify(changed));
    tenants[stack].store.patch(policyOf(stack)?.id ?? "", { policyPayload });
  }

  const writes = () => Object.values(tenants).flatMap((tenant) => tenant.writes());

  for (const system of CI_SYSTEMS) {
    it(`signs in from ${system.name} without a secret, and shows the preview in a comment`, async () => {
      forge.comments.length = 0;
      const run = pipeline(system);
      await run("preview");
      await run("comment");
      assert.equal(forge.comments.length, 1);
      const [{ text } = { text: "" }] = forge.comments;
      assertPrinted(text);
      assert.match(text, /2 tenants: 2 to change/);
      assert.doesNotMatch(text, /Warnings/);
      assert.ok(text.includes(`| ${POLICY}: is new, with 2 settings<br>`), text);
      assert.doesNotMatch(text, /not checked/);
      assert.deepEqual(writes(), []);
    });
  }

  for (const [index, system] of CI_SYSTEMS.entries()) {
    const isFirst = index === 0;
    const what = isFirst ? "makes" : "refuses what has changed since, else updates";
    it(`${what} from ${system.name} what the approval has seen, and opens an issue for drift`, async () => {
      forge.issues.length = 0;
      const value = String(index);
      give(value);
      const before = writes().length;
      const merge = pipeline(system);
      const preview = await merge("previewMain");
      const shown = system.name === "GitLab" ? preview.output : preview.summary;
      assert.match(shown, /2 tenants: 2 to change/);
      assert.equal(writes().length, before);
      // While the approval waits.
      if (!isFirst) changeByHand("fabrikam", `7${value}`);
      const up = await merge("up", isFirst ? 0 : 2);
      assert.match(given("dev"), new RegExp(`L_SendFeedback.*"${value}"`));
      if (isFirst) {
        assert.match(up.output, /2 tenants: 2 changed/);
        assert.match(given("fabrikam"), /L_SendFeedback.*"0"/);
        changeByHand("fabrikam", `7${value}`);
      } else {
        assert.match(up.output, /Its changes differ from those of the saved preview/);
        assert.match(up.output, /2 tenants: 1 failed, 1 changed/);
        assert.match(given("fabrikam"), new RegExp(`"7${value}"`));
      }
      const night = pipeline(system);
      await night("drift");
      await night("issue");
      assert.equal(forge.issues.length, 1);
      const [{ text } = { text: "" }] = forge.issues;
      assertPrinted(text);
      assert.match(text, /2 tenants: 1 drifted, 1 without drift/);
      assert.match(text, new RegExp(`"7${value}"`));
    });
  }

  it("keeps no secret in an artifact", () => {
    const files = runs.flatMap((run) =>
      readdirSync(join(run, "artifacts"), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    // A result and its words: of three pull requests, three merges, of which GitLab keeps no words, and three nights.
    assert.equal(files.length, 17);
    const texts = files.map((file) => readFileSync(file, "utf8"));
    assert.ok(texts.some((text) => text.includes("[secret]")));
    assert.deepEqual(
      files.filter((_, index) => texts[index]?.includes(SECRET)),
      [],
    );
    for (const run of runs) rmSync(run, { recursive: true });
  });
});
