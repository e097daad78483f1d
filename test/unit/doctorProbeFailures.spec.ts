import { strict as assert } from "node:assert";
import type { WriteReport } from "../../cli/doctor/report";
import type { Fault } from "../../emulator";
import { assertNoPolicies, CLOUD_POLICY, INTUNE, probeRuns, probeStates } from "../probeRuns";

describe("a probe of writes that fails or is stopped", () => {
  const probes = probeRuns();

  describe("leaves nothing behind", () => {
    const rows: readonly (readonly [string, Omit<Fault, "times">, WriteReport["state"]])[] = [
      ["if the creation is refused", { match: `POST ${CLOUD_POLICY}`, status: 403 }, "refused"],
      ["if its answer is lost", { match: `POST ${CLOUD_POLICY}`, drop: "after" }, "failed"],
      ["if it never arrives", { match: `POST ${CLOUD_POLICY}`, drop: "before" }, "failed"],
      ["if its answer is cut", { match: `POST ${CLOUD_POLICY}`, truncate: true }, "failed"],
      [
        "if a proxy answers it with a page",
        { match: `POST ${CLOUD_POLICY}`, status: 403, body: "<html>", contentType: "text/html" },
        "failed",
      ],
      ["if the change is refused", { match: `PATCH ${CLOUD_POLICY}/*`, status: 403 }, "failed"],
      [
        "if the change has no answer",
        { match: `PATCH ${CLOUD_POLICY}/*`, drop: "before" },
        "failed",
      ],
      [
        "if the change is answered and not made",
        { match: `PATCH ${CLOUD_POLICY}/*`, status: 200, body: "{}" },
        "failed",
      ],
    ];
    for (const [what, fault, state] of rows) {
      it(`${what}, and says what failed`, async () => {
        const examined = probes.tenant();
        examined.fault(fault.match, fault);
        const [office, security, intune] = await probes.writes(examined);
        assert.deepEqual(
          [office, security, intune].map((found) => found?.state),
          [state, state, "proven"],
        );
        assert.equal(
          office?.left === undefined,
          !what.includes("never arrives") && !what.includes("proxy"),
        );
        assert.match(office?.next ?? "", /probe's policy|Graph has answered the change/);
        assertNoPolicies(examined);
      });
    }

    it("if a read in the middle fails once more than it is repeated", async () => {
      const examined = probes.tenant();
      examined.tenant.faults.add({ match: `GET ${CLOUD_POLICY}/*-*`, status: 500, times: 2 });
      const [office] = await probes.writes(examined);
      assert.deepEqual([office?.state, office?.left], ["failed", undefined]);
      assertNoPolicies(examined);
    });

    it("if the first attempts to delete it fail", async () => {
      const examined = probes.tenant();
      examined.tenant.faults.add({ match: `DELETE ${CLOUD_POLICY}/*`, status: 500, times: 2 });
      const [office] = await probes.writes(examined);
      assert.deepEqual([office?.state, office?.left], ["proven", undefined]);
      assertNoPolicies(examined);
    });

    for (const match of [`DELETE ${CLOUD_POLICY}/*`, `DELETE ${INTUNE}/*`]) {
      it(`if every answer to a ${match} is lost`, async () => {
        const examined = probes.tenant();
        examined.fault(match, { drop: "after" });
        const found = await probes.writes(examined);
        assert.deepEqual(probeStates(found), ["proven", "proven", "proven"]);
        assertNoPolicies(examined);
        assert.deepEqual(probes.records().all(), []);
      });
    }

    it("if it is stopped before anything has shown it, and the answer to its deletion is lost", async () => {
      const examined = probes.tenant({ visibleAfterReads: 2 });
      const controller = new AbortController();
      examined.tenant.onRequest = (sent) => {
        if (/^POST .*Configurations$/.test(sent)) controller.abort();
      };
      examined.fault(`DELETE ${CLOUD_POLICY}/*`, { drop: "after" });
      const [office] = await probes.writes(examined, { stop: controller.signal });
      assert.deepEqual([office?.state, office?.left], ["stopped", undefined]);
      assertNoPolicies(examined);
    });

    it("of a creation that made two policies of its name", async () => {
      const examined = probes.tenant();
      const made: string[] = [];
      examined.tenant.onRequest = (sent) => {
        const [record] = probes.records().all();
        if (!sent.startsWith("PATCH") || record === undefined || made.length > 0) return;
        const type = "#microsoft.graph.windowsOfficeClientConfiguration";
        made.push(examined.tenant.store.insert({ type, displayName: record.name }).id);
      };
      const [office] = await probes.writes(examined);
      assert.deepEqual([office?.state, made.length], ["proven", 1]);
      assertNoPolicies(examined);
    });

    it("if it becomes visible after the answer to its creation was lost", async () => {
      const examined = probes.tenant({ visibleAfterReads: 2 });
      examined.tenant.faults.add({ match: `POST ${CLOUD_POLICY}`, drop: "after" });
      const [office] = await probes.writes(examined);
      assert.deepEqual([office?.state, office?.left], ["failed", undefined]);
      assertNoPolicies(examined);
    });

    for (const [step, trip, state] of [
      ["the creation", /^POST .*\/clientConfigurations$/, "stopped"],
      ["the first read", /^GET .*\/clientConfigurations\/[\da-f-]{36}$/, "stopped"],
      ["the change", /^PATCH /, "proven"],
      ["the deletion", /^DELETE /, "proven"],
    ] as const) {
      it(`if it is stopped during ${step}, and probes no other road`, async () => {
        const examined = probes.tenant();
        const controller = new AbortController();
        examined.tenant.onRequest = (sent) => {
          if (trip.test(sent)) controller.abort();
        };
        const [office, security, intune] = await probes.writes(examined, {
          stop: controller.signal,
        });
        assert.ok(controller.signal.aborted);
        assert.equal(office?.state, state);
        assert.deepEqual(
          [office?.left, security?.state, intune?.state],
          [undefined, "notProbed", "notProbed"],
        );
        const posts = examined.tenant.writes().filter((sent) => sent.startsWith("POST"));
        assert.equal(posts.length, 1);
        assertNoPolicies(examined);
        assert.deepEqual(probes.records().all(), []);
      });
    }
  });

  it("keeps the record of a policy that Graph has made and never shows", async () => {
    const examined = probes.tenant({ visibleAfterReads: 1_000 });
    const [office] = await probes.writes(examined);
    assert.equal(office?.state, "failed");
    assert.match(office?.left?.id ?? "", /^[-\da-f]{36}$/);
    assert.match(office?.next ?? "", /It is not visible yet, and may still appear\. `npx office-/);
    assert.equal(probes.records().all().length, 3);
  });

  it("asks nothing if it is stopped before", async () => {
    const examined = probes.tenant();
    const controller = new AbortController();
    controller.abort();
    const found = await probes.writes(examined, { stop: controller.signal });
    assert.deepEqual(
      [probeStates(found), probes.questions()],
      [["notProbed", "notProbed", "notProbed"], []],
    );
  });
});
