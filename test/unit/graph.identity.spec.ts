import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeviceCodeCredentialOptions, TokenCredentialOptions } from "@azure/identity";
import { generate } from "selfsigned";
import type { CredentialConfig, SessionConfig } from "../../provider/graph/config/sessionTypes";
import { type AzureSdk, loadIdentity, loginOf } from "../../provider/graph/identity";
import { withoutProxies } from "../withoutProxies";

const tenantId = "11111111-1111-4111-8111-111111111111";
const clientId = "33333333-3333-4333-8333-333333333333";
const app = { tenantId, clientId };
const LOGIN = {
  authorityHost: "https://login.microsoftonline.com",
  disableInstanceDiscovery: false,
};
const TOKEN = { token: "t", expiresOnTimestamp: 1 };
const SECRET = { kind: "clientSecret", ...app, clientSecret: "s" } as const;

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

const CLASSES = [
  "AzureCliCredential",
  "ClientAssertionCredential",
  "ClientCertificateCredential",
  "ClientSecretCredential",
  "DefaultAzureCredential",
  "DeviceCodeCredential",
  "ManagedIdentityCredential",
  "WorkloadIdentityCredential",
];

/** An Azure SDK that writes down what its credentials are made with. */
class RecordingSdk {
  readonly made: unknown[][] = [];
  getToken: (...asked: unknown[]) => Promise<unknown> = () => Promise.resolve(TOKEN);

  load = (): Promise<AzureSdk> => {
    const classes = CLASSES.map((name) => {
      const credential = (...args: unknown[]) => {
        this.made.push([name, ...args]);
        return { getToken: (...asked: unknown[]) => this.getToken(...asked) };
      };
      // An arrow function is no constructor.
      return [
        name,
        function made(...args: unknown[]) {
          return credential(...args);
        },
      ] as const;
    });
    return Promise.resolve(Object.fromEntries(classes) as unknown as AzureSdk);
  };
}

describe("the credential of the Azure SDK", () => {
  let sdk: RecordingSdk;
  withoutProxies();

  beforeEach(() => {
    sdk = new RecordingSdk();
  });

  const cases: [CredentialConfig, className: string, ...args: unknown[]][] = [
    [SECRET, "ClientSecretCredential", tenantId, clientId, "s", LOGIN],
    [
      { kind: "workloadIdentity", ...app, federatedTokenFile: "token" },
      "WorkloadIdentityCredential",
      { ...LOGIN, ...app, tokenFilePath: "token" },
    ],
    [{ kind: "managedIdentity" }, "ManagedIdentityCredential", {}],
    [{ kind: "managedIdentity", clientId }, "ManagedIdentityCredential", { clientId }],
    [{ kind: "azureCli" }, "AzureCliCredential", {}],
    [{ kind: "azureCli", tenantId }, "AzureCliCredential", { tenantId }],
    [{ kind: "default" }, "DefaultAzureCredential", LOGIN],
    [{ kind: "default", tenantId }, "DefaultAzureCredential", { ...LOGIN, tenantId }],
    [
      { kind: "default", clientId },
      "DefaultAzureCredential",
      { ...LOGIN, managedIdentityClientId: clientId, workloadIdentityClientId: clientId },
    ],
  ];
  for (const [credential, className, ...args] of cases) {
    const settings = Object.keys(credential).join(", ");
    it(`is a ${className} with exactly what is set: ${settings}`, async () => {
      await loadIdentity(sessionOf(credential), undefined, sdk.load);
      assert.deepEqual(sdk.made, [[className, ...args]]);
      assert.equal((await loadIdentity(sessionOf(credential))).constructor.name, className);
    });
  }

  describe("with an assertion", () => {
    let service: Server;
    let ci: { oidcRequestUrl: string; oidcRequestToken: string };

    beforeEach(async () => {
      service = createServer((_, response) => {
        response.end('{"value":"of GitHub","oidcToken":"of Azure DevOps"}');
      });
      await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
      const { port } = service.address() as AddressInfo;
      ci = { oidcRequestUrl: `http://127.0.0.1:${port}/token`, oidcRequestToken: "r" };
    });

    afterEach(() => new Promise((resolve) => service.close(resolve)));

    const kinds: [CredentialConfig["kind"], more: object, token: string][] = [
      ["workloadIdentity", { federatedToken: "that was given" }, "that was given"],
      ["githubActions", {}, "of GitHub"],
      ["azurePipelines", { azureServiceConnectionId: clientId }, "of Azure DevOps"],
    ];
    for (const [kind, more, token] of kinds) {
      it(`shows the token ${token} for ${kind}`, async () => {
        const credential = { kind, ...app, ...ci, ...more } as CredentialConfig;
        await loadIdentity(sessionOf(credential), undefined, sdk.load);
        const [[className, tenant, client, fetchToken, options] = []] = sdk.made;
        assert.deepEqual(
          [className, tenant, client, options],
          ["ClientAssertionCredential", tenantId, clientId, LOGIN],
        );
        assert.equal(await (fetchToken as () => Promise<string>)(), token);
        const real = await loadIdentity(sessionOf(credential));
        assert.equal(real.constructor.name, className);
      });
    }
  });

  for (const cloud of ["public", "china"] as const) {
    it(`lets Microsoft's own login of ${cloud} be looked up, and no other`, async () => {
      await loadIdentity(sessionOf(SECRET, { cloud }), undefined, sdk.load);
      const authority = "https://login.test";
      await loadIdentity(sessionOf(SECRET, { cloud, authority }), undefined, sdk.load);
      assert.deepEqual(
        sdk.made.map((args) => args.at(-1)),
        [
          { authorityHost: loginOf(sessionOf(SECRET, { cloud })), disableInstanceDiscovery: false },
          { authorityHost: authority, disableInstanceDiscovery: true },
        ],
      );
    });
  }

  it("says to the user where to enter a device's code", async () => {
    const said: string[] = [];
    const credential = { kind: "deviceCode", ...app } as const;
    await loadIdentity(sessionOf(credential), (line) => void said.push(line), sdk.load);
    const [className, options] = sdk.made[0] ?? [];
    const { userPromptCallback, ...others } = options as DeviceCodeCredentialOptions;
    userPromptCallback?.({
      message: "Enter ABC",
      userCode: "ABC",
      verificationUri: "https://x.test",
    });
    assert.deepEqual(said, ["Enter ABC"]);
    assert.deepEqual([className, others], ["DeviceCodeCredential", { ...LOGIN, ...app }]);
    const real = await loadIdentity(sessionOf(credential));
    assert.equal(real.constructor.name, "DeviceCodeCredential");
  });

  it("has the certificate's file, and its password where there is one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "office-configuration-identity-"));
    try {
      const path = join(folder, "app.pem");
      const pair = await generate([{ name: "commonName", value: "app" }], { keySize: 2048 });
      writeFileSync(path, pair.cert + pair.private);
      const plain = { kind: "clientCertificate", ...app, clientCertificatePath: path } as const;
      const locked = { ...plain, clientCertificatePassword: "p" };
      await loadIdentity(sessionOf(plain), undefined, sdk.load);
      await loadIdentity(sessionOf(locked), undefined, sdk.load);
      const made = ["ClientCertificateCredential", tenantId, clientId];
      assert.deepEqual(sdk.made, [
        [...made, { certificatePath: path }, LOGIN],
        [...made, { certificatePath: path, certificatePassword: "p" }, LOGIN],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is refused where a certificate's file is not there", async () => {
    const clientCertificatePath = "/nowhere/app.pem";
    const credential = { kind: "clientCertificate", ...app, clientCertificatePath } as const;
    await assert.rejects(loadIdentity(sessionOf(credential)), /\/nowhere\/app\.pem/);
  });

  it("is none for a token that was given", async () => {
    const credential = { kind: "accessToken", accessToken: "given" } as const;
    await assert.rejects(loadIdentity(sessionOf(credential)), /needs no credential/);
  });

  it("asks the login of the cloud, or the one that is given", () => {
    const credential = { kind: "default" } as const;
    assert.equal(loginOf(sessionOf(credential)), "https://login.microsoftonline.com");
    assert.match(loginOf(sessionOf(credential, { cloud: "china" })), /\.cn$/);
    const authority = "https://login.test";
    assert.equal(loginOf(sessionOf(credential, { authority })), authority);
  });

  describe("behind a proxy", () => {
    beforeEach(() => {
      process.env.HTTPS_PROXY = "http://user:pass@proxy.test:8080";
    });

    /** The options that a credential was made with. */
    async function optionsOf(credential: CredentialConfig): Promise<TokenCredentialOptions> {
      await loadIdentity(sessionOf(credential), undefined, sdk.load);
      return sdk.made.at(-1)?.at(-1) as TokenCredentialOptions;
    }

    for (const credential of [SECRET, { kind: "managedIdentity" }, { kind: "default" }] as const) {
      it(`sends through it for ${credential.kind}, and watches every request`, async () => {
        const { proxyOptions, additionalPolicies = [] } = await optionsOf(credential);
        assert.deepEqual(proxyOptions, {
          host: "http://proxy.test",
          port: 8080,
          username: "user",
          password: "pass",
        });
        const watching = additionalPolicies.map(({ policy, position }) => [policy.name, position]);
        assert.deepEqual(watching, [["refusedByProxy", "perCall"]]);
      });
    }

    it("leaves it to the CLI, which reads the environment itself", async () => {
      assert.deepEqual(await optionsOf({ kind: "azureCli" }), {});
    });

    /** Lets a credential send one request, and the login, or the proxy, answer it. */
    async function send(options: TokenCredentialOptions, status: number) {
      const [watching] = options.additionalPolicies ?? [];
      const next = () => Promise.resolve({ status });
      const sent = { url: "https://login.test/token" };
      return watching?.policy.sendRequest(sent as never, next as never);
    }

    it("gives the library's token where the proxy lets it through", async () => {
      const credential = await loadIdentity(sessionOf(SECRET), undefined, sdk.load);
      const options = sdk.made[0]?.at(-1) as TokenCredentialOptions;
      sdk.getToken = async (...asked) => {
        const answer = await send(options, 200);
        return { ...TOKEN, token: `${JSON.stringify(asked)}: ${answer?.status}` };
      };
      const got = await credential.getToken("scope", { tenantId });
      assert.equal(got?.token, `["scope",{"tenantId":"${tenantId}"}]: 200`);
    });

    it("fails with the proxy's refusal, not with the library's words for it", async () => {
      const credential = await loadIdentity(sessionOf(SECRET), undefined, sdk.load);
      const options = sdk.made[0]?.at(-1) as TokenCredentialOptions;
      sdk.getToken = async () => {
        await send(options, 407).catch(() => {});
        throw new Error("network_error");
      };
      await assert.rejects(credential.getToken("scope"), {
        name: "ProxyError",
        message: /^the proxy http:\/\/proxy\.test:8080 .*refuses the user and the password/,
      });
    });

    it("fails with the library's own words where the proxy refused only before", async () => {
      const credential = await loadIdentity(sessionOf(SECRET), undefined, sdk.load);
      await assert.rejects(send(sdk.made[0]?.at(-1) as TokenCredentialOptions, 407));
      sdk.getToken = () => Promise.reject(new Error("invalid_client"));
      await assert.rejects(credential.getToken("scope"), /^Error: invalid_client$/);
    });
  });
});
