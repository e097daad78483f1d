import { strict as assert } from "node:assert";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import type { PlainObject } from "../../provider/settings/json";
import { TenantRuns } from "../tenantRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const [A, B, C] = ["a16;L_A", "a16;L_B", "a16;L_C"] as const;
const group = (end: string) => `11111111-1111-4111-8111-11111111111${end}`;

let runs: TenantRuns;
let id: string;
const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

type Values = Parameters<TenantRuns["tenant"]["store"]["patch"]>[1];

/** A tenant whose policy has changed since it was in the state. */
function openAndClose(): void {
  beforeEach(() => {
    runs = new TenantRuns();
    id = runs.tenant.store.insert({ type: TYPE, displayName: "Baseline" }).id;
  });
  afterEach(() => runs.close());
}

/** Updates the policy that somebody has given other values. @returns the lines that are said. */
async function updated(theirs: Values, olds: PlainObject, news: PlainObject): Promise<string[]> {
  runs.tenant.store.patch(id, theirs);
  const [from, to] = [olds, news].map((each) => ({ displayName: "Baseline", ...each }));
  await policy.update(runs.run(), id, from ?? {}, to ?? {});
  return runs.said;
}

const list = (settings: Record<string, string>) =>
  Object.entries(settings).map(([settingId, value]) => ({ settingId, value }));
const stored = () => runs.tenant.store.get(id);
const settingsThere = () => JSON.parse(stored()?.policyPayload?.toString() ?? "[]") as unknown;
const groupsThere = () => stored()?.assignments.map(({ groupId }) => groupId);
const paths = () => runs.tenant.writes().map((trip) => trip.split("/").at(-1));

const ADDED = "was added in the tenant since, and is kept; a refresh shows it";
const changed = (change: string) =>
  `was changed in the tenant since, ${change}; the program's value is written`;

describe("an update of a policy whose settings somebody has changed since", () => {
  openAndClose();
  const olds = { policies: { [A]: "1", [B]: "1" } };
  const news = { policies: { [A]: "2", [B]: "2" } };
  const theirs = { policyPayload: list({ [A]: "1", [B]: "9", [C]: "7" }) };

  it("writes the program's values, keeps added settings, and names both", async () => {
    assert.deepEqual(await updated(theirs, olds, news), [
      `Baseline: ${B} ${changed('"1" => "9"')}`,
      `Baseline: ${C} "7" ${ADDED}`,
    ]);
    assert.deepEqual(settingsThere(), list({ [A]: "2", [B]: "2", [C]: "7" }));
  });

  it("masks one secret setting, and no other", async () => {
    const secret = { ...news, __secrets: [`policies/${B}`] };
    assert.deepEqual(await updated(theirs, olds, secret), [
      `Baseline: ${B} ${changed("[secret] => [secret]")}`,
      `Baseline: ${C} "7" ${ADDED}`,
    ]);
  });

  it("masks all settings if the payload is a secret as a whole", async () => {
    const secret = { ...olds, __secrets: ["policies"] };
    assert.deepEqual(await updated(theirs, secret, news), [
      `Baseline: ${B} ${changed("[secret] => [secret]")}`,
      `Baseline: ${C} [secret] ${ADDED}`,
    ]);
  });

  it("says of a payload without settings that it has changed as a whole", async () => {
    const json = (value: unknown) => ({ policies: { $json: { value } } });
    const lines = await updated({ policyPayload: { value: "theirs" } }, json("old"), json("new"));
    assert.deepEqual(lines, [
      `Baseline: policies ${changed('{"$json":{"value":"old"}} => {"$json":{"value":"theirs"}}')}`,
    ]);
    assert.deepEqual(settingsThere(), { value: "new" });
  });

  it("masks a payload as a whole if anything in it is a secret", async () => {
    const secret = { ...olds, __secrets: [`policies/${A}`] };
    assert.deepEqual(await updated({ policyPayload: { value: "theirs" } }, secret, news), [
      `Baseline: policies ${changed("[secret] => [secret]")}`,
    ]);
  });

  it("keeps added settings if the program no longer gives its own", async () => {
    assert.deepEqual(await updated(theirs, olds, {}), [
      `Baseline: ${B} ${changed('"1" => "9"')}`,
      `Baseline: ${C} "7" ${ADDED}`,
    ]);
    assert.deepEqual(settingsThere(), list({ [C]: "7" }));
  });

  it("writes the program's settings if somebody has removed all", async () => {
    assert.deepEqual(await updated({ policyPayload: null }, olds, news), [
      `Baseline: ${A} ${changed('"1" => (none)')}`,
      `Baseline: ${B} ${changed('"1" => (none)')}`,
    ]);
    assert.deepEqual(settingsThere(), list({ [A]: "2", [B]: "2" }));
  });

  it("says nothing of properties that the program does not change", async () => {
    const both = { ...olds, description: "Same" };
    const lines = await updated({ ...theirs, description: "Theirs" }, both, {
      ...both,
      priority: 4,
    });
    assert.deepEqual(lines, []);
    assert.deepEqual(settingsThere(), theirs.policyPayload);
    assert.deepEqual([stored()?.description, stored()?.priority], ["Theirs", 4]);
  });
});

describe("an update of a policy whose groups somebody has changed since", () => {
  openAndClose();
  const olds = { assignments: [group("a"), group("b")] };
  const theirs = { groupIds: ["a", "b", "d", "e"].map(group) };

  it("keeps added groups after the program's own, and names each", async () => {
    const news = { assignments: [group("c"), group("a"), group("d").toUpperCase()] };
    assert.deepEqual(await updated(theirs, olds, news), [
      `Baseline: assignments ${group("e")} ${ADDED}`,
    ]);
    const wanted = ["c", "a", "d", "e"].map(group);
    assert.deepEqual(
      groupsThere()?.map((each) => each?.toLowerCase()),
      wanted,
    );
    assert.deepEqual(paths(), ["assign"]);
  });

  it("masks secret groups", async () => {
    const news = { assignments: [group("a")], __secrets: ["assignments"] };
    assert.deepEqual(await updated(theirs, olds, news), [
      `Baseline: assignments [secret] ${ADDED}`,
      `Baseline: assignments [secret] ${ADDED}`,
    ]);
    assert.deepEqual(groupsThere(), ["a", "d", "e"].map(group));
  });

  it("keeps added groups if the program no longer gives its own", async () => {
    assert.deepEqual(await updated(theirs, olds, {}), [
      `Baseline: assignments ${group("d")} ${ADDED}`,
      `Baseline: assignments ${group("e")} ${ADDED}`,
    ]);
    assert.deepEqual(groupsThere(), ["d", "e"].map(group));
  });

  it("replaces all groups if the program gives groups for the first time", async () => {
    assert.deepEqual(await updated(theirs, {}, { assignments: [group("c")] }), []);
    assert.deepEqual(groupsThere(), [group("c")]);
  });

  it("compares groups in any spelling", async () => {
    const upper = { assignments: olds.assignments.map((each) => each.toUpperCase()) };
    const lines = await updated({ groupIds: [group("a")] }, upper, { assignments: [group("c")] });
    assert.deepEqual(lines, []);
    assert.deepEqual(groupsThere(), [group("c")]);
  });

  it("asks again if an answer has no groups, although some are expected", async () => {
    const body = JSON.stringify({ id, displayName: "Baseline", assignments: [] });
    runs.tenant.faults.add({ match: `GET *${id}?*expand*`, body, times: 9 });
    const lines = await updated(theirs, olds, { assignments: [] });
    assert.equal(lines.length, 2);
    assert.deepEqual(groupsThere(), ["d", "e"].map(group));
  });
});

describe("an update of a policy whose texts somebody has changed since", () => {
  openAndClose();

  it("writes the program's text, and names the one that it replaces", async () => {
    const lines = await updated(
      { description: "Theirs" },
      { description: "Old" },
      { description: "New" },
    );
    assert.deepEqual(lines, [`Baseline: description ${changed('"Old" => "Theirs"')}`]);
    assert.equal(stored()?.description, "New");
  });

  it("masks a secret text", async () => {
    const secret = { description: "New", __secrets: ["description"] };
    assert.deepEqual(await updated({ description: "Theirs" }, { description: "Old" }, secret), [
      `Baseline: description ${changed("[secret] => [secret]")}`,
    ]);
  });

  for (const [what, theirs, olds, news] of [
    ["the text is as the state has it", "Old", { description: "Old" }, { description: "New" }],
    ["the text is as the program gives it", "New", { description: "Old" }, { description: "New" }],
    ["the state has no text", "Theirs", {}, { description: "New" }],
    ["there is no text any more, and the program gives none", null, { description: "Old" }, {}],
  ] as const) {
    it(`says nothing if ${what}`, async () => {
      const values = theirs === null ? {} : { description: theirs };
      assert.deepEqual(await updated(values, olds, news), []);
      const { description } = news as { description?: string };
      assert.equal(stored()?.description, description ?? null);
    });
  }

  it("names a text that somebody has removed", async () => {
    assert.deepEqual(await updated({}, { description: "Old" }, { description: "New" }), [
      `Baseline: description ${changed('"Old" => ""')}`,
    ]);
  });

  it("says nothing of a priority, and nothing of what is only read", async () => {
    const olds = { priority: 3, includeCheckinData: false };
    const news = { priority: 5, includeCheckinData: true };
    assert.deepEqual(await updated({ priority: 4 }, olds, news), []);
    assert.equal(stored()?.priority, 5);
  });
});

describe("a deletion of a policy that somebody has changed since", () => {
  openAndClose();

  async function deleted(theirs: Values, known: PlainObject): Promise<string[]> {
    runs.tenant.store.patch(id, theirs);
    await policy.delete(runs.run(), id, known);
    assert.deepEqual(runs.ids(), []);
    return runs.said;
  }

  it("names the other name and the added groups", async () => {
    const theirs = { displayName: "Theirs", groupIds: ["a", "b", "c"].map(group) };
    const known = { displayName: "Baseline", assignments: [group("a").toUpperCase()] };
    assert.deepEqual(await deleted(theirs, known), [
      `Baseline: ${id} was deleted; its name had been changed to "Theirs"`,
      `Baseline: ${id} was deleted; it was assigned to groups that are not in the state: ${group("b")}, ${group("c")}`,
    ]);
  });

  it("names groups if the state has none", async () => {
    assert.deepEqual(await deleted({ groupIds: [group("a")] }, { displayName: "Baseline" }), [
      `Baseline: ${id} was deleted; it was assigned to groups that are not in the state: ${group("a")}`,
    ]);
  });

  it("shows neither a secret name nor secret groups", async () => {
    const theirs = { displayName: "Theirs", groupIds: [group("a")] };
    const secret = { displayName: "Baseline", __secrets: ["displayName", "assignments"] };
    assert.deepEqual(await deleted(theirs, secret), [
      `[secret]: ${id} was deleted; its name had been changed to [secret]`,
      `[secret]: ${id} was deleted; it was assigned to groups that are not in the state: [secret]`,
    ]);
  });

  it("says nothing if nothing has changed, and if the state has no name", async () => {
    const theirs = { groupIds: [group("a")] };
    assert.deepEqual(await deleted(theirs, { assignments: [group("a")] }), []);
  });

  it("says nothing if the policy is gone already", async () => {
    runs.tenant.store.remove(id);
    await policy.delete(runs.run(), id, { displayName: "Baseline" });
    assert.deepEqual(runs.said, []);
  });
});
