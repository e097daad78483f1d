import { strict as assert } from "node:assert";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import promises from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { CreationRecords, recordsFolder } from "../../provider/update/creationRecords";

const TENANT = "22222222-2222-4222-8222-22222222222a";
const ID = "11111111-1111-4111-8111-11111111111a";
const ATTEMPT = { name: "kind name", contents: ["all"], before: [] };

describe("the files of creation records", () => {
  let home: string;
  let folder: string;
  let nowMs: number;
  let said: string[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "office-configuration-records-"));
    folder = recordsFolder({ PULUMI_HOME: home });
    nowMs = Date.parse("2026-11-25T10:00:00Z");
    said = [];
  });

  afterEach(() => {
    mock.restoreAll();
    rmSync(home, { recursive: true, force: true });
  });

  const run = (backend: string | undefined = "file://backend") =>
    new CreationRecords(folder, backend, {
      now: () => nowMs,
      say: (line) => void said.push(line),
    });
  const creator = (nonce: string, key = "stack.urn", tenantId: string | undefined = TENANT) => ({
    key,
    nonce,
    tenantId,
  });
  const fileOf = (nonce: string) => join(folder, `${nonce}.json`);
  const found = async () => (await run().of(creator("another1"))).map(({ nonce }) => nonce);

  it("are in Pulumi's home, which is in the user's home if the environment names no other", () => {
    assert.equal(folder, join(home, "office-configuration", "creations"));
    const usual = join(homedir(), ".pulumi", "office-configuration", "creations");
    assert.equal(recordsFolder({}), usual);
    assert.equal(recordsFolder({ PULUMI_HOME: "" }), usual);
  });

  it("are named in messages", async () => {
    await run().begin(creator("nonce-01"), ATTEMPT);
    const [record = assert.fail()] = await run().of(creator("another1"));
    assert.equal(run().fileOf(record), fileOf("nonce-01"));
    assert.equal(new CreationRecords(undefined).fileOf(record), "a record");
  });

  it("hold short hashes, and neither a tenant nor a backend where none is known", async () => {
    const records = new CreationRecords(folder);
    await records.begin({ key: "stack.urn", nonce: "nonce-01", tenantId: undefined }, ATTEMPT);
    const stored = JSON.parse(readFileSync(fileOf("nonce-01"), "utf8")) as Record<string, unknown>;
    assert.match(String(stored.name), /^[\w-]{16}$/);
    assert.equal("backend" in stored, false);
    assert.equal("tenantId" in stored, false);
  });

  it("tell whose creation it was, and whether the policy was there before", async () => {
    await run().begin(creator("nonce-01"), ATTEMPT);
    await run().taken(creator("nonce-02", "stack.other"), ID);
    const factsOf = async (key: string) =>
      (await run().of(creator("another1", key))).map(({ owner, isTaken }) => [owner, isTaken]);
    assert.deepEqual(await factsOf("stack.urn"), [["stack.urn", false]]);
    assert.deepEqual(await factsOf("stack.other"), [["stack.other", true]]);
  });

  it("are read the newest first, whatever their names are", async () => {
    for (const [nonce, laterMs] of [
      ["aaaa-0001", 2_000],
      ["bbbb-0002", 0],
      ["cccc-0003", 3_000],
      ["dddd-0004", 1_000],
    ] as const) {
      nowMs = Date.parse("2026-11-25T10:00:00Z") + laterMs;
      await run().begin(creator(nonce), ATTEMPT);
    }
    assert.deepEqual(await found(), ["cccc-0003", "aaaa-0001", "dddd-0004", "bbbb-0002"]);
  });

  it("are those of one stack, not of one whose name begins alike", async () => {
    await run().begin(creator("nonce-01", "stack.urn"), ATTEMPT);
    await run().made("nonce-01", ID);
    assert.equal((await run().ofStack(creator("another1", "stack.x"), ID))?.nonce, "nonce-01");
    assert.equal(await run().ofStack(creator("another1", "stick.x"), ID), undefined);
  });

  it("stay where another resource, or the same one in another run, has its policy", async () => {
    await run().begin(creator("nonce-01", "stack.other"), ATTEMPT);
    await run().begin(creator("nonce-02"), ATTEMPT);
    const earlier = run();
    await earlier.begin(creator("nonce-03"), ATTEMPT);
    await earlier.made("nonce-03", ID);
    assert.deepEqual(readdirSync(folder).sort(), ["nonce-01.json", "nonce-03.json"]);
    await run().taken(creator("nonce-04"), ID);
    assert.equal(readdirSync(folder).length, 3);
  });

  it("are left alone if they are those of nobody's creation", async () => {
    const records = run();
    await records.begin(creator("nonce-01"), ATTEMPT);
    const foreign = fileOf("foreign-1");
    writeFileSync(foreign, "{}");
    for (const nonce of ["foreign-1", undefined]) await records.drop(nonce);
    await new CreationRecords(undefined).drop("foreign-1");
    assert.deepEqual(readdirSync(folder).sort(), ["foreign-1.json", "nonce-01.json"]);
  });

  it("are not looked for in other files, such as drafts", async () => {
    await run().begin(creator("nonce-01"), ATTEMPT);
    writeFileSync(`${fileOf("nonce-02")}.123.tmp`, "{");
    assert.deepEqual(await found(), ["nonce-01"]);
    assert.deepEqual(said, []);
  });

  it("may be removed by another run while they are read", async () => {
    await run().begin(creator("nonce-01"), ATTEMPT);
    const names = ["gone-0001.json", "nonce-01.json"];
    mock.method(promises, "readdir", () => Promise.resolve(names));
    assert.deepEqual(await found(), ["nonce-01"]);
    assert.deepEqual(said, []);
  });

  describe("are passed over", () => {
    beforeEach(() => run().begin(creator("nonce-01"), ATTEMPT));

    const assertPassedOver = async () => {
      assert.deepEqual(await found(), []);
      assert.deepEqual(said, [
        `Passed over ${fileOf("nonce-01")}: it is no record of a creation that this user and version can read. Delete it if nothing else does.`,
      ]);
      assert.equal(existsSync(fileOf("nonce-01")), true);
    };

    it("where they are links", async () => {
      const elsewhere = join(home, "elsewhere");
      renameSync(fileOf("nonce-01"), elsewhere);
      symlinkSync(elsewhere, fileOf("nonce-01"));
      await assertPassedOver();
    });

    it("where they are longer than a megabyte, and not before", async () => {
      const file = fileOf("nonce-01");
      appendFileSync(file, " ".repeat(1_000_000 - readFileSync(file).length));
      assert.deepEqual(await found(), ["nonce-01"]);
      appendFileSync(file, " ");
      await assertPassedOver();
    });

    it("where another user wrote them", async () => {
      const { getuid } = process;
      const other = (getuid?.() ?? 0) + 1;
      process.getuid = () => other;
      try {
        // Windows tells no user of a file but 0.
        await assertPassedOver();
      } finally {
        process.getuid = getuid as () => number;
      }
    });
  });

  it("that cannot be written are told of with the reason", async () => {
    writeFileSync(join(home, "office-configuration"), "");
    await run().begin(creator("nonce-01"), ATTEMPT);
    const [line = ""] = said;
    assert.match(
      line,
      /^Cannot record on this machine what is being created \(E[A-Z]+: .*\)\. If this run is killed, the next one refuses the names of what it made, and offers to adopt it\. Set PULUMI_HOME to a folder that can be written to keep such records\.$/,
    );
  });
});
