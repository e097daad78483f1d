import { strict as assert } from "node:assert";
import { ConfigurationReader } from "../../provider/api/configurationReader";
import { ConfigurationWriter } from "../../provider/resources/clientConfiguration/writer";
import { fakeGraph, refused } from "../fakeGraph";

const GROUP = "11111111-1111-4111-8111-11111111111a";
const POLICIES = { "a16;L_A": "1" };
const JSON_TEXT = '[{"settingId":"a16;L_A","value":"1"}]';

/** A writer for a Graph that has streams and groups, and refuses a method. */
function writerOf(stream?: string, { groups = [] as string[], refusal = "" } = {}) {
  let gathered = 0;
  const { graph, sent, trips } = fakeGraph((request) => {
    const { method, path, accepts } = request;
    if (method === refusal) throw refused(request, 403);
    if (accepts === "bytes") return stream === undefined ? undefined : Buffer.from(stream);
    if (!path.endsWith("/assignments")) return undefined;
    return { value: groups.map((groupId) => ({ target: { groupId } })) };
  });
  const reads = {
    find: () => Promise.resolve(undefined),
    creationsGathered: () => {
      gathered += 1;
      return Promise.resolve();
    },
  };
  const reader = new ConfigurationReader(graph, { label: "One", reads });
  const writer = new ConfigurationWriter(graph, reader);
  return { writer, sent, trips, gathered: () => gathered };
}

describe("payloads after a POST or PATCH", () => {
  const made = { id: "one" };

  it("are not asked for if the answer has them, or none are given", async () => {
    const { writer, trips } = writerOf();
    await writer.ensurePayloads({ ...made, policyPayload: "W10=" }, { policies: POLICIES });
    await writer.ensurePayloads(made, {});
    assert.deepEqual(trips(), []);
  });

  it("are not written if the stream has them, in whatever spelling", async () => {
    const { writer, trips } = writerOf('[ {"value": "1", "settingId": "a16;L_A"} ]');
    await writer.ensurePayloads(made, { policies: POLICIES });
    assert.deepEqual(trips(), ["GET policyPayload"]);
  });

  for (const [what, stream] of [
    ["is not there", undefined],
    ["has other settings", "[]"],
  ] as const) {
    it(`are written as a stream if the stream ${what}`, async () => {
      const { writer, sent } = writerOf(stream);
      await writer.ensurePayloads(made, { policies: POLICIES, userPreferences: undefined });
      const put = sent.at(-1);
      assert.deepEqual(
        [put?.method, put?.path],
        ["PUT", "/officeConfiguration/clientConfigurations/one/policyPayload"],
      );
      assert.equal(Buffer.from(put?.bytes ?? []).toString(), JSON_TEXT);
    });
  }

  it("are named if they cannot be written", async () => {
    const { writer, sent } = writerOf(undefined, { refusal: "PUT" });
    await assert.rejects(writer.ensurePayloads(made, { policies: POLICIES }), { status: 403 });
    const { action, subject } = sent.at(-1) ?? {};
    assert.deepEqual([action, subject], ["Writing policies of", 'client configuration "One"']);
  });
});

describe("groups after a POST", () => {
  const group = (groupId: string) => ({ target: { groupId } });

  it("are not asked for if the program gives none", async () => {
    const { writer, trips } = writerOf();
    await writer.ensureGroups({ id: "one" }, {});
    await writer.ensureGroups({ id: "one" }, { assignments: [] });
    assert.deepEqual(trips(), []);
  });

  it("are not asked for if the answer has them, and nobody is waited for", async () => {
    const { writer, trips, gathered } = writerOf();
    const made = { id: "one", assignments: [group(GROUP.toUpperCase())] };
    await writer.ensureGroups(made, { assignments: [GROUP] });
    assert.deepEqual([trips(), gathered()], [[], 0]);
  });

  it("are asked for together with those of other creations if the answer leaves them open", async () => {
    const { writer, trips, gathered } = writerOf(undefined, { groups: [GROUP] });
    await writer.ensureGroups({ id: "one" }, { assignments: [GROUP] });
    assert.deepEqual([trips(), gathered()], [["GET assignments"], 1]);
  });

  it("are assigned if the service has ignored them, by a request that may be sent twice", async () => {
    const { writer, sent } = writerOf();
    await writer.ensureGroups({ id: "one", assignments: [] }, { assignments: [GROUP] });
    const { method, path, safeToRepeat } = sent.at(-1) ?? {};
    assert.deepEqual(
      [method, path, safeToRepeat],
      ["POST", "/officeConfiguration/clientConfigurations/one/assign", true],
    );
  });
});
