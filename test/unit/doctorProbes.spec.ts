import { strict as assert } from "node:assert";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProbeRecord } from "../../cli/doctor/probe/records";
import { profileOf } from "../../cli/doctor/profile";
import type { EmulatorMode } from "../../emulator";
import { playProfile } from "../../emulator/profile/play";
import {
  assertNoPolicies,
  CLOUD_POLICY,
  INTUNE,
  PROBE_NAME,
  probeRuns,
  probeStates,
} from "../probeRuns";

describe("office-configuration doctor --probe-writes", () => {
  const probes = probeRuns();

  it("asks, makes a policy on each open road, changes and deletes it, and learns", async () => {
    const examined = probes.tenant({ etags: true });
    const { writes: found = [], manners, isSomethingLeft, isOpen } = await probes.report(examined);
    assert.deepEqual(probeStates(found), ["proven", "proven", "proven"]);
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
    assertNoPolicies(examined);
    assert.deepEqual(probes.records().all(), []);
    assert.deepEqual(probes.questions(), [
      `In the tenant Emulated tenant (${examined.tenant.tenantId}), make one policy each in Cloud Policy, Cloud Policy (security), and Intune, read it, change it, and delete it again? It has a name of its own and is assigned to nobody.`,
    ]);
    const posts = examined.tenant.requests.filter(
      ({ method, path }) => method === "POST" && path !== "/$batch",
    );
    const [office, security, intune] = posts.map(({ body }) => body as Record<string, unknown>);
    assert.match(String(office?.displayName), PROBE_NAME);
    assert.deepEqual(
      [office, security].map((body) => body?.["@odata.type"]),
      [
        "#microsoft.graph.windowsOfficeClientConfiguration",
        "#microsoft.graph.windowsOfficeClientSecurityConfiguration",
      ],
    );
    assert.match(String(intune?.name), PROBE_NAME);
    for (const body of [office, security, intune]) {
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
      const made = profileOf(await probes.report(probes.tenant(mode)), "another");
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
    const examined = probes.tenant();
    examined.tenant.faults.add({
      match: `POST ${CLOUD_POLICY}`,
      holds: "policyPayload",
      status: 400,
    });
    const { writes: found = [], manners } = await probes.report(examined);
    assert.deepEqual(probeStates(found), ["proven", "proven", "proven"]);
    assert.equal(manners?.cloudPolicyWrites.payloadInPost, "refused");
    assertNoPolicies(examined);
  });

  it("makes nothing if nothing can be recorded", async () => {
    writeFileSync(join(probes.home(), "office-configuration"), "a file in the way");
    const examined = probes.tenant();
    const found = await probes.writes(examined);
    assert.deepEqual(probeStates(found), ["notProbed", "notProbed", "notProbed"]);
    assert.match(
      found[0]?.next ?? "",
      /^Nothing can be recorded on this machine \(E\w+: .*\), so nothing is made\. Set PULUMI_HOME/,
    );
    assert.ok(
      !examined.tenant.requests.some(({ method, path }) => method === "POST" && path !== "/$batch"),
    );
  });

  it("records a policy before it is made, and its id after", async () => {
    const examined = probes.tenant();
    const seen: ProbeRecord[][] = [];
    examined.tenant.onRequest = (trip) => {
      if (/^(POST|PATCH) \/beta\/officeConfiguration/.test(trip)) seen.push(probes.records().all());
    };
    await probes.writes(examined);
    assert.deepEqual([seen[0]?.length, seen[0]?.[0]?.id], [1, undefined]);
    assert.match(seen[1]?.[0]?.id ?? "", /^[-\da-f]{36}$/);
    assert.doesNotMatch(JSON.stringify(seen), /eyJ/);
  });

  it("probes no road that is closed, or that the token may only read", async () => {
    const closed = await probes.writes(probes.tenant({ intune: "closed" }));
    assert.deepEqual(probeStates(closed), ["proven", "proven", "notProbed"]);
    assert.equal(closed[2]?.next, "The road is not open.");
    const oneType = await probes.writes(probes.tenant({ configurationTypes: "security" }));
    assert.deepEqual(probeStates(oneType), ["notProbed", "proven", "proven"]);
    const examined = probes.tenant();
    const token = examined.tenant.token("app", undefined, [
      "DeviceManagementConfiguration.Read.All",
    ]);
    const found = await probes.writes(examined, {
      env: { OFFICE_CONFIGURATION_ACCESS_TOKEN: token },
    });
    assert.deepEqual(probeStates(found), ["notProbed", "notProbed", "notProbed"]);
    assert.equal(found[0]?.next, "The token may not write there.");
    assert.equal(probes.questions().length, 2);
  });

  it("writes nothing if nobody agrees", async () => {
    const examined = probes.tenant();
    const { code } = await examined.run(
      { probeWrites: true },
      probes.around({ ask: () => Promise.resolve(false) }),
    );
    assert.equal(code, 0);
    assert.ok(
      !examined.tenant.requests.some(({ method, path }) => method === "POST" && path !== "/$batch"),
    );
    assert.throws(() => readdirSync(probes.records().folder));
  });

  it("is refused without a terminal and without --yes, before anything is asked", async () => {
    const examined = probes.tenant();
    await assert.rejects(examined.run({ probeWrites: true }, probes.around({ ask: undefined })), {
      name: "TypeError",
      message: "--probe-writes asks first, and there is no terminal: give --yes",
    });
    await assert.rejects(examined.run({ yes: true }, probes.around()), {
      name: "TypeError",
      message: "--yes agrees to --probe-writes, which is not given",
    });
    assert.deepEqual(examined.tenant.requests, []);
  });

  it("never writes a setting of Copilot, whoever asks", async () => {
    const examined = probes.tenant({ copilotCallers: "all" });
    await probes.writes(examined);
    const others = examined.tenant.requests.filter(({ path }) => path.startsWith("/copilot"));
    assert.ok(others.length > 0);
    for (const { method } of others) assert.equal(method, "GET");
  });

  it("has no id and no name in a profile", async () => {
    const examined = probes.tenant();
    const file = join(probes.home(), "profile.json");
    await examined.run({ probeWrites: true, yes: true, writeProfile: file }, probes.around());
    const text = readFileSync(file, "utf8");
    assert.doesNotMatch(text, /probe [\da-f]|[\da-f]{8}-/);
    assert.match(text, /"createdStatus": 201/);
  });
});
