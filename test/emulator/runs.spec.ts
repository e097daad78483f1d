import { strict as assert } from "node:assert";
import type { Emulator } from "../../emulator";
import { DynamicProvider } from "../../provider/host/adapters/dynamic";
import { ProviderProcess } from "../../provider/host/providerProcess";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import type { PlainObject } from "../../provider/settings/json";
import { emulatedRuns } from "../emulatedRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const PROVIDER = { __provider: "the constant text" };
const INPUTS = { displayName: "Baseline" };

/** Inputs that a resource of the program gives the provider. */
function given(name: string, inputs: PlainObject, isPreview = false): PlainObject {
  const run = { isPreview, name, instance: name.length, owner: `stack.${name}` };
  return { ...PROVIDER, ...inputs, __run: run };
}

describe("one run after another", () => {
  const current = emulatedRuns();
  let emulator: Emulator;

  beforeEach(() => {
    emulator = current();
  });

  /** The provider of another run: a process of its own. */
  async function run(): Promise<DynamicProvider> {
    const lifecycle = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");
    const provider = new DynamicProvider(lifecycle, new ProviderProcess());
    const config = { get: () => undefined, require: () => "" };
    await provider.configure({ config } as never);
    return provider;
  }

  /** The inputs that the engine keeps of a resource. */
  async function check(
    provider: DynamicProvider,
    olds: PlainObject,
    news: PlainObject,
  ): Promise<PlainObject> {
    const { inputs } = (await provider.check(olds, news)) as { inputs: PlainObject };
    return { ...PROVIDER, ...inputs };
  }

  /** Checks and creates a new resource, as the engine does. */
  async function create(provider: DynamicProvider, name: string, inputs: PlainObject) {
    const checked = await check(provider, {}, given(name, inputs));
    const { id, outs } = (await provider.create(checked)) as { id: string; outs: PlainObject };
    const kept: PlainObject = { ...PROVIDER, ...outs };
    return { id, outs: kept, checked };
  }

  const ids = () => emulator.store.list().map(({ id }) => id);

  it("do not take for the stack's what the program only reads by its id", async () => {
    const { id } = emulator.store.insert({ type: TYPE, displayName: "Baseline" });
    const { props } = (await (await run()).read(id, PROVIDER)) as { props: PlainObject };
    const refreshed = await run();
    await refreshed.read(id, { ...PROVIDER, ...props });
    await assert.rejects(create(refreshed, "policy", INPUTS), { message: /is refused/ });
    assert.deepEqual(ids(), [id]);
  });

  it("delete a policy whose other owner in the state was deleted before", async () => {
    const first = await create(await run(), "a", INPUTS);
    const adopting = { ...INPUTS, adopt: { id: first.id } };
    const second = await create(await run(), "b", adopting);
    // The engine brings `a` again, and deletes `b`.
    const third = await run();
    await third.diff(first.id, first.outs, await check(third, first.checked, given("a", INPUTS)));
    await third.delete(second.id, second.outs);
    assert.deepEqual(ids(), [first.id]);
    await (await run()).delete(first.id, first.outs);
    assert.deepEqual(ids(), []);
  });

  it("keep a policy that a later resource has, whatever deletes the earlier one", async () => {
    const first = await create(await run(), "a", INPUTS);
    const second = await create(await run(), "b", { ...INPUTS, adopt: { id: first.id } });
    await (await run()).delete(first.id, first.outs);
    assert.deepEqual(ids(), [second.id]);
    await (await run()).delete(second.id, second.outs);
    assert.deepEqual(ids(), []);
  });

  it("refuse an update in which two resources of the program have one policy", async () => {
    const first = await create(await run(), "a", INPUTS);
    const second = await create(await run(), "b", { ...INPUTS, adopt: { id: first.id } });
    const third = await run();
    const a = await third.check(first.checked, given("a", INPUTS));
    const b = await third.check(second.checked, given("b", { ...INPUTS, displayName: "Other" }));
    await third.diff(first.id, first.outs, a.inputs as PlainObject);
    await assert.rejects(third.diff(second.id, second.outs, b.inputs as PlainObject), {
      message: /is the resource "b" and the resource "a" of this stack/,
    });
  });

  it("delete the old policy of a resource of an older state that the engine replaces", async () => {
    const first = await create(await run(), "a", INPUTS);
    const { __owner: _, ...old } = first.outs;
    const second = await run();
    const renamed = { displayName: "Other name" };
    await second.diff(first.id, old, await check(second, first.checked, given("a", renamed)));
    const made = await create(second, "a", renamed);
    await second.delete(first.id, old);
    assert.deepEqual(ids(), [made.id]);
  });

  it("ask for names no more in a preview in which the tenant could not be listed", async () => {
    emulator.addFault({ match: "GET *clientConfigurations", times: 9, status: 403 });
    const preview = await run();
    for (const name of ["a", "bb", "ccc"]) {
      const checked = await preview.check({}, given(name, { displayName: name }, true));
      assert.deepEqual(checked.failures, []);
    }
    assert.equal(emulator.requests.length, 1);
  });
});
