import { strict as assert } from "node:assert";
import type { SessionSummary } from "../../provider/graph";
import { actualTenant } from "../../provider/graph/actualTenant";
import { callerOf, grantsOf } from "../../provider/graph/caller";

const TENANT = "AAAAAAAA-1111-4111-8111-111111111111";
const tenantId = TENANT.toLowerCase();
const OTHER = "bbbbbbbb-2222-4222-8222-222222222222";

const jwt = (claims: unknown) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;

describe("who asks, as a token says it", () => {
  const table: [what: string, token: string, caller: object][] = [
    ["a tenant, in lower case", jwt({ tid: TENANT }), { tenantId }],
    ["an app", jwt({ idtyp: "app" }), { kind: "app" }],
    ["a user", jwt({ idtyp: "user" }), { kind: "user" }],
    ["the type rather than the roles", jwt({ idtyp: "user", roles: ["r"] }), { kind: "user" }],
    ["the type rather than the scopes", jwt({ idtyp: "app", scp: "s" }), { kind: "app" }],
    ["a user by the scopes", jwt({ scp: "s" }), { kind: "user" }],
    ["a user by scopes beside roles", jwt({ scp: "", roles: [] }), { kind: "user" }],
    ["an app by the roles", jwt({ roles: [] }), { kind: "app" }],
    ["an unknown type, which the roles tell", jwt({ idtyp: "device", roles: [] }), { kind: "app" }],
    ["both", jwt({ tid: TENANT, idtyp: "app", x: 1 }), { tenantId, kind: "app" }],
    ["nothing in no claims", jwt({}), {}],
    ["nothing in a tenant that is none", jwt({ tid: "contoso" }), {}],
    ["nothing in claims of another type", jwt({ tid: TENANT, roles: "r" }), {}],
    ["nothing in no object", jwt(null), {}],
    ["nothing in no JSON", "e30.e.x", {}],
    ["nothing in an opaque token", "opaque", {}],
    ["nothing where the claims stand elsewhere", `${jwt({ tid: TENANT }).split(".")[1]}`, {}],
  ];
  for (const [what, token, caller] of table) {
    it(`is ${what}`, () => {
      assert.deepEqual(callerOf(token), caller);
    });
  }
});

describe("what a token grants", () => {
  const APP = "DDDDDDDD-4444-4444-8444-444444444444";
  const clientId = APP.toLowerCase();
  const table: [what: string, token: string, grants: object][] = [
    ["the roles of an app", jwt({ roles: ["A", "B"] }), { permissions: ["A", "B"] }],
    ["the scopes of a user", jwt({ scp: "A  B" }), { permissions: ["A", "B"] }],
    ["the scopes rather than the roles", jwt({ scp: "A", roles: ["B"] }), { permissions: ["A"] }],
    ["nothing without roles and scopes", jwt({}), { permissions: [] }],
    ["nothing by roles of another type", jwt({ roles: "A" }), { permissions: [] }],
    ["rights to an app", jwt({ scp: "", appid: APP }), { permissions: [], clientId }],
    ["rights to an app of version 2", jwt({ azp: APP }), { permissions: [], clientId }],
    ["rights to no app by another name", jwt({ appid: "app" }), { permissions: [] }],
    ["what nobody can read if it is opaque", "opaque", {}],
    ["what nobody can read if it holds no object", jwt("text"), {}],
  ];
  for (const [what, token, grants] of table) {
    it(`is ${what}`, () => {
      assert.deepEqual(grantsOf(token), grants);
    });
  }
});

describe("the tenant that requests go to", () => {
  const session = (more: Partial<SessionSummary> = {}): SessionSummary => ({
    cloud: "public",
    credential: "azureCli",
    onTenantChange: "refuse",
    ...more,
  });

  it("is the token's, or the settings' where it does not say", () => {
    assert.equal(actualTenant(session(), { tenantId }), tenantId);
    assert.equal(actualTenant(session({ tenantId: TENANT }), {}), tenantId);
    assert.equal(actualTenant(session({ tenantId: TENANT }), { tenantId }), tenantId);
    assert.equal(actualTenant(session({ tenantId: "contoso.test" }), { tenantId }), tenantId);
    assert.equal(actualTenant(session({ tenantId: "contoso.test" }), {}), undefined);
    assert.equal(actualTenant(session(), {}), undefined);
  });

  it("is refused where token and settings differ", () => {
    assert.throws(() => actualTenant(session({ tenantId: TENANT }), { tenantId: OTHER }), {
      name: "OfficeConfigurationError",
      message:
        `The credential "azureCli" is for the tenant ${OTHER}, and officeConfiguration:tenantId is ${tenantId}. ` +
        "Nothing was sent. Give the credential of that tenant, or the tenant of that credential.",
    });
  });

  it("is refused for a personal account", () => {
    const personal = { tenantId: "9188040d-6c67-4c5b-b112-36a304b66dad" };
    assert.throws(() => actualTenant(session(), personal), {
      name: "OfficeConfigurationError",
      message: /^The credential "azureCli" is a personal Microsoft account, .*Sign in with a work/,
    });
  });
});
