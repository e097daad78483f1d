import { strict as assert } from "node:assert";
import { PatchLifecycle } from "../../provider/resources/clientConfigurationPatch/lifecycle";
import {
  originalBody,
  originalOf,
} from "../../provider/resources/clientConfigurationPatch/original";
import { namesOf, replacing } from "../../provider/settings/differences";
import { namedIn, patchProblems } from "../../provider/settings/inputs/clientConfigurationPatch";
import { type PlainObject, propertyPath, UNKNOWN } from "../../provider/settings/json";
import { PartialFailure } from "../../provider/update/lifecycle";
import { testContext } from "../context";
import { linesOf } from "../differences";
import { fakeGraph, refused, tripOf } from "../fakeGraph";

const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";
const TYPE = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";

function problemsOf(inputs: PlainObject): Record<string, string> {
  return Object.fromEntries(
    patchProblems(inputs).map(({ path, reason }) => [propertyPath(path), reason]),
  );
}

/** A Graph that takes payloads as streams only, and leaves out what stands in a JSON body. */
function streamsOnly(description: string | null = null, refusal?: "PATCH" | "PUT") {
  const lines: string[] = [];
  const streams = new Map<string, unknown>();
  const found: PlainObject = { "@odata.type": TYPE, id: ID, displayName: "Portal", description };
  const { graph, sent } = fakeGraph((request) => {
    const { method, path, accepts, body, bytes } = request;
    const name = path.split("/").at(-1) ?? "";
    if (method === refusal) throw refused(request, 403);
    if (accepts === "bytes") return streams.get(name);
    if (method === "GET") return { ...found };
    if (method === "PUT") return void streams.set(name, bytes);
    assert.equal(method, "PATCH");
    const { "@odata.type": _, id: __, policyPayload: ___, ...scalars } = body as PlainObject;
    return void Object.assign(found, scalars);
  });
  const context = testContext({ graph, log: (line) => void lines.push(line) });
  const text = () => Buffer.from((streams.get("policyPayload") ?? []) as Uint8Array).toString();
  const writes = () => sent.filter(({ method }) => method !== "GET");
  const trips = () => writes().map(tripOf);
  return { context, found, sent, writes, trips, lines, streams, text };
}

describe("inputs of a patch", () => {
  it("are accepted where one property is named, or nothing is known yet", () => {
    assert.deepEqual(problemsOf({ configurationId: ID, priority: 0 }), {});
    assert.deepEqual(problemsOf({ configurationId: UNKNOWN, policies: UNKNOWN }), {});
  });

  it("have every problem named at once, as those of a policy have", () => {
    const problems = problemsOf({
      configurationId: "",
      displayName: " ",
      priority: -1,
      policies: { "office16;L_A": { value: "1", typ: "REG_DWORD" } },
      descripton: "x",
    });
    assert.deepEqual(Object.keys(problems).sort(), [
      "configurationId",
      "descripton",
      "displayName",
      'policies["office16;L_A"].typ',
      "priority",
    ]);
    assert.match(problems.descripton ?? "", /did you mean "description"\?/);
  });

  it("must name a property", () => {
    assert.match(problemsOf({ configurationId: ID })[""] ?? "", /give at least one of displayName/);
  });

  it("name properties, and neither the policy nor what is unset", () => {
    const inputs = { configurationId: ID, priority: 1, description: undefined, displayName: "x" };
    assert.deepEqual(namedIn(inputs), ["displayName", "priority"]);
  });
});

describe("changes of a patch", () => {
  const lifecycle = new PatchLifecycle();
  const before = { configurationId: ID, description: "a", policies: { "office16;L_A": "1" } };

  it("are a line for each setting, and one for what is put back", () => {
    const after = { configurationId: ID, policies: { "office16;L_A": "2" } };
    assert.deepEqual(linesOf(lifecycle, before, after), [
      `Patch of ${ID}: office16;L_A "1" => "2"`,
      `Patch of ${ID}: description is put back as it was found`,
    ]);
  });

  it("mask what is secret", () => {
    const after = { ...before, description: "hunter2", __secrets: ["description"] };
    assert.deepEqual(linesOf(lifecycle, before, after), [
      `Patch of ${ID}: description [secret] => [secret] (changed)`,
    ]);
  });

  it("make another patch where the policy is another one", () => {
    const after = { ...before, configurationId: "other" };
    assert.deepEqual(replacing(lifecycle.differences(before, after)), ["configurationId"]);
    assert.deepEqual(replacing(lifecycle.differences(before, before)), []);
  });

  it("are none where nothing changes, whatever was found", () => {
    const outputs = { ...before, kind: "x", __original: { description: "found" } };
    assert.deepEqual(namesOf(lifecycle.differences(outputs, before)), []);
  });
});

describe("what a patch found", () => {
  it("is put back under Graph's names, and null where there was none", () => {
    const original = { description: null, priority: 4, policies: "W10=", userPreferences: null };
    assert.deepEqual(originalBody(original), {
      description: null,
      priority: 4,
      policyPayload: "W10=",
      userPreferencePayload: null,
    });
  });

  it("is nothing where the outputs have none", () => {
    assert.deepEqual(originalOf({}), {});
    assert.deepEqual(originalOf({ __original: { priority: 1 } }), { priority: 1 });
  });
});

describe("life of a patch where payloads are streams only", () => {
  const lifecycle = new PatchLifecycle();
  const inputs = { configurationId: ID, policies: { "office16;L_A": "1" } };

  it("puts the payload that the PATCH left out, and the original back byte by byte", async () => {
    const { context, trips, streams, text } = streamsOnly();
    streams.set("policyPayload", Buffer.from('[ "found" ]'));
    const { id, outputs } = await lifecycle.create(context, inputs);
    assert.deepEqual(trips(), ["PATCH clientConfigurations", "PUT policyPayload"]);
    assert.equal(text(), '[{"settingId":"office16;L_A","value":"1"}]');
    await lifecycle.delete(context, id, outputs);
    assert.equal(text(), '[ "found" ]');
  });

  it("empties the stream where there was no payload", async () => {
    const { context, text } = streamsOnly();
    const { id, outputs } = await lifecycle.create(context, inputs);
    assert.notEqual(text(), "");
    await lifecycle.delete(context, id, outputs);
    assert.equal(text(), "");
  });

  it("writes no stream if the service has taken the payload from the PATCH, and only does not answer it", async () => {
    for (const found of ['[ "found" ]', undefined]) {
      let stream = found;
      const { graph, trips } = fakeGraph(({ method, path, accepts, body }) => {
        if (accepts === "bytes") {
          const isThere = path.endsWith(`/${ID}/policyPayload`) && stream !== undefined;
          return isThere ? Buffer.from(stream ?? "") : undefined;
        }
        if (method === "GET") return { "@odata.type": TYPE, id: ID };
        assert.equal(method, "PATCH");
        const { policyPayload } = body as { policyPayload: string | null };
        stream =
          policyPayload === null ? undefined : Buffer.from(policyPayload, "base64").toString();
        return undefined;
      });
      const context = testContext({ graph });
      const { id, outputs } = await lifecycle.create(context, inputs);
      assert.equal(stream, '[{"settingId":"office16;L_A","value":"1"}]');
      await lifecycle.delete(context, id, outputs);
      assert.equal(stream, found);
      const writes = trips().filter((trip) => !trip.startsWith("GET"));
      assert.deepEqual(writes, ["PATCH clientConfigurations", "PATCH clientConfigurations"]);
    }
  });

  it("sends nothing where the tenant holds it already", async () => {
    const { context, trips, streams } = streamsOnly("Ours");
    streams.set("policyPayload", Buffer.from('[ {"value":"1", "settingId":"office16;L_A"} ]'));
    await lifecycle.create(context, { ...inputs, description: "Ours" });
    assert.deepEqual(trips(), []);
  });

  it("keeps what it found when the stream is refused after the PATCH", async () => {
    const { context } = streamsOnly("Theirs", "PUT");
    const creation = lifecycle.create(context, { ...inputs, description: "Ours" });
    await assert.rejects(creation, (error) => {
      assert.ok(error instanceof PartialFailure);
      assert.deepEqual(error.state.outputs.__original, { description: "Theirs", policies: null });
      // The values found stand in no output that is not encrypted.
      assert.equal(error.state.outputs.description, "Ours");
      return true;
    });
  });

  it("keeps nothing when the PATCH itself is refused", async () => {
    const { context } = streamsOnly(null, "PATCH");
    await assert.rejects(lifecycle.create(context, inputs), (error) => {
      return !(error instanceof PartialFailure);
    });
  });

  it("names the object's own type and id in the body", async () => {
    const { context, writes } = streamsOnly();
    await lifecycle.create(context, { configurationId: ID, description: "Ours" });
    const bodies = writes().map(({ body }) => body);
    assert.deepEqual(bodies, [{ "@odata.type": TYPE, id: ID, description: "Ours" }]);
  });

  it("puts nothing back that a later patch of the program has", async () => {
    const { context, sent, trips, lines } = streamsOnly("Theirs");
    const patch = { ...inputs, description: "Ours" };
    const { id, outputs } = await lifecycle.create(context, patch);
    sent.length = 0;
    const later = { name: "later", instance: 1 };
    for (const { key } of lifecycle.exclusiveUses(patch)) context.claims.claim(key, later);
    await lifecycle.delete(context, id, outputs);
    assert.deepEqual(trips(), []);
    assert.match(lines.join("\n"), /description is set by the resource "later" now/);
    const { description: _, ...without } = patch;
    await lifecycle.update(context, id, outputs, without);
    assert.deepEqual(trips(), []);
  });

  it("puts nothing back in a policy that the stack has taken over", async () => {
    const { context, sent, trips, lines } = streamsOnly();
    const { id, outputs } = await lifecycle.create(context, inputs);
    sent.length = 0;
    context.claims.take(ID);
    await lifecycle.delete(context, id, outputs);
    assert.deepEqual(trips(), []);
    assert.match(lines.join("\n"), /is another resource of this stack now/);
  });
});
