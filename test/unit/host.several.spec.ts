import { strict as assert } from "node:assert";
import { ProviderProcess } from "../../provider/host/providerProcess";
import { UNKNOWN } from "../../provider/settings/json";
import { FakeHost, type FakeResource } from "../fakeHost";

const KIND = "WindowsOfficeClientConfiguration";
const OTHER = "22222222-2222-4222-8222-222222222222";

let host: FakeHost;
let a: FakeResource;
let b: FakeResource;

function openAndClose(): void {
  beforeEach(() => {
    host = new FakeHost();
    a = host.resource(KIND, "a");
    b = host.resource(KIND, "b");
  });
  afterEach(() => host.close());
}

const A = { displayName: "A" };
const there = () => host.tenant.store.list().map(({ displayName }) => displayName);

/** Puts a policy that somebody else has made into the tenant. */
function seeded(displayName = "A"): string {
  host.tenant.store.seed([{ displayName }]);
  return host.tenant.store.list().at(-1)?.id ?? "";
}

describe("two resources of a stack", () => {
  openAndClose();

  it("may not adopt one policy, by its name or by its id", async () => {
    const id = seeded();
    for (const adopt of [{ displayName: "A" }, { id }]) {
      host.newRun();
      await a.check({ ...A, adopt });
      await a.check({ ...A, adopt });
      const refusal = /adopt names the policy that the resource "a" adopts already/;
      await assert.rejects(b.check({ ...A, adopt }), refusal);
    }
  });

  it("may not both be new and of one name, unless the program allows it", async () => {
    await a.check(A);
    const refusal = /^Error: displayName is also the name of the resource "a", of the same kind/;
    await assert.rejects(b.check(A), refusal);
    await b.check({ ...A, allowDuplicateName: true });
    await host.resource("WindowsOfficeClientSecurityConfiguration", "c").check(A);
    host.newRun();
    await a.up({ displayName: "B" });
    host.newRun();
    await b.check(A);
    await a.check(A);
  });

  it("may not be one policy: the one that is new is refused", async () => {
    await a.up(A);
    host.newRun();
    await a.up(A);
    const adopt = { id: a.id };
    await assert.rejects(
      b.check({ displayName: "B", adopt }),
      new RegExp(`\\nadopt names ${a.id}, which another resource of this stack is already$`),
    );
  });

  it("may not be one policy: the one that is there is refused where the new one comes first", async () => {
    await a.up(A);
    host.newRun();
    await b.check({ displayName: "B", adopt: { id: a.id } });
    await assert.rejects(
      a.up(A),
      /belongs to this resource, but a new resource of the program wants it too/,
    );
  });

  it("may not be one policy: both stand in the state with it", async () => {
    await a.up(A);
    const { id } = a;
    host.newRun();
    await b.up({ displayName: "B" });
    b.recorded = { id, outputs: { ...b.outputs, ...A }, isTainted: false };
    host.newRun();
    await a.up(A);
    await assert.rejects(
      b.up(A),
      /^OfficeConfigurationError: A \(.*\) is the resource "b" and the resource "a" of this stack/,
    );
  });

  it("may not be one policy: another one has taken it over in this run", async () => {
    const id = seeded();
    await b.up({ ...A, adopt: { id } });
    a.recorded = { id, outputs: A, isTainted: false };
    await assert.rejects(a.up(A), /but another resource of the same name has just taken it over/);
  });

  it("share a policy by a rename without an alias: the old one is not deleted, in this run or a later one", async () => {
    await a.up(A);
    const { recorded } = a;
    host.newRun();
    await b.up(A);
    assert.equal(b.id, recorded?.id);
    assert.match(
      host.said[0] ?? "",
      /^A: takes over .* \(made or adopted by this stack, as a record/,
    );
    await a.destroy();
    assert.deepEqual(
      host.said.at(-1),
      `A: ${b.id} is not deleted, because the resource "b" has it`,
    );
    host.newRun();
    a.recorded = recorded;
    await a.destroy();
    assert.match(
      host.said.at(-1) ?? "",
      /is not deleted, because a later resource has taken it over: .* says so/,
    );
    await b.destroy();
    assert.deepEqual(there(), []);
  });

  it("may not decide one property of one policy", async () => {
    await a.up({ ...A, priority: 3 });
    host.newRun();
    const patch = host.resource("OfficeClientConfigurationPatch", "patch");
    await patch.check({ configurationId: a.id, priority: 4 });
    await assert.rejects(a.up({ ...A, priority: 3 }), /the resource "patch" sets its priority/);
  });
});

describe("a preview in a host", () => {
  openAndClose();
  beforeEach(() => host.newRun({ isPreview: true }));

  it("says once that names are not checked where the tenant cannot be read", async () => {
    host.tenant.faults.add({ match: "GET *", status: 403, times: 9 });
    await a.up(A);
    await b.up({ displayName: "B" });
    const [notChecked, ...others] = host.said;
    assert.match(notChecked ?? "", /^names not checked: .* failed: 403/);
    assert.deepEqual(others, ["A: is new", "B: is new"]);
    assert.equal(host.tenant.count, 1);
  });

  it("asks nobody to sign in for names alone", async () => {
    const { endpoint = "" } = host.settings;
    for (const name of Object.keys(host.settings)) delete host.settings[name];
    Object.assign(host.settings, { endpoint, credential: "deviceCode", tenantId: OTHER });
    host.newRun({ isPreview: true });
    await a.up(A);
    await b.up({ displayName: "B" });
    assert.deepEqual(host.said, [
      "names not checked: A device code waits for somebody to sign in, and a preview does not ask.",
      "A: is new",
      "B: is new",
    ]);
    assert.equal(host.tenant.count, 0);
  });

  it("says of an adoption that it cannot be previewed, in full once", async () => {
    host.tenant.faults.add({ match: "GET *", status: 403, times: 9 });
    await a.up({ ...A, adopt: { id: OTHER } });
    await b.up({ displayName: "B", adopt: { displayName: "B" } });
    const [first, second, ...more] = host.said;
    assert.match(first ?? "", /^A: cannot preview its changes\. Reading .* failed: 403 .*\n/);
    assert.match(
      second ?? "",
      /^B: cannot preview its changes\. .*See the resource "a" for the reason/,
    );
    assert.deepEqual(more, []);
  });

  it("fails where the creation would: with what the program can do", async () => {
    await assert.rejects(
      a.up({ ...A, adopt: { id: OTHER } }),
      new RegExp(
        `^Error: client configuration "A" cannot be adopted: there is no object with the id ${OTHER}`,
      ),
    );
  });

  it("asks for nothing where the name is not known yet, or other problems are", async () => {
    await a.up({ displayName: UNKNOWN });
    await assert.rejects(b.up({ displayName: "B", priority: -1 }), /^Error: priority must be/);
    assert.deepEqual([host.tenant.count, host.said], [0, ["a: is new"]]);
  });

  it("of a resource that is there tells no creation", async () => {
    host.newRun();
    await a.up(A);
    host.newRun({ isPreview: true });
    const { count } = host.tenant;
    await a.up({ ...A, description: "d" });
    assert.deepEqual(host.said, ['A: description (none) => "d"']);
    assert.equal(host.tenant.count, count);
  });
});

describe("a comparison in a host", () => {
  openAndClose();

  it("has something to update where a value is not known yet, and no difference to name", async () => {
    await a.up(A);
    host.newRun();
    const { isChanged, differences } = await a.compare({ ...A, adopt: UNKNOWN });
    assert.deepEqual([isChanged, differences], [true, []]);
    assert.equal((await a.compare(A)).isChanged, false);
  });

  it("has time limits among its differences, which are stored and told by nobody", async () => {
    await a.up(A);
    host.newRun();
    const timeouts = { update: "1h" };
    const [difference] = (await a.compare({ ...A, timeouts })).differences;
    assert.deepEqual([difference?.path, difference?.new], [["timeouts"], timeouts]);
    await a.up({ ...A, timeouts });
    assert.deepEqual(a.outputs.timeouts, timeouts);
    assert.deepEqual(host.said, []);
  });

  it("says nothing of what a refresh has just found, once", async () => {
    await a.up({ ...A, description: "d" });
    host.newRun();
    await a.refresh({ ...A, description: "e" });
    assert.deepEqual(host.said, []);
    await a.compare({ ...A, description: "e" });
    assert.deepEqual(host.said, ['A: description "d" => "e"']);
  });
});

describe("a read of what the program asks for by its id", () => {
  openAndClose();

  it("has no owner, and fails where there is no such policy", async () => {
    const nothing = { properties: {}, owner: {} };
    const id = seeded();
    const read = await host.operations(KIND).read(id, nothing);
    assert.ok(read.is === "found");
    assert.deepEqual(
      [read.outputs.displayName, read.outputs.tenantId, "__owner" in read.outputs],
      ["A", host.tenant.tenantId, false],
    );
    await assert.rejects(
      host.operations(KIND).read(OTHER, nothing),
      new RegExp(`There is no client configuration with the id ${OTHER}\\.`),
    );
  });
});

describe("a configuration that cannot be used", () => {
  openAndClose();

  it("is a problem of every resource, told in full once", async () => {
    host.settings.cloud = "mars";
    host.stack = { keys: ["officeConfiguration:tenantID"] };
    await assert.rejects(a.check(A), /tenantID.*cloud/s);
    await assert.rejects(b.check(A), /cannot be used\. See the resource "a"/);
    assert.throws(() => host.process.summary, /mars/);
    await assert.rejects(a.create(A), /mars/);
  });

  it("is a problem of programs only, where a key is not known: a refresh goes on", async () => {
    await a.up(A);
    host.newRun();
    host.stack = { keys: ["officeConfiguration:tenantID"] };
    await assert.rejects(a.check(A), /tenantID/);
    await a.refresh(A);
    assert.equal(a.outputs.displayName, "A");
  });

  it("is none before the engine has given it", () => {
    const env = { PULUMI_HOME: "/nowhere" };
    assert.throws(() => new ProviderProcess({ env }).summary, /did not configure the provider/);
  });

  it("is read once in a process", () => {
    const { process } = host;
    const { endpoint } = process.summary;
    process.configure(() => "https://elsewhere.example");
    assert.equal(process.summary.endpoint, endpoint);
  });

  it("is one whose token is for another tenant than the settings name", async () => {
    host.settings.tenantId = OTHER;
    await assert.rejects(a.up(A), new RegExp(OTHER));
    assert.equal(host.tenant.count, 0);
  });
});
