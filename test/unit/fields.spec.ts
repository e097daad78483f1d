import assert from "node:assert/strict";
import { readConfiguration } from "../../provider/api/configurationAnswer";
import { ConfigurationReader } from "../../provider/api/configurationReader";
import { POLICY_PROPERTIES } from "../../provider/program/clientConfiguration/args.generated";
import { PATCH_PROPERTIES } from "../../provider/program/clientConfigurationPatch/args.generated";
import { resultOf } from "../../provider/program/lookups/run/result";
import { changesBody, createBody } from "../../provider/resources/clientConfiguration/bodies";
import {
  policyDifferences,
  policyLines,
} from "../../provider/resources/clientConfiguration/differences";
import { inputsOf } from "../../provider/resources/clientConfiguration/found";
import { createdContents } from "../../provider/resources/clientConfiguration/whole";
import { namesOf } from "../../provider/settings/differences";
import { GRAPH_FIELDS } from "../../provider/settings/inputs/clientConfiguration";
import { patchSchema } from "../../provider/settings/inputs/clientConfigurationPatch";
import type { FieldForm } from "../../provider/settings/inputs/graphFields";
import { fakeGraph } from "../fakeGraph";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const GROUP = "11111111-1111-4111-8111-11111111111a";

/** A value of each form, and another one. */
const VALUES: Readonly<Record<FieldForm, readonly [unknown, unknown]>> = {
  text: ["one", "two"],
  number: [1, 2],
  settings: [{ "office16;L_A": "1" }, { "office16;L_A": "2" }],
  groups: [[GROUP], [GROUP.replace("a", "b")]],
};

const { graph } = fakeGraph(({ accepts }) => (accepts === "bytes" ? undefined : { value: [] }));

for (const { name, property, form, isPatchable } of GRAPH_FIELDS) {
  const [one, two] = VALUES[form];

  describe(`the input ${name}, as its schema describes it`, () => {
    const inputs = { displayName: "A", [name]: one };

    it("is sent under its name in Graph, by a creation and by an update", () => {
      assert.ok(property in createBody(TYPE, inputs));
      // Groups have an action of their own.
      assert.equal(property in changesBody([name], inputs), form !== "groups");
    });

    it("is compared, and its change is told", () => {
      const news = { ...inputs, [name]: two };
      assert.deepEqual(namesOf(policyDifferences(inputs, news)), [name]);
      assert.equal(policyLines(inputs, news).length, 1);
      assert.deepEqual(namesOf(policyDifferences(inputs, { ...inputs })), []);
    });

    it("is read back from the tenant, by a resource and by a lookup", async () => {
      const found = readConfiguration({ id: "1", ...createBody(TYPE, inputs) });
      assert.ok(found);
      const reader = new ConfigurationReader(graph);
      assert.deepEqual((await inputsOf(reader, found, inputs))[name], one);
      assert.ok(name in (await resultOf(reader, found)));
    });

    it("makes a policy another one", () => {
      assert.notEqual(createdContents(inputs)[0], createdContents({ ...inputs, [name]: two })[0]);
    });

    it("is an output of the resource, and of a patch where one may name it", () => {
      assert.ok(POLICY_PROPERTIES.includes(name));
      assert.equal(PATCH_PROPERTIES.includes(name), isPatchable);
      assert.equal(name in patchSchema.shape, isPatchable);
    });
  });
}
