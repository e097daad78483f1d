import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DoctorSurroundings } from "../../cli/doctor/command";
import { type ProbeRecord, ProbeRecords } from "../../cli/doctor/probe/records";
import { profileOf } from "../../cli/doctor/profile";
import type { Report, WriteReport } from "../../cli/doctor/report";
import type { EmulatorMode, Fault } from "../../emulator";
import { playProfile } from "../../emulator/profile/play";
import { PassingClock } from "../context";
import { ExaminedTenant } from "../doctorRuns";

const CLOUD_POLICY = "/officeConfiguration/clientConfigurations";
const INTUNE = "/deviceManagement/configurationPolicies";
const NAME = /^office-configuration doctor: probe [\da-f]{24}$/;

describe("office-configuration doctor --probe-writes", () => {
  let folder: string;
  let clock: PassingClock;
  let questions: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "doctor-probes-"));
    clock = new PassingClock();
    questions = [];
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const kind = (mode: Partial<EmulatorMode> = {}) =>
    new ExaminedTenant({ preset: "kind", mode, now: () => clock.now() });
  const home = () => join(folder, "office-configuration", "probes");
  const records = () => new ProbeRecords(home());
  const around = (more: Partial<DoctorSurroundings> = {}): Partial<DoctorSurroundings> => ({
    clock,
    ask: (question) => {
      questions.push(question);
      return Promise.resolve(true);
    },
    ...more,
    env: { PULUMI_HOME: folder, ...more.env },
  });

  async function report(
    examined: ExaminedTenant,
    more?: Partial<DoctorSurroundings>,
  ): Promise<Report> {
    const { printed } = await examined.run({ format: "json", probeWrites: true }, around(more));
    return JSON.parse(printed) as Report;
  }

  async function writes(
    examined: ExaminedTenant,
    more?: Partial<DoctorSurroundings>,
  ): Promise<readonly WriteReport[]> {
    return (await report(examined, more)).writes ?? [];
  }

  const statesOf = (found: readonly WriteReport[]) => found.map(({ state }) => state);
  const intunePolicies = (examined: ExaminedTenant) => examined.tenant.intune.list();
  const isEmpty = (examined: ExaminedTenant) => {
    assert.deepEqual(examined.tenant.store.list(), []);
    assert.deepEqual(intunePolicies(examined), []);
  };

  it("asks, makes a policy on each open road, changes and deletes it, and learns", async () => {
    const examined = kind({ etags: true });
    const { writes: found = [], manners, isSomethingLeft, isOpen } = await report(examined);
    assert.deepEqual(statesOf(found), ["proven", "proven"]);
    assert.deepEqual([isSomethingLeft, isOpen], [false, true]);
    assert.deepEqual(manners?.cloudPolicyWrites, {
      createdStatus: 201,
      readsUntilVisible: 0,
      listedAtOnce: true,
      patchStatus: 200,
      etagChanges: true,
      ifMatch: "obeyed",
      deleteStatus: 200,
      goneAtOnce: true,
      payloadInPost: "taken",
      createdPayload: "inline",
      createdGroups: true,
      typeInPatch: "not required",
    });
    assert.deepEqual(manners?.intuneWrites, {
      createdStatus: 201,
      readsUntilVisible: 0,
      listedAtOnce: true,
      patchStatus: 200,
      etagChanges: "not seen",
      ifMatch: "not seen",
      deleteStatus: 204,
      goneAtOnce: true,
    });
    isEmpty(examined);
    assert.deepEqual(records().all(), []);
    assert.deepEqual(questions, [
      `In the tenant Emulated tenant (${examined.tenant.tenantId}), make one policy in Cloud Policy and Intune, read it, change it, and delete it again? It has a name of its own and is assigned to nobody.`,
    ]);
    const posts = examined.tenant.requests.filter(
      ({ method, path }) => method === "POST" && path !== "/$batch",
    );
    const [office, intune] = posts.map(({ body }) => body as Record<string, unknown>);
    assert.match(String(office?.displayName), NAME);
    assert.match(String(intune?.name), NAME);
    for (const body of [office, intune]) {
      assert.match(
        String(body?.description),
        /^Made by office-configuration doctor --probe-writes/,
      );
      assert.ok(!("assignments" in (body ?? {})));
    }
    for (const { method, path } of examined.tenant.requests) {
      const isWrite = method !== "GET" && path !== "/$batch";
      assert.ok(!isWrite || path.startsWith(CLOUD_POLICY) || path.startsWith(INTUNE), path);
    }
  });

  for (const [what, mode, expected] of [
    [
      "OData's status codes, groups only where they are expanded, and types in PATCH",
      { successCodes: "odata", navigation: "expandedOnly", requireODataType: true },
      { patchStatus: 204, deleteStatus: 204, createdGroups: false, typeInPatch: "required" },
    ],
    [
      "that a policy is not there at once",
      { visibleAfterReads: 3 },
      { readsUntilVisible: 3, listedAtOnce: true },
    ],
    ["payloads that the answer leaves out", { payloads: "null" }, { createdPayload: "null" }],
    [
      "that nothing has a version",
      { etags: false },
      { etagChanges: "not seen", ifMatch: "not seen" },
    ],
  ] as const) {
    it(`learns ${what}, and the emulator plays it`, async () => {
      const made = profileOf(await report(kind(mode)), "another");
      const seen = made?.manners.cloudPolicyWrites as Record<string, unknown>;
      for (const [name, value] of Object.entries(expected)) assert.equal(seen[name], value, name);
      const { options, unplayed } = playProfile(made);
      assert.deepEqual(unplayed, []);
      for (const [name, value] of Object.entries(mode)) {
        if (value === false) continue;
        assert.equal(options.mode?.[name as keyof EmulatorMode], value, name);
      }
    });
  }

  it("tries again without a payload if the service refuses it", async () => {
    const examined = kind();
    examined.tenant.faults.add({
      match: `POST ${CLOUD_POLICY}`,
      holds: "policyPayload",
      status: 400,
    });
    const { writes: found = [], manners } = await report(examined);
    assert.deepEqual(statesOf(found), ["proven", "proven"]);
    assert.equal(manners?.cloudPolicyWrites.payloadInPost, "refused");
    isEmpty(examined);
  });

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
        const examined = kind();
        examined.fault(fault.match, fault);
        const [office, intune] = await writes(examined);
        assert.deepEqual([office?.state, intune?.state], [state, "proven"]);
        assert.equal(
          office?.left === undefined,
          !what.includes("never arrives") && !what.includes("proxy"),
        );
        assert.match(office?.next ?? "", /probe's policy|Graph has answered the change/);
        isEmpty(examined);
      });
    }

    it("if a read in the middle fails once more than it is repeated", async () => {
      const examined = kind();
      examined.tenant.faults.add({ match: `GET ${CLOUD_POLICY}/*`, status: 500, times: 2 });
      const [office] = await writes(examined);
      assert.deepEqual([office?.state, office?.left], ["failed", undefined]);
      isEmpty(examined);
    });

    it("if the first attempts to delete it fail", async () => {
      const examined = kind();
      examined.tenant.faults.add({ match: `DELETE ${CLOUD_POLICY}/*`, status: 500, times: 2 });
      const [office] = await writes(examined);
      assert.deepEqual([office?.state, office?.left], ["proven", undefined]);
      isEmpty(examined);
    });

    it("if it becomes visible after the answer to its creation was lost", async () => {
      const examined = kind({ visibleAfterReads: 2 });
      examined.tenant.faults.add({ match: `POST ${CLOUD_POLICY}`, drop: "after" });
      const [office] = await writes(examined);
      assert.deepEqual([office?.state, office?.left], ["failed", undefined]);
      isEmpty(examined);
    });

    for (const [step, trip, state] of [
      ["the creation", /^POST .*\/clientConfigurations$/, "stopped"],
      ["the first read", /^GET .*\/clientConfigurations\/[\da-f-]{36}$/, "stopped"],
      ["the change", /^PATCH /, "proven"],
      ["the deletion", /^DELETE /, "proven"],
    ] as const) {
      it(`if it is stopped during ${step}, and probes no other road`, async () => {
        const examined = kind();
        const controller = new AbortController();
        examined.tenant.onRequest = (sent) => {
          if (trip.test(sent)) controller.abort();
        };
        const [office, intune] = await writes(examined, { stop: controller.signal });
        assert.ok(controller.signal.aborted);
        assert.equal(office?.state, state);
        assert.deepEqual([office?.left, intune?.state], [undefined, "notProbed"]);
        const posts = examined.tenant.writes().filter((sent) => sent.startsWith("POST"));
        assert.equal(posts.length, 1);
        isEmpty(examined);
        assert.deepEqual(records().all(), []);
      });
    }
  });

  it("keeps the record of a policy that Graph has made and never shows", async () => {
    const examined = kind({ visibleAfterReads: 1_000 });
    const [office] = await writes(examined);
    assert.equal(office?.state, "failed");
    assert.match(office?.left?.id ?? "", /^[-\da-f]{36}$/);
    assert.match(office?.next ?? "", /It is not visible yet, and may still appear\. `npx office-/);
    assert.equal(records().all().length, 2);
  });

  it("asks nothing if it is stopped before", async () => {
    const examined = kind();
    const controller = new AbortController();
    controller.abort();
    const found = await writes(examined, { stop: controller.signal });
    assert.deepEqual([statesOf(found), questions], [["notProbed", "notProbed"], []]);
  });

  describe("if it cannot delete the policy", () => {
    async function leave(
      examined: ExaminedTenant,
    ): Promise<{ id: string; record: ProbeRecord; next: string }> {
      examined.tenant.faults.add({ match: `DELETE ${CLOUD_POLICY}/*`, status: 403, times: 3 });
      const { code, printed } = await examined.run({ probeWrites: true, yes: true }, around());
      assert.equal(code, 1);
      const [policy] = examined.tenant.store.list();
      const [record] = records().all();
      assert.ok(policy && record);
      return { id: policy.id, record, next: printed.replaceAll(/\s+/g, " ") };
    }

    it("names it and how to delete it, ends with 1, and keeps the record", async () => {
      const examined = kind();
      const { id, record, next } = await leave(examined);
      assert.deepEqual([record.id, record.tenantId], [id, examined.tenant.tenantId]);
      assert.match(record.name, NAME);
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
      const examined = kind();
      const { id, record } = await leave(examined);
      const { said, code } = await examined.run({}, around());
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
      const examined = kind();
      const { record } = await leave(examined);
      questions = [];
      const { isSomethingLeft } = await report(examined);
      assert.equal(isSomethingLeft, false);
      assert.match(
        questions[0] ?? "",
        new RegExp(`^An earlier probe has left "${record.name}" .* Delete it\\?$`),
      );
      isEmpty(examined);
      assert.deepEqual(records().all(), []);
    });

    it("the next probe finds it by its name if the answer to its creation was lost", async () => {
      const examined = kind();
      const { record } = await leave(examined);
      const { id: _, ...nameless } = record;
      writeFileSync(records().fileOf(record), JSON.stringify(nameless));
      await report(examined);
      isEmpty(examined);
      assert.deepEqual(records().all(), []);
    });

    it("it stays if nobody agrees", async () => {
      const examined = kind();
      await leave(examined);
      const found = await report(examined, { ask: () => Promise.resolve(false) });
      assert.deepEqual(statesOf(found.writes ?? []), ["notProbed", "notProbed"]);
      assert.equal(found.isSomethingLeft, true);
      assert.equal(examined.tenant.store.list().length, 1);
      assert.equal(records().all().length, 1);
    });

    for (const [what, patch] of [
      ["renamed", { displayName: "Contoso baseline" }],
      ["described", { description: "Contoso's own" }],
      ["assigned", { groupIds: ["c0c0c0c0-0000-4000-8000-00000000000c"] }],
    ] as const) {
      it(`the next probe leaves it alone if somebody has ${what} it since`, async () => {
        const examined = kind();
        const { id } = await leave(examined);
        examined.tenant.store.patch(id, patch);
        const { said } = await examined.run({ probeWrites: true, yes: true }, around());
        assert.ok(
          said.some((line) =>
            /is not deleted, because somebody has changed or assigned it\./.test(line),
          ),
        );
        assert.deepEqual(
          examined.tenant.store.list().map((policy) => policy.id),
          [id],
        );
        assert.equal(records().all().length, 1);
      });
    }

    it("another tenant's run does not touch it", async () => {
      const examined = kind();
      const { record: left } = await leave(examined);
      const other = kind();
      const { said } = await other.run({ probeWrites: true, yes: true }, around());
      assert.ok(!said.some((line) => line.includes(left.name)));
      assert.equal(records().all().length, 1);
      assert.equal(examined.tenant.store.list().length, 1);
    });

    it("the record of a policy that is not there ends after an hour, not before", async () => {
      const examined = kind();
      const { id } = await leave(examined);
      examined.tenant.store.remove(id);
      const first = await examined.run({ probeWrites: true, yes: true }, around());
      assert.equal(first.code, 1);
      assert.ok(
        first.said.some((line) => /is not in the tenant\. Run the probe once more/.test(line)),
      );
      assert.equal(records().all().length, 1);
      clock.waitedMs += 2 * 60 * 60_000;
      const second = await examined.run({ probeWrites: true, yes: true }, around());
      assert.equal(second.code, 0);
      assert.ok(second.said.some((line) => /is no longer in the tenant\.$/.test(line)));
      assert.deepEqual(records().all(), []);
    });
  });

  describe("takes nothing for its own", () => {
    it("that only has a name like those of probes", async () => {
      const examined = kind();
      const name = `office-configuration doctor: probe ${"a".repeat(24)}`;
      const { id } = examined.tenant.store.insert({
        type: "#microsoft.graph.windowsOfficeClientConfiguration",
        displayName: name,
        description:
          "Made by office-configuration doctor --probe-writes, which deletes it again. (made)",
      });
      await report(examined);
      assert.deepEqual(
        examined.tenant.store.list().map((policy) => policy.id),
        [id],
      );
    });

    it("by a file that is no record: of another form, another name, or a link", () => {
      mkdirSync(home(), { recursive: true });
      const record = {
        probe: 1,
        at: "2026-11-30T00:00:00.000Z",
        origin: "http://localhost",
        road: "cloudPolicy",
        name: `office-configuration doctor: probe ${"b".repeat(24)}`,
      };
      const write = (file: string, content: object) =>
        writeFileSync(join(home(), `${file}.json`), JSON.stringify(content));
      write("b".repeat(24), record);
      assert.equal(records().all().length, 1);
      write("c".repeat(24), record);
      write("d".repeat(24), { ...record, name: "Contoso baseline" });
      write("e".repeat(24), {
        ...record,
        name: `office-configuration doctor: probe ${"e".repeat(24)}`,
        road: "copilot",
      });
      writeFileSync(join(home(), `${"f".repeat(24)}.json`), "{");
      assert.equal(records().all().length, 1);
    });
  });

  it("makes nothing if nothing can be recorded", async () => {
    writeFileSync(join(folder, "office-configuration"), "a file in the way");
    const examined = kind();
    const found = await writes(examined);
    assert.deepEqual(statesOf(found), ["notProbed", "notProbed"]);
    assert.match(
      found[0]?.next ?? "",
      /^Nothing can be recorded on this machine \(E\w+: .*\), so nothing is made\. Set PULUMI_HOME/,
    );
    assert.ok(
      !examined.tenant.requests.some(({ method, path }) => method === "POST" && path !== "/$batch"),
    );
  });

  it("records a policy before it is made, and its id after", async () => {
    const examined = kind();
    const seen: ProbeRecord[][] = [];
    examined.tenant.onRequest = (trip) => {
      if (/^(POST|PATCH) \/beta\/officeConfiguration/.test(trip)) seen.push(records().all());
    };
    await writes(examined);
    assert.deepEqual([seen[0]?.length, seen[0]?.[0]?.id], [1, undefined]);
    assert.match(seen[1]?.[0]?.id ?? "", /^[-\da-f]{36}$/);
    assert.doesNotMatch(JSON.stringify(seen), /eyJ/);
  });

  it("probes no road that is closed, or that the token may only read", async () => {
    const closed = await writes(kind({ intune: "closed" }));
    assert.deepEqual(statesOf(closed), ["proven", "notProbed"]);
    assert.equal(closed[1]?.next, "The road is not open.");
    const examined = kind();
    const token = examined.tenant.token("app", undefined, [
      "DeviceManagementConfiguration.Read.All",
    ]);
    const found = await writes(examined, { env: { OFFICE_CONFIGURATION_ACCESS_TOKEN: token } });
    assert.deepEqual(statesOf(found), ["notProbed", "notProbed"]);
    assert.equal(found[0]?.next, "The token may not write there.");
    assert.equal(questions.length, 1);
  });

  it("writes nothing if nobody agrees", async () => {
    const examined = kind();
    const { code } = await examined.run(
      { probeWrites: true },
      around({ ask: () => Promise.resolve(false) }),
    );
    assert.equal(code, 0);
    assert.ok(
      !examined.tenant.requests.some(({ method, path }) => method === "POST" && path !== "/$batch"),
    );
    assert.throws(() => readdirSync(home()));
  });

  it("is refused without a terminal and without --yes, before anything is asked", async () => {
    const examined = kind();
    await assert.rejects(examined.run({ probeWrites: true }, around({ ask: undefined })), {
      name: "TypeError",
      message: "--probe-writes asks first, and there is no terminal: give --yes",
    });
    await assert.rejects(examined.run({ yes: true }, around()), {
      name: "TypeError",
      message: "--yes agrees to --probe-writes, which is not given",
    });
    assert.deepEqual(examined.tenant.requests, []);
  });

  it("never writes a setting of Copilot, whoever asks", async () => {
    const examined = kind({ copilotCallers: "all" });
    await writes(examined);
    const others = examined.tenant.requests.filter(({ path }) => path.startsWith("/copilot"));
    assert.ok(others.length > 0);
    for (const { method } of others) assert.equal(method, "GET");
  });

  it("has no id and no name in a profile", async () => {
    const examined = kind();
    const file = join(folder, "profile.json");
    await examined.run({ probeWrites: true, yes: true, writeProfile: file }, around());
    const text = readFileSync(file, "utf8");
    assert.doesNotMatch(text, /probe [\da-f]|[\da-f]{8}-/);
    assert.match(text, /"createdStatus": 201/);
  });
});
