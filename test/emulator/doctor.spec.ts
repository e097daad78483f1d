import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../../emulator";
import { outcomeOf, startCommand } from "../commandLine";

const TENANT = "11111111-1111-4111-8111-111111111111";
const APP = "22222222-2222-4222-8222-222222222222";
const SECRET = "the-secret-of-the-app";

describe("office-configuration doctor, as a process", () => {
  let emulator: Emulator;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "office-configuration-"));
    const credentials = [{ tenantId: TENANT, clientId: APP, clientSecret: SECRET }];
    emulator = await createEmulator({ tls: true, tenantId: TENANT, credentials });
    await writeFile(join(folder, "emulator.pem"), emulator.certificate ?? "");
  });

  after(async () => {
    await emulator.close();
    await rm(folder, { recursive: true });
  });

  async function run(secret: string, ...args: string[]) {
    const env = {
      NODE_EXTRA_CA_CERTS: join(folder, "emulator.pem"),
      OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
      OFFICE_CONFIGURATION_AUTHORITY: emulator.authority,
      AZURE_CLIENT_SECRET: secret,
    };
    const ids = ["--tenant-id", TENANT, "--client-id", APP];
    const child = startCommand(["doctor", ...ids, ...args], { cwd: folder, env, timeout: 60_000 });
    const outcome = await outcomeOf(child);
    assert.ok(!`${outcome.stdout}${outcome.stderr}`.includes(secret));
    return outcome;
  }

  it("signs in with a secret, says what is open, and ends with 0", async () => {
    const { code, stdout, stderr } = await run(SECRET);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Sign-in {2}clientSecret \(AZURE_CLIENT_SECRET\), an app on its own\n/);
    assert.match(
      stdout,
      new RegExp(`\nApp {6}${APP}\nTenant {3}Emulated tenant \\(${TENANT}\\)\n`),
    );
    assert.match(stdout, /\nCloud Policy +open +read and write\n/);
    assert.equal(
      stderr,
      `Signing in with the credential "clientSecret" …\nAsking ${emulator.url} …\n`,
    );
  });

  it("says that the secret is wrong, asks nothing, and ends with 1", async () => {
    const before = emulator.requests.length;
    const { code, stdout } = await run("another-secret", "--format", "json");
    assert.equal(code, 1);
    const { isOpen, signIn } = JSON.parse(stdout) as { isOpen: boolean; signIn: object };
    assert.equal(isOpen, false);
    assert.match(
      JSON.stringify(signIn),
      /"succeeded":false.*client secret of the app 2222\S+ is wrong/,
    );
    assert.equal(emulator.requests.length, before);
  });

  it("ends with 2 for a wrong option", async () => {
    const { code, stdout, stderr } = await run(SECRET, "--format", "xml");
    assert.deepEqual(
      [code, stdout, stderr],
      [2, "", "error: --format must be table or json, not 'xml'\n"],
    );
  });
});
