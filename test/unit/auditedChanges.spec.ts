import { strict as assert } from "node:assert";
import { auditedChanges } from "../../provider/api/auditedChanges";

const ID = "AAAAAAAA-1111-4111-8111-111111111111";
const at = "2026-11-21T14:02:00Z";

/** A record in the form of Microsoft's pages. */
function record(data: object, more: object = {}) {
  return {
    "@odata.type": "#microsoft.graph.security.auditLogRecord",
    id: "r",
    createdDateTime: at,
    auditLogRecordType: "CPSOperation",
    operation: "Updated policy configuration",
    userPrincipalName: "ann@contoso.example",
    objectId: ID,
    auditData: { ConfigId: ID, ...data },
    ...more,
  };
}

const only = (data: object, more?: object) => {
  const [change, ...others] = auditedChanges([record(data, more)]);
  assert.deepEqual(others, []);
  assert.ok(change);
  return change;
};

describe("a record of the audit log", () => {
  it("is a change of a policy: when, by whom, with which app, to which values", () => {
    const change = only({
      ConfigName: "Baseline",
      Description: "d",
      Priority: 3,
      AppAccessContext: { ClientAppName: "Admin center" },
      Policies: [
        {
          PolicyId: "excel16;L_VBAWarningsPolicy",
          Value: "Enabled",
          Settings: [{ SettingId: "excel16;L_VBAWarningsPolicy;L_empty4", Value: "2" }],
        },
      ],
    });
    assert.deepEqual(change, {
      policyId: ID.toLowerCase(),
      atMs: Date.parse(at),
      by: "ann@contoso.example",
      through: "Admin center",
      isDeletion: false,
      settings: new Map([
        ["excel16;l_vbawarningspolicy", "Enabled"],
        ["excel16;l_vbawarningspolicy;l_empty4", "2"],
      ]),
      properties: new Map([
        ["displayName", "Baseline"],
        ["description", "d"],
        ["priority", "3"],
      ]),
    });
  });

  it("names a setting's element by the end of its id, or a setting by the policy's id", () => {
    const { settings } = only({
      Policies: [
        { PolicyId: "a;P", Value: "Enabled", Settings: [{ SettingId: "L_x", Value: 7 }] },
        { PolicyId: "a;Q", Value: "Enabled", Settings: [{ SettingId: "a;Q", Value: "1" }] },
      ],
    });
    assert.equal(settings.get("a;p;l_x"), "7");
    assert.equal(settings.get("a;q"), "1");
  });

  it("says nothing of a setting that it names twice with two values", () => {
    const twice = ["1", "2"].map((Value) => ({ SettingId: "a;P", Value }));
    const { settings } = only({ Policies: [{ PolicyId: "a;P", Settings: twice }] });
    assert.equal(settings.has("a;p"), false);
  });

  it("may have settings as texts in JSON, and all of its data as one", () => {
    const text = JSON.stringify({ SettingId: "a;P", Value: "1" });
    const data = { Changes_in_Configured_Settings: { "Some setting": text, Other: "no JSON" } };
    assert.deepEqual(only(data).settings, new Map([["a;p", "1"]]));
    const whole = { auditData: JSON.stringify({ ConfigId: ID, ...data }) };
    assert.deepEqual(only({}, whole).settings, new Map([["a;p", "1"]]));
  });

  it("may capitalize names otherwise, and leave the policy's id to the record", () => {
    const auditData = {
      policies: [{ policyId: "a;P", settings: [{ settingId: "a;P", value: "1" }] }],
    };
    const change = only({}, { auditData });
    assert.equal(change.policyId, ID.toLowerCase());
    assert.equal(change.settings.get("a;p"), "1");
  });

  it("is a deletion by its operation", () => {
    assert.equal(only({}, { operation: "Deleted policy configuration" }).isDeletion, true);
    assert.equal(only({}, { operation: "Updated policy configuration" }).isDeletion, false);
  });

  it("has a time in UTC, with a time zone and without", () => {
    for (const createdDateTime of [at, "2026-11-21T14:02:00", "2026-11-21T15:02:00+01:00"]) {
      assert.equal(only({}, { createdDateTime }).atMs, Date.parse(at));
    }
    const own = {
      createdDateTime: null,
      auditData: { ConfigId: ID, CreationTime: "2026-11-21T14:02:00" },
    };
    assert.equal(only({}, own).atMs, Date.parse(at));
  });

  it("names an app where no user signed in", () => {
    assert.equal(
      only({}, { userPrincipalName: "", userId: "ServicePrincipal_1" }).by,
      "ServicePrincipal_1",
    );
    const data = { UserId: "app" };
    assert.equal(only(data, { userPrincipalName: null }).by, "app");
  });

  it("of several priorities is a change of each policy", () => {
    const Priorities = [
      { ConfigId: "B", Value: "1" },
      { ConfigId: "C", Value: 2 },
      { ConfigId: "D" },
      null,
    ];
    const changes = auditedChanges([record({}, { objectId: null, auditData: { Priorities } })]);
    assert.deepEqual(
      changes.map(({ policyId, properties, by }) => [policyId, properties.get("priority"), by]),
      [
        ["b", "1", "ann@contoso.example"],
        ["c", "2", "ann@contoso.example"],
      ],
    );
  });

  it("is left aside without a person, a time or a policy, and in any other form", () => {
    const nothing = [
      null,
      "text",
      [],
      {},
      record({}, { userPrincipalName: null }),
      record({}, { createdDateTime: "soon" }),
      record({}, { objectId: "", auditData: "no JSON" }),
      record({}, { objectId: "", auditData: null }),
    ];
    assert.deepEqual(auditedChanges(nothing), []);
  });

  it("comes in the order of its time", () => {
    const records = ["03", "01", "02"].map((minute) =>
      record({}, { createdDateTime: `2026-11-21T14:${minute}:00Z` }),
    );
    const minutes = auditedChanges(records).map(({ atMs }) => new Date(atMs).getUTCMinutes());
    assert.deepEqual(minutes, [1, 2, 3]);
  });
});
