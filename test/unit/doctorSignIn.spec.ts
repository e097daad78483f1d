import { strict as assert } from "node:assert";
import type { RoadId } from "../../cli/doctor/roads";
import { ExaminedTenant, statesOf as states } from "../doctorRuns";

const ID = "11111111-1111-4111-8111-111111111111";
const OFFICE: readonly RoadId[] = ["cloudPolicy", "tenantReports", "intune"];

const jwt = (claims: object) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;

describe("the doctor's sign-in", () => {
  let examined: ExaminedTenant;

  beforeEach(() => {
    examined = new ExaminedTenant();
  });

  const given = (token: string) => ({ env: { OFFICE_CONFIGURATION_ACCESS_TOKEN: token } });
  const accepted = (claims: object) => {
    const { tenant } = examined;
    const token = jwt(claims);
    tenant.accept(token);
    return token;
  };

  it("with an opaque token cannot tell the rights, and asks all the same", async () => {
    examined.tenant.accept("opaque-token-of-a-test");
    const report = await examined.report({}, given("opaque-token-of-a-test"));
    const [cloudPolicy] = report.roads;
    assert.deepEqual([cloudPolicy?.state, cloudPolicy?.grant], ["open", "unknown"]);
    assert.match(
      cloudPolicy?.next ?? "",
      /The token does not say whether it may write: that needs/,
    );
    assert.deepEqual(
      [report.signIn.succeeded && report.signIn.tenantId, report.signIn.succeeded],
      [undefined, true],
    );
  });

  it("without roles and scopes grants nothing", async () => {
    const token = accepted({ tid: examined.tenant.tenantId });
    examined.refuse("cloudPolicy", 403, "Forbidden", "no");
    const { grant, next } = await examined.road("cloudPolicy", given(token));
    assert.equal(grant, "nothing");
    assert.match(next, /^Grant the app the Graph permission DeviceManagementConfiguration/);
  });

  it("names where an administrator consents to the app", async () => {
    const [tid, appid] = [examined.tenant.tenantId, "aaaaaaaa-1111-4111-8111-111111111111"];
    const token = accepted({ tid, appid, idtyp: "app" });
    examined.refuse("cloudPolicy", 403, "Forbidden", "no");
    const { next } = await examined.road("cloudPolicy", given(token));
    assert.ok(
      next.endsWith(
        `An administrator consents at https://login.microsoftonline.com/${tid}/adminconsent?client_id=${appid}`,
      ),
      next,
    );
  });

  it("that may only read says so where it is open", async () => {
    const roles = ["DeviceManagementConfiguration.Read.All"];
    const token = accepted({ tid: examined.tenant.tenantId, roles });
    const { grant, next } = await examined.road("cloudPolicy", given(token));
    assert.equal(grant, "read");
    assert.match(next, /The token may only read: writing needs Dev\S+ReadWrite\.All\.$/);
  });

  it("by the Azure CLI advises an app of one's own", async () => {
    const token = accepted({
      tid: examined.tenant.tenantId,
      scp: "User.Read",
      appid: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    });
    examined.refuse("cloudPolicy", 403, "Forbidden", "no");
    const { next } = await examined.road("cloudPolicy", given(token));
    assert.match(
      next,
      /^The token is from the Azure CLI's own app, and nobody can add Dev\S+ReadWrite\.All to its permissions/,
    );
    assert.match(next, /docs\/first-tenant\.md, step 1\.$/);
  });

  it("of a user is not told to sign in as one, and that of an app is", async () => {
    const { tenant } = examined;
    for (const road of ["copilot", "tenantReports"] as const) {
      examined.refuse(road, 403, "Forbidden", "no");
      const asUser = await examined.road(road, given(tenant.token("user", undefined, [])));
      assert.match(asUser.next, /^Grant the app the (delegated )?Graph permission/);
      assert.doesNotMatch(asUser.next, /sign in/);
      const asApp = await examined.road(road, given(tenant.token("app", undefined, [])));
      assert.match(asApp.next, /sign in (as a user|with `--credential deviceCode`)/);
    }
  });

  it("of a user with the permission names the roles", async () => {
    examined.refuse("intune", 403, "Forbidden", "no");
    const { next } = await examined.road("intune", given(examined.tenant.token("user")));
    assert.match(next, /the user lacks a role: Intune Administrator/);
  });

  it("for another tenant than the settings name asks no road", async () => {
    const other = "c0c0c0c0-0000-4000-8000-00000000000c";
    const report = await examined.report({ tenantId: other });
    assert.deepEqual(new Set(Object.values(states(report))), new Set(["notAsked"]));
    assert.match(report.signIn.succeeded ? "" : report.signIn.problem, new RegExp(other));
    assert.deepEqual(examined.tenant.requests, []);
  });

  it("that fails shows why, and no secret", async () => {
    const { code, printed, said } = await examined.run(
      { tenantId: ID, clientId: ID },
      {
        env: { OFFICE_CONFIGURATION_ACCESS_TOKEN: "", AZURE_CLIENT_SECRET: "hunter2000" },
        load: () =>
          Promise.resolve({
            getToken: () =>
              Promise.reject(
                new Error("AADSTS7000215: Invalid client secret hunter2000 provided. Trace ID: 1"),
              ),
          }),
      },
    );
    assert.equal(code, 1);
    assert.match(printed, /^Sign-in failed: the client secret of the app\s\S+ is wrong/);
    assert.match(printed, /\n\nNo road was asked\.$/);
    assert.doesNotMatch([printed, ...said].join("\n"), /hunter2000/);
  });

  it("tells that all of Graph refuses a token", async () => {
    const report = await examined.report(
      {},
      { env: { OFFICE_CONFIGURATION_ACCESS_TOKEN: "unknown-token" } },
    );
    for (const { state, next } of report.roads.filter(({ road }) => OFFICE.includes(road))) {
      assert.equal(state, "noPermission");
      assert.match(next, /^Graph does not accept the token\. Check that it is for this cloud/);
    }
  });
});
