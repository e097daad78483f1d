import { strict as assert } from "node:assert";
import type { Emulator } from "../../emulator";
import { DynamicProvider } from "../../provider/host/adapters/dynamic";
import { Announcer } from "../../provider/host/announcer";
import { ProviderProcess } from "../../provider/host/providerProcess";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import type { PlainObject } from "../../provider/settings/json";
import { emulatedRuns } from "../emulatedRuns";

const PROVIDER = { __provider: "the constant text" };
const A = "office16;L_A";

/** The provider of one run, and the lines that stand under Diagnostics. */
async function run(given: Record<string, string> = {}) {
  const config: Record<string, string> = { auditLogWaitSeconds: "0", ...given };
  const lines: string[] = [];
  const process = new ProviderProcess({
    announcer: new Announcer({}, (line) => void lines.push(line)),
  });
  const lifecycle = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
  const provider = new DynamicProvider(lifecycle, process);
  const get = (key: string) => config[key.replace("officeConfiguration:", "")];
  await provider.configure({ config: { get, require: get } } as never);
  return { provider, lines };
}

function given(name: string, inputs: PlainObject, isPreview = false): PlainObject {
  const of = { isPreview, name, instance: name.length, owner: `stack.${name}` };
  return { ...PROVIDER, displayName: `Policy ${name}`, ...inputs, __run: of };
}

describe("lines under Diagnostics", () => {
  const current = emulatedRuns();
  let emulator: Emulator;

  beforeEach(() => {
    emulator = current();
  });

  async function made(name: string, inputs: PlainObject) {
    const { provider } = await run();
    const checked = await provider.check({}, given(name, inputs));
    const stored: PlainObject = { ...PROVIDER, ...(checked.inputs as PlainObject) };
    const { id, outs } = (await provider.create(stored)) as { id: string; outs: PlainObject };
    return { id, stored, outs: { ...PROVIDER, ...outs } };
  }

  it("name each policy that is deleted, and its tenant, also two of one name", async () => {
    const both = { displayName: "Macros", allowDuplicateName: true };
    const policies = [await made("a", both), await made("b", both), await made("c", {})];
    const { provider, lines } = await run();
    for (const { id, outs } of policies) await provider.delete(id, outs);
    const from = `deleted from the tenant ${emulator.tenantId}`;
    assert.deepEqual(lines, [`Macros: ${from}`, `Macros: ${from}`, `Policy c: ${from}`]);
  });

  it("name the tenant by its domain too, where the settings do", async () => {
    const { id, outs } = await made("a", {});
    const { provider, lines } = await run({ tenantId: "contoso.example.com" });
    await provider.delete(id, outs);
    assert.deepEqual(lines, [`Policy a: deleted from contoso.example.com (${emulator.tenantId})`]);
  });

  it("name no policy whose deletion fails", async () => {
    const { id, outs } = await made("a", {});
    emulator.addFault({ match: "DELETE *", status: 403 });
    const { provider, lines } = await run();
    await assert.rejects(async () => provider.delete(id, outs));
    assert.deepEqual(lines, []);
  });

  it("tell drift once, below a headline, and of the update only what is more", async () => {
    const policies = { [A]: "0", "office16;L_B": "0" };
    const [first, second] = [await made("a", { policies }), await made("b", { policies })];
    for (const { id } of [first, second]) {
      const payload = [A, "office16;L_B"].map((settingId) => ({ settingId, value: "7" }));
      emulator.store.patch(id, { policyPayload: JSON.stringify(payload) });
    }
    const { provider, lines } = await run();
    const found: PlainObject[] = [];
    for (const { id, outs } of [first, second]) {
      const { props } = (await provider.read(id, outs)) as { props: PlainObject };
      found.push(props);
      await provider.diff(id, { ...PROVIDER, ...props }, outs);
    }
    const drift = (name: string) =>
      [A, "office16;L_B"].map(
        (setting) => `Policy ${name}: ${setting} "0" => "7" (changed in the tenant)`,
      );
    assert.deepEqual(lines, [
      "Drift found. An update puts back what the program gives:",
      ...drift("a"),
      ...drift("b"),
    ]);
    lines.length = 0;
    await provider.diff(first.id, { ...PROVIDER, ...found[0] }, first.stored);
    assert.deepEqual(lines, []);
    const edited = { ...second.stored, policies: { ...policies, [A]: "1" } };
    await provider.diff(second.id, { ...PROVIDER, ...found[1] }, edited);
    assert.deepEqual(lines, [`Policy b: ${A} "7" => "1"`]);
  });

  it("mark a secret that changed, in an edit and in drift, and show nothing of it", async () => {
    const hidden = { policies: { [A]: "hunter2000" }, __secrets: [`policies/${A}`] };
    const { id, outs, stored } = await made("a", hidden);
    const { provider, lines } = await run();
    await provider.diff(id, outs, { ...stored, policies: { [A]: "hunter3000" } });
    assert.deepEqual(lines, [`Policy a: ${A} [secret] => [secret] (changed)`]);
    lines.length = 0;
    emulator.store.patch(id, { policyPayload: JSON.stringify([{ settingId: A, value: "7" }]) });
    await provider.read(id, outs);
    assert.equal(lines[1], `Policy a: ${A} [secret] => [secret] (changed in the tenant)`);
  });

  describe("where a preview cannot sign in", () => {
    beforeEach(() => {
      delete process.env.OFFICE_CONFIGURATION_ACCESS_TOKEN;
      process.env.AZURE_TOKEN_CREDENTIALS = "EnvironmentCredential";
    });

    it("say why names are not checked, and what to do, once", async () => {
      const { provider, lines } = await run();
      for (const name of ["a", "b"]) {
        const { failures } = await provider.check({}, given(name, {}, true));
        assert.deepEqual(failures, []);
      }
      const [notChecked, ...others] = lines;
      assert.deepEqual(others, ["Policy a: is new", "Policy b: is new"]);
      assert.match(
        notChecked ?? "",
        /^names not checked: Sign-in failed: .*\n- Environment: .*\nSet officeConfiguration:tenantId/,
      );
      assert.deepEqual(emulator.requests, []);
    });

    it("say so for each adoption, and why once", async () => {
      const { provider, lines } = await run();
      for (const name of ["a", "b"]) {
        await provider.check({}, given(name, { adopt: { displayName: name } }, true));
      }
      assert.match(
        lines[0] ?? "",
        /^Policy a: cannot preview its changes\. Sign-in failed: .*\nSet /s,
      );
      assert.equal(
        lines[1],
        'Policy b: cannot preview its changes. Sign-in failed. See the resource "a" for the reason and what to do.',
      );
    });
  });

  it("ask for no credential where nothing has to be looked up", async () => {
    const { id, stored, outs } = await made("a", {});
    delete process.env.OFFICE_CONFIGURATION_ACCESS_TOKEN;
    process.env.AZURE_TOKEN_CREDENTIALS = "no such credential";
    const { provider, lines } = await run();
    const { failures } = await provider.check(stored, given("a", { description: "d" }, true));
    assert.deepEqual(failures, []);
    await provider.diff(id, outs, { ...stored, description: "d" });
    assert.deepEqual(lines, ['Policy a: description (none) => "d"']);
  });

  it("are no errors of settings told twice: the second names the resource with the first", async () => {
    const { provider } = await run({ maxRetries: "many" });
    const reasons: string[] = [];
    for (const name of ["a", "b"]) {
      const { failures = [] } = await provider.check({}, given(name, {}));
      reasons.push(...failures.map(({ reason }) => reason));
    }
    assert.match(reasons[0] ?? "", /maxRetries must be a whole number/);
    assert.equal(
      reasons[1],
      'The officeConfiguration settings cannot be used. See the resource "a" for the reason and what to do.',
    );
  });
});
