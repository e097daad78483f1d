import { strict as assert } from "node:assert";
import { createEmulator, type Emulator } from "../../emulator";
import { CREATE, UPDATE, UPDATE_COLLECTION, UPDATE_SECURITY, UPDATE_SINGLETON } from "../apiPages";
import { ask as askEmulator, type Json } from "./ask";

const LIST = "/officeConfiguration/clientConfigurations";
const PLAIN = "#microsoft.graph.windowsOfficeClientConfiguration";
const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";

/** The body as it comes back. The pages have a placeholder where JSON has a stream's base64. */
function withStreams(body: { policyPayload: string; userPreferencePayload: string }): Json {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  return {
    ...body,
    policyPayload: base64(body.policyPayload),
    userPreferencePayload: base64(body.userPreferencePayload),
  };
}

describe("the examples of the API's pages", () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await createEmulator({ preset: "kind" });
  });

  beforeEach(() => emulator.reset());

  after(() => emulator.close());

  const ask = (method: string, path: string, body?: object, token?: string) =>
    askEmulator(emulator, method, `/beta${path}`, { body, token });

  /** Those of an object's properties that another one has too. */
  const common = (object: Json, other: object) =>
    Object.fromEntries(Object.keys(other).map((key) => [key, object[key]]));

  it("Create windowsOfficeClientConfiguration: 201, and it reads back", async () => {
    const { status, json } = await ask("POST", LIST, CREATE);
    assert.equal(status, 201);
    assert.deepEqual(common(json, CREATE), withStreams(CREATE));
    const read = await ask("GET", `${LIST}/${String(json.id)}`);
    assert.deepEqual(common(read.json, CREATE), withStreams(CREATE));
  });

  for (const [title, type, body] of [
    ["Update windowsOfficeClientConfiguration", PLAIN, UPDATE],
    ["Update windowsOfficeClientSecurityConfiguration", SECURITY, UPDATE_SECURITY],
  ] as const) {
    it(`${title}: 200 with the object, and it reads back`, async () => {
      const { id } = emulator.store.insert({ type, displayName: "Before" });
      const { status, json } = await ask("PATCH", `${LIST}/${id}`, body);
      assert.equal(status, 200);
      assert.equal(json["@odata.type"], type);
      assert.deepEqual(common(json, body), withStreams(body));
      const read = await ask("GET", `${LIST}/${id}`);
      assert.deepEqual(common(read.json, body), withStreams(body));
    });
  }

  it("Update clientConfigurations: 200, once the id that the example lacks is added", async () => {
    const { id } = emulator.store.insert({ type: PLAIN, displayName: "Before" });
    assert.equal((await ask("PATCH", LIST, UPDATE_COLLECTION)).status, 400);
    const { status, json } = await ask("PATCH", LIST, { ...UPDATE_COLLECTION, id });
    assert.equal(status, 200);
    // The page's own type is the abstract one: the object keeps the type that it was made with.
    const expected = { ...withStreams(UPDATE_COLLECTION), "@odata.type": PLAIN };
    assert.deepEqual(common(json, expected), expected);
    const read = await ask("GET", `${LIST}/${id}`);
    assert.deepEqual(common(read.json, expected), expected);
  });

  it("Update officeConfiguration: 200 for a user, and it reads back", async () => {
    const path = "/officeConfiguration";
    const { status, json } = await ask(
      "PATCH",
      path,
      UPDATE_SINGLETON,
      emulator.issueToken("user"),
    );
    assert.equal(status, 200);
    assert.deepEqual(common(json, UPDATE_SINGLETON), UPDATE_SINGLETON);
    const read = await ask("GET", path);
    assert.deepEqual(common(read.json, UPDATE_SINGLETON), UPDATE_SINGLETON);
  });
});
