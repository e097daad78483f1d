import { strict as assert } from "node:assert";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { attempt } from "../../scripts/command";
import { installPacked } from "./packed";
import { TestProject } from "./support";

/** Bound of all commands of the page, in milliseconds. */
const TIMEOUT_MS = 300_000;

const page = readFileSync(join(__dirname, "../../docs/first-tenant.md"), "utf8");

/** The text of the page's blocks of one language, each with what stands behind the language. */
function blocksOf(
  language: string,
  text = page,
): { readonly info: string; readonly body: string }[] {
  const blocks = text.matchAll(/^```(\w+) ?([^\n]*)\n(.*?)^```$/gms);
  return [...blocks]
    .filter(([, name]) => name === language)
    .map(([, , info = "", body = ""]) => ({ info, body }));
}

/**
 * The commands from `pulumi login` on. Where a command asks for a confirmation, it is given. The state is
 * kept in the project's folder: `--local` takes the home of the user's account, whatever HOME says.
 */
function commands(): string {
  const login = page.indexOf("pulumi login --local\n");
  const from = page.lastIndexOf("```sh", login);
  const script = blocksOf("sh", page.slice(from)).map(({ body }) => body);
  return script
    .join("")
    .replace("pulumi login --local\n", 'mkdir state && pulumi login "file://$PWD/state"\n')
    .replaceAll(/^pulumi (up|destroy)$/gm, "pulumi $1 --yes");
}

describe("the page of the first tenant", () => {
  let emulator: Emulator;
  let project: TestProject;
  let output: string;

  before(async () => {
    const ids = [...page.matchAll(/officeConfiguration:(\w+) ([0-9a-f-]{36})$/gm)];
    const { tenantId = "", clientId = "" } = Object.fromEntries(
      ids.map(([, key = "", id = ""]) => [key, id]),
    ) as Record<string, string>;
    const clientSecret = /AZURE_CLIENT_SECRET='(.*)'/.exec(page)?.[1] ?? "";
    emulator = await createEmulator({
      tls: true,
      tenantId,
      credentials: [{ tenantId, clientId, clientSecret }],
    });
    project = await TestProject.create();
    installPacked(project.folder);
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml", "package.json"]) {
      rmSync(join(project.folder, name), { force: true });
    }
    for (const language of ["yaml", "json", "typescript"]) {
      for (const { info, body } of blocksOf(language)) {
        project.write(info.replace("file=", ""), body);
      }
    }
    writeFileSync(join(project.folder, "emulator.pem"), emulator.certificate ?? "");
    mkdirSync(join(project.folder, "userHome"));
    output = await run(commands());
  });

  after(async () => {
    project.remove();
    await emulator.close();
  });

  /** Runs a shell as a user would, in a home that is empty. */
  async function run(script: string): Promise<string> {
    const env: NodeJS.ProcessEnv = {
      ...project.env,
      HOME: join(project.folder, "userHome"),
      OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
      OFFICE_CONFIGURATION_AUTHORITY: emulator.authority,
      NODE_EXTRA_CA_CERTS: join(project.folder, "emulator.pem"),
    };
    // The page sets these by itself. PULUMI_HOME stays: a login must not change that of the user's account.
    for (const name of ["PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE"]) {
      delete env[name];
    }
    const end = await attempt("bash", ["-euxo", "pipefail", "-c", script], {
      cwd: project.folder,
      env,
      timeoutMs: TIMEOUT_MS,
    });
    assert.equal(end.code, 0, end.output);
    return end.output;
  }

  it("has every command that a bare folder needs", () => {
    assert.match(output, /\+ pulumi login file:/);
    assert.deepEqual(
      emulator.writes().map(({ method }) => method),
      ["POST", "PATCH", "DELETE"],
    );
    assert.deepEqual(emulator.store.list(), []);
  });

  it("shows what its commands print", () => {
    const printed = output.replaceAll(/ +/g, " ");
    const shown = blocksOf("text").flatMap(({ body }) => body.trim().split("\n"));
    assert.ok(shown.length > 2);
    for (const line of shown) {
      const squeezed = line.trim().replaceAll(/ +/g, " ");
      assert.ok(printed.includes(squeezed), `${squeezed}\n--- is not in ---\n${printed}`);
    }
  });
});
