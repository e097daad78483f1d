import { strict as assert } from "node:assert";
import { UNKNOWN } from "../../provider/settings/json";
import { CopilotHost, IMAGES, PATH, WEB } from "../copilotHost";

const NAME = "Allow web search in Copilot";
const OFF = { setting: WEB, value: "1" };
const ON = { setting: WEB, value: "0" };

let host: CopilotHost;

beforeEach(() => {
  host = new CopilotHost();
});

afterEach(() => host.close());

describe("one of Copilot's settings", () => {
  it("is sent if it differs, with the value and nothing else", async () => {
    host.tenant.copilot.set(WEB, "0");
    const web = host.setting();
    await host.run(() => web.up(OFF));
    assert.deepEqual(host.sent(), [{ value: "1" }]);
    const { policyId } = host.tenant.copilot.get(WEB);
    assert.equal(web.id, WEB);
    const { setting, value, resolvedPolicyId, __original: original } = web.outputs;
    // Graph may spell an id in upper case.
    const spelled = policyId?.toUpperCase();
    assert.deepEqual([setting, value, resolvedPolicyId], [WEB, "1", spelled]);
    assert.deepEqual(original, { value: "0", policyId: spelled });
    assert.ok(!("policyId" in web.outputs));
  });

  it("is only read if the tenant has the value already, and in an update without changes", async () => {
    host.tenant.copilot.set(WEB, "1");
    const web = host.setting();
    await host.run(() => web.up(OFF));
    await host.run(() => web.up(OFF));
    assert.deepEqual(
      host.tenant.requests.map(({ method }) => method),
      ["GET"],
    );
  });

  it("is shown in a preview with what the tenant has, and what the values mean", async () => {
    const preview = (inputs: object) =>
      host.run(() => host.setting().up({ ...inputs }), { isPreview: true });
    assert.deepEqual(await preview(OFF), [`${NAME}: value (none) => off everywhere (1)`]);
    host.tenant.copilot.set(WEB, "0");
    assert.deepEqual(await preview(OFF), [
      `${NAME}: value on everywhere (0) => off everywhere (1)`,
    ]);
    host.tenant.copilot.set(WEB, "1");
    assert.deepEqual(await preview(OFF), [`${NAME}: nothing differs`]);
    assert.deepEqual(await preview({ setting: IMAGES, value: "1" }), [
      "Control access to Designer Image Generation: value (none) => off (1)",
    ]);
    assert.deepEqual(host.sent(), []);
  });

  it("is not read in a preview that does not know it yet", async () => {
    const unknown = { ...OFF, setting: UNKNOWN };
    assert.deepEqual(await host.run(() => host.setting().up(unknown), { isPreview: true }), []);
    assert.equal(host.tenant.count, 0);
  });

  it("is previewed where another value is given, without asking Graph", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    const before = host.tenant.count;
    assert.deepEqual(await host.run(() => web.up({ ...OFF, value: "2" }), { isPreview: true }), [
      `${NAME}: value off everywhere (1) => off in Copilot's work mode, on in Copilot Chat (2)`,
    ]);
    assert.equal(host.tenant.count, before);
  });

  it("is put back as it was found", async () => {
    for (const found of ["0", null]) {
      host.tenant.copilot.set(WEB, found);
      const web = host.setting(String(found));
      await host.run(() => web.up(OFF));
      await host.run(() => web.up({ ...OFF, value: "2" }));
      assert.equal(host.value(), "2");
      assert.deepEqual(await host.run(() => web.destroy()), []);
      assert.equal(host.value(), found);
      assert.deepEqual(host.sent().at(-1), { value: found });
    }
  });

  it("stays as somebody else has changed it, and the message says so", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    host.tenant.copilot.set(WEB, "2");
    assert.deepEqual(await host.run(() => web.destroy()), [
      `${NAME}: was changed by someone else since, and stays as it is`,
    ]);
    assert.equal(host.value(), "2");
  });

  it("is not written again if somebody else has put it back already", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    host.tenant.copilot.set(WEB, null);
    assert.deepEqual(await host.run(() => web.destroy()), []);
    assert.equal(host.sent().length, 1);
  });

  it("shows drift, and an update puts the program's value back", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    host.tenant.copilot.set(WEB, "0");
    assert.deepEqual((await host.run(() => web.refresh(OFF))).slice(1), [
      `${NAME}: value off everywhere (1) => on everywhere (0) (changed in the tenant)`,
    ]);
    await host.run(() => web.up(OFF));
    assert.equal(host.value(), "1");
    host.tenant.copilot.set(WEB, null);
    assert.deepEqual((await host.run(() => web.refresh(OFF))).slice(1), [
      `${NAME}: value off everywhere (1) => (none) (changed in the tenant)`,
    ]);
    assert.equal(web.outputs.value, undefined);
    await host.run(() => web.up(OFF));
    assert.equal(host.value(), "1");
    await host.run(() => web.destroy());
    assert.equal(host.value(), null);
  });

  it("tells in an update that somebody has changed it, unless the program makes the same change", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    host.tenant.copilot.set(WEB, "2");
    const lines = await host.run(() => web.up(ON));
    assert.ok(
      lines.includes(
        `${NAME}: value was changed in the tenant since, off everywhere (1) => off in Copilot's work mode, on in Copilot Chat (2); the program's value is written`,
      ),
      lines.join("\n"),
    );
    host.tenant.copilot.set(WEB, "1");
    const same = await host.run(() => web.up(OFF));
    assert.ok(!same.join().includes("changed in the tenant since"), same.join("\n"));
    const alone = await host.run(() => web.up(ON));
    assert.ok(!alone.join().includes("changed in the tenant since"), alone.join("\n"));
  });

  it("is replaced by another setting, and put back then", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    const lines = await host.run(() => web.up({ setting: IMAGES, value: "1" }));
    assert.deepEqual(lines, [`${NAME}: setting "${WEB}" => "${IMAGES}"`]);
    assert.deepEqual([host.value(), host.value(IMAGES)], [null, "1"]);
    assert.equal(web.id, IMAGES);
  });

  it("is one resource's in a stack, however it is spelled", async () => {
    await host.setting("a").check(OFF);
    await host.setting("a2").check({ setting: IMAGES, value: "1" });
    await assert.rejects(
      host.setting("b").check({ ...ON, setting: WEB.toUpperCase() }),
      /^Error: setting MICROSOFT\S+ is set by the resource "a" already: remove one of the two$/,
    );
  });

  it("is left to another resource that has it now", async () => {
    const old = host.setting("old");
    await host.run(() => old.up(OFF));
    const lines = await host.run(async () => {
      await host.setting("new").up(ON);
      await old.destroy();
    });
    assert.deepEqual(lines.slice(-1), [
      `${NAME}: is set by the resource "new" now: it stays as it is, and is not put back`,
    ]);
    assert.equal(host.value(), "0");
  });

  it("is refused in another tenant than its own", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    const other = "22222222-2222-4222-8222-222222222222";
    host.settings.accessToken = host.tenant.token("user", other);
    host.newRun();
    await assert.rejects(web.up(ON), new RegExp(`${NAME} is recorded in the tenant`));
    await assert.rejects(web.destroy(), /now works in the tenant 22222222/);
    assert.equal(host.value(), "1");
  });

  it("can be read without being managed, and has no value to put back then", async () => {
    host.tenant.copilot.set(WEB, "2");
    const read = await host
      .operations("CopilotPolicySetting")
      .read(WEB, { properties: {}, owner: {} });
    assert.ok(read.is === "found");
    const { setting, value, resolvedPolicyId } = read.outputs;
    assert.deepEqual([setting, value, typeof resolvedPolicyId], [WEB, "2", "string"]);
    assert.ok(!("__original" in read.outputs));
  });
});

describe("a secret value of one of Copilot's settings", () => {
  const secret = { ...OFF, value: "hidden-1", __secrets: ["value"] };

  it("is shown nowhere, nor is what it means", async () => {
    const web = host.setting();
    const lines = [
      ...(await host.run(() => web.up(secret), { isPreview: true })),
      ...(await host.run(() => web.up(secret))),
      ...(await host.run(() => web.up({ ...secret, value: "1" }), { isPreview: true })),
    ];
    assert.ok(lines.includes(`${NAME}: value (none) => [secret]`), lines.join("\n"));
    assert.doesNotMatch(lines.join("\n"), /hidden|everywhere \(1\) =>/);
    assert.match(lines.join("\n"), /warning: the value is none that is known for this setting/);
    host.tenant.copilot.set(WEB, "theirs");
    const drift = await host.run(() => web.refresh(secret));
    assert.doesNotMatch(drift.join("\n"), /hidden|theirs/);
    assert.deepEqual(web.outputs.__secrets, ["value"]);
    host.tenant.copilot.set(WEB, "others");
    const again = await host.run(() => web.refresh(secret));
    assert.match(again.join("\n"), /\[secret\]/);
    assert.doesNotMatch(again.join("\n"), /hidden|theirs|others/);
  });

  it("is not shown either if somebody has changed it, or if Graph answers with another", async () => {
    const web = host.setting();
    await host.run(() => web.up(secret));
    host.tenant.copilot.set(WEB, "theirs");
    const body = JSON.stringify({ id: WEB, value: "answered", policyId: "p" });
    host.tenant.faults.add({ match: `PATCH ${PATH}/*`, body });
    const lines = await host.run(() => web.up({ ...secret, value: "hidden-2" }));
    assert.match(lines.join("\n"), /value was changed in the tenant since, \[secret\]/);
    assert.match(
      lines.join("\n"),
      /the value \[secret\] was sent, and Graph answers with \[secret\]/,
    );
    assert.doesNotMatch(lines.join("\n"), /hidden|theirs|answered/);
  });
});
