import { strict as assert } from "node:assert";
import { claimProblems } from "../../provider/host/check";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { PatchLifecycle } from "../../provider/resources/clientConfigurationPatch/lifecycle";
import { PrioritiesLifecycle } from "../../provider/resources/priorities/lifecycle";
import { problemLine } from "../../provider/settings/inputProblem";
import type { PlainObject } from "../../provider/settings/json";
import type { Lifecycle } from "../../provider/update/lifecycle";
import { sharedWork } from "../../provider/update/sharedWork";

const ID = "13a5ac73-ac73-13a5-73ac-a51373aca513";

/** One update, in which the engine checks resources and asks for their differences. */
function update() {
  const shared = sharedWork();
  const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
  let instance = 0;
  const check = (lifecycle: Lifecycle, name: string, inputs: PlainObject, isNew = false) => {
    const run = { isPreview: false, name, instance: instance++ };
    return claimProblems(lifecycle, inputs, { claims: shared.claims, run, isNew }).map(problemLine);
  };
  return {
    checkPolicy: (name: string, inputs: PlainObject) => check(policy, name, inputs, true),
    /** The difference of a policy that the state has. */
    diff: (inputs: PlainObject, id = ID) => {
      policy.planned(shared, id, { displayName: "A" }, { displayName: "A", ...inputs });
    },
    checkOrder: (name: string, configurationIds: string[]) =>
      check(new PrioritiesLifecycle(), name, { configurationIds }),
    checkPatch: (name: string, inputs: PlainObject) =>
      check(new PatchLifecycle(), name, { configurationId: ID, ...inputs }),
  };
}

describe("a property of a policy, in one stack", () => {
  it("is not a priority of its own and a place in an order, whichever the engine asks for first", () => {
    const first = update();
    first.diff({ priority: 3 });
    assert.deepEqual(first.checkOrder("order", [ID.toUpperCase()]), [
      `configurationIds names ${ID.toUpperCase()}, but the resource "A" already sets its priority`,
    ]);
    const second = update();
    assert.deepEqual(second.checkOrder("order", [ID]), []);
    assert.throws(() => second.diff({ priority: 3 }), {
      message: `A (${ID}): the resource "order" sets its priority as well, and the two would undo each other. Remove priority from one of them.`,
    });
  });

  it("is not the policy's and a patch's, whichever the engine asks for first", () => {
    const first = update();
    first.diff({ description: "own", policies: { "a16;L_A": "1" } });
    assert.deepEqual(first.checkPatch("patch", { description: "d", userPreferences: {} }), [
      `description of ${ID}: the resource "A" sets it already`,
    ]);
    const second = update();
    assert.deepEqual(second.checkPatch("patch", { policies: {} }), []);
    assert.throws(() => second.diff({ policies: {} }), /the resource ".*patch" sets its policies/);
  });

  it("is not a patch's and a place in an order", () => {
    const { checkOrder, checkPatch } = update();
    assert.deepEqual(checkOrder("order", [ID]), []);
    assert.deepEqual(checkPatch("patch", { priority: 1 }), [
      `priority of ${ID}: the resource "order" sets it already`,
    ]);
  });

  it("is known of a policy that is taken over by its id, before it is created", () => {
    const { checkOrder, checkPolicy } = update();
    assert.deepEqual(checkOrder("order", [ID]), []);
    const adopting = { displayName: "A", priority: 1, adopt: { id: ID } };
    assert.deepEqual(checkPolicy("a", adopting), [
      `priority of ${ID}: the resource "order" sets it already`,
    ]);
  });

  it("is one resource's where adopt stays in the program, and where others have other properties", () => {
    const { checkOrder, checkPatch, checkPolicy, diff } = update();
    const inputs = { displayName: "A", description: "own", adopt: { id: ID } };
    assert.deepEqual(checkPolicy("a", inputs), []);
    diff(inputs);
    assert.deepEqual(checkOrder("order", [ID]), []);
    assert.deepEqual(checkPatch("patch", { policies: {} }), []);
    diff({ priority: 1 }, "00000000-0000-4000-8000-000000000001");
  });
});
