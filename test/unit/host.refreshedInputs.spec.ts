import { strict as assert } from "node:assert";
import { managed, ownerIn } from "../../provider/host/properties";
import type { PlainObject } from "../../provider/settings/json";
import { CopilotHost, WEB } from "../copilotHost";
import { FakeHost, type FakeResource } from "../fakeHost";
import { INTUNE_ID, intuneHost } from "../intuneHost";

const GROUP = "11111111-1111-4111-8111-111111111111";

const LIVES: Readonly<Record<string, readonly [host: () => FakeHost, inputs: PlainObject]>> = {
  WindowsOfficeClientConfiguration: [
    () => new FakeHost(),
    {
      displayName: "A",
      policies: { "office16;L_A": "1" },
      assignments: [GROUP],
      timeouts: { create: "1h" },
    },
  ],
  IntuneOfficePolicy: [
    intuneHost,
    {
      name: "A",
      policies: { [INTUNE_ID.toggle]: true, [INTUNE_ID.level]: "2" },
      assignments: [{ all: "devices" }, { groupId: GROUP }],
    },
  ],
  CopilotPolicySetting: [() => new CopilotHost(), { setting: WEB, value: "1" }],
};

describe("a refresh without drift", () => {
  for (const [kind, [makeHost, inputs]] of Object.entries(LIVES)) {
    it(`leaves the inputs of ${kind} as check stored them, or the engine would save it again`, async () => {
      const host = makeHost();
      try {
        const resource = host.resource(kind as FakeResource["kind"]);
        const checked = await resource.check(inputs);
        await resource.create(checked);
        host.newRun();
        const { outputs } = resource;
        const state = { properties: managed(outputs), owner: ownerIn(outputs) };
        const read = await host.operations(resource.kind).read(resource.id, state);
        assert.ok(read.is === "found");
        // Where a read gives none, the engine keeps those of the state.
        assert.deepEqual(read.inputs ?? checked, checked);
      } finally {
        host.close();
      }
    });
  }
});
