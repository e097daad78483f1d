import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type FleetResult, parseResult } from "../../cli/fleet/result";
import { createEmulator, type Emulator } from "../../emulator";
import { attempt } from "../../scripts/command";
import { TestProject } from "./support";

const MAIN = join(__dirname, "..", "..", "dist", "cli", "main.js");

/** A token that all emulators take, as the token of an app that all tenants know. */
const TOKEN = "fleet";

const SETTING = "word16;L_BlockMacroExecutionFromInternet";

describe("office-configuration fleet", () => {
  const emulators = new Map<string, Emulator>();
  let project: TestProject;

  const tenant = (name: string) => emulators.get(name) as Emulator;

  const fleet = (...args: string[]) =>
    attempt(process.execPath, [MAIN, "fleet", ...args], {
      cwd: project.folder,
      env: project.env,
      timeoutMs: 120_000,
    });

  /** A run whose result is read from `--save`. */
  const run = async (
    ...args: string[]
  ): Promise<FleetResult & { code: number | null; output: string }> => {
    const file = join(project.folder, "result.json");
    const { code, output } = await fleet(...args, "--save", file);
    assert.ok(existsSync(file), output);
    return { ...parseResult(readFileSync(file, "utf8"), file), code, output };
  };

  const resultOf = ({ stacks }: FleetResult, name: string) =>
    stacks.find(({ stack }) => stack === name);

  const program = (value: string) =>
    project.program(
      `new office.WindowsOfficeClientConfiguration("macros", { displayName: "Macro security", policies: [{ settingId: "${SETTING}", value: "${value}" }] });`,
    );

  before(async () => {
    project = await TestProject.create();
    project.env.OFFICE_CONFIGURATION_ACCESS_TOKEN = TOKEN;
    for (const name of ["contoso", "fabrikam", "tailspin", "adatum"]) {
      emulators.set(name, await createEmulator({ accessToken: TOKEN }));
    }
    const stacks = [...emulators].map(
      ([name, { url, tenantId }]) =>
        `  ${name}:\n    config:\n      officeConfiguration:endpoint: ${url}\n      officeConfiguration:tenantId: ${tenantId}\n      officeConfiguration:maxRetries: 0\n`,
    );
    project.write("fleet.yaml", `stacks:\n${stacks.join("")}`);
    program("1");
  });

  after(async () => {
    project.remove();
    for (const emulator of emulators.values()) await emulator.close();
  });

  it("updates stacks that it makes from fleet.yaml; one tenant's throttling fails that tenant only", async () => {
    tenant("adatum").addFault({
      match: "* /officeConfiguration/*",
      times: 100,
      status: 429,
      retryAfterSeconds: 1,
    });
    const result = await run("up", "--yes", "--stop-after", "2");
    assert.equal(result.code, 2, result.output);
    assert.deepEqual(
      result.stacks.map(({ stack, result: outcome }) => [stack, outcome]),
      [
        ["adatum", "failed"],
        ["contoso", "changed"],
        ["fabrikam", "changed"],
        ["tailspin", "changed"],
      ],
    );
    assert.match(
      resultOf(result, "adatum")?.error?.next ?? "",
      /^Graph throttles this app in this tenant\./,
    );
    assert.match(
      result.output,
      /Macro security: is new, with 1 setting\n[\s\S]*\n {4}in 3 tenants: contoso, fabrikam, tailspin\n/,
    );
    assert.match(result.output, /Made Pulumi\.adatum\.yaml, .* from fleet\.yaml/);
    // The stack that the user works on is still the same.
    assert.match(await project.run("stack", "--show-name"), /^dev/);
  });

  it("goes on with what failed, and tells drift and a wrong credential apart", async () => {
    tenant("adatum").reset();
    const again = await run("up", "--only", "failed", "--yes");
    assert.deepEqual([again.code, again.stacks.map(({ stack }) => stack)], [0, ["adatum"]]);
    const [policy] = tenant("tailspin").store.list();
    const policyPayload = JSON.stringify([{ settingId: SETTING, value: "0" }]);
    await fetch(`${tenant("tailspin").url}/emulator/store/${policy?.id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ policyPayload }),
    });
    await project.run(
      "config",
      "set",
      "--secret",
      "officeConfiguration:accessToken",
      "wrong-token",
      "--stack",
      "fabrikam",
    );
    const drift = await run("drift");
    assert.equal(drift.code, 2, drift.output);
    assert.match(drift.output, /\(Word\): on \(1\) => off \(0\).*\n {4}in tailspin\n/);
    assert.match(drift.output, /4 tenants: 1 failed, 1 drifted, 2 without drift\./);
    assert.match(
      resultOf(drift, "fabrikam")?.error?.next ?? "",
      /^Graph does not accept the token\./,
    );
    assert.doesNotMatch(JSON.stringify(drift), /wrong-token/);
    assert.doesNotMatch(
      readFileSync(join(project.folder, ".fleet", "drift.jsonl"), "utf8"),
      /wrong-token/,
    );
    await project.run("config", "rm", "officeConfiguration:accessToken", "--stack", "fabrikam");
  });

  it("names who made the drift where the audit log tells, and says once why it does not", async () => {
    const edit = (name: string, value: string) => {
      const { store, auditLog } = tenant(name);
      auditLog.person = { userPrincipalName: `ann@${name}.example`, app: "Cloud Policy" };
      const id = store.list()[0]?.id ?? "";
      store.patch(id, { policyPayload: JSON.stringify([{ settingId: SETTING, value }]) });
    };
    for (const name of ["contoso", "fabrikam", "tailspin"]) edit(name, "3");
    tenant("fabrikam").addFault({ match: "* /v1.0/security/*", times: 100, status: 403 });
    tenant("tailspin").addFault({ match: "* /v1.0/security/*", times: 100, delayMs: 600_000 });
    const untold = await run("drift");
    assert.match(
      untold.output,
      /Authors not known \(1\)\n {2}To see who made the changes, set\n? .*_WAIT_SECONDS=60 [\s\S]*\n {4}in 3 tenants: contoso, fabrikam, tailspin\n/,
    );
    const isAsked = (name: string) =>
      tenant(name).requests.some(({ path }) => path.startsWith("/v1.0/security"));
    assert.equal(isAsked("contoso"), false);
    project.env.OFFICE_CONFIGURATION_AUDIT_LOG_WAIT_SECONDS = "15";
    const drift = await run("drift");
    delete project.env.OFFICE_CONFIGURATION_AUDIT_LOG_WAIT_SECONDS;
    assert.equal(drift.code, 1, drift.output);
    const authorOf = (name: string) => resultOf(drift, name)?.changes[0]?.author;
    const { at, ...ann } = authorOf("contoso") ?? {};
    assert.deepEqual(ann, {
      by: "ann@contoso.example",
      through: "Cloud Policy",
      isOfThisChange: true,
    });
    assert.ok(Math.abs(Date.parse(String(at)) - Date.now()) < 10 * 60_000);
    assert.deepEqual([authorOf("fabrikam"), authorOf("tailspin")], [undefined, undefined]);
    const notes = (name: string) => resultOf(drift, name)?.authorNotes?.join() ?? "";
    assert.match(
      notes("fabrikam"),
      /the audit log answers 403\. Grant the app the Graph permission/,
    );
    assert.match(notes("tailspin"), /the audit log has not answered within 15 s\. /);
    const words = drift.output.replaceAll(/\s+/g, " ");
    assert.match(words, /in 3 tenants: contoso: by ann@contoso\.example in Cloud Policy, /);
    assert.match(words, /fabrikam, tailspin: author not known/);
    const left = readdirSync(String(project.env.TMPDIR)).filter((name) => name.includes("fleet-"));
    assert.deepEqual(left, []);
  });

  it("finishes running stacks after one Ctrl-C, and --resume does the rest", async () => {
    program("2");
    for (const emulator of emulators.values()) {
      emulator.addFault({ match: "PATCH *", times: 1, delayMs: 1_500 });
    }
    const logs = join(project.folder, ".fleet", "logs", "up");
    const isUpdating = logged(logs, "adatum", "macros updating");
    const child = spawn(process.execPath, [MAIN, "fleet", "up", "--yes", "--parallel", "1"], {
      cwd: project.folder,
      env: project.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stdout = text(child.stdout);
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString("utf8");
    });
    await isUpdating;
    child.kill("SIGINT");
    const [code] = (await once(child, "exit")) as [number | null];
    assert.equal(code, 130, stderr);
    assert.match(await stdout, /4 tenants: 1 changed, 3 not run\./);
    const rest = await run("up", "--yes", "--resume");
    assert.match(rest.output, /Going on with the run of .*: 1 tenant done, 3 tenants to run\./);
    assert.deepEqual([rest.code, rest.stacks.length], [0, 4], rest.output);
    for (const [, emulator] of emulators) {
      assert.match(String(emulator.store.list()[0]?.policyPayload), /"value":"2"/);
    }
  });

  it("destroys only what somebody has counted in words", async () => {
    const refused = await fleet("destroy", "--yes-destroy", "three");
    assert.match(
      refused.output,
      /--yes-destroy says three\. This deletes the policies of 4 tenants: agree with that number in words, --yes-destroy "four"\. Nothing was changed/,
    );
    assert.equal(refused.code, 2);
    const destroyed = await run("destroy", "--yes-destroy", "four");
    assert.equal(destroyed.code, 0, destroyed.output);
    assert.deepEqual(
      [...emulators.values()].flatMap(({ store }) => store.list()),
      [],
    );
  });
});

/** Waits until the log of a stack says something. */
function logged(folder: string, stack: string, words: string): Promise<void> {
  const file = join(folder, `${stack}.log`);
  return new Promise((resolve) => {
    const watcher = watch(folder, () => {
      if (!existsSync(file) || !readFileSync(file, "utf8").includes(words)) return;
      watcher.close();
      resolve();
    });
  });
}
