import { strict as assert } from "node:assert";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type Manners, manners, NOT_SEEN } from "../../cli/doctor/manners/schema";
import { profileOf, type TenantProfile, tenantProfile } from "../../cli/doctor/profile";
import { readProfile } from "../../cli/emulatorFiles";
import type { EmulatorMode } from "../../emulator";
import { playProfile } from "../../emulator/profile/play";
import { ExaminedTenant } from "../doctorRuns";

const SECURITY = "#microsoft.graph.windowsOfficeClientSecurityConfiguration" as const;
const CLIENT = "#microsoft.graph.windowsOfficeClientConfiguration" as const;
const GROUPS = Array.from(
  { length: 25 },
  (_, number) => `c0c0c0c0-0000-4000-8000-0000000000${10 + number}`,
);
const SETTINGS = [{ settingId: "excel16;L_Contoso", value: "contoso-value" }];

/** A tenant with policies of others, some of them with payloads and many groups. */
function filled(mode: Partial<EmulatorMode>, preset: "kind" | "unkind" = "kind"): ExaminedTenant {
  const examined = new ExaminedTenant({ mode, preset });
  const { store } = examined.tenant;
  for (const [index, type] of [CLIENT, SECURITY, CLIENT, CLIENT, CLIENT, CLIENT].entries()) {
    store.insert({
      type,
      displayName: `Contoso policy ${index}`,
      description: "Contoso description",
      ...(index === 1 && { policyPayload: JSON.stringify(SETTINGS), groupIds: GROUPS }),
    });
  }
  return examined;
}

async function learned(examined: ExaminedTenant): Promise<Manners> {
  const { manners: seen } = await examined.report();
  assert.ok(seen);
  return seen;
}

async function profile(examined: ExaminedTenant): Promise<TenantProfile> {
  const made = profileOf(await examined.report(), "another");
  assert.ok(made);
  return made;
}

describe("the manners that the doctor learns", () => {
  for (const [what, mode, expected] of [
    ["page size", { pageSize: 4 }, { pageSize: 4 }],
    ["no page size, if all is on one page", {}, { pageSize: NOT_SEEN }],
    ["$expand in lists", {}, { expandInLists: "honoured" }],
    ["$expand refused in lists", { expandInLists: "refused" }, { expandInLists: "refused" }],
    ["$expand left aside in lists", { expandInLists: "ignored" }, { expandInLists: "ignored" }],
    ["no cut", {}, { expandedPageSize: NOT_SEEN, expandedNextLink: NOT_SEEN }],
    [
      "a cut with a link",
      { expandedPageSize: 10 },
      { expandedPageSize: 10, expandedNextLink: true },
    ],
    [
      "a cut without a link",
      { expandedPageSize: 20, expandedNextLink: false },
      { expandedPageSize: 20, expandedNextLink: false },
    ],
    [
      "payloads inline",
      {},
      {
        payloads: "inline",
        listPayloads: "inline",
        payloadEncoding: "base64",
        payloadContent: "settings",
      },
    ],
    ["payloads null in lists", { listPayloads: "null" }, { listPayloads: "null" }],
    [
      "payloads as links",
      { payloads: "stream" },
      { payloads: "stream", listPayloads: "stream", payloadEncoding: NOT_SEEN },
    ],
    ["payloads null", { payloads: "null" }, { payloads: "null", listPayloads: "null" }],
    ["etags", { etags: true }, { etags: true }],
    ["no etags", {}, { etags: false }],
    ["types with #", {}, { typeNames: "hash", typesInLists: true }],
    ["types without #", { typeNames: "plain" }, { typeNames: "plain" }],
    ["types of both kinds", { typeNames: "mixed" }, { typeNames: "mixed" }],
    ["unknown properties", { unknownProperties: true }, { unknownProperties: true }],
    ["only known properties", {}, { unknownProperties: false }],
    [
      "ids as they are",
      {},
      { idCase: "lower", otherIdCase: "not found", answeredIdCase: NOT_SEEN },
    ],
    [
      "ids in another case",
      { idCase: "other" },
      { idCase: "mixed", otherIdCase: "found", answeredIdCase: "not as asked" },
    ],
    ["milliseconds", {}, { dateDigits: 3, lastModifiedDateTime: true }],
    ["seven digits", { dates: "sevenDigits" }, { dateDigits: 7 }],
    [
      "no date",
      { lastModifiedDateTime: false },
      { dateDigits: NOT_SEEN, lastModifiedDateTime: false },
    ],
    ["type casts", {}, { typeCasts: "honoured", groupsUnasked: false }],
  ] as const) {
    it(`are ${what}`, async () => {
      const { cloudPolicy } = await learned(filled(mode));
      const names = Object.keys(expected) as (keyof typeof cloudPolicy)[];
      assert.deepEqual(
        Object.fromEntries(names.map((name) => [name, cloudPolicy[name]])),
        expected,
      );
    });
  }

  it("are those of Intune too", async () => {
    const { intune } = await learned(filled({ othersPolicies: true }));
    assert.deepEqual(intune, {
      pageSize: NOT_SEEN,
      etags: false,
      typeNames: "hash",
      typesInLists: true,
      unknownProperties: false,
      idCase: "lower",
      otherIdCase: "not found",
      answeredIdCase: NOT_SEEN,
      dateDigits: 3,
      settingsUnasked: false,
      expandSettings: "honoured",
      settingsPageSize: 25,
      settingsMostInPage: NOT_SEEN,
    });
    const small = await learned(filled({ othersPolicies: true, settingsPageSize: 10 }));
    assert.deepEqual([small.intune.settingsPageSize, small.intune.settingsMostInPage], [10, 10]);
  });

  it("are those of batches", async () => {
    assert.deepEqual((await learned(filled({}))).batch, {
      batches: "served",
      batchOrder: "as asked",
    });
    const reversed = await learned(filled({ batchOrder: "reversed" }));
    assert.equal(reversed.batch.batchOrder, "another");
    const refusing = filled({});
    refusing.fault("POST /$batch", { status: 501 });
    assert.deepEqual((await learned(refusing)).batch, {
      batches: "refused",
      batchOrder: NOT_SEEN,
    });
  });

  it("are not seen in an empty tenant, beyond what a refusal shows", async () => {
    const examined = new ExaminedTenant({ preset: "kind", mode: { expandInLists: "refused" } });
    const { cloudPolicy } = await learned(examined);
    const { expandInLists, typeCasts, ...others } = cloudPolicy;
    assert.deepEqual([expandInLists, typeCasts], ["refused", "honoured"]);
    assert.deepEqual(new Set(Object.values(others)), new Set([NOT_SEEN]));
  });

  it("are not seen on a road that is not open", async () => {
    const examined = filled({});
    examined.refuse("cloudPolicy", 403, "Forbidden", "no");
    const { cloudPolicy } = await learned(examined);
    assert.deepEqual(new Set(Object.values(cloudPolicy)), new Set([NOT_SEEN]));
  });

  it("are not seen after a request that is throttled, which ends no report", async () => {
    const examined = filled({});
    examined.fault("GET /officeConfiguration/clientConfigurations?$expand*", {
      status: 429,
      retryAfterSeconds: 600,
    });
    const report = await examined.report();
    assert.equal(report.isOpen, true);
    const { etags, expandInLists, payloads, typeCasts } = report.manners?.cloudPolicy ?? {};
    assert.deepEqual(
      [etags, expandInLists, payloads, typeCasts],
      [false, NOT_SEEN, NOT_SEEN, NOT_SEEN],
    );
  });

  it("send no token to another host that a link leads to", async () => {
    for (const link of [
      "https://elsewhere.test/beta/x",
      "http://user:pass@localhost/beta/x",
      "::",
    ]) {
      const examined = filled({});
      examined.answer("intune", { value: [], "@odata.nextLink": link });
      const hosts = new Set<string>();
      const { tenant } = examined;
      const asked = tenant.fetch.bind(tenant);
      tenant.fetch = (url, init) => {
        hosts.add(url.href.replace(url.pathname + url.search, ""));
        return asked(url, init);
      };
      assert.equal((await examined.report()).isOpen, true);
      assert.deepEqual([...hosts], [tenant.url]);
    }
  });

  it("take no answer of another form for one", async () => {
    const examined = filled({});
    examined.answer("cloudPolicy", {
      value: [
        null,
        7,
        "text",
        {},
        { id: 7 },
        { id: "." },
        { id: "\ud800abc" },
        { id: "__proto__" },
      ],
    });
    examined.fault("GET /officeConfiguration/clientConfigurations?*", { status: 200, body: "[]" });
    examined.fault("GET /officeConfiguration/clientConfigurations/*", { status: 200, body: "7" });
    examined.fault("POST /$batch", { status: 200, body: '{"responses":[{},null]}' });
    const report = await examined.report();
    assert.equal(report.isOpen, true);
    assert.equal(report.manners?.batch.batches, NOT_SEEN);
  });
});

/** Policies of Intune have no version in the emulator. */
const WITHOUT_VERSIONS = new Set(["intuneWrites.etagChanges", "intuneWrites.ifMatch"]);

describe("a tenant's profile", () => {
  /** Every text in a JSON value, names of properties excluded. */
  const textsIn = (json: unknown): string[] => {
    if (typeof json === "string") return [json];
    return typeof json === "object" && json !== null ? Object.values(json).flatMap(textsIn) : [];
  };

  it("has no text of the tenant", async () => {
    const examined = filled({ othersPolicies: true }, "unkind");
    const text = JSON.stringify(await profile(examined));
    const { tenant } = examined;
    const own = [
      tenant.tenantId,
      "Emulated tenant",
      ...GROUPS,
      ...textsIn(SETTINGS),
      ...tenant.store
        .list()
        .flatMap(({ id, displayName, assignments }) => [
          id,
          displayName ?? "Contoso",
          ...assignments.map((assignment) => assignment.id),
        ]),
    ];
    assert.ok(own.length > 40);
    for (const one of [...own, "Contoso", "contoso", "localhost"]) {
      assert.ok(!text.toLowerCase().includes(one.toLowerCase()), one);
    }
  });

  it("has no text of a tenant that puts its own where a word of Graph belongs", async () => {
    const examined = filled({});
    const object = {
      "@odata.type": "#contoso.secret",
      "@odata.etag": "contoso",
      "contoso.secret": "contoso",
      id: "c0c0c0c0-contoso",
      lastModifiedDateTime: "2026-11-30T00:00:00.contoso",
      policyPayload: "contoso secret",
      assignments: [{ contoso: "secret" }],
    };
    examined.fault("GET /officeConfiguration/clientConfigurations*", {
      status: 200,
      body: JSON.stringify({ ...object, value: [object] }),
    });
    examined.fault("POST /$batch", {
      status: 200,
      body: JSON.stringify({ responses: [{ id: "contoso" }] }),
    });
    const made = await profile(examined);
    assert.doesNotMatch(JSON.stringify(made), /contoso|secret/i);
    assert.equal(made.manners.cloudPolicy.payloadEncoding, "text");
  });

  it("has only numbers, true, false, and words that its form lists", () => {
    const schema = JSON.stringify(z.toJSONSchema(tenantProfile));
    const texts = [...schema.matchAll(/\{[^{}]*"type":"string"[^{}]*\}/g)].map(([one]) => one);
    for (const one of texts) assert.match(one, /"enum"|"const"|"pattern":"\^\\\\d/);
  });

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
    ["all closed", { cloudPolicy: "closed", intune: "closed", copilot: "closed" }, "app", ALL],
    [
      "no license",
      { cloudPolicy: "unlicensed", intune: "unlicensed", copilot: "unlicensed" },
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

  describe("in a file", () => {
    let folder: string;
    const file = () => join(folder, "new", "tenant-profile.json");

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "doctor-profile-"));
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    it("is written, and written again, and the emulator reads it", async () => {
      const examined = filled({ pageSize: 4 });
      for (const pageSize of [4, 4]) {
        const { said } = await examined.run({ writeProfile: file() });
        const made = tenantProfile.parse(JSON.parse(readFileSync(file(), "utf8")));
        assert.equal(made.manners.cloudPolicy.pageSize, pageSize);
        assert.equal(made.cloud, "another");
        assert.match(
          said.at(-1) ?? "",
          /has the tenant's manners, without names, ids and contents\.\nThe emulator behaves like it with\n {2}npx office-configuration emulator --profile \S+tenant-profile\.json$/,
        );
      }
      assert.equal(readProfile(file()).options.mode?.pageSize, 4);
      assert.deepEqual(readdirSync(join(folder, "new")), ["tenant-profile.json"]);
    });

    it("is not written without a sign-in", async () => {
      const examined = filled({});
      const { said } = await examined.run({ writeProfile: file(), tenantId: GROUPS[0] });
      assert.match(
        said.at(-1) ?? "",
        /tenant-profile\.json is not written: there is no sign-in\.$/,
      );
      assert.deepEqual(readdirSync(folder), []);
    });

    it("replaces nothing else, and asks nothing then", async () => {
      const examined = filled({});
      const other = join(folder, "package.json");
      writeFileSync(other, '{ "name": "contoso" }');
      for (const [given, message] of [
        [
          other,
          /--write-profile \S+ is something other than a tenant's profile: name another file$/,
        ],
        [folder, /--write-profile \S+ cannot be written: EISDIR$/],
        ["", /^--write-profile must name a file$/],
      ] as const) {
        await assert.rejects(examined.run({ writeProfile: given }), { name: "TypeError", message });
      }
      assert.deepEqual(examined.tenant.requests, []);
      assert.equal(readFileSync(other, "utf8"), '{ "name": "contoso" }');
    });
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
