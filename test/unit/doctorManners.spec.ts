import { strict as assert } from "node:assert";
import { type Manners, NOT_SEEN } from "../../cli/doctor/manners/schema";
import { ExaminedTenant } from "../doctorRuns";
import { filled } from "../filledTenant";

async function learned(examined: ExaminedTenant): Promise<Manners> {
  const { manners: seen } = await examined.report();
  assert.ok(seen);
  return seen;
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
      [false, NOT_SEEN, NOT_SEEN, "honoured"],
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
