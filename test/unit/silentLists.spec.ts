import { strict as assert } from "node:assert";
import type { PayloadProperty } from "../../provider/api/silence";
import { TenantList } from "../../provider/update/reads/tenantList";
import { Turns } from "../../provider/update/reads/turns";
import { ListedTenant, numbered } from "../listedTenant";

const BOTH: readonly PayloadProperty[] = ["policyPayload", "userPreferencePayload"];

describe("a list that leaves payloads open", () => {
  let tenant: ListedTenant;
  let list: TenantList;

  beforeEach(() => {
    tenant = new ListedTenant(150);
    tenant.patchAll({ policyPayload: null });
    list = new TenantList(() => tenant.nowMs, new Turns());
    ask(4);
  });

  function ask(times: number): void {
    for (let time = 0; time < times; time += 1) list.ask();
  }

  const has = (id: string, property: PayloadProperty) =>
    void tenant.policies.set(id, { ...tenant.policies.get(id), [property]: "W10=" });

  const find = async (
    id: string,
    needs: readonly PayloadProperty[] = ["policyPayload"],
    maxAgeMs = 5_000,
  ) => (await list.find(tenant.graph, { id, maxAgeMs, needs }, {}))?.id;

  it("tells of a policy if no payload is needed, or the list has it", async () => {
    has("id-1", "policyPayload");
    assert.equal(await find("id-0"), undefined);
    assert.equal(await find("id-0", []), "id-0");
    assert.equal(await find("id-1"), "id-1");
    assert.equal(await find("id-1", ["userPreferencePayload"]), undefined);
    assert.equal(await find("id-1", BOTH), undefined);
    has("id-1", "userPreferencePayload");
    tenant.nowMs += 5_001;
    assert.equal(await find("id-1", BOTH), "id-1");
  });

  it("says which others it leaves open, in its own order", async () => {
    assert.deepEqual(list.silentOn(["policyPayload"]), []);
    has("id-1", "policyPayload");
    await find("id-0");
    assert.deepEqual(list.silentOn(["policyPayload"]), ["id-0", ...numbered(2, 98)]);
    assert.deepEqual(list.silentOn([]), []);
  });

  /** Whether the page is read again for a policy on it, after it has become too old. */
  async function isReadAgain(needs?: readonly PayloadProperty[]): Promise<boolean> {
    await tenant.asked();
    tenant.nowMs += 5_001;
    ask(4);
    await find("id-50", needs);
    return (await tenant.asked()).length > 0;
  }

  it("is read again until it left open three in a row", async () => {
    for (const id of ["id-0", "id-1"]) await find(id);
    assert.equal(await isReadAgain(), true);
    assert.equal(await isReadAgain(), false);
  });

  it("is read again where one of three in a row was answered", async () => {
    has("id-2", "policyPayload");
    for (const id of ["id-0", "id-1", "id-2", "id-3"]) await find(id);
    assert.equal(await isReadAgain(), true);
  });

  it("is read again for those who need no payload", async () => {
    for (const id of ["id-0", "id-1", "id-2"]) await find(id);
    assert.equal(await isReadAgain([]), true);
  });

  it("has further pages read, which tell at least which policies there are", async () => {
    for (const id of ["id-0", "id-1", "id-2"]) await find(id);
    await tenant.asked();
    ask(16);
    assert.equal(await find("id-120"), undefined);
    assert.deepEqual(await tenant.asked(), ["link 100"]);
    assert.equal(list.silentOn(["policyPayload"]).length, 150);
  });
});
