import { strict as assert } from "node:assert";
import { adoptionOf } from "../../provider/resources/clientConfiguration/adopt";
import { ClientConfigurationLifecycle } from "../../provider/resources/clientConfiguration/lifecycle";
import { type PlainObject, UNKNOWN } from "../../provider/settings/json";
import { newNonce } from "../../provider/update/creationRecords";
import type { LifecycleContext } from "../../provider/update/lifecycle";
import { TenantRuns } from "../tenantRuns";

const TYPE = "#microsoft.graph.windowsOfficeClientConfiguration";
const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration";
const NOWHERE = "22222222-2222-4222-8222-222222222222";
const A = "a16;L_A";

const policy = new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration");

describe("the input adopt", () => {
  it("names a policy by its id or its display name", () => {
    assert.deepEqual(adoptionOf({ adopt: { id: "one" } }), { id: "one" });
    assert.deepEqual(adoptionOf({ adopt: { displayName: "A" } }), { displayName: "A" });
  });

  it("names none if it is not given, not known yet, or of another form", () => {
    for (const adopt of [undefined, UNKNOWN, "one", {}, { id: 1 }, { displayName: null }]) {
      assert.equal(adoptionOf({ adopt }), undefined);
    }
    assert.equal(adoptionOf({ adopt: { id: UNKNOWN } }), undefined);
    assert.equal(adoptionOf({ adopt: { displayName: UNKNOWN } }), undefined);
  });

  it("may name one policy once in a stack", () => {
    const keys = (inputs: PlainObject) => policy.exclusiveUses(inputs).map(({ key }) => key);
    const [use] = policy.exclusiveUses({ adopt: { id: "one" } });
    assert.deepEqual([use?.key, use?.path], ["adopt id one", ["adopt"]]);
    assert.equal(use?.reason("first"), 'names the policy that the resource "first" adopts already');
    assert.deepEqual(keys({ adopt: { displayName: "A" } }), [`adopt ${TYPE} A`]);
    assert.deepEqual(keys({ adopt: UNKNOWN }), []);
  });
});

describe("the display name of a new policy", () => {
  const nameUse = (inputs: PlainObject) =>
    policy.exclusiveUses(inputs).filter(({ path }) => path[0] === "displayName");

  it("is one resource's, whatever its Unicode form", () => {
    const [use] = nameUse({ displayName: "Gro\u0308ße" });
    assert.deepEqual(nameUse({ displayName: "Größe" })[0]?.key, use?.key);
    assert.equal(use?.key, "name windowsOfficeClientConfiguration Größe");
    assert.deepEqual([use.onlyNew, use.isShared], [true, false]);
    assert.equal(
      use.reason("first"),
      'is also the name of the resource "first", of the same kind. Give each its own name, or set allowDuplicateName: true',
    );
  });

  it("may be shared if the program allows it, and by an adoption", () => {
    const isShared = (inputs: PlainObject) => nameUse({ displayName: "A", ...inputs })[0]?.isShared;
    assert.equal(isShared({ allowDuplicateName: true }), true);
    assert.equal(isShared({ allowDuplicateName: false }), false);
    assert.equal(isShared({ adopt: { id: "one" } }), true);
  });

  it("is nobody's as long as it is not known", () => {
    assert.deepEqual(nameUse({ displayName: UNKNOWN }), []);
    assert.deepEqual(nameUse({}), []);
  });
});

describe("an adoption", () => {
  let runs: TenantRuns;

  beforeEach(() => {
    runs = new TenantRuns();
  });
  afterEach(() => runs.close());

  const there = (displayName: string, more: object = {}) =>
    runs.tenant.store.insert({ type: TYPE, displayName, ...more }).id;
  const adopt = (adoption: PlainObject, more: PlainObject = {}, context = runs.run()) =>
    policy.create(context, { displayName: "Ours", adopt: adoption, ...more });

  async function isRefused(
    adoption: PlainObject,
    reason: string,
    more: PlainObject = {},
    context?: LifecycleContext,
  ): Promise<void> {
    await assert.rejects(adopt(adoption, more, context), {
      name: "OfficeConfigurationError",
      message: `client configuration "Ours" cannot be adopted: ${reason}.`,
    });
    assert.deepEqual(runs.tenant.writes(), []);
  }

  it("sends what differs, and names it", async () => {
    const id = there("Theirs", { policyPayload: [{ settingId: A, value: "1" }] });
    const inputs = { policies: { [A]: "2" } };
    const lines = [
      `Theirs: adopts ${id}`,
      'Theirs: displayName "Theirs" => "Ours"',
      `Theirs: ${A} "1" => "2"`,
    ];
    const given = { displayName: "Ours", adopt: { id }, ...inputs };
    assert.deepEqual((await policy.describeCreation(runs.run(), given)).lines, lines);
    const { outputs, ...state } = await adopt({ id }, inputs);
    assert.deepEqual(state, { id });
    assert.deepEqual(runs.said, lines);
    assert.deepEqual(runs.tenant.writes(), [`PATCH /clientConfigurations/${id}`]);
    assert.deepEqual(
      [outputs.configurationId, outputs.displayName, outputs.policies],
      [id, "Ours", { [A]: "2" }],
    );
    assert.equal("adopt" in outputs, false);
  });

  it("sends nothing if nothing differs, and says so", async () => {
    const id = there("Ours");
    const context = runs.run();
    const { outputs } = await adopt({ displayName: "Ours" }, { includeCheckinData: true }, context);
    assert.deepEqual(runs.said, [`Ours: adopts ${id}, nothing differs`]);
    assert.deepEqual(runs.tenant.writes(), []);
    assert.deepEqual(outputs.checkinStatuses, []);
    assert.equal(context.claims.isTaken(id), true);
    assert.equal((await runs.records().lastTaker(undefined, id))?.nonce, context.owner?.nonce);
  });

  it("is recorded although the policy is not complete yet, and not if it is refused", async () => {
    const group = "11111111-1111-4111-8111-11111111111a";
    const id = there("Ours");
    runs.tenant.faults.add({ match: "POST */assign", status: 403 });
    const context = runs.run();
    await assert.rejects(adopt({ id }, { assignments: [group] }, context), {
      name: "PartialFailure",
    });
    assert.equal((await runs.records().lastTaker(undefined, id))?.nonce, context.owner?.nonce);
    const other = there("Other");
    runs.tenant.faults.add({ match: "PATCH *", status: 403 });
    await assert.rejects(adopt({ id: other }), { status: 403 });
    assert.equal(await runs.records().lastTaker(undefined, other), undefined);
  });

  it("needs no record of a program that does not say which resource adopts", async () => {
    const id = there("Ours");
    await adopt({ id }, {}, runs.run({ owner: {} }));
    assert.equal(await runs.records().lastTaker(undefined, id), undefined);
  });

  it("is refused if there is no such policy", async () => {
    await isRefused({ id: NOWHERE }, `there is no object with the id ${NOWHERE}`);
    await isRefused({ displayName: "Macros" }, 'no policy of the tenant has the name "Macros"');
    there("Macro");
    await isRefused(
      { displayName: "Macros" },
      'no policy of the tenant has the name "Macros". It has "Macro"',
    );
    there("Macross");
    await isRefused(
      { displayName: "Macros" },
      'no policy of the tenant has the name "Macros". It has "Macro" and "Macross"',
    );
  });

  it("shows neither a secret name nor names that are near to it", async () => {
    there("Macro");
    for (const secret of ["adopt", "adopt/displayName", "displayName"]) {
      const more = { __secrets: [secret] };
      const label = secret === "displayName" ? "[secret]" : "Ours";
      await assert.rejects(adopt({ displayName: "Macros" }, more), {
        message: `client configuration "${label}" cannot be adopted: no policy of the tenant has the name [secret].`,
      });
    }
    const others = { __secrets: ["description", "policies/adopt", "adopted"] };
    await assert.rejects(adopt({ displayName: "Macros" }, others), /the name "Macros"\. It has/);
  });

  it("is refused if several policies have the name, and shows how to name one", async () => {
    const [first, second, third] = [there("Macros"), there("Macros"), there("Macros")];
    await isRefused(
      { displayName: "Macros" },
      `3 policies have the name "Macros": ${first} (priority 0), ${second} (priority 1), ${third} (priority 2). Name one of them with adopt: { id }`,
    );
  });

  it("finds the policy of its own kind if one of the other kind has the name too", async () => {
    there("Ours", { type: SECURITY });
    const id = there("Ours");
    assert.equal((await adopt({ displayName: "Ours" })).id, id);
  });

  it("is refused if only a policy of the other kind has the name", async () => {
    const id = there("Ours", { type: SECURITY });
    await assert.rejects(adopt({ displayName: "Ours" }), {
      message: `client configuration "Ours": the id ${id} belongs to a windowsOfficeClientSecurityConfiguration, and this resource is a windowsOfficeClientConfiguration. Give the resource the class of the object.`,
    });
  });

  it("finds a policy whose type or priority the service does not tell", async () => {
    const [first, second] = [there("Macros"), there("Macros")];
    const value = [first, second].map((id) => ({ id, displayName: "Macros" }));
    const body = JSON.stringify({ value });
    runs.tenant.faults.add({ match: "GET *clientConfigurations?*", body, times: 9 });
    await isRefused(
      { displayName: "Macros" },
      `2 policies have the name "Macros": ${first} (priority none), ${second} (priority none). Name one of them with adopt: { id }`,
    );
  });

  it("is refused if the policy is another resource of the stack, and goes on if it is its own", async () => {
    const id = there("Ours");
    const owned = (owner: object) => {
      const context = runs.run();
      context.claims.hold(id, { nonce: newNonce(), ...owner });
      return context;
    };
    const first = 'the resource "first" of this stack already';
    await isRefused({ id }, `${id} is ${first}`, {}, owned({ key: "stack.first", name: "first" }));
    await isRefused({ id }, `${id} is ${first}`, {}, owned({ name: "first" }));
    await isRefused({ id }, `${id} is another resource of this stack already`, {}, owned({}));
    const { key = "" } = runs.run().owner ?? {};
    assert.equal((await adopt({ id }, {}, owned({ key, name: "baseline" }))).id, id);
  });
});
