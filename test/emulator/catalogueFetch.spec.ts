import { strict as assert } from "node:assert";
import { once } from "node:events";
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { shellWord } from "../../cli/shellWord";
import { createEmulator, type Emulator, type EmulatorOptions, type Fault } from "../../emulator";
import { readCatalogue } from "../../provider/catalogue/read";
import { type CommandProcess, runCommand, startCommand } from "../commandLine";
import type { Json } from "./ask";

const LIST = "/deviceManagement/configurationSettings";
const OUT = "intune-settings.json";
const PARTIAL = `${OUT}.partial`;
const OTHER_TENANT = "c0c0c0c0-0000-4000-8000-00000000000c";

describe("office-configuration catalogue fetch", () => {
  let emulator: Emulator;
  let folder: string;
  const running = new Set<CommandProcess>();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "office-configuration-"));
  });

  afterEach(async () => {
    for (const child of running) child.kill("SIGKILL");
    await emulator.close();
    await rm(folder, { recursive: true });
  });

  const start = async (options: EmulatorOptions = {}) => {
    emulator = await createEmulator(options);
  };

  const surroundings = (env: NodeJS.ProcessEnv = {}) => ({
    cwd: folder,
    env: {
      OFFICE_CONFIGURATION_ENDPOINT: emulator.url,
      OFFICE_CONFIGURATION_ACCESS_TOKEN: emulator.accessToken,
      ...env,
    },
  });

  /** Starts a command in a process of its own. */
  function begin(args: readonly string[]) {
    const child = startCommand(["catalogue", ...args], { timeout: 60_000, ...surroundings() });
    running.add(child);
    child.once("close", () => running.delete(child));
    return child;
  }

  async function run(args: readonly string[], env?: NodeJS.ProcessEnv) {
    const outcome = await runCommand(["catalogue", ...args], surroundings(env));
    const { stdout, stderr } = outcome;
    for (const shown of [stdout, stderr]) assert.ok(!shown.includes(emulator.accessToken));
    return outcome;
  }

  const read = (file = OUT) => readFileSync(join(folder, file), "utf8");
  const definitions = (file = OUT) => (JSON.parse(read(file)) as { value: Json[] }).value;
  const notes = (stderr: string) => stderr.replaceAll(/\n {6}/g, " ");
  /** Pages that were asked for since a request, by their token's page. */
  const pagesAsked = (from = 0) =>
    emulator.requests.slice(from).map(({ path, status }) => {
      const token = /skiptoken=([^&]+)/.exec(path)?.[1] ?? "";
      return `${Buffer.from(token, "base64url").toString("utf8").split("-")[0] || 1}: ${status}`;
    });
  const fail = (fault: Partial<Fault>) =>
    emulator.addFault({ match: `GET ${LIST}*`, status: 500, intuneStyle: true, ...fault });

  it("writes Office's definitions of all pages, for build, and meets a 500 on the way", async () => {
    await start({ preset: "unkind" });
    const { stdout, stderr, code } = await run(["fetch"]);
    assert.equal(code, 0, stderr);
    const found = definitions();
    const ids = found.map(({ id }) => String(id));
    assert.ok(found.length > 200);
    assert.deepEqual(ids, [...new Set(ids)].sort());
    for (const { offsetUri } of found) assert.match(String(offsetUri), /^\/Config\/[a-z]+16v2/);
    assert.match(
      stdout,
      new RegExp(
        `^${found.length} of Intune's \\d+ setting definitions are Office's, and in ${OUT}\\.\n\nNext:\n  npx office-configuration catalogue build --intune ${OUT}\n`,
      ),
    );
    assert.deepEqual(readdirSync(folder), [OUT]);
    assert.deepEqual(emulator.writes(), []);
    assert.ok(emulator.requests.some(({ status }) => status === 500));
    for (const { path } of emulator.requests) assert.doesNotMatch(path, /filter|select|top/);
  });

  it("goes on at the page that failed when all attempts did, and takes nothing half for whole", async () => {
    await start({ preset: "kind" });
    assert.equal((await run(["fetch", "--out", "whole.json"])).code, 0);
    const before = emulator.requests.length;
    fail({ after: 2, times: 2 });
    const env = { OFFICE_CONFIGURATION_MAX_RETRIES: "1" };
    const failed = await run(["fetch"], env);
    assert.equal(failed.code, 1);
    assert.deepEqual(pagesAsked(before), ["1: 200", "2: 200", "3: 500", "3: 500"]);
    assert.match(
      failed.stderr,
      /^error: Reading Intune's setting definitions failed: 500 generalException "A fault of the emulator/m,
    );
    assert.match(
      notes(failed.stderr),
      /^note: 2 pages kept in intune-settings\.json\.partial: the same command goes on at page 3\. If that page fails each time, another --page-size begins again with other pages$/m,
    );
    assert.deepEqual([failed.stdout, existsSync(join(folder, OUT))], ["", false]);
    const built = await run(["build", "--intune", PARTIAL]);
    assert.match(built.stderr, /^error: --intune intune-settings\.json\.partial cannot be read: /);

    const middle = emulator.requests.length;
    const second = await run(["fetch"], env);
    assert.equal(second.code, 0, second.stderr);
    assert.match(
      notes(second.stderr),
      /^note: intune-settings\.json\.partial has 2 pages: goes on at page 3$/m,
    );
    assert.equal(pagesAsked(middle)[0], "3: 200");
    assert.equal(read(), read("whole.json"));
    assert.equal(existsSync(join(folder, PARTIAL)), false);
  });

  it("goes on where it was killed, with half a line in the file", async () => {
    await start({ preset: "kind" });
    assert.equal((await run(["fetch", "--out", "whole.json"])).code, 0);
    const before = emulator.requests.length;
    fail({ after: 3, delayMs: 60_000 });
    const child = begin(["fetch"]);
    while (emulator.requests.length < before + 4) await sleep(10);
    child.kill("SIGKILL");
    await once(child, "close");
    emulator.clearFaults();
    assert.equal(existsSync(join(folder, OUT)), false);
    appendFileSync(join(folder, PARTIAL), '{"page":4,"read":100,"ne');
    const { code, stderr } = await run(["fetch"]);
    assert.equal(code, 0, stderr);
    assert.equal(pagesAsked(before + 4)[0], "4: 200");
    assert.equal(read(), read("whole.json"));
  });

  it("is refused with 2 if another tenant's pages are in the way, and sends nothing", async () => {
    await start({ preset: "kind" });
    fail({ after: 1, status: 400 });
    assert.equal((await run(["fetch"])).code, 1);
    const kept = read(PARTIAL);
    const before = emulator.requests.length;
    const other = { OFFICE_CONFIGURATION_ACCESS_TOKEN: emulator.issueToken("app", OTHER_TENANT) };
    const { code, stderr } = await run(["fetch"], other);
    assert.equal(code, 2);
    assert.match(
      stderr,
      new RegExp(
        `^error: ${PARTIAL} was begun in the tenant ${emulator.tenantId} \\(${emulator.url}\\), and this is the tenant ${OTHER_TENANT} .* Delete it, or give another --out$`,
        "m",
      ),
    );
    assert.equal(emulator.requests.length, before);
    assert.equal(read(PARTIAL), kept);
  });

  it("begins again if Graph no longer knows the page that is missing, or another --page-size is wanted", async () => {
    await start({ preset: "kind" });
    fail({ after: 2, status: 400 });
    assert.equal((await run(["fetch"])).code, 1);
    fail({ status: 410 });
    const before = emulator.requests.length;
    const again = await run(["fetch"]);
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(pagesAsked(before).slice(0, 3), ["3: 410", "1: 200", "2: 200"]);
    assert.match(
      again.stderr,
      /^note: Graph no longer knows that page: all pages are read again$/m,
    );

    fail({ after: 2, status: 400 });
    assert.equal((await run(["fetch"])).code, 1);
    const middle = emulator.requests.length;
    const other = await run(["fetch", "--page-size", "60"]);
    assert.equal(other.code, 0, other.stderr);
    assert.match(
      notes(other.stderr),
      /partial has pages of another size: all pages are read again$/m,
    );
    assert.match(emulator.requests[middle]?.path ?? "", /\?\$top=60$/);
  });

  it("does not begin again for a refusal of another kind, nor for one of a page that Graph has just named", async () => {
    await start({ preset: "kind" });
    fail({ after: 2, status: 400 });
    assert.equal((await run(["fetch"])).code, 1);
    fail({ status: 403 });
    const before = emulator.requests.length;
    const { code, stderr } = await run(["fetch"]);
    assert.equal(code, 1);
    assert.deepEqual(pagesAsked(before), ["3: 403"]);
    assert.match(notes(stderr), /^note: 2 pages kept in .*: the same command goes on at page 3\./m);
    fail({ after: 1, status: 400 });
    assert.equal((await run(["fetch"])).code, 1);
    assert.deepEqual(pagesAsked(before), ["3: 403", "3: 200", "4: 400"]);
  });

  it("waits as long as Graph asks for after 429", async () => {
    await start({ preset: "kind" });
    fail({ after: 1, status: 429, retryAfterSeconds: 0 });
    const { code, stderr } = await run(["fetch"]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(pagesAsked().slice(0, 4), ["1: 200", "2: 429", "2: 200", "3: 200"]);
  });

  const page = (more: Json, ...offsetUris: string[]): Partial<Fault> => ({
    status: 200,
    body: JSON.stringify({
      value: offsetUris.map((uri, id) => ({ id: `${id}`, offsetUri: uri })),
      ...more,
    }),
  });
  const OFFICE = "/Config/excel16v2~Policy~L_A/L_B";

  for (const [what, fault, args, message] of [
    [
      "the permission is missing, with advice",
      { status: 403, code: "Forbidden" },
      [],
      /^error: Reading Intune's setting definitions failed: 403 Forbidden .* Grant the app the Graph permission DeviceManagementConfiguration\.ReadWrite\.All \(reading needs DeviceManagementConfiguration\.Read\.All\) with admin consent/m,
    ],
    [
      "the next page is on another host",
      page({ "@odata.nextLink": "https://graph.elsewhere.test/beta/x" }, OFFICE),
      [],
      /^error: The answer to "Reading Intune's setting definitions" has a nextLink to another host, https:\/\/graph\.elsewhere\.test: no token is sent there/m,
    ],
    [
      "no definition is Office's",
      page({}, "/Config/Browser/A", "/Config/Browser/B"),
      [],
      /^error: none of Intune's 2 setting definitions is one of Office's templates\. intune-settings\.json is not written$/m,
    ],
    [
      "Graph gives no more than --page-size asks for",
      page({}, OFFICE, OFFICE),
      ["--page-size", "2"],
      /^error: Graph took --page-size 2 for the number of all definitions: leave it out\. intune-settings\.json is not written$/m,
    ],
    ["the answer is no page", { status: 200, body: "{}" }, [], /^error: .* is no collection/m],
  ] as const) {
    it(`ends with 1 and writes nothing if ${what}`, async () => {
      await start({ preset: "kind" });
      fail(fault);
      const { code, stdout, stderr } = await run(["fetch", ...args]);
      assert.match(stderr, message);
      assert.equal(stderr.match(/^error: /gm)?.length, 1);
      assert.deepEqual([code, stdout, readdirSync(folder)], [1, "", []]);
      assert.equal(emulator.requests.length, 1);
    });
  }

  it("leaves the answer of an earlier run as it is until a new one is whole", async () => {
    await start({ preset: "kind" });
    writeFileSync(join(folder, OUT), "old");
    fail({ after: 1, status: 403 });
    assert.equal((await run(["fetch"])).code, 1);
    assert.equal(read(), "old");
    assert.equal((await run(["fetch"])).code, 0);
    assert.ok(definitions().length > 200);
  });

  it("gives build what it can read: policies, elements, their values and ranges", async () => {
    await start({ preset: "unkind" });
    const fetched = await run(["fetch", "--out", "the answer/intune.json"]);
    const command = /^ {2}npx office-configuration catalogue (.*)$/m.exec(fetched.stdout)?.[1];
    assert.equal(command, `build --intune ${shellWord("the answer/intune.json")}`);
    const built = await run(["build", "--intune", "the answer/intune.json"]);
    assert.equal(built.code, 0, built.stderr);
    const { settings, sources } = readCatalogue(
      read("office-settings.json"),
      "office-settings.json",
    );
    assert.deepEqual(
      sources.map(({ kind, file }) => [kind, file]),
      [["intune", "intune.json"]],
    );
    const ids = Object.keys(settings);
    assert.equal(ids.filter((id) => id.split(";").length === 2).length, 90);
    assert.equal(ids.filter((id) => id.endsWith(";L_Part")).length, 72);
    assert.equal(ids.length, 162);
    assert.deepEqual(settings["excel16;L_Invented01;L_Part"]?.values, {
      "0": "Never",
      "1": "Sometimes",
      "2": "Always",
    });
    const { min, max, kind } = settings["word16;L_Invented07;L_Part"] ?? {};
    assert.deepEqual([kind, min, max], ["decimal", 1, 7]);
    for (const { scope } of Object.values(settings)) assert.equal(scope, "user");
  });
});
