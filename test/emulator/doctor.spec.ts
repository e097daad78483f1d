import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createEmulator, type Emulator } from "../../emulator";
import { oneLine } from "../../provider/text/messageText";
import { type CommandProcess, outcomeOf, startCommand } from "../commandLine";

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

  function start(secret: string, ...args: string[]): CommandProcess {
    const env = {
      PULUMI_HOME: folder,
      NODE_EXTRA_CA_CERTS: join(folder, "emulator.pem"),
      OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
      OFFICE_CONFIGURATION_AUTHORITY: emulator.authority,
      AZURE_CLIENT_SECRET: secret,
    };
    const ids = ["--tenant-id", TENANT, "--client-id", APP];
    return startCommand(["doctor", ...ids, ...args], { cwd: folder, env, timeout: 60_000 });
  }

  async function run(secret: string, ...args: string[]) {
    const outcome = await outcomeOf(start(secret, ...args));
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

  describe("that probes writes and gets Ctrl-C", () => {
    const policies = () => [
      ...emulator.store.list().map(({ displayName }) => displayName),
      ...emulator.configurationPolicies.list().map(({ name }) => name),
    ];

    /** Sends Ctrl-C to a probe while its change is under way, and perhaps once more after it has said that it stops. */
    async function interrupted({
      delayMs,
      isTwice = false,
    }: {
      delayMs: number;
      isTwice?: boolean;
    }) {
      const before = policies();
      emulator.addFault({ match: "PATCH /officeConfiguration/*", delayMs });
      const child = start(SECRET, "--probe-writes", "--yes");
      child.stderr.on("data", (text: Buffer) => {
        if (isTwice && text.includes("Stopping")) child.kill("SIGINT");
      });
      const ended = outcomeOf(child);
      while (!emulator.requests.some(({ fault }) => fault?.delayMs === delayMs)) await sleep(10);
      child.kill("SIGINT");
      const { stderr, ...outcome } = await ended;
      return {
        ...outcome,
        stderr: oneLine(stderr),
        left: policies().filter((name) => !before.includes(name)),
      };
    }

    it("deletes what it has made, and ends with 130", async () => {
      const { code, stderr, left } = await interrupted({ delayMs: 1_000 });
      assert.deepEqual([code, left], [130, []], stderr);
      assert.match(stderr, / Stopping, once what was made is deleted\./);
    });

    it("twice, ends at once, says what it has left, and the next run deletes it", async () => {
      const { code, stderr, left } = await interrupted({ delayMs: 60_000, isTwice: true });
      const [name = ""] = left;
      assert.deepEqual([code, left.length], [130, 1], stderr);
      assert.match(
        stderr,
        new RegExp(` The policy "${name}" \\(\\S+\\) may be left in ${TENANT}\\. .npx`),
      );
      const next = await run(SECRET, "--probe-writes", "--yes");
      assert.equal(next.code, 0, next.stderr);
      assert.match(
        oneLine(next.stderr),
        new RegExp(` "${name}" \\(\\S+\\) in Cloud Policy, .*: deleted, and gone\\.`),
      );
      assert.ok(!policies().includes(name));
    });
  });
});
