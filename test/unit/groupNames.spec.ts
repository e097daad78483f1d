import { strict as assert } from "node:assert";
import { groupNames } from "../../cli/export/groupNames";
import { batched, broken, json, ORIGIN, ScriptedGraph } from "../scriptedGraph";

const group = (index: number) => `11111111-1111-4111-8111-${String(index).padStart(12, "0")}`;
const none = json({ value: [] });
const groups = (count: number) => Array.from({ length: count }, (_, index) => group(index));

describe("the names of groups", () => {
  let graph: ScriptedGraph;

  beforeEach(() => {
    graph = new ScriptedGraph();
  });

  const named = (ids: string[]) => groupNames(graph.client(), ids);

  it("are asked for once, by id, and only for GUIDs that a directory can have", async () => {
    const found = { value: [{ id: group(1).toUpperCase(), displayName: "Finance" }] };
    graph.answers = [json(found)];
    const virtual = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";
    const { names, notes } = await named([group(2), group(1), group(2), "no') or ('", virtual]);
    assert.deepEqual(graph.trips, [
      `GET /groups?$filter=id%20in%20(%27${group(1)}%27%2C%27${group(2)}%27)&$select=id,displayName`,
    ]);
    assert.equal(names.get(group(1)), "Finance");
    assert.equal(names.get(group(2)), undefined);
    assert.equal(names.get(virtual), "All users");
    assert.deepEqual(notes, []);
  });

  it("cost no request where there is no group", async () => {
    const { notes } = await named([]);
    assert.deepEqual(graph.trips, []);
    assert.deepEqual(notes, []);
  });

  it("are those that Graph shows: null is none, and what is no group is nothing", async () => {
    graph.answers = [
      json({
        value: [{ id: group(0), displayName: null }, { id: group(1) }, { displayName: "A" }, 7],
      }),
    ];
    const { names } = await named(groups(3));
    for (const id of groups(3)) assert.equal(names.get(id), undefined);
  });

  it("end at the first refusal, with one line that names the permission", async () => {
    const error = { code: "Authorization_RequestDenied", message: "Insufficient privileges" };
    graph.answers = [json({ error }, 403)];
    const { names, notes } = await named(groups(40));
    assert.equal(graph.sent.length, 1);
    assert.equal(names.get(group(1)), undefined);
    assert.deepEqual(notes, [
      "groups are without names: reading them needs the permission GroupMember.Read.All too",
    ]);
  });

  it("are left out in one line where Graph does not answer", async () => {
    graph.answers = [broken("ECONNREFUSED")];
    const { notes } = await named(groups(1));
    assert.equal(notes.length, 1);
    assert.match(
      notes[0] ?? "",
      /^groups are without names: Reading the names of groups failed: .*ECONNREFUSED/,
    );
    assert.ok(graph.addresses.every((address) => address.startsWith(ORIGIN)));
  });

  it("are asked for of three hundred groups at most, fifteen at a time", async () => {
    graph.answers = [(sent, init) => (sent.method === "POST" ? batched(none) : none)(sent, init)];
    const { notes } = await named(groups(302));
    const asked = graph.sent.flatMap(({ body, path }) =>
      (body === "" ? path : decodeURIComponent(body)).match(/\(%27.*?\)|\('.*?'\)/g),
    );
    assert.deepEqual(
      asked.map((list) => list?.match(/[\da-f]{8}-/g)?.length),
      Array(20).fill(15),
    );
    assert.deepEqual(notes, ["2 groups are without names: 300 are asked for"]);
  });
});
