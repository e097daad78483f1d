import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import type { PlainObject } from "../../provider/settings/json";
import { TenantRuns } from "../tenantRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const GROUPS = ["a", "b"].map((end) => `11111111-1111-4111-8111-11111111111${end}`);

describe("the refusal of a name that the tenant has", () => {
  let runs: TenantRuns;
  const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

  beforeEach(() => {
    runs = new TenantRuns();
  });
  afterEach(() => runs.close());

  type Values = Partial<Parameters<TenantRuns["tenant"]["store"]["insert"]>[0]>;
  const there = (values: Values = {}) =>
    runs.tenant.store.insert({ type: TYPE, displayName: "Baseline", ...values }).id;

  /** The lines of the error with which a creation fails. */
  async function refusal(inputs: PlainObject = {}, context = runs.run()): Promise<string[]> {
    let lines: string[] = [];
    await assert.rejects(
      policy.create(context, { displayName: "Baseline", ...inputs }),
      (error: Error) => {
        lines = error.message.split("\n");
        return error.name === "OfficeConfigurationError";
      },
    );
    assert.deepEqual(runs.tenant.writes(), []);
    return lines;
  }

  const settings = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ settingId: `a16;L_${at}`, value: "1" }));

  it("names the policy and what it holds, and offers all ways out", async () => {
    const id = there({
      priority: 7,
      policyPayload: settings(2),
      userPreferencePayload: settings(1),
      groupIds: GROUPS,
    });
    assert.deepEqual(await refusal(), [
      'client configuration "Baseline" is refused: the tenant has another policy of this name and kind. Nothing was made.',
      `  ${id} (3 settings, 2 groups, priority 7)`,
      "To go on, give the resource one of these:",
      '  aliases: [{ name: "<old name>" }]: if it was renamed in the program',
      `  adopt: { id: "${id}" }: to take that policy over, for example if an interrupted update, on this machine or another, made it`,
      "  allowDuplicateName: true: to have two policies of this name, even if only until another resource gets another name; a forced replacement (--replace) needs it too",
    ]);
  });

  it("counts nothing, one setting, and other JSON as one", async () => {
    const empty = there();
    const one = there({ userPreferencePayload: settings(1), groupIds: GROUPS.slice(1) });
    const other = there({ policyPayload: { any: "JSON" }, userPreferencePayload: settings(1) });
    assert.deepEqual((await refusal()).slice(1, 4), [
      `  ${empty} (0 settings, 0 groups, priority 0)`,
      `  ${one} (1 setting, 1 group, priority 1)`,
      `  ${other} (2 settings, 0 groups, priority 2)`,
    ]);
  });

  it("says so if there is no priority, and if a policy cannot be read", async () => {
    const id = there({ userPreferencePayload: settings(1) });
    const value = [{ "@odata.type": TYPE, id, displayName: "Baseline" }];
    const body = JSON.stringify({ value });
    runs.tenant.faults.add({ match: "GET *clientConfigurations", body, times: 9 });
    runs.tenant.faults.add({ match: "GET *Payload*", status: 403, times: 9 });
    const [, line] = await refusal();
    assert.equal(line, `  ${id} (priority none; its settings and groups cannot be read now)`);
  });

  it("names three policies, and says how many more there are", async () => {
    const ids = [there(), there(), there()];
    const three = await refusal();
    assert.equal(
      three[0],
      'client configuration "Baseline" is refused: the tenant has 3 policies of this name and kind. Nothing was made.',
    );
    const named = ids.map((id, place) => `  ${id} (0 settings, 0 groups, priority ${place})`);
    assert.deepEqual(three.slice(1, 5), [...named, "To go on, give the resource one of these:"]);
    there();
    there();
    const five = await refusal();
    assert.match(five[0] ?? "", /the tenant has 5 policies of this name/);
    assert.deepEqual(five.slice(1, 6), [
      ...named,
      "  and 2 more",
      "To go on, give the resource one of these:",
    ]);
    assert.ok(five.includes(three[6] ?? "no such line"));
  });

  it("names the resource of the stack that has the policy", async () => {
    const id = there();
    const context = runs.run();
    context.claims.hold(id, { nonce: "other", name: "first" }, "Baseline");
    const [, line] = await refusal({}, context);
    assert.equal(
      line,
      `  ${id}, the resource "first" of this stack (0 settings, 0 groups, priority 0)`,
    );
  });

  for (const [theirs, ours, difference] of [
    ["Gro\u0308ße", "Größe", "U+006F U+0308 in the tenant, U+00F6 U+00DF in the program"],
    ["\u212B", "\u00C5", "U+212B in the tenant, U+00C5 in the program"],
    ["A \u{1D15E}!", "A \u{1D157}\u{1D165}!", "U+1D15E U+0021 in the tenant, U+1D157 U+1D165"],
  ] as const) {
    it(`says how ${JSON.stringify(theirs)} is spelled in another way`, async () => {
      const id = there({ displayName: theirs });
      const [, line = ""] = await refusal({ displayName: ours });
      assert.ok(
        line.startsWith(
          `  ${id} (0 settings, 0 groups, priority 0; its name looks the same but is spelled differently: ${difference}`,
        ),
        line,
      );
    });
  }

  it("shows no difference of a secret name", async () => {
    const id = there({ displayName: "Gro\u0308ße" });
    const secret = { displayName: "Größe", __secrets: ["displayName"] };
    const lines = await refusal(secret);
    assert.deepEqual(lines.slice(0, 2), [
      'client configuration "[secret]" is refused: the tenant has another policy of this name and kind. Nothing was made.',
      `  ${id} (0 settings, 0 groups, priority 0)`,
    ]);
  });

  it("is the same in a preview", async () => {
    const id = there();
    const inputs = { displayName: "Baseline" };
    await assert.rejects(policy.describeCreation(runs.run(), inputs), {
      message: (await refusal()).join("\n"),
    });
    assert.deepEqual(runs.ids(), [id]);
  });
});

describe("an update of a policy that the tenant no longer has", () => {
  it("is refused, and says what to do", async () => {
    const runs = new TenantRuns();
    const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
    const { id, outputs } = await policy.create(runs.run(), { displayName: "Baseline" });
    runs.tenant.store.remove(id);
    const news = { displayName: "Baseline", description: "d" };
    await assert.rejects(policy.update(runs.run(), id, outputs, news), {
      name: "OfficeConfigurationError",
      message: `client configuration "Baseline" (${id}) is gone from the tenant. Run \`pulumi refresh\`; the next \`pulumi up\` recreates it.`,
    });
    runs.close();
  });
});
