import { strict as assert } from "node:assert";
import type { Freshness } from "../../provider/api/configurationReader";
import { withLimit } from "../../provider/graph";
import { TenantReads } from "../../provider/update/reads/tenantReads";
import { refused } from "../fakeGraph";
import { ListedTenant, numbered } from "../listedTenant";
import { settle } from "../scriptedGraph";

/** Only GUIDs are the same in either case. */
const GUID = "aaaaaaaa-1111-4111-8111-11111111111a";

describe("reads that the resources of an update share", () => {
  let tenant: ListedTenant;
  let reads: TenantReads;
  /** Waits that have begun, in milliseconds each, and not ended. */
  let waits: { readonly ms: number; readonly end: () => void }[];

  beforeEach(() => {
    tenant = new ListedTenant(30);
    waits = [];
    const now = () => tenant.nowMs;
    const sleep = (ms: number) => new Promise<void>((end) => void waits.push({ ms, end }));
    reads = new TenantReads(now, sleep);
  });

  const find = async (id: string, how: Partial<Freshness> = {}) =>
    (await reads.find(tenant.graph, { id, maxAgeMs: 5_000, needs: [], ...how }, {}))?.id;

  async function pass(): Promise<number[]> {
    const now = waits.splice(0);
    for (const { end } of now) end();
    await settle();
    return now.map(({ ms }) => ms);
  }

  /** Finds policies, with all that is waited for. */
  async function found(ids: readonly string[], how: Partial<Freshness> = {}) {
    const all = Promise.all(ids.map((id) => find(id, how)));
    await settle();
    while (waits.length > 0) await pass();
    return all;
  }

  describe("wait for all who ask in one moment", () => {
    it("until nobody new has asked for four milliseconds", async () => {
      const early = numbered(0, 3).map((id) => find(id));
      assert.deepEqual(await pass(), [4]);
      const late = find("id-3");
      assert.deepEqual(await pass(), [4]);
      assert.deepEqual(await pass(), [4]);
      assert.deepEqual(await pass(), []);
      assert.deepEqual(await Promise.all([...early, late]), numbered(0, 4));
      assert.deepEqual(await tenant.asked(), ["list"]);
    });

    it("one wait where one asks alone", async () => {
      const alone = find("id-0");
      assert.deepEqual(await pass(), [4]);
      assert.deepEqual(await pass(), []);
      assert.equal(await alone, undefined);
    });

    it("five waits where somebody new asks again and again", async () => {
      const all = [find("id-0")];
      for (let wait = 0; wait < 5; wait += 1) {
        assert.deepEqual(await tenant.asked(), []);
        all.push(find(`id-${wait + 1}`));
        await pass();
      }
      assert.deepEqual(await Promise.all(all), numbered(0, 6));
      assert.deepEqual(await tenant.asked(), ["list"]);
    });

    it("anew in the next moment", async () => {
      await found(["id-0"]);
      const next = find("id-1");
      assert.deepEqual(await pass(), [4]);
      assert.equal(await next, undefined);
    });
  });

  it("read a policy once, for those who ask after it was read too", async () => {
    tenant.policies.set(GUID, {});
    assert.deepEqual(await found(numbered(0, 4)), numbered(0, 4));
    assert.equal(await find(GUID.toUpperCase()), GUID);
    assert.deepEqual(waits, []);
    assert.deepEqual(await tenant.asked(), ["list"]);
  });

  it("read what is planned together, in whatever case its id is written", async () => {
    for (const id of [GUID.toUpperCase(), "id-1", "id-2"]) reads.plan(id);
    assert.deepEqual(await found([GUID]), [GUID]);
    assert.deepEqual((await tenant.asked()).sort(), [GUID, "id-1", "id-2"]);
  });

  it("read nothing ahead that the list has told of", async () => {
    for (const id of ["id-1", "id-2", "id-3", "another"]) reads.plan(id);
    await found(numbered(0, 4));
    assert.deepEqual(await found(["another"]), ["another"]);
    assert.deepEqual(await tenant.asked(), ["list", "another"]);
  });

  it("read ahead what the list leaves open", async () => {
    tenant.patchAll({ policyPayload: null });
    const answers = await found(numbered(0, 4), { needs: ["policyPayload"] });
    assert.deepEqual(answers, Array(4).fill(undefined));
    assert.deepEqual(await tenant.asked(), ["list", ...numbered(4, 16)]);
  });

  describe("forget a planned policy", () => {
    beforeEach(async () => {
      for (const id of ["id-0", GUID]) reads.plan(id);
      await found(["id-0"]);
      await tenant.asked();
    });

    const write = () => {
      let end = () => {};
      const answer = new Promise<void>((resolve) => {
        end = resolve;
      });
      return { end, done: reads.during([GUID.toUpperCase()], () => answer) };
    };

    it("when a write of it begins", async () => {
      const { end, done } = write();
      assert.deepEqual(await found([GUID]), [GUID]);
      assert.deepEqual(await tenant.asked(), [GUID]);
      end();
      await done;
    });

    it("when a write of it ends: it may have been read before", async () => {
      const { end, done } = write();
      await found([GUID]);
      end();
      await done;
      await tenant.asked();
      assert.deepEqual(await found([GUID]), [undefined]);
    });

    it("when a write of it fails", async () => {
      await assert.rejects(
        reads.during([GUID], () => Promise.reject(new Error("no"))),
        /no/,
      );
      await found([GUID]);
      assert.deepEqual(await tenant.asked(), [GUID]);
    });
  });

  it("tell again of a policy of the list that was read after it was written", async () => {
    await found(numbered(0, 4));
    assert.equal(await reads.during(["id-0"], () => Promise.resolve("written")), "written");
    assert.deepEqual(await found(["id-0"]), [undefined]);
    tenant.nowMs += 5_001;
    assert.deepEqual(await found(numbered(0, 4)), numbered(0, 4));
  });

  describe("have one list of all policies", () => {
    const ids = async (withGroups: boolean, call = {}) =>
      (await reads.all(tenant.graph, call, withGroups)).map(({ id }) => id);

    it("for all who ask", async () => {
      const both = await Promise.all([ids(true), ids(true)]);
      assert.deepEqual(both, [numbered(0, 30), numbered(0, 30)]);
      assert.deepEqual(await ids(false), numbered(0, 30));
      assert.deepEqual(await tenant.asked(), ["list"]);
    });

    it("with groups, which answers for single policies too until it is too old", async () => {
      await ids(true);
      tenant.nowMs += 5_000;
      assert.equal(await find("id-7"), "id-7");
      tenant.nowMs += 1;
      assert.deepEqual(await found(["id-7"]), [undefined]);
      assert.deepEqual(await tenant.asked(), ["list"]);
    });

    it("with groups, which answers for no policy that was written after", async () => {
      const answer = ids(true);
      await reads.during(["id-7"], () => Promise.resolve());
      await answer;
      assert.deepEqual(await found(["id-7", "id-8"]), [undefined, "id-8"]);
    });

    it("without groups, which answers for no single policy", async () => {
      await ids(false);
      assert.deepEqual(await tenant.asked(), ["list without groups"]);
      assert.deepEqual(await found(["id-7"]), [undefined]);
    });

    it("in the words of who asks, and without that one's time limit", async () => {
      const graph = withLimit(tenant.graph, { deadlineMs: 7 });
      await reads.all(graph, { subject: "x" }, true);
      const [{ subject, deadlineMs } = {}] = tenant.sent;
      assert.equal(subject, "x");
      assert.notEqual(deadlineMs, 7);
    });

    it("which is asked for again once it has failed", async () => {
      tenant.refuse = (request) => {
        throw refused(request, 403);
      };
      await assert.rejects(Promise.all([ids(true), ids(true)]), { status: 403 });
      assert.deepEqual(await tenant.asked(), ["list"]);
      tenant.refuse = () => {};
      assert.deepEqual(await ids(true), numbered(0, 30));
      assert.deepEqual(await tenant.asked(), ["list"]);
    });
  });

  it("gather the creations of one moment, on the same clock", async () => {
    let end = () => {};
    const sent = reads.creations.during(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    let isGathered = false;
    void reads.creationsGathered().then(() => {
      isGathered = true;
    });
    await pass();
    assert.equal(isGathered, false);
    end();
    await sent;
    tenant.nowMs += 100;
    await pass();
    assert.equal(isGathered, true);
  });
});
