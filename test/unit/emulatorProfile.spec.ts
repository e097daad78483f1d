import { strict as assert } from "node:assert";
import { z } from "zod";
import { manners, NOT_SEEN } from "../../cli/doctor/manners/schema";
import { profileOf } from "../../cli/doctor/profile";
import type { EmulatorMode } from "../../emulator";
import { playProfile } from "../../emulator/profile/play";
import { ExaminedTenant } from "../doctorRuns";
import { filled, profile } from "../filledTenant";

/** Policies of Intune have no version in the emulator. */
const WITHOUT_VERSIONS = new Set(["intuneWrites.etagChanges", "intuneWrites.ifMatch"]);

describe("a tenant's profile, played", () => {
  const MODES: Partial<EmulatorMode>[] = [
    {},
    { pageSize: 4, etags: true, typeNames: "plain", expandInLists: "ignored" },
    { payloads: "stream", dates: "sevenDigits", batchOrder: "reversed" },
    { payloads: "null", expandedPageSize: 20, expandedNextLink: false, idCase: "other" },
    { listPayloads: "null", unknownProperties: true, lastModifiedDateTime: false },
    { expandInLists: "refused", expandedPageSize: 7, typeNames: "mixed" },
    { othersPolicies: true, settingsPageSize: 10 },
  ];
  for (const mode of MODES) {
    it(`makes the emulator behave like the tenant: ${JSON.stringify(mode)}`, async () => {
      const made = await profile(filled(mode));
      const played = playProfile(JSON.parse(JSON.stringify(made)));
      assert.deepEqual(played.unplayed, []);
      const { othersPolicies = false } = mode;
      const again = await profile(filled({ ...played.options.mode, othersPolicies }, "unkind"));
      assert.deepEqual(again.roads, made.roads);
      const seen = Object.entries(made.manners).flatMap(([api, values]) =>
        Object.entries(values)
          .filter(([, value]) => value !== NOT_SEEN)
          .map(([name, value]) => [`${api}.${name}`, value] as const),
      );
      const values = again.manners as Record<string, Record<string, unknown>>;
      for (const [name, value] of seen) {
        const [api = "", manner = ""] = name.split(".");
        assert.deepEqual([name, values[api]?.[manner]], [name, value]);
      }
    });
  }

  const ALL = [
    "DeviceManagementConfiguration.ReadWrite.All",
    "CopilotPolicySettings.ReadWrite",
    "Organization.Read.All",
  ];
  for (const [what, mode, kind, permissions] of [
    ["all open to a user", {}, "user", ALL],
    ["all open to an app", { copilotCallers: "all" }, "app", ALL],
    ["Copilot for users only", {}, "app", ALL],
    [
      "all closed",
      { cloudPolicy: "closed", intune: "closed", copilot: "closed", auditLog: "closed" },
      "app",
      ALL,
    ],
    [
      "no license",
      {
        cloudPolicy: "unlicensed",
        intune: "unlicensed",
        copilot: "unlicensed",
        auditLog: "unlicensed",
      },
      "user",
      ALL,
    ],
    [
      "reading only",
      {},
      "app",
      ["DeviceManagementConfiguration.Read.All", "Organization.Read.All"],
    ],
    ["no permission", {}, "user", ["Organization.Read.All"]],
    ["Cloud Policy without the security type", { configurationTypes: "client" }, "app", ALL],
    ["Cloud Policy with the security type only", { configurationTypes: "security" }, "user", ALL],
    ["no groups", { groupReads: "refused" }, "app", ALL],
  ] as const) {
    it(`makes the emulator's roads those of the tenant: ${what}`, async () => {
      const made = async (
        of: Partial<EmulatorMode>,
        caller: "app" | "user",
        held: readonly string[],
      ) => {
        const examined = new ExaminedTenant({ mode: of, preset: "unkind" });
        const token = examined.tenant.token(caller, undefined, held);
        const env = { OFFICE_CONFIGURATION_ACCESS_TOKEN: token };
        return profileOf(await examined.report({}, { env }), "another");
      };
      const first = await made({ copilotCallers: "users", ...mode }, kind, permissions);
      const { options, unplayed } = playProfile(first);
      assert.deepEqual(unplayed, []);
      assert.equal(options.caller, kind);
      const again = await made(options.mode ?? {}, options.caller, options.permissions ?? []);
      assert.deepEqual(again?.roads, first?.roads);
    });
  }

  it("leaves permissions as they are if the token does not tell them", async () => {
    const examined = new ExaminedTenant({ preset: "kind", mode: { copilotCallers: "users" } });
    const env = { OFFICE_CONFIGURATION_ACCESS_TOKEN: examined.tenant.accept("opaque-token") };
    const made = profileOf(await examined.report({}, { env }), "another");
    const { options, unplayed } = playProfile(made);
    assert.deepEqual([options.permissions, options.caller, unplayed], [undefined, undefined, []]);
    assert.equal(options.mode?.copilotCallers, "users");
  });

  it("says which states of roads the emulator cannot play", () => {
    const roads = {
      cloudPolicy: { state: "noPermission", grant: "write" },
      tenantReports: { state: "open", grant: "write" },
      intune: { state: "notReachable", grant: "write" },
      copilot: { state: "unclear", grant: "nothing" },
      groups: { state: "closed" },
      brandNew: { state: "open" },
    };
    assert.deepEqual(playProfile({ tenantProfile: 1, caller: "user", roads }).unplayed, [
      'cloudPolicy "noPermission"',
      'tenantReports "open"',
      'intune "notReachable"',
      'copilot "unclear"',
      'groups "closed"',
      'brandNew "open"',
    ]);
  });

  it("leaves what was not seen as the preset has it", async () => {
    const made = await profile(
      new ExaminedTenant({ preset: "kind", mode: { othersPolicies: false } }),
    );
    const { options, unplayed } = playProfile({ ...made, roads: {} });
    assert.deepEqual([options, unplayed], [{ caller: "app", mode: { batchOrder: "asAsked" } }, []]);
  });

  it("says what the emulator cannot play", async () => {
    const made = await profile(filled({}));
    const changed = structuredClone(made) as { manners: Record<string, Record<string, unknown>> };
    Object.assign(changed.manners.cloudPolicy ?? {}, {
      payloads: "missing",
      pageSize: 50,
      dateDigits: 6,
      etags: "perhaps",
      __proto__: null,
      brandNew: true,
    });
    Object.assign(changed.manners.intune ?? {}, { pageSize: 60 });
    changed.manners.brandNew = { manner: 1 };
    const { options, unplayed } = playProfile(changed);
    assert.equal(options.mode?.pageSize, 50);
    assert.deepEqual(unplayed, [
      'cloudPolicy.etags "perhaps"',
      "cloudPolicy.dateDigits 6",
      'cloudPolicy.payloads "missing"',
      'cloudPolicy.listPayloads "inline"',
      "cloudPolicy.brandNew true",
      "intune.pageSize 60",
      "brandNew.manner 1",
    ]);
  });

  it("has no manner that the emulator does not know", () => {
    const { properties } = z.toJSONSchema(manners) as {
      properties: Record<string, { properties: Record<string, unknown> }>;
    };
    const valuesOf = (schema: string): unknown[] => [
      ...[...schema.matchAll(/"enum":\[([^\]]*)\]/g)].flatMap(
        ([, list]) => JSON.parse(`[${list}]`) as unknown[],
      ),
      ...(schema.includes('"boolean"') ? [true, false] : []),
      ...(schema.includes('"integer"') ? [3, 7, 25, 200, 201, 204] : []),
    ];
    for (const [api, { properties: names }] of Object.entries(properties)) {
      for (const [name, schema] of Object.entries(names)) {
        if (WITHOUT_VERSIONS.has(`${api}.${name}`)) continue;
        const values = valuesOf(JSON.stringify(schema));
        const isKnown = values.some((value) => {
          const given = {
            tenantProfile: 1,
            manners: { [api]: { payloads: value, [name]: value } },
          };
          return !playProfile(given).unplayed.some((one) => one.startsWith(`${api}.${name} `));
        });
        assert.ok(isKnown, `${api}.${name}`);
      }
    }
  });

  for (const wrong of [
    undefined,
    null,
    [],
    {},
    { tenantProfile: 2 },
    { tenantProfile: 1, manners: 7 },
  ]) {
    it(`is refused by the emulator if it is ${JSON.stringify(wrong)}`, () => {
      assert.throws(() => playProfile(wrong), {
        name: "TypeError",
        message: "it is no tenant's profile of version 1, as `doctor --write-profile` writes it",
      });
    });
  }
});
