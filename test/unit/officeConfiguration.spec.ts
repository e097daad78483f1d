import { strict as assert } from "node:assert";
import {
  patchBody,
  readOfficeConfiguration,
  sameReport,
} from "../../provider/api/officeConfiguration";
import type { Caller } from "../../provider/graph";
import { OfficeConfigurationLifecycle } from "../../provider/resources/officeConfiguration/lifecycle";
import { namesOf } from "../../provider/settings/differences";
import type { PlainObject } from "../../provider/settings/json";
import { UPDATE_SINGLETON } from "../apiPages";
import { testContext } from "../context";
import { linesOf } from "../differences";
import { fakeGraph, unexpected } from "../fakeGraph";

const SUMMARY = { succeededUserCount: 2, failedUserCount: 15 };

/** A Graph that has a singleton, and says who asks. */
function tenant(singleton: PlainObject, caller: Caller) {
  const { graph, sent } = fakeGraph((request) => {
    if (request.method === "GET") return singleton;
    return request.method === "PATCH" ? undefined : unexpected(request);
  }, caller);
  const written = () => sent.flatMap(({ body }) => body ?? []);
  return { context: testContext({ graph }), written };
}

describe("the singleton", () => {
  const lifecycle = new OfficeConfigurationLifecycle();

  it("has an id where the service gives one, and needs none", async () => {
    const withId = tenant({ id: "4b5f7085", tenantUserCheckinSummary: SUMMARY }, {});
    const { outputs } = await lifecycle.create(withId.context, {});
    assert.equal(outputs.configurationId, "4b5f7085");
    const without = tenant({ tenantUserCheckinSummary: SUMMARY }, {});
    assert.equal("configurationId" in (await lifecycle.create(without.context, {})).outputs, false);
  });

  it("is written by a user, and by a token that does not say whose it is", async () => {
    for (const caller of [{ kind: "user" as const }, {}]) {
      const { context, written } = tenant({}, caller);
      await lifecycle.create(context, { tenantUserCheckinSummary: SUMMARY });
      assert.equal(written().length, 1);
    }
  });

  it("differs by what it reports, not by types or what is null", () => {
    assert.ok(sameReport({ "@odata.type": "x", a: 1, b: null }, { a: 1 }));
    assert.ok(!sameReport({ a: 1 }, { a: 2 }));
    assert.ok(!sameReport(undefined, { a: 2 }));
  });

  it("does not differ by properties that a service adds", () => {
    assert.ok(sameReport([{ a: 1, added: [2] }], [{ a: 1 }]));
    assert.ok(!sameReport([{ a: 1 }, { a: 1 }], [{ a: 1 }]));
    assert.ok(!sameReport({ a: 1 }, { a: 1, b: 2 }));
  });

  it("has no changes in words where only what the tenant holds moves", async () => {
    const { context } = tenant({ tenantUserCheckinSummary: SUMMARY }, { kind: "user" });
    const given = { tenantUserCheckinSummary: SUMMARY };
    const { id, outputs } = await lifecycle.create(context, given);
    const moved = tenant({ tenantUserCheckinSummary: { ...SUMMARY, failedUserCount: 0 } }, {});
    const found = await lifecycle.read(moved.context, id, outputs);
    assert.ok(found);
    assert.equal(found.inputs, undefined);
    assert.notDeepEqual(found.outputs, outputs);
    assert.deepEqual(linesOf(lifecycle, outputs, found.outputs), []);
    assert.deepEqual(namesOf(lifecycle.differences(found.outputs, given)), []);
    const edited = { tenantUserCheckinSummary: { ...SUMMARY, failedUserCount: 1 } };
    assert.deepEqual(namesOf(lifecycle.differences(found.outputs, edited)), [
      "tenantUserCheckinSummary",
    ]);
  });

  it("is read bare or wrapped, and nothing else is taken for it", () => {
    assert.deepEqual(readOfficeConfiguration({ value: UPDATE_SINGLETON }), UPDATE_SINGLETON);
    assert.equal(readOfficeConfiguration("text"), undefined);
    assert.equal(readOfficeConfiguration({ "@odata.type": "#microsoft.graph.user" }), undefined);
    assert.equal(readOfficeConfiguration({ tenantCheckinStatuses: "none" }), undefined);
  });

  it("is sent with the types of the API page's example, whether or not they are given", () => {
    const { tenantUserCheckinSummary, tenantCheckinStatuses } = UPDATE_SINGLETON;
    const given = { tenantUserCheckinSummary, tenantCheckinStatuses };
    assert.deepEqual(patchBody(given), UPDATE_SINGLETON);
    const summary = { ...SUMMARY, "@odata.type": "#somebody.else" };
    assert.deepEqual(patchBody({ tenantUserCheckinSummary: summary }), {
      "@odata.type": UPDATE_SINGLETON["@odata.type"],
      tenantUserCheckinSummary,
    });
    const untyped = { tenantUserCheckinSummary: SUMMARY };
    assert.deepEqual(patchBody(untyped), {
      "@odata.type": UPDATE_SINGLETON["@odata.type"],
      tenantUserCheckinSummary,
    });
  });
});
