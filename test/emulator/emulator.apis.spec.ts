import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import type { EmulatedApi, Vocabulary } from "../../emulator/graph/api";
import type { Connection } from "../../emulator/graph/connection";
import { Query } from "../../emulator/graph/query";
import { GraphServer } from "../../emulator/graph/server";
import { Tokens } from "../../emulator/graph/tokens";
import { presetMode } from "../../emulator/modes";

const VOCABULARY: Vocabulary = {
  properties: ["id", "size", "@odata.type"],
  types: ["round", "shape"],
  baseType: "shape",
  actions: ["grow"],
  forms: { size: "stream" },
};

const SHAPES = [
  { "@odata.type": "#microsoft.graph.round", id: "1", size: "AQ==" },
  { "@odata.type": "#microsoft.graph.square", id: "2", size: "Ag==" },
];

/** An API that Graph does not have, of one collection and one action. */
const shapes: EmulatedApi = {
  vocabulary: VOCABULARY,
  routes(app) {
    app.get("/beta/shapes", (c) => {
      const query = new Query(new URL(c.req.url), VOCABULARY);
      const listed = query
        .apply(SHAPES)
        .filter((shape) => query.cast === undefined || shape["@odata.type"] === query.cast);
      const mode = presetMode("unkind");
      return c.json(query.page(listed, { mode, origin: "http://graph", context: "shapes" }));
    });
    app.post("/beta/shapes/:id/grow", (c) => c.json({ grown: c.req.param("id") }));
  },
  controls() {},
  fill() {},
};

/** An API with neither names nor routes. */
const silent: EmulatedApi = {
  vocabulary: { properties: [], types: [], actions: [], forms: {} },
  routes: (app: Hono) => void app.get("/beta/silence", (c) => c.text("")),
  controls() {},
  fill() {},
};

describe("APIs side by side in the emulator", () => {
  const clock = () => new Date();
  const tokens = new Tokens(clock, undefined, []);
  const options = { mode: presetMode("kind"), latencyMs: 0, throttle: undefined, clock };
  const graph = new GraphServer([silent, shapes], tokens, options);
  const authorization = `Bearer ${tokens.issue("app", randomUUID())}`;

  const ask = async (method: string, path: string) => {
    const request = new Request(`http://graph${path}`, { method, headers: { authorization } });
    const answer = await graph.answer(request, {} as Connection);
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  };

  const ids = ({ json }: Awaited<ReturnType<typeof ask>>) =>
    (json.value as { id: string }[]).map(({ id }) => id);

  it("each serve their own paths", async () => {
    assert.deepEqual(ids(await ask("GET", "/beta/shapes")), ["1", "2"]);
    assert.equal((await ask("GET", "/beta/officeConfiguration")).status, 501);
  });

  it("name the types and actions of paths", async () => {
    assert.deepEqual(ids(await ask("GET", "/beta/shapes/microsoft.graph.round")), ["1"]);
    const grown = await ask("POST", "/beta/shapes('2')/microsoft.graph.grow");
    assert.deepEqual(grown.json, { grown: "2" });
  });

  it("name the properties of queries", async () => {
    assert.deepEqual(ids(await ask("GET", "/beta/shapes?$filter=size eq 'Ag=='")), ["2"]);
    assert.deepEqual(ids(await ask("GET", "/beta/shapes?$filter=isof('microsoft.graph.shape')")), [
      "1",
      "2",
    ]);
    const unknown = await ask("GET", "/beta/shapes?$filter=displayName eq 'A'");
    assert.match(JSON.stringify(unknown.json), /Could not find a property named 'displayName'/);
  });

  it("name the forms that the modes change", async () => {
    const [first] = (await ask("GET", "/beta/shapes")).json.value as Record<string, unknown>[];
    assert.equal(first?.size, null);
    assert.equal(first?.["@odata.type"], "microsoft.graph.round");
  });
});
