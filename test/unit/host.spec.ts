import { strict as assert } from "node:assert";
import { replacing } from "../../provider/settings/differences";
import type { PlainObject } from "../../provider/settings/json";
import { FakeHost, type FakeResource } from "../fakeHost";

const [A, B] = ["excel16;L_VBAWarningsPolicy;L_empty4", "word16;L_BlockMacroExecutionFromInternet"];
const [GROUP_A, GROUP_B] = ["a", "b"].map((end) => `11111111-1111-4111-8111-11111111111${end}`);
const ELSEWHERE = "22222222-2222-4222-8222-222222222222";

let host: FakeHost;

/** Settings as a program writes them. */
function settings(...values: [settingId: string | undefined, value: unknown][]) {
  return values.map(([settingId, value]) => ({ settingId, value }));
}

/** The policies of the tenant by their names. */
function policiesThere(): Record<string, unknown> {
  const all = host.tenant.store.list();
  const settingsOf = (payload: Buffer | null) => JSON.parse(payload?.toString() ?? "[]") as unknown;
  return Object.fromEntries(
    all.map((each): [string, unknown] => [
      String(each.displayName),
      settingsOf(each.policyPayload),
    ]),
  );
}

/** A preview of inputs, and its lines. */
async function previewed(resource: FakeResource, inputs: PlainObject): Promise<string[]> {
  host.newRun({ isPreview: true });
  await resource.up(inputs);
  const lines = [...host.said];
  host.newRun();
  return lines;
}

for (const kind of [
  "WindowsOfficeClientConfiguration",
  "WindowsOfficeClientSecurityConfiguration",
] as const) {
  describe(`the life of a ${kind} in a host`, () => {
    let policy: FakeResource;
    const inputs = {
      displayName: "Baseline",
      description: "d",
      policies: settings([A, 2], [B, true]),
      userPreferences: { [A]: "1" },
      assignments: [{ groupId: GROUP_A }],
    };

    beforeEach(() => {
      host = new FakeHost();
      policy = host.resource(kind);
    });
    afterEach(() => host.close());

    it("is previewed as new, with all that it gets and its secrets masked, and told nothing of in an update", async () => {
      const secret = {
        ...inputs,
        priority: 3,
        policies: { [A]: "2", [B]: "1" },
        __secrets: [`policies/${A}`],
      };
      assert.deepEqual(await previewed(policy, secret), [
        "Baseline: is new",
        'Baseline: description (none) => "d"',
        "Baseline: priority (none) => 3",
        `Baseline: + ${A} [secret]`,
        `Baseline: + ${B} "1"`,
        `Baseline: userPreferences + ${A} "1"`,
        `Baseline: assignments + ${GROUP_A}`,
      ]);
      assert.deepEqual(await previewed(policy, { displayName: "Bare" }), ["Bare: is new"]);
      assert.deepEqual(host.tenant.store.list(), []);
      await policy.up(inputs);
      assert.deepEqual(host.said, []);
    });

    it("is previewed without lines where it is refused", async () => {
      await assert.rejects(previewed(policy, { displayName: "", policies: [] }), /displayName/);
      assert.deepEqual(host.said, []);
    });

    it("begins with a POST, and ends with a DELETE that names the tenant", async () => {
      await policy.up(inputs);
      const [made] = host.tenant.store.list();
      assert.equal(made?.type.toLowerCase(), `#microsoft.graph.${kind}`.toLowerCase());
      assert.deepEqual(
        made?.assignments.map(({ groupId }) => groupId),
        [GROUP_A],
      );
      assert.deepEqual(policiesThere(), { Baseline: settings([A, "2"], [B, "1"]) });
      const { configurationId, tenantId, policies } = policy.outputs;
      assert.deepEqual([configurationId, tenantId], [made?.id, host.tenant.tenantId]);
      assert.deepEqual(policies, { [A]: "2", [B]: "1" });
      await policy.destroy();
      assert.deepEqual(host.tenant.store.list(), []);
      assert.match(host.said.at(-1) ?? "", /^Baseline: deleted from the tenant [\w-]{36}$/);
      const writes = host.tenant.writes();
      assert.equal(writes[0], "POST /clientConfigurations");
      assert.equal(writes.at(-1), `DELETE /clientConfigurations/${made?.id}`);
    });

    it("is the same whether or not check has stored the program's inputs", async () => {
      await policy.create(inputs);
      const {
        __owner: _,
        configurationId: __,
        lastModifiedDateTime: ___,
        ...direct
      } = policy.outputs;
      assert.deepEqual(direct.policies, { [A]: "2", [B]: "1" });
      assert.deepEqual(direct.assignments, [GROUP_A]);
      host.newRun();
      assert.deepEqual((await policy.compare(inputs)).differences, []);
      const checked = await policy.check(inputs);
      assert.deepEqual((await policy.compare(checked)).differences, []);
      const edited = { ...inputs, policies: settings([A, 4], [B, true]) };
      await policy.update(edited);
      assert.deepEqual(policiesThere(), { Baseline: settings([A, "4"], [B, "1"]) });
      assert.deepEqual(policy.outputs.policies, { [A]: "4", [B]: "1" });
      assert.deepEqual(await policy.check({ ...checked }), checked);
    });

    it("sends what differs, and nothing where nothing does", async () => {
      await policy.up(inputs);
      host.newRun();
      const before = host.tenant.writes().length;
      await policy.up(inputs);
      assert.equal(host.tenant.writes().length, before);
      await policy.up({ ...inputs, description: "e" });
      assert.deepEqual(host.tenant.writes().slice(before), [
        `PATCH /clientConfigurations/${policy.id}`,
      ]);
      await policy.up({ ...inputs, description: "e", assignments: [GROUP_B] });
      assert.deepEqual(host.tenant.writes().slice(before + 1), [
        `POST /clientConfigurations/${policy.id}/assign`,
      ]);
    });

    it("names each changed setting in a preview, and sends nothing", async () => {
      const plain = { displayName: "Baseline", policies: { [A ?? ""]: "2" } };
      await policy.up(plain);
      const before = host.tenant.writes();
      const lines = await previewed(policy, {
        ...plain,
        policies: { [A ?? ""]: "4", [B ?? ""]: "1" },
      });
      assert.deepEqual(lines, [`Baseline: ${A} "2" => "4"`, `Baseline: + ${B} "1"`]);
      assert.deepEqual(host.tenant.writes(), before);
    });

    it("tells drift once, and not again as the update that repairs it", async () => {
      const plain = { displayName: "Baseline", policies: { [A ?? ""]: "2" } };
      await policy.up(plain);
      host.tenant.store.patch(policy.id, { policyPayload: settings([A, "9"]) });
      host.newRun();
      await policy.refresh(plain);
      const drift = [
        "Drift found. An update puts back what the program gives:",
        `Baseline: ${A} "2" => "9" (changed in the tenant)`,
      ];
      assert.deepEqual(host.said, drift);
      await policy.up(plain);
      assert.deepEqual(host.said, drift);
      assert.deepEqual(policiesThere(), { Baseline: settings([A, "2"]) });
    });

    it("leaves the state where the policy is gone, and is made anew", async () => {
      await policy.up(inputs);
      const { id } = policy;
      host.tenant.store.remove(id);
      host.newRun();
      await policy.refresh();
      assert.equal(policy.recorded, undefined);
      assert.match(host.said.join(), /Baseline: gone from the tenant/);
      host.newRun();
      await policy.up(inputs);
      assert.notEqual(policy.id, id);
    });

    it("adopts a policy of its name, tells of that in the preview, and sends only what differs", async () => {
      const type = `#microsoft.graph.${kind.replace("Windows", "windows")}` as const;
      host.tenant.store.seed([
        { displayName: "Baseline", type, policies: settings([A, "2"], [B, "0"]) } as never,
      ]);
      const [there] = host.tenant.store.list();
      const adopting = {
        displayName: "Baseline",
        adopt: { displayName: "Baseline" },
        policies: { [A ?? ""]: "2", [B ?? ""]: "1" },
      };
      const lines = [`Baseline: adopts ${there?.id}`, `Baseline: ${B} "0" => "1"`];
      assert.deepEqual(await previewed(policy, adopting), lines);
      await policy.up(adopting);
      assert.equal(policy.id, there?.id);
      assert.deepEqual(host.said, lines);
      assert.deepEqual(host.tenant.writes(), [`PATCH /clientConfigurations/${there?.id}`]);
      assert.equal("adopt" in policy.outputs, false);
    });

    it("refuses a name that the tenant has, in the preview and in the update", async () => {
      host.tenant.store.seed([{ displayName: "Baseline", type: typeOf(kind) }]);
      await assert.rejects(previewed(policy, inputs), /the tenant has another policy of this name/);
      host.newRun();
      await assert.rejects(policy.up(inputs), /the tenant has another policy of this name/);
      assert.deepEqual(host.tenant.writes(), []);
    });

    it("keeps a policy in the state whose groups were refused, and finishes it in the next update", async () => {
      host = replaced(host, { assignmentsInPost: "ignored" });
      policy = host.resource(kind);
      host.tenant.faults.add({ match: "POST */assign", status: 403 });
      await assert.rejects(policy.up(inputs), { name: "PartialFailure" });
      const { id } = policy;
      assert.equal(policy.recorded?.isTainted, true);
      assert.deepEqual(policy.outputs.assignments, []);
      assert.equal(policy.outputs.tenantId, host.tenant.tenantId);
      host.newRun();
      await policy.up(inputs);
      assert.equal(policy.id, id);
      assert.deepEqual(
        host.tenant.store.get(id)?.assignments.map(({ groupId }) => groupId),
        [GROUP_A],
      );
      assert.equal(host.tenant.store.list().length, 1);
    });

    it("keeps the state as it was where an update is refused", async () => {
      await policy.up(inputs);
      const { outputs } = policy;
      host.newRun();
      host.tenant.faults.add({ match: "PATCH *", status: 403 });
      await assert.rejects(policy.up({ ...inputs, description: "e" }), { status: 403 });
      assert.deepEqual([policy.outputs, policy.recorded?.isTainted], [outputs, false]);
    });

    it("waits as long as Graph asks for, and not beyond its time limit", async () => {
      host.tenant.faults.add({
        match: "POST *clientConfigurations",
        status: 429,
        retryAfterSeconds: 400,
      });
      await policy.up(inputs);
      const { waitedMs } = host.clock;
      assert.ok(waitedMs >= 400_000, `${waitedMs}`);
      const limited = { ...inputs, description: "e", timeouts: { update: "1m" } };
      host.newRun();
      host.tenant.faults.add({ match: "PATCH *", status: 429, retryAfterSeconds: 400, times: 9 });
      await assert.rejects(policy.up(limited), { status: 429 });
      assert.ok(host.clock.waitedMs < waitedMs + 60_000, `${host.clock.waitedMs}`);
    });

    it("ends a creation whose answer is lost when its time is up", async () => {
      const limited = { ...inputs, timeouts: { create: "5s" } };
      host.tenant.faults.add({ match: "POST *clientConfigurations", drop: "before", times: 9 });
      await assert.rejects(policy.up(limited), /Graph may have carried it out all the same/);
      assert.match(host.said.join(), /it is not known whether it was created: .*timed out/);
      assert.ok(host.clock.waitedMs < 5_000, `${host.clock.waitedMs}`);
    });

    it("ends when somebody stops the run", async () => {
      host.tenant.onRequest = (trip) => {
        if (trip.startsWith("POST") && trip.endsWith("/clientConfigurations")) host.stop();
      };
      await assert.rejects(policy.up(inputs), { code: "ABORTED" });
      const { count } = host.tenant;
      await assert.rejects(policy.up(inputs), { code: "ABORTED" });
      assert.equal(host.tenant.count, count);
      assert.deepEqual(host.tenant.store.list(), []);
    });

    it("is left alone in another tenant, and refused there", async () => {
      await policy.up(inputs);
      host.newRun();
      host.settings.accessToken = host.tenant.token("app", ELSEWHERE);
      const { count } = host.tenant;
      const refusal =
        /^OfficeConfigurationError: Baseline is recorded in the tenant .*Nothing was changed/;
      await assert.rejects(policy.compare(inputs), refusal);
      await assert.rejects(policy.update(inputs), refusal);
      await assert.rejects(policy.refresh(), refusal);
      await assert.rejects(policy.destroy(), refusal);
      assert.equal(host.tenant.count, count);
    });

    it("is recreated in another tenant where the settings say so, and left in the first", async () => {
      await policy.up(inputs);
      const { id } = policy;
      host.newRun();
      Object.assign(host.settings, {
        accessToken: host.tenant.token("app", ELSEWHERE),
        onTenantChange: "replace",
        tenantId: ELSEWHERE,
      });
      const moved = await policy.compare(inputs);
      assert.deepEqual(replacing(moved.differences), ["tenantId"]);
      host.newRun();
      // The emulator has one tenant, whose policy would have the name.
      await policy.up({ ...inputs, allowDuplicateName: true });
      assert.notEqual(policy.id, id);
      assert.equal(policy.outputs.tenantId, ELSEWHERE);
      assert.equal(host.tenant.store.list().length, 2);
      assert.deepEqual(host.said.slice(0, 1), [
        `Baseline: is recreated in ${ELSEWHERE}; what is in ${host.tenant.tenantId} stays there`,
      ]);
      assert.match(host.said.at(-1) ?? "", /left as it is in the tenant/);
    });

    it("refuses inputs with all their problems, and sends nothing", async () => {
      const wrong = { displayName: " ", priority: -1, policies: settings([A, "1"], [A, "2"]) };
      await assert.rejects(policy.up(wrong), /displayName.*\n.*priority.*\n.*policies/);
      assert.equal(host.tenant.count, 0);
    });
  });
}

function typeOf(kind: string) {
  return `#microsoft.graph.w${kind.slice(1)}` as "#microsoft.graph.windowsOfficeClientConfiguration";
}

/** Another host in the place of one. */
function replaced(
  old: FakeHost,
  mode: NonNullable<ConstructorParameters<typeof FakeHost>[0]>["mode"] = {},
) {
  old.close();
  return new FakeHost({ mode });
}
