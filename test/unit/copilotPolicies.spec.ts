import { strict as assert } from "node:assert";
import { CopilotHost, PATH, WEB } from "../copilotHost";

const NAME = "Allow web search in Copilot";
const ON = { setting: WEB, value: "0" };
const OFF = { setting: WEB, value: "1" };

let host: CopilotHost;

beforeEach(() => {
  // As written, so that the messages have the ids of the tenant.
  host = new CopilotHost({ mode: { othersPolicies: false, idCase: "kept" } });
});

afterEach(() => host.close());

describe("the policy of one of Copilot's settings", () => {
  /** A first policy, with a value or without, and a second. */
  const policies = (first: Record<string, string> = {}, second: Record<string, string> = {}) => {
    const { copilot } = host.tenant;
    return [copilot.addPolicy(first), copilot.addPolicy(second)] as const;
  };
  const read = () => host.tenant.copilot.get(WEB);

  it("is sent if the program names one, and is put back there", async () => {
    const [, second] = policies();
    const web = host.setting();
    assert.deepEqual(await host.run(() => web.up({ ...OFF, policyId: second.id })), []);
    assert.deepEqual(host.sent(), [{ value: "1", policyId: second.id }]);
    assert.deepEqual(read(), { value: "1", policyId: second.id });
    assert.equal(web.outputs.policyId, second.id);
    await host.run(() => web.up({ ...ON, policyId: second.id.toUpperCase() }));
    const lines = await host.run(() => web.destroy());
    assert.deepEqual(lines, [
      `${NAME}: is cleared in the policy ${second.id}, whose former value nobody could read`,
    ]);
    assert.deepEqual(host.sent().at(-1), { value: null, policyId: second.id });
    assert.equal(read().value, null);
  });

  it("gets its own value back if Graph reads that one", async () => {
    const [, second] = policies({}, { [WEB]: "2" });
    const web = host.setting();
    await host.run(() => web.up({ ...OFF, policyId: second.id }));
    assert.deepEqual(await host.run(() => web.destroy()), []);
    assert.deepEqual(read(), { value: "2", policyId: second.id });
  });

  it("may come after one that Graph reads: then the value is there, and a message says so", async () => {
    const [first, second] = policies({ [WEB]: "0" });
    const web = host.setting();
    const inputs = { ...OFF, policyId: second.id };
    assert.deepEqual(await host.run(() => web.up(inputs)), [
      `${NAME}: warning: the value is in the policy ${second.id}, and Graph reads this setting from the policy ${first.id}`,
    ]);
    assert.equal(second.values.get(WEB), "1");
    assert.equal(web.outputs.resolvedPolicyId, first.id);
    const drift = await host.run(() => web.refresh(inputs));
    assert.deepEqual(drift.slice(1), [
      `${NAME}: value off everywhere (1) => on everywhere (0) (changed in the tenant)`,
      `${NAME}: policyId "${second.id}" => "${first.id}" (changed in the tenant)`,
    ]);
    assert.deepEqual(await host.run(() => web.destroy()), [
      `${NAME}: is read from the policy ${first.id} now, and not from the policy ${second.id} that this resource wrote to: all stays as it is`,
    ]);
    assert.equal(first.values.get(WEB), "0");
  });

  it("gets the value that another one has too, and the preview says so", async () => {
    const [first, second] = policies({ [WEB]: "1" });
    const inputs = { ...OFF, policyId: second.id };
    const web = host.setting();
    assert.deepEqual(await host.run(() => web.up(inputs), { isPreview: true }), [
      `${NAME}: policyId "${first.id}" => "${second.id}"`,
    ]);
    await host.run(() => web.up(inputs));
    assert.deepEqual(host.sent(), [{ value: "1", policyId: second.id }]);
  });

  it("is told if Graph reads the setting from none", async () => {
    const [first] = policies();
    const body = JSON.stringify({ id: WEB, value: null, policyId: null });
    host.tenant.faults.add({ match: `GET ${PATH}/${WEB}`, times: 2, body });
    assert.deepEqual(await host.run(() => host.setting().up({ ...OFF, policyId: first.id })), [
      `${NAME}: warning: the value is in the policy ${first.id}, and Graph reads this setting from none`,
    ]);
  });

  it("may be gone when the setting is put back", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    const [made] = host.tenant.copilot.policies.splice(0);
    assert.deepEqual(await host.run(() => web.destroy()), [
      `${NAME}: is read from no policy now, and not from the policy ${made?.id} that this resource wrote to: all stays as it is`,
    ]);
  });

  it("changes with the program: the former one gets back what it had", async () => {
    const [first, second] = policies({ [WEB]: "2" });
    const web = host.setting();
    await host.run(() => web.up({ ...OFF, policyId: first.id }));
    const preview = await host.run(() => web.up({ ...OFF, policyId: second.id }), {
      isPreview: true,
    });
    assert.deepEqual(preview, [`${NAME}: policyId "${first.id}" => "${second.id}"`]);
    await host.run(() => web.up({ ...OFF, policyId: second.id }));
    assert.deepEqual([first.values.get(WEB), second.values.get(WEB)], ["2", "1"]);
    assert.deepEqual(web.outputs.__original, {
      value: null,
      policyId: second.id,
      isUnknown: true,
    });
  });

  it("stays if the program no longer names it", async () => {
    const [first] = policies();
    const web = host.setting();
    await host.run(() => web.up({ ...OFF, policyId: first.id }));
    const lines = await host.run(() => web.up(OFF));
    assert.deepEqual(lines, [`${NAME}: policyId is left as it is`]);
    assert.ok(!("policyId" in web.outputs));
    assert.equal(host.sent().length, 1);
    await host.run(() => web.up({ ...OFF, policyId: first.id }));
    assert.equal(host.sent().length, 1);
    assert.equal(web.outputs.policyId, first.id);
  });

  it("is another one if Graph writes to another than it reads: its former value is not known", async () => {
    const [first, second] = policies({}, { [WEB]: "0" });
    const web = host.setting();
    const body = JSON.stringify({ id: WEB, value: "1", policyId: first.id });
    host.tenant.faults.add({ match: `PATCH ${PATH}/*`, body });
    await host.run(() => web.up(OFF));
    const original = { value: null, policyId: first.id, isUnknown: true };
    assert.deepEqual(web.outputs.__original, original);
    assert.equal(second.values.get(WEB), "0");
  });
});

describe("a state that has lost what one of Copilot's settings was before", () => {
  it("puts nothing back, and says so", async () => {
    const web = host.setting();
    await host.run(() => web.up(OFF));
    assert.ok(web.recorded);
    const { __original: _, ...outputs } = web.outputs;
    web.recorded = { ...web.recorded, outputs };
    assert.deepEqual(await host.run(() => web.destroy()), [
      `${NAME}: stays as it is, because the state does not have the value that it had before`,
    ]);
    assert.equal(host.value(), "1");
  });

  it("puts nothing back in one policy either when the program names another", async () => {
    const { copilot } = host.tenant;
    const [first, second] = [copilot.addPolicy({ [WEB]: "2" }), copilot.addPolicy()];
    const web = host.setting();
    await host.run(() => web.up({ ...OFF, policyId: first.id }));
    assert.ok(web.recorded);
    const { __original: _, ...outputs } = web.outputs;
    web.recorded = { ...web.recorded, outputs };
    const lines = await host.run(() => web.up({ ...OFF, policyId: second.id }));
    assert.ok(lines.join("\n").includes("the state does not have the value that it had before"));
    assert.deepEqual([first.values.get(WEB), second.values.get(WEB)], ["1", "1"]);
  });
});

describe("an interrupted write of one of Copilot's settings", () => {
  const lost = { match: `PATCH ${PATH}/*`, drop: "after", times: 99 } as const;

  it("is safe to repeat", async () => {
    host.tenant.faults.add({ ...lost, times: 1 });
    const web = host.setting();
    await host.run(() => web.up(OFF));
    assert.equal(host.sent().length, 2);
    await host.run(() => web.destroy());
    assert.equal(host.value(), null);
  });

  it("keeps what the setting was before, in a creation and in an update", async () => {
    host.tenant.copilot.set(WEB, "2");
    const web = host.setting();
    host.tenant.faults.add(lost);
    await host.run(() => assert.rejects(web.up(OFF)));
    assert.equal(web.recorded?.isTainted, true);
    assert.equal(host.value(), "1");
    await host.run(() => assert.rejects(web.up(ON)));
    host.tenant.faults.clear();
    await host.run(() => web.up(ON));
    await host.run(() => web.destroy());
    assert.equal(host.value(), "2");
  });

  it("keeps it if the setting cannot be read afterwards", async () => {
    host.close();
    host = new CopilotHost({ mode: { othersPolicies: false, successCodes: "odata" } });
    host.tenant.copilot.set(WEB, "2");
    const web = host.setting();
    host.tenant.faults.add({ match: `GET ${PATH}/*`, after: 1, status: 400 });
    await host.run(() => assert.rejects(web.up(OFF), /Reading Copilot setting \S+ failed: 400/));
    assert.equal(web.recorded?.isTainted, true);
    await host.run(() => web.up(OFF));
    await host.run(() => web.destroy());
    assert.equal(host.value(), "2");
  });

  it("leaves no resource behind if Graph has refused it", async () => {
    host.tenant.faults.add({ match: `PATCH ${PATH}/*`, status: 400 });
    const web = host.setting();
    await host.run(() => assert.rejects(web.up(OFF)));
    assert.equal(web.recorded, undefined);
  });

  it("is done by a later deletion that was interrupted itself", async () => {
    host.tenant.copilot.set(WEB, "2");
    const web = host.setting();
    await host.run(() => web.up(OFF));
    host.tenant.faults.add(lost);
    await host.run(() => assert.rejects(web.destroy()));
    host.tenant.faults.clear();
    assert.deepEqual(await host.run(() => web.destroy()), []);
    assert.equal(host.value(), "2");
  });
});

describe("an answer about one of Copilot's settings", () => {
  const PATCHED = `PATCH ${PATH}/*`;
  const GOT = `GET ${PATH}/${WEB}`;

  it("without a body is asked for again", async () => {
    host.close();
    host = new CopilotHost({ mode: { othersPolicies: false, successCodes: "odata" } });
    const web = host.setting();
    assert.deepEqual(await host.run(() => web.up(OFF)), []);
    assert.equal(typeof web.outputs.resolvedPolicyId, "string");
    await host.run(() => web.destroy());
    assert.equal(host.value(), null);
  });

  it("that has another value than was sent is told", async () => {
    const body = JSON.stringify({ id: WEB, value: "2", policyId: "p" });
    host.tenant.faults.add({ match: PATCHED, body });
    assert.deepEqual(await host.run(() => host.setting().up(OFF)), [
      `${NAME}: warning: the value "1" was sent, and Graph answers with "2"`,
    ]);
  });

  it("may have a number for a digit", async () => {
    const body = JSON.stringify({ id: WEB, value: 1, policyId: "p" });
    host.tenant.faults.add({ match: GOT, body });
    const web = host.setting();
    await host.run(() => web.up(OFF));
    assert.deepEqual([host.sent(), web.outputs.value], [[], "1"]);
  });

  for (const [what, body] of [
    ["has no value", { id: WEB, policyId: "p" }],
    ["is about another setting", { id: "microsoft.copilot.other", value: null, policyId: null }],
    ["is a list", [{ id: WEB, value: null }]],
    ["has an object for a value", { id: WEB, value: {} }],
  ] as const) {
    it(`that ${what} is asked for by name, and never taken for none`, async () => {
      host.tenant.copilot.set(WEB, "2");
      const fault = { match: GOT, body: JSON.stringify(body) };
      host.tenant.faults.add(fault);
      const web = host.setting();
      await host.run(() => web.up(OFF));
      assert.deepEqual(
        host.tenant.requests.map(({ path }) => path.replace(`${PATH}/${WEB}`, "")),
        ["", "?$select=id,value,policyId", ""],
      );
      assert.equal((web.outputs.__original as { value: string }).value, "2");

      host.tenant.faults.add(fault);
      host.tenant.faults.add({ ...fault, match: `${GOT}?*` });
      const other = host.setting("other");
      await host.run(() =>
        assert.rejects(
          other.up(ON),
          /The answer to "Reading Copilot setting \S+" does not say whether this setting has a value \(request-id \S+\)/,
        ),
      );
      assert.equal(host.value(), "1");
    });
  }
});
