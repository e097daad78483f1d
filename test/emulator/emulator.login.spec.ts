import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { createEmulator, type Emulator } from "../../emulator";

const ROOT = join(__dirname, "../..");
const TENANT = "11111111-1111-4111-8111-111111111111";
const STRANGER = "22222222-2222-4222-8222-222222222222";
const APP = "33333333-3333-4333-8333-333333333333";
const SECRET = "right-secret";
const SCOPE = "https://graph.microsoft.com/.default";

/** Signs in with a credential of @azure/identity, asks Graph once, and prints what became of it. */
const PROGRAM = `
const identity = require("@azure/identity");
async function main([kind, tenant, secret]) {
  const { URL: url, APP: app } = process.env;
  const options = { authorityHost: url, disableInstanceDiscovery: true, retryOptions: { maxRetries: 0 } };
  const makers = {
    secret: () => new identity.ClientSecretCredential(tenant, app, secret, options),
    assertion: () => new identity.ClientAssertionCredential(tenant, app, async () => secret, options),
    deviceCode: () => new identity.DeviceCodeCredential({
      ...options, tenantId: tenant, clientId: app,
      userPromptCallback: ({ userCode }) => { prompted = userCode; },
    }),
  };
  let prompted;
  try {
    const { token, expiresOnTimestamp } = await makers[kind]().getToken("${SCOPE}");
    const headers = { authorization: "Bearer " + token, "content-type": "application/json" };
    const graph = url + "/beta/officeConfiguration";
    const read = await fetch(graph, { headers });
    const write = await fetch(graph, { headers, method: "PATCH", body: "{}" });
    const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
    return { read: read.status, write: write.status, claims, prompted, lifetimeMs: expiresOnTimestamp - Date.now() };
  } catch ({ name, message }) {
    return { failure: { name, message } };
  }
}
main(process.argv.slice(1)).then((result) => console.log(JSON.stringify(result)));
`;

interface Printed {
  /** Status of a GET, and of a PATCH of the singleton, which only users may do. */
  readonly read?: number;
  readonly write?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly prompted?: string;
  readonly lifetimeMs?: number;
  readonly failure?: { readonly name: string; readonly message: string };
}

/** Roles of the tokens: all that the emulated APIs need. */
const PERMISSIONS = [
  "DeviceManagementConfiguration.ReadWrite.All",
  "CopilotPolicySettings.ReadWrite",
  "GroupMember.Read.All",
  "Organization.Read.All",
  "AuditLogsQuery.Read.All",
];

describe("the emulator's login, asked by @azure/identity", () => {
  let emulator: Emulator;
  let folder: string;
  let certificate: string;

  before(async () => {
    emulator = await createEmulator({
      tls: true,
      tenantId: TENANT,
      credentials: [{ tenantId: TENANT, clientId: APP, clientSecret: SECRET }],
    });
    folder = await mkdtemp(join(tmpdir(), "office-configuration-"));
    certificate = join(folder, "ca.pem");
    await writeFile(certificate, emulator.certificate ?? "");
  });

  after(async () => {
    await emulator.close();
    await rm(folder, { recursive: true });
  });

  function signIn(kind: string, tenant: string, secret: string): Promise<Printed> {
    const { PATH = "" } = process.env;
    const env = { PATH, NODE_EXTRA_CA_CERTS: certificate, URL: emulator.authority, APP };
    return new Promise((resolve, reject) => {
      execFile(
        process.execPath,
        ["--eval", PROGRAM, kind, tenant, secret],
        { cwd: ROOT, env },
        (error, stdout, stderr) => {
          if (error) reject(new Error(`${error.message}\n${stderr}`));
          else resolve(JSON.parse(stdout) as Printed);
        },
      );
    });
  }

  it("a client secret gives an app's token, which Graph accepts", async () => {
    const printed = await signIn("secret", TENANT, SECRET);
    assert.deepEqual([printed.read, printed.write], [200, 403], JSON.stringify(printed));
    assert.equal(printed.claims?.tid, TENANT);
    assert.equal(printed.claims?.appid, APP);
    assert.deepEqual(printed.claims?.roles, PERMISSIONS);
    assert.ok((printed.lifetimeMs ?? 0) > 3_000_000);
  });

  it("a wrong secret is refused as Microsoft Entra does", async () => {
    const { failure } = await signIn("secret", TENANT, "wrong-secret");
    assert.match(failure?.name ?? "", /^Authentication/);
    assert.match(failure?.message ?? "", /AADSTS7000215/);
  });

  it("an unknown tenant is refused as Microsoft Entra does", async () => {
    const { failure } = await signIn("secret", STRANGER, SECRET);
    assert.match(failure?.name ?? "", /^Authentication/);
    assert.match(failure?.message ?? "", /AADSTS90002/);
  });

  it("an assertion gives an app's token", async () => {
    const printed = await signIn("assertion", TENANT, "e30.e30.signature");
    assert.deepEqual([printed.read, printed.write], [200, 403], JSON.stringify(printed));
  });

  it("an assertion that is no JWT is refused", async () => {
    const { failure } = await signIn("assertion", TENANT, "nonsense");
    assert.match(failure?.message ?? "", /AADSTS50027/);
  });

  it("a device code gives a user's token, once the user has signed in", async () => {
    const printed = await signIn("deviceCode", TENANT, "");
    assert.deepEqual([printed.read, printed.write], [200, 200], JSON.stringify(printed));
    assert.equal(printed.prompted, "EMULATOR");
    assert.equal(printed.claims?.scp, PERMISSIONS.join(" "));
  });
});

describe("the emulator's login", () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await createEmulator();
  });

  after(() => emulator.close());

  async function ask(form: Record<string, string>) {
    const response = await fetch(emulator.tokenUrl, {
      method: "POST",
      body: new URLSearchParams(form),
    });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  }

  const app = { grant_type: "client_credentials", client_id: APP };

  it("knows any client by the secret `emulator-secret`, unless told which there are", async () => {
    assert.equal((await ask({ ...app, client_secret: "emulator-secret" })).status, 200);
    assert.equal((await ask({ ...app, client_secret: "another" })).status, 401);
  });

  for (const [scope, audience] of [
    ["https://graph.microsoft.us/.default", "https://graph.microsoft.us"],
    ["openid offline_access https://graph.microsoft.com/.default", "https://graph.microsoft.com"],
    ["", "https://graph.microsoft.com"],
  ] as const) {
    it(`a token for the scope '${scope}' is for ${audience}`, async () => {
      const { json } = await ask({ ...app, client_secret: "emulator-secret", scope });
      const [, claims = ""] = String(json.access_token).split(".");
      const { aud } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { aud: string };
      assert.equal(aud, audience);
    });
  }

  it("a form of more than 8 MiB is refused", async () => {
    const { status } = await ask({ ...app, client_secret: "x".repeat(8 * 1024 * 1024) });
    assert.equal(status, 413);
  });

  it("a refresh token gives a user's token", async () => {
    const form = { grant_type: "refresh_token", client_id: APP, refresh_token: "any" };
    const { status, json } = await ask(form);
    assert.equal(status, 200);
    assert.equal(typeof json.access_token, "string");
  });

  for (const [what, form, error] of [
    ["no client", { grant_type: "client_credentials" }, "invalid_request"],
    ["another grant", { grant_type: "password", client_id: APP }, "unsupported_grant_type"],
    [
      "a device code of nobody",
      { grant_type: "urn:ietf:params:oauth:grant-type:device_code", client_id: APP },
      "bad_verification_code",
    ],
  ] as const) {
    it(`${what}: 400 ${error}`, async () => {
      const { status, json } = await ask(form);
      assert.deepEqual([status, json.error], [400, error]);
    });
  }

  it("the token services of CI systems give an assertion that it accepts", async () => {
    const github = await fetch(`${emulator.url}/ci/github?audience=api://AzureADTokenExchange`);
    const azure = await fetch(`${emulator.url}/ci/azure-devops`, { method: "POST" });
    const { value } = (await github.json()) as { value: string };
    const { oidcToken } = (await azure.json()) as { oidcToken: string };
    for (const client_assertion of [value, oidcToken]) {
      assert.equal((await ask({ ...app, client_assertion })).status, 200);
    }
  });
});

describe("the emulator's certificate", () => {
  it("is for the hosts that a proxy leads to it, and for no other", async () => {
    const emulator = await createEmulator({ tls: { hosts: ["graph.example.test"] } });
    const port = Number(new URL(emulator.url).port);
    const answer = async (servername: string) => {
      const socket = connect({ host: "127.0.0.1", port, servername, ca: emulator.certificate });
      try {
        await once(socket, "secureConnect");
      } finally {
        socket.destroy();
      }
    };
    try {
      await answer("graph.example.test");
      await answer("localhost");
      await assert.rejects(answer("graph.microsoft.com"), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
    } finally {
      await emulator.close();
    }
  });

  it("is trusted beside that of another emulator", async () => {
    const emulators = [await createEmulator({ tls: true }), await createEmulator({ tls: true })];
    const ca = emulators.map(({ certificate }) => certificate ?? "");
    try {
      for (const { url } of emulators) {
        const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port), ca });
        await once(socket, "secureConnect").finally(() => socket.destroy());
      }
    } finally {
      for (const emulator of emulators) await emulator.close();
    }
  });
});
