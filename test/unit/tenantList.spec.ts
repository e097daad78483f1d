import { strict as assert } from "node:assert";
import { type GraphClient, withLimit } from "../../provider/graph";
import { TenantList, type Wanted } from "../../provider/update/reads/tenantList";
import { Turns } from "../../provider/update/reads/turns";
import { refused } from "../fakeGraph";
import { ListedTenant, numbered } from "../listedTenant";

describe("the list of a tenant's policies", () => {
  let tenant: ListedTenant;
  let list: TenantList;

  function setUp(count: number, pageSize?: number): void {
    tenant = new ListedTenant(count, pageSize);
    list = new TenantList(() => tenant.nowMs, new Turns());
  }

  const find = async (
    id: string,
    how: Partial<Wanted & { graph: GraphClient }> = {},
  ): Promise<string | undefined> => {
    const { graph = tenant.graph, ...rest } = how;
    const wanted = { id, maxAgeMs: 60_000, needs: [], ...rest };
    return (await list.find(graph, wanted, { subject: "x" }))?.id;
  };

  const ask = (times: number) => {
    for (let time = 0; time < times; time += 1) list.ask();
  };

  describe("is read", () => {
    it("for four that are asked for, and for no fewer", async () => {
      setUp(8);
      ask(3);
      assert.equal(await find("id-0"), undefined);
      assert.deepEqual(await tenant.asked(), []);
      ask(1);
      assert.equal(await find("id-0"), "id-0");
      assert.deepEqual(await tenant.asked(), ["list"]);
    });

    it("for those alone that were asked for within ten seconds", async () => {
      setUp(8);
      ask(3);
      tenant.nowMs += 10_001;
      ask(1);
      assert.equal(await find("id-0"), undefined);
      assert.deepEqual(await tenant.asked(), []);
      ask(2);
      tenant.nowMs += 10_000;
      ask(1);
      assert.equal(await find("id-0"), "id-0");
    });

    it("page by page: a further one for twenty that are asked for on account of each before", async () => {
      setUp(250);
      ask(4);
      assert.equal(await find("id-99"), "id-99");
      assert.deepEqual(await tenant.asked(), ["list"]);
      ask(15);
      assert.equal(await find("id-150"), undefined);
      assert.deepEqual(await tenant.asked(), []);
      ask(1);
      assert.equal(await find("id-150"), "id-150");
      assert.equal(await find("id-249"), undefined);
      assert.deepEqual(await tenant.asked(), ["link 100"]);
      ask(20);
      assert.equal(await find("id-249"), "id-249");
      assert.deepEqual(await tenant.asked(), ["link 200"]);
    });

    it("to its end, after which a policy that it lacks costs nothing", async () => {
      setUp(250);
      ask(40);
      assert.equal(await find("another"), undefined);
      assert.deepEqual(await tenant.asked(), ["list", "link 100", "link 200"]);
      assert.equal(await find("another"), undefined);
      assert.deepEqual(await tenant.asked(), []);
    });

    it("in many small pages at once for eight that are asked for, and for no fewer", async () => {
      setUp(300, 7);
      ask(7);
      assert.equal(await find("id-7"), undefined);
      assert.deepEqual(await tenant.asked(), ["list"]);
      ask(1);
      assert.equal(await find("id-7"), "id-7");
      assert.deepEqual(
        await tenant.asked(),
        numbered(0, 20).map((_, place) => `skip ${place * 7}`),
      );
      assert.equal(await find("id-140"), undefined);
      ask(12);
      assert.equal(await find("id-140"), "id-140");
      assert.equal((await tenant.asked())[0], "skip 140");
    });

    it("for those who ask without the limit of the one who happens to be first", async () => {
      setUp(8);
      ask(4);
      const graph = withLimit(tenant.graph, { deadlineMs: Date.now() + 60_000 });
      await find("id-0", { graph });
      const [{ deadlineMs, action, subject } = {}] = tenant.sent;
      assert.deepEqual(
        { deadlineMs, action, subject },
        {
          deadlineMs: undefined,
          action: "Reading",
          subject: "the tenant's client configurations",
        },
      );
    });
  });

  describe("is read again", () => {
    it("where it is older than it may be, and not before", async () => {
      setUp(250);
      ask(4);
      await find("id-0");
      tenant.nowMs += 5_000;
      assert.equal(await find("id-1", { maxAgeMs: 5_000 }), "id-1");
      assert.deepEqual(await tenant.asked(), ["list"]);
      tenant.nowMs += 1;
      assert.equal(await find("id-1", { maxAgeMs: 5_000 }), "id-1");
      assert.deepEqual(await tenant.asked(), ["list"]);
    });

    it("page by page: the others stay, and what a page lost is gone", async () => {
      setUp(250);
      ask(40);
      await find("id-249");
      await tenant.asked();
      tenant.nowMs += 5_001;
      tenant.policies.delete("id-150");
      assert.equal(await find("id-160", { maxAgeMs: 5_000 }), "id-160");
      assert.deepEqual(await tenant.asked(), ["link 100"]);
      const found = ["id-99", "id-150", "id-249"].map((id) => find(id));
      assert.deepEqual(await Promise.all(found), ["id-99", undefined, "id-249"]);
      assert.deepEqual(await tenant.asked(), []);
    });

    it("without another page than before for those who ask for a further one", async () => {
      setUp(250);
      ask(4);
      await find("id-0");
      tenant.nowMs += 5_001;
      await find("id-0", { maxAgeMs: 5_000 });
      ask(16);
      await tenant.asked();
      assert.equal(await find("id-150"), "id-150");
      assert.deepEqual(await tenant.asked(), ["link 100"]);
    });

    it("once, even if it is too old by the time that it is there", async () => {
      setUp(8);
      list = new TenantList(() => {
        tenant.nowMs += 15;
        return tenant.nowMs;
      }, new Turns());
      ask(4);
      assert.equal(await find("id-0", { maxAgeMs: 10 }), undefined);
      assert.deepEqual(await tenant.asked(), ["list"]);
    });

    it("never, if its first page is a small one", async () => {
      setUp(300, 7);
      ask(4);
      await find("id-0");
      await tenant.asked();
      tenant.nowMs += 5_001;
      assert.equal(await find("id-0", { maxAgeMs: 5_000 }), undefined);
      assert.deepEqual(await tenant.asked(), []);
    });
  });

  describe("that was read as a whole", () => {
    const whole = () => numbered(0, 3).map((id) => ({ id }));

    it("answers for all, and is not read on", async () => {
      setUp(8);
      ask(40);
      list.take(whole(), { askedMs: tenant.nowMs, turn: 1 });
      assert.equal(list.known({ id: "id-2", maxAgeMs: 0, needs: [] })?.id, "id-2");
      assert.equal(await find("id-2"), "id-2");
      assert.equal(await find("id-7"), undefined);
      assert.deepEqual(await tenant.asked(), []);
    });

    it("answers no more once it is too old", async () => {
      setUp(8);
      ask(40);
      list.take(whole(), { askedMs: tenant.nowMs - 5_001, turn: 1 });
      assert.equal(await find("id-2", { maxAgeMs: 5_000 }), undefined);
      assert.deepEqual(await tenant.asked(), []);
    });
  });

  describe("with groups that the service expands for no list", () => {
    it("is read without them, once for all who wait", async () => {
      setUp(8);
      ask(4);
      tenant.refuse = (request) => {
        if (request.path.includes("expand")) throw refused(request, 501);
      };
      const found = numbered(0, 4).map((id) => find(id));
      assert.deepEqual(await Promise.all(found), numbered(0, 4));
      assert.deepEqual(await tenant.asked(), ["list", "list without groups"]);
    });

    it("is given up if it is refused without them too, and then tried without them", async () => {
      setUp(8);
      ask(4);
      tenant.refuse = (request) => {
        throw refused(request, 400);
      };
      assert.equal(await find("id-0"), undefined);
      assert.deepEqual(await tenant.asked(), ["list", "list without groups"]);
      tenant.refuse = () => {};
      assert.equal(await find("id-0"), "id-0");
      assert.deepEqual(await tenant.asked(), ["list without groups"]);
    });
  });

  it("that is refused for another reason is tried again with groups by the next who asks", async () => {
    setUp(8);
    ask(4);
    tenant.refuse = (request) => {
      throw refused(request, 403);
    };
    assert.equal(await find("id-0"), undefined);
    assert.deepEqual(await tenant.asked(), ["list"]);
    tenant.refuse = () => {};
    assert.equal(await find("id-0"), "id-0");
    assert.deepEqual(await tenant.asked(), ["list"]);
  });
});
