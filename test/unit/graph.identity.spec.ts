import { strict as assert } from "node:assert";
import type { CredentialConfig, SessionConfig } from "../../provider/graph/config/sessionTypes";
import { loadIdentity, loginOf } from "../../provider/graph/identity";

const app = {
  tenantId: "11111111-1111-4111-8111-111111111111",
  clientId: "33333333-3333-4333-8333-333333333333",
};
const request = { oidcRequestUrl: "https://ci.test/token", oidcRequestToken: "r" };

function sessionOf(credential: CredentialConfig, more: Partial<SessionConfig> = {}): SessionConfig {
  return {
    cloud: "public",
    credential,
    onTenantChange: "refuse",
    maxRetries: 0,
    maxRequestsInFlight: 1,
    requestTimeoutSeconds: 1,
    ...more,
  };
}

describe("the credential of the Azure SDK", () => {
  const PROXIES = [
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
  ];
  let before: NodeJS.ProcessEnv;

  beforeEach(() => {
    before = { ...process.env };
    for (const name of PROXIES) delete process.env[name];
  });

  afterEach(() => {
    for (const name of PROXIES) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  const cases: [CredentialConfig, className: string][] = [
    [{ kind: "clientSecret", ...app, clientSecret: "s" }, "ClientSecretCredential"],
    [
      { kind: "workloadIdentity", ...app, federatedTokenFile: "token" },
      "WorkloadIdentityCredential",
    ],
    [{ kind: "workloadIdentity", ...app, federatedToken: "jwt" }, "ClientAssertionCredential"],
    [{ kind: "githubActions", ...app, ...request }, "ClientAssertionCredential"],
    [
      { kind: "azurePipelines", ...app, ...request, azureServiceConnectionId: app.clientId },
      "ClientAssertionCredential",
    ],
    [{ kind: "managedIdentity" }, "ManagedIdentityCredential"],
    [{ kind: "managedIdentity", clientId: app.clientId }, "ManagedIdentityCredential"],
    [{ kind: "azureCli" }, "AzureCliCredential"],
    [{ kind: "azureCli", tenantId: app.tenantId }, "AzureCliCredential"],
    [{ kind: "deviceCode", ...app }, "DeviceCodeCredential"],
    [{ kind: "default" }, "DefaultAzureCredential"],
    [{ kind: "default", ...app }, "DefaultAzureCredential"],
  ];
  for (const [credential, className] of cases) {
    it(`is a ${className} for ${Object.keys(credential).length} settings of ${credential.kind}`, async () => {
      const loaded = await loadIdentity(sessionOf(credential));
      assert.equal(loaded.constructor.name, className);
    });
  }

  it("is refused where a certificate's file is not there", async () => {
    const clientCertificatePath = "/nowhere/app.pem";
    const credential = { kind: "clientCertificate", ...app, clientCertificatePath } as const;
    await assert.rejects(loadIdentity(sessionOf(credential)), /\/nowhere\/app\.pem/);
  });

  it("is none for a token that was given", async () => {
    const credential = { kind: "accessToken", accessToken: "given" } as const;
    await assert.rejects(loadIdentity(sessionOf(credential)), /needs no credential/);
  });

  it("takes the CLI's tenant, and the ids of an app, from the settings", async () => {
    const azureCli = await loadIdentity(sessionOf({ kind: "azureCli", tenantId: app.tenantId }));
    assert.equal((azureCli as unknown as { tenantId?: string }).tenantId, app.tenantId);
    const none = await loadIdentity(sessionOf({ kind: "azureCli" }));
    assert.equal((none as unknown as { tenantId?: string }).tenantId, undefined);
  });

  it("is watched for a refusal where there is a proxy, but the CLI's is not", async () => {
    process.env.HTTPS_PROXY = "http://127.0.0.1:1";
    const secret = { kind: "clientSecret", ...app, clientSecret: "s" } as const;
    assert.equal((await loadIdentity(sessionOf(secret))).constructor.name, "Object");
    const cli = await loadIdentity(sessionOf({ kind: "azureCli" }));
    assert.equal(cli.constructor.name, "AzureCliCredential");
  });

  it("asks the login of the cloud, or the one that is given", () => {
    const credential = { kind: "default" } as const;
    assert.equal(loginOf(sessionOf(credential)), "https://login.microsoftonline.com");
    assert.match(loginOf(sessionOf(credential, { cloud: "china" })), /\.cn$/);
    const authority = "https://login.test";
    assert.equal(loginOf(sessionOf(credential, { authority })), authority);
  });
});
