import { strict as assert } from "node:assert";
import { readTenant } from "../../cli/tenant/readTenant";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { createSession, resolveSessionConfig, type Session } from "../../provider/graph";
import { answer } from "../../provider/program/lookups/run/ask";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { forgetting } from "../../provider/update/reads/forgetting";
import { sharedWork } from "../../provider/update/sharedWork";
import { testContext } from "../context";

const SETTINGS = [{ settingId: "office16;L_A", value: "1" }];
const STORED = { "office16;L_A": "1" };
const group = (number: number) => `11111111-1111-4111-8111-${String(number).padStart(12, "0")}`;
const GROUPS = Array.from({ length: 25 }, (_, number) => group(number));
const NAMES = Array.from({ length: 8 }, (_, number) => `P${number}`);

const SERVICES: readonly [string, EmulatorOptions][] = [
  ["says all in its first answer", {}],
  ["gives null for payloads", { mode: { payloads: "null" } }],
  ["gives null for payloads in lists", { mode: { listPayloads: "null" } }],
  ["gives links for payloads", { mode: { payloads: "stream" } }],
  ["gives 20 groups and a link to more", { mode: { expandedPageSize: 20 } }],
  ["gives 20 groups and no link", { mode: { expandedPageSize: 20, expandedNextLink: false } }],
  ["leaves groups out of lists", { mode: { expandInLists: "ignored" } }],
  ["refuses to expand groups in lists", { mode: { expandInLists: "refused" } }],
  ["is unkind in every way", { preset: "unkind", mode: { payloads: "null" } }],
];

for (const [service, options] of SERVICES) {
  describe(`a tenant whose Graph ${service}`, () => {
    const life = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
    let emulator: Emulator;
    let session: Session;
    let said: string[];

    beforeEach(async () => {
      emulator = await createEmulator({
        preset: "kind",
        ...options,
        seed: NAMES.map((displayName) => ({
          displayName,
          policies: SETTINGS,
          userPreferences: SETTINGS,
          groupIds: GROUPS,
        })),
      });
      const settings: Record<string, string> = {
        endpoint: emulator.url,
        accessToken: emulator.accessToken,
        maxRetries: "0",
      };
      session = createSession(resolveSessionConfig((key) => settings[key], {}));
      said = [];
    });

    afterEach(async () => {
      await session.dispose();
      await emulator.close();
    });

    function context() {
      const shared = sharedWork();
      const graph = forgetting(session.graph, shared.reads);
      return testContext({ graph, shared, log: (line) => said.push(line) });
    }

    const ids = () => emulator.store.list().map(({ id }) => id);
    const inputsOf = (displayName: string) => ({
      displayName,
      policies: STORED,
      userPreferences: STORED,
      assignments: GROUPS,
    });

    it("is refreshed as it is", async () => {
      const shared = context();
      const found = await Promise.all(
        ids().map((id, place) => life.read(shared, id, inputsOf(NAMES[place] ?? ""))),
      );
      assert.deepEqual(
        found.map((read) => read?.inputs),
        NAMES.map(inputsOf),
      );
    });

    it("is read as it is by its id alone", async () => {
      const { inputs } = (await life.read(context(), ids()[0] ?? "", {})) ?? {};
      assert.deepEqual(inputs, { ...inputsOf("P0"), priority: 0 });
    });

    it("is adopted without a write, by name", async () => {
      const shared = context();
      for (const displayName of NAMES.slice(0, 5)) {
        await life.create(shared, { ...inputsOf(displayName), adopt: { displayName } });
      }
      assert.deepEqual(emulator.writes(), []);
      assert.ok(said.every((line) => line.endsWith("nothing differs")));
    });

    it("is exported as it is", async () => {
      const { policies } = await readTenant(session.graph);
      assert.equal(policies.length, NAMES.length);
      for (const policy of policies) {
        assert.deepEqual(policy.assignments?.toSorted(), GROUPS);
        for (const bytes of [policy.policies, policy.userPreferences]) {
          assert.deepEqual(JSON.parse(Buffer.from(bytes ?? []).toString()), SETTINGS);
        }
      }
    });

    it("is looked up as it is, one policy and all", async () => {
      const open = () => session.graph;
      const question = { args: {}, options: {} };
      const all = await answer("getOfficeClientConfigurations", question, open);
      const byId = { args: { id: ids()[3] ?? "" }, options: {} };
      const one = await answer("getOfficeClientConfiguration", byId, open);
      assert.equal(all.length, NAMES.length);
      for (const found of [...all, one]) {
        assert.deepEqual(found.assignments.toSorted(), GROUPS);
        assert.deepEqual(found.policies, SETTINGS);
        assert.deepEqual(found.userPreferences, SETTINGS);
      }
    });

    it("loses no group that the state does not know, where one is added", async () => {
      const [id = ""] = ids();
      const olds = { displayName: "P0", assignments: GROUPS.slice(0, 20) };
      const news = { displayName: "P0", assignments: [...GROUPS.slice(0, 20), group(99)] };
      await life.update(context(), id, olds, news);
      const groups = emulator.store.get(id)?.assignments.map(({ groupId }) => groupId);
      assert.deepEqual(groups?.toSorted(), [...GROUPS, group(99)]);
    });
  });
}

describe("an empty list of groups", () => {
  const life = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
  let emulator: Emulator;
  let session: Session;
  let id: string;

  beforeEach(async () => {
    emulator = await createEmulator({
      preset: "kind",
      seed: [{ displayName: "A", groupIds: [group(1)] }],
    });
    id = emulator.store.list()[0]?.id ?? "";
    const body = JSON.stringify({ id, displayName: "A", assignments: [] });
    emulator.addFault({ match: `GET *${id}?*expand*`, body, times: 9 });
    const settings: Record<string, string> = {
      endpoint: emulator.url,
      accessToken: emulator.accessToken,
    };
    session = createSession(resolveSessionConfig((key) => settings[key], {}));
  });

  afterEach(async () => {
    await session.dispose();
    await emulator.close();
  });

  const asked = () => emulator.requests.filter(({ path }) => path.endsWith("/assignments")).length;

  it("is asked about once where the state has groups", async () => {
    const known = { displayName: "A", assignments: [group(1)] };
    const found = await life.read(testContext({ graph: session.graph }), id, known);
    assert.deepEqual(found?.inputs, known);
    assert.equal(asked(), 1);
  });

  it("is believed where the state has none", async () => {
    const known = { displayName: "A", assignments: [] };
    const found = await life.read(testContext({ graph: session.graph }), id, known);
    assert.deepEqual(found?.inputs, known);
    assert.equal(asked(), 0);
  });
});
