import { strict as assert } from "node:assert";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProbeRecord } from "../../cli/doctor/probe/records";
import type { ExaminedTenant } from "../doctorRuns";
import { assertNoPolicies, CLOUD_POLICY, PROBE_NAME, probeRuns, probeStates } from "../probeRuns";

describe("a probe of writes", () => {
  const probes = probeRuns();

  describe("if it cannot delete the policy", () => {
    async function leave(
      examined: ExaminedTenant,
    ): Promise<{ id: string; record: ProbeRecord; next: string }> {
      examined.tenant.faults.add({ match: `DELETE ${CLOUD_POLICY}/*`, status: 403, times: 3 });
      const { code, printed } = await examined.run(
        { probeWrites: true, yes: true },
        probes.around(),
      );
      assert.equal(code, 1);
      const [policy] = examined.tenant.store.list();
      const [record] = probes.records().all();
      assert.ok(policy && record);
      return { id: policy.id, record, next: printed.replaceAll(/\s+/g, " ") };
    }

    it("names it and how to delete it, ends with 1, and keeps the record", async () => {
      const examined = probes.tenant();
      const { id, record, next } = await leave(examined);
      assert.deepEqual([record.id, record.tenantId], [id, examined.tenant.tenantId]);
      assert.match(record.name, PROBE_NAME);
      assert.ok(
        next.includes(
          `Cloud Policy Failed. The policy "${record.name}" (${id}) may still be in the tenant. Deleting the probe's policy in Cloud Policy failed: 403`,
        ),
        next,
      );
      assert.ok(
        next.includes(
          "`npx office-configuration doctor --probe-writes` on this machine offers to delete it",
        ),
      );
      assert.ok(
        next.includes(
          `\`az rest --method delete --url http://localhost/beta${CLOUD_POLICY}/${id}\` deletes it`,
        ),
      );
    });

    it("a run that only reads tells of it, and leaves it", async () => {
      const examined = probes.tenant();
      const { id, record } = await leave(examined);
      const { said, code } = await examined.run({}, probes.around());
      assert.equal(code, 0);
      assert.ok(
        said.some((line) =>
          line.startsWith(
            `A probe of this machine may have left a policy: "${record.name}" (${id}) in Cloud Policy, made 20`,
          ),
        ),
      );
      assert.equal(examined.tenant.store.list().length, 1);
    });

    it("the next probe offers to delete it, and does", async () => {
      const examined = probes.tenant();
      const { record } = await leave(examined);
      const { isSomethingLeft } = await probes.report(examined);
      assert.equal(isSomethingLeft, false);
      assert.match(
        probes.questions()[0] ?? "",
        new RegExp(`^An earlier probe has left "${record.name}" .* Delete it\\?$`),
      );
      assertNoPolicies(examined);
      assert.deepEqual(probes.records().all(), []);
    });

    it("the next probe finds it by its name if the answer to its creation was lost", async () => {
      const examined = probes.tenant();
      const { record } = await leave(examined);
      const { id: _, ...nameless } = record;
      writeFileSync(probes.records().fileOf(record), JSON.stringify(nameless));
      await probes.report(examined);
      assertNoPolicies(examined);
      assert.deepEqual(probes.records().all(), []);
    });

    it("it stays if nobody agrees", async () => {
      const examined = probes.tenant();
      await leave(examined);
      const found = await probes.report(examined, { ask: () => Promise.resolve(false) });
      assert.deepEqual(probeStates(found.writes ?? []), ["notProbed", "notProbed", "notProbed"]);
      assert.equal(found.isSomethingLeft, true);
      assert.equal(examined.tenant.store.list().length, 1);
      assert.equal(probes.records().all().length, 1);
    });

    for (const [what, patch] of [
      ["renamed", { displayName: "Contoso baseline" }],
      ["described", { description: "Contoso's own" }],
      ["assigned", { groupIds: ["c0c0c0c0-0000-4000-8000-00000000000c"] }],
    ] as const) {
      it(`the next probe leaves it alone if somebody has ${what} it since`, async () => {
        const examined = probes.tenant();
        const { id } = await leave(examined);
        examined.tenant.store.patch(id, patch);
        const { said } = await examined.run({ probeWrites: true, yes: true }, probes.around());
        assert.ok(
          said.some((line) =>
            /is not deleted, because somebody has changed or assigned it\./.test(line),
          ),
        );
        assert.deepEqual(
          examined.tenant.store.list().map((policy) => policy.id),
          [id],
        );
        assert.equal(probes.records().all().length, 1);
      });
    }

    it("another tenant's run does not touch it", async () => {
      const examined = probes.tenant();
      const { record: left } = await leave(examined);
      const other = probes.tenant();
      const { said } = await other.run({ probeWrites: true, yes: true }, probes.around());
      assert.ok(!said.some((line) => line.includes(left.name)));
      assert.equal(probes.records().all().length, 1);
      assert.equal(examined.tenant.store.list().length, 1);
    });

    it("the record of a policy that is not there ends after an hour, not before", async () => {
      const examined = probes.tenant();
      const { id } = await leave(examined);
      examined.tenant.store.remove(id);
      const first = await examined.run({ probeWrites: true, yes: true }, probes.around());
      assert.equal(first.code, 1);
      assert.ok(
        first.said.some((line) => /is not in the tenant\. Run the probe once more/.test(line)),
      );
      assert.equal(probes.records().all().length, 1);
      probes.pass(2 * 60 * 60_000);
      const second = await examined.run({ probeWrites: true, yes: true }, probes.around());
      assert.equal(second.code, 0);
      assert.ok(second.said.some((line) => /is no longer in the tenant\.$/.test(line)));
      assert.deepEqual(probes.records().all(), []);
    });
  });

  describe("takes nothing for its own", () => {
    it("that only has a name like those of probes", async () => {
      const examined = probes.tenant();
      const name = `office-configuration doctor: probe ${"a".repeat(24)}`;
      const { id } = examined.tenant.store.insert({
        type: "#microsoft.graph.windowsOfficeClientConfiguration",
        displayName: name,
        description:
          "Made by office-configuration doctor --probe-writes, which deletes it again. (made)",
      });
      await probes.report(examined);
      assert.deepEqual(
        examined.tenant.store.list().map((policy) => policy.id),
        [id],
      );
    });

    it("by a file that is no record: of another form, another name, or a link", () => {
      mkdirSync(probes.records().folder, { recursive: true });
      const record = {
        probe: 1,
        at: "2026-11-30T00:00:00.000Z",
        origin: "http://localhost",
        road: "cloudPolicy",
        name: `office-configuration doctor: probe ${"b".repeat(24)}`,
      };
      const write = (file: string, content: object) =>
        writeFileSync(join(probes.records().folder, `${file}.json`), JSON.stringify(content));
      write("b".repeat(24), record);
      assert.equal(probes.records().all().length, 1);
      write("c".repeat(24), record);
      write("d".repeat(24), { ...record, name: "Contoso baseline" });
      write("e".repeat(24), {
        ...record,
        name: `office-configuration doctor: probe ${"e".repeat(24)}`,
        road: "copilot",
      });
      writeFileSync(join(probes.records().folder, `${"f".repeat(24)}.json`), "{");
      assert.equal(probes.records().all().length, 1);
    });
  });
});
