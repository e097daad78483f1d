import { strict as assert } from "node:assert";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreationRecords, newNonce, recordsFolder } from "../../provider/update/creationRecords";

const TENANT = "22222222-2222-4222-8222-22222222222a";
const ID = "11111111-1111-4111-8111-11111111111a";
const KEY = "stack.urn";
const ATTEMPT = {
  name: "windowsOfficeClientConfiguration Secret name",
  contents: ['{"policies":{"a16;L_Secret":"hunter2"}}', "less"],
  before: ["AAAAAAAA-1111-4111-8111-11111111111a"],
};
const DAY_MS = 24 * 60 * 60 * 1000;

describe("the records of creations", () => {
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

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** A run: it reads what stands on the disk. */
  const run = (backend = "file://backend", at = folder) =>
    new CreationRecords(at, backend, { now: () => nowMs, say: (line) => void said.push(line) });
  const creator = (key = KEY, nonce = newNonce(), tenantId: string | undefined = TENANT) => ({
    key,
    nonce,
    tenantId,
  });
  const files = () => readdirSync(folder).map((name) => join(folder, name));

  it("tell a later run what was begun, and hold nothing that can be read", async () => {
    await run().begin(creator(), ATTEMPT);
    const [record, ...more] = await run().of(creator());
    assert.ok(record);
    assert.deepEqual(more, []);
    assert.equal(record.id, undefined);
    assert.equal(record.atMs, nowMs);
    assert.equal(record.hasName(ATTEMPT.name), true);
    assert.equal(record.hasName("another"), false);
    assert.equal(record.hasContent("less"), true);
    assert.equal(record.hasContent("more"), false);
    assert.equal(record.hadBefore("aaaaaaaa-1111-4111-8111-11111111111A"), true);
    assert.equal(record.hadBefore(ID), false);
    const [file = ""] = files();
    assert.doesNotMatch(readFileSync(file, "utf8"), /Secret|hunter2|AAAAAAAA/i);
    if (process.platform !== "win32") assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it("are those of this resource, tenant and backend, and never of this run", async () => {
    const own = creator();
    const records = run();
    await records.begin(own, ATTEMPT);
    assert.deepEqual(await records.of(own), []);
    assert.equal((await run().of(creator("stack.other"))).length, 0);
    assert.equal((await run().of(creator("other.urn"))).length, 0);
    assert.equal((await run().of(creator(KEY, newNonce(), ID))).length, 0);
    assert.equal((await run("file://other").of(creator())).length, 0);
    assert.equal((await run().of(creator())).length, 1);
  });

  it("know the policy once the answer came, and its stack", async () => {
    const own = creator();
    const records = run();
    await records.begin(own, ATTEMPT);
    await records.made(own.nonce, ID);
    const [record] = await run().of(creator());
    assert.equal(record?.id, ID);
    const found = await run().ofStack(creator("stack.renamed"), ID.toUpperCase());
    assert.equal(found?.nonce, own.nonce);
    assert.equal(await run().ofStack(creator("other.urn"), ID), undefined);
  });

  it("go when a state has the policy, and only for the owner that made it", async () => {
    const own = creator();
    await run().begin(own, ATTEMPT);
    await run().isInState("someone-else", ID);
    await run().isInState(undefined, ID);
    assert.equal(files().length, 1);
    await run().isInState(own.nonce, ID);
    assert.deepEqual(files(), []);
  });

  it("go when a state has the policy under another owner: it was adopted, or an older version wrote it", async () => {
    const own = creator();
    const records = run();
    await records.begin(own, ATTEMPT);
    await records.made(own.nonce, ID);
    await run().isInState(undefined, ID.toUpperCase());
    assert.deepEqual(files(), []);
  });

  it("without an answer go once the resource has its policy by another way", async () => {
    const killed = creator();
    await run().begin(killed, ATTEMPT);
    const [next, records] = [creator(), run()];
    await records.begin(next, ATTEMPT);
    await records.made(next.nonce, ID);
    assert.deepEqual(
      (await run().of(creator())).map(({ nonce }) => nonce),
      [next.nonce],
    );
    await run().begin(creator(), ATTEMPT);
    await run().taken(creator(), ID);
    const left = await run().of(creator());
    assert.ok(left.every(({ id }) => id === ID));
  });

  it("go after a week", async () => {
    await run().begin(creator(), ATTEMPT);
    nowMs += 7 * DAY_MS;
    assert.equal((await run().of(creator())).length, 1);
    nowMs += 1;
    assert.equal((await run().of(creator())).length, 0);
    assert.deepEqual(files(), []);
  });

  it("guard a policy that was taken over, until its owner deletes it", async () => {
    const [first, second] = [creator(), creator("other.urn")];
    await run().taken(first, ID);
    nowMs += 1_000;
    await run().taken(second, ID);
    assert.equal((await run().lastTaker(TENANT, ID.toUpperCase()))?.nonce, second.nonce);
    assert.equal(await run().lastTaker("elsewhere", ID), undefined);
    await run().isInState(second.nonce, ID);
    assert.equal((await run().lastTaker(TENANT, ID))?.nonce, second.nonce);
    await run().drop(second.nonce);
    assert.equal((await run().lastTaker(TENANT, ID))?.nonce, first.nonce);
  });

  it("of two runs at once stand side by side", async () => {
    const [one, two] = [run(), run()];
    await Promise.all([one.begin(creator(), ATTEMPT), two.begin(creator(), ATTEMPT)]);
    assert.equal((await run().of(creator())).length, 2);
  });

  for (const [what, write] of [
    ["that is broken", (file: string) => writeFileSync(file, '{"version":1')],
    ["of another version", (file: string) => writeFileSync(file, '{"version":2}')],
    ["of another form", (file: string) => writeFileSync(file, "[]")],
    ["that is huge", (file: string) => writeFileSync(file, " ".repeat(1_000_001))],
    ["that is a link", (file: string) => symlinkSync(join(home, "elsewhere"), file)],
  ] as const) {
    it(`pass over a file ${what}, with a word`, async () => {
      await run().begin(creator(), ATTEMPT);
      const file = join(folder, "broken-record.json");
      write(file);
      assert.equal((await run().of(creator())).length, 1);
      assert.match(said.join("\n"), /Passed over .*broken-record\.json/);
    });
  }

  it("pass over a record under the name of another", async () => {
    await run().begin(creator(), ATTEMPT);
    const [file = ""] = files();
    writeFileSync(join(folder, "copied.json"), readFileSync(file));
    assert.equal((await run().of(creator())).length, 1);
    assert.match(said.join("\n"), /Passed over .*copied\.json/);
  });

  it("say once where they cannot be written, and the creation goes on", async () => {
    const blocked = join(home, "file", "creations");
    writeFileSync(join(home, "file"), "");
    const records = run("file://backend", blocked);
    const own = creator();
    await records.begin(own, ATTEMPT);
    await records.made(own.nonce, ID);
    await records.begin(creator(), ATTEMPT);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /Cannot record on this machine.*Set PULUMI_HOME/);
    await records.drop(own.nonce);
  });

  it("cannot be read by anybody else, whatever the mask of the process is", async () => {
    const before = process.umask(0);
    try {
      await run().begin(creator(), ATTEMPT);
    } finally {
      process.umask(before);
    }
    if (process.platform !== "win32") assert.equal(statSync(folder).mode & 0o077, 0);
    chmodSync(folder, 0o700);
    assert.equal(existsSync(folder), true);
  });

  it("are not kept without a folder", async () => {
    const records = new CreationRecords(undefined);
    const own = creator();
    await records.begin(own, ATTEMPT);
    await records.made(own.nonce, ID);
    assert.deepEqual(await records.of(creator()), []);
    assert.equal(await records.lastTaker(TENANT, ID), undefined);
  });
});
