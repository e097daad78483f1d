import { strict as assert } from "node:assert";
import { ConfigurationReader } from "../../provider/api/configurationReader";
import {
  createdContents,
  foundContents,
  isWhatIsCreated,
  nameText,
} from "../../provider/resources/clientConfiguration/whole";
import type { PlainObject } from "../../provider/settings/json";
import { normalName } from "../../provider/settings/label";
import { fakeGraph } from "../fakeGraph";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const [GROUP_A, GROUP_B] = ["a", "b"].map((end) => `11111111-1111-4111-8111-11111111111${end}`);
const SETTINGS = { "a16;L_A": "1" };
const PAYLOAD = Buffer.from('[{"settingId":"a16;L_A","value":"1"}]').toString("base64");

describe("kind and name of a policy", () => {
  it("are one text, the same for all spellings that look the same", () => {
    const text = nameText(TYPE, "Größe");
    assert.equal(text, "windowsOfficeClientConfiguration Größe");
    assert.equal(nameText("microsoft.graph.windowsOfficeClientConfiguration", "Gro\u0308ße"), text);
  });

  it("are told from other kinds and names", () => {
    assert.notEqual(nameText("#microsoft.graph.other", "Größe"), nameText(TYPE, "Größe"));
    assert.notEqual(nameText(TYPE, "größe"), nameText(TYPE, "Größe"));
  });

  it("may be missing, or hold half a character", () => {
    assert.equal(nameText(undefined, undefined), " ");
    assert.equal(nameText(null, null), " ");
    assert.equal(normalName(7), "");
    assert.equal(normalName("a\uD800"), "a\uFFFD");
  });
});

describe("contents of a creation", () => {
  const contents = (inputs: PlainObject) =>
    createdContents(inputs).map((text) => JSON.parse(text) as unknown);
  const empty = {
    displayName: "A",
    description: "",
    policies: {},
    userPreferences: {},
    assignments: [],
  };

  it("are all properties, with empty ones for those that the program does not give", () => {
    assert.deepEqual(contents({ displayName: "A" }), [empty]);
    const priority = { displayName: "A", priority: 3, includeCheckinData: true };
    assert.deepEqual(contents(priority), [{ ...empty, priority: 3 }]);
    assert.deepEqual(contents({ ...priority, priority: "unknown" }), [empty]);
  });

  it("are those of each step in which a service may make the policy", () => {
    const whole = {
      displayName: "A",
      description: "d",
      policies: SETTINGS,
      userPreferences: SETTINGS,
      assignments: [GROUP_A],
    };
    assert.deepEqual(contents(whole), [
      whole,
      { ...whole, assignments: [] },
      { ...whole, assignments: [], policies: {}, userPreferences: {} },
    ]);
    const { assignments: _, ...ungrouped } = whole;
    assert.equal(contents(ungrouped).length, 2);
  });

  it("are the same for texts and groups that mean the same", () => {
    const one = {
      displayName: "Gro\u0308ße",
      description: "\uD800",
      assignments: [GROUP_B, GROUP_A],
    };
    const other = {
      displayName: "Größe",
      description: "\uFFFD",
      assignments: [GROUP_A?.toUpperCase(), GROUP_B, GROUP_A],
    };
    assert.deepEqual(createdContents(one), createdContents(other));
  });

  it("are others for a description in another Unicode form", () => {
    const described = (description: string) => createdContents({ displayName: "A", description });
    assert.notDeepEqual(described("Gro\u0308ße"), described("Größe"));
  });
});

describe("a policy of the tenant, beside a creation", () => {
  const inputs = { displayName: "A", policies: SETTINGS, assignments: [GROUP_A] };
  const found = {
    "@odata.type": TYPE,
    id: "one",
    displayName: "A",
    priority: 5,
    policyPayload: PAYLOAD,
    assignments: [{ target: { groupId: GROUP_A } }],
  };
  const { graph, trips } = fakeGraph(({ path }) =>
    path.endsWith("/assignments") ? { value: [] } : undefined,
  );
  const reader = new ConfigurationReader(graph, { type: TYPE });
  const is = (more: object, given: PlainObject = inputs) =>
    isWhatIsCreated(reader, { ...found, ...more }, given);

  it("has its contents with the priority and without", async () => {
    const [whole, rest, ...others] = await foundContents(reader, found, inputs);
    assert.deepEqual(others, []);
    assert.equal(rest, createdContents(inputs)[0]);
    assert.equal(whole, createdContents({ ...inputs, priority: 5 })[0]);
    assert.ok(trips().includes("GET userPreferencePayload"));
  });

  it("is what a creation makes if all properties are equal, as far as the creation has come", async () => {
    assert.equal(await is({}), true);
    assert.equal(await is({ assignments: [] }), true);
    assert.equal(await is({ assignments: [], policyPayload: null }), true);
    assert.equal(await is({ policyPayload: null }), false);
  });

  it("is another one if it has anything more, or anything else", async () => {
    assert.equal(await is({ displayName: "B" }), false);
    assert.equal(await is({ description: "d" }), false);
    assert.equal(await is({ userPreferencePayload: PAYLOAD }), false);
    assert.equal(await is({ assignments: [{ target: { groupId: GROUP_B } }] }), false);
  });

  it("needs the program's priority, and may have any if the program gives none", async () => {
    assert.equal(await is({}, { ...inputs, priority: 5 }), true);
    assert.equal(await is({}, { ...inputs, priority: 6 }), false);
    assert.equal(await is({ priority: null }, { ...inputs, priority: 5 }), false);
    assert.equal(await is({ priority: null }), true);
  });
});
