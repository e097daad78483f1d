import { strict as assert } from "node:assert";
import { paths } from "../../provider/api/paths";
import type { GraphRequest } from "../../provider/graph";
import {
  PriorityMoves,
  type PriorityWish,
  sendPriorities,
} from "../../provider/update/priorities/priorityMoves";
import { Quiet } from "../../provider/update/quiet";
import { fakeGraph, refused } from "../fakeGraph";

const POLICIES = [
  { id: "a", displayName: "A", priority: 0 },
  { id: "b", displayName: "B", priority: 1 },
];

describe("requests that change priorities", () => {
  let refuse: (request: GraphRequest) => void;
  let doing: (string | undefined)[];
  let moves: PriorityMoves;
  let tenant: ReturnType<typeof fakeGraph>;

  beforeEach(() => {
    refuse = () => {};
    doing = [];
    let nowMs = 0;
    const sleep = (ms: number) => {
      nowMs += ms;
      return Promise.resolve();
    };
    moves = new PriorityMoves(new Quiet({ now: () => nowMs, sleep }));
    tenant = fakeGraph((request) => {
      refuse(request);
      return request.method === "GET" ? { value: POLICIES } : undefined;
    });
  });

  function wish(
    priority: number | undefined,
    { id = "a", subject }: { id?: string; subject?: string } = {},
  ): PriorityWish & { id: string } {
    const until = <T>(work: Promise<T>, what?: string) => {
      doing.push(what);
      return work;
    };
    const call = subject === undefined ? {} : { subject };
    return { context: { graph: tenant.graph, until }, call, id, priority };
  }

  const sent = () =>
    tenant.sent.map(({ method, action, subject, body }) => ({ method, action, subject, body }));

  const body = (priorities: Record<string, number>) => ({
    officeConfigurationPolicyIds: Object.keys(priorities),
    officeConfigurationPriorities: Object.values(priorities),
  });

  it("may be sent twice, as they set numbers", async () => {
    const order = new Map([
      ["a", 1],
      ["b", 0],
    ]);
    await sendPriorities(tenant.graph, order, { subject: "it" });
    const [{ path, safeToRepeat, ...rest } = assert.fail()] = tenant.sent;
    assert.equal(path, paths.updatePriorities);
    assert.equal(safeToRepeat, true);
    assert.equal(rest.subject, "it");
    assert.deepEqual(rest.body, body({ a: 1, b: 0 }));
  });

  it("are none where no priority is asked for", async () => {
    assert.equal(await moves.move(wish(undefined), 0), "moved");
    assert.deepEqual([doing, sent()], [[], []]);
  });

  it("say what they are about, and to those who wait what may still happen", async () => {
    moves.plan("b", 1, 0);
    await moves.move(wish(1, { subject: 'client configuration "A"' }), 0);
    assert.deepEqual(sent(), [
      {
        method: "POST",
        action: "Changing the priority of",
        subject: "2 client configurations",
        body: body({ a: 1, b: 0 }),
      },
    ]);
    moves.plan("b", 0, 1);
    await moves.move(wish(0), 1);
    assert.deepEqual(doing, [
      'Changing the priority of client configuration "A" together with others, which may still be carried out',
      "Changing the priority of a client configuration together with others, which may still be carried out",
    ]);
  });

  it("that are refused for another reason than a taken priority say that reason", async () => {
    moves.plan("b", 1, 0);
    refuse = (request) => {
      throw refused(request, 403);
    };
    await assert.rejects(moves.move(wish(1), 0), { status: 403 });
    assert.deepEqual(tenant.trips(), ["POST updatePriorities"]);
  });

  it("that are refused though nobody else has the priority say so too", async () => {
    moves.plan("b", 1, 0);
    refuse = (request) => {
      if (request.method === "POST") throw refused(request, 409);
    };
    await assert.rejects(moves.move(wish(1), 0), { status: 409 });
  });

  describe("of one policy by itself", () => {
    /** A request that is refused as often as is said. */
    function request(refusals: number, status = 409) {
      const tries = { count: 0 };
      const send = () => {
        tries.count += 1;
        if (tries.count <= refusals) throw refused({ method: "PATCH", path: "/x" }, status);
        return Promise.resolve("done");
      };
      return { tries, send: async () => send() };
    }

    it("are refused as they are if it asks for none", async () => {
      await assert.rejects(moves.whenFree(wish(undefined), request(1).send), { status: 409 });
      assert.deepEqual(sent(), []);
    });

    it("are refused as they are if that has another reason", async () => {
      await assert.rejects(moves.whenFree(wish(1), request(1, 403).send), { status: 403 });
      assert.deepEqual(sent(), []);
    });

    it("are sent again if the policy itself has the priority", async () => {
      const { send, tries } = request(1);
      assert.equal(await moves.whenFree(wish(0), send), "done");
      assert.equal(tries.count, 2);
      assert.deepEqual(tenant.trips(), ["GET clientConfigurations"]);
    });

    it("are sent again after a policy which is to leave the priority has left it", async () => {
      moves.plan("b", 1, 7);
      const subject = 'client configuration "A"';
      assert.equal(await moves.whenFree(wish(1, { subject }), request(1).send), "done");
      assert.deepEqual(sent().at(-1), {
        method: "POST",
        action: "Changing the priority of",
        subject,
        body: body({ b: 7 }),
      });
      await moves.whenFree(wish(1), request(1).send);
      assert.deepEqual(doing, [
        'Waiting for the priority of client configuration "A"',
        "Waiting for the priority of a client configuration",
      ]);
    });

    it("fail if the policy that has the priority is to keep it", async () => {
      moves.plan("b", 5, 1);
      await assert.rejects(
        moves.whenFree(wish(1), request(1).send),
        /^OfficeConfigurationError: client configuration: the priority 1 belongs to "B" \(b\), which this update does not move\./,
      );
      assert.deepEqual(tenant.trips(), ["GET clientConfigurations"]);
    });
  });
});
