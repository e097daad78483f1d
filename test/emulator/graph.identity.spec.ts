import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { TunnelProxy } from "../../scripts/tunnelProxy";

const ROOT = join(__dirname, "../..");
const TENANT = "11111111-1111-4111-8111-111111111111";
const APP = "33333333-3333-4333-8333-333333333333";
const CONNECTION = "55555555-5555-4555-8555-555555555555";
const HOST = "graph.example.test";

/** Asks Graph once, with the settings of the environment, and prints what became of it. */
const PROGRAM = `
const { createSession, resolveSessionConfig } = require("./provider/graph");
async function main() {
  const session = createSession(resolveSessionConfig(() => undefined, process.env));
  try {
    const { body } = await session.graph.get("/officeConfiguration");
    console.log(JSON.stringify({ body, kind: session.config.credential }));
  } catch (error) {
    const { name, message, code } = error;
    console.log(JSON.stringify({ failure: { name, message, code } }));
  }
  await session.dispose();
}
main();
`;

interface Printed {
  readonly body?: unknown;
  readonly kind?: string;
  readonly failure?: { readonly name: string; readonly message: string; readonly code?: string };
}

/** One TLS server that is Microsoft Entra, a CI service and Graph at once. */
class Services {
  readonly tokenRequests: URLSearchParams[] = [];
  readonly oidcRequests: { method: string; url: string; authorization: string }[] = [];
  readonly graphTokens: string[] = [];
  refusals = 0;
  readonly #server: Server;

  constructor(key: string, cert: string) {
    this.#server = createServer({ key, cert }, (request, response) => {
      const { method = "", url = "", headers } = request;
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const [status, body] = this.#answer(method, url, headers, Buffer.concat(chunks).toString());
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
    });
  }

  #answer(
    method: string,
    url: string,
    { authorization = "", host = "" }: { authorization?: string; host?: string },
    body: string,
  ): [number, object] {
    if (url.includes("openid-configuration")) {
      const at = (path: string) => `https://${host}/${TENANT}/${path}`;
      return [
        200,
        {
          token_endpoint: at("oauth2/v2.0/token"),
          authorization_endpoint: at("oauth2/v2.0/authorize"),
          issuer: at("v2.0"),
          jwks_uri: at("keys"),
        },
      ];
    }
    if (url.endsWith("/oauth2/v2.0/token") || url.includes("/oauth2/v2.0/token?")) {
      const form = new URLSearchParams(body);
      this.tokenRequests.push(form);
      if (form.get("client_secret") === "wrong-secret") {
        const error_description = "AADSTS7000215: Invalid client secret provided. Trace ID: 1";
        return [401, { error: "invalid_client", error_description, error_codes: [7000215] }];
      }
      const access_token = `entra-token-${this.tokenRequests.length}`;
      return [200, { token_type: "Bearer", expires_in: 3600, access_token }];
    }
    if (url.startsWith("/oidc")) {
      this.oidcRequests.push({ method, url, authorization });
      return [200, { value: "github-jwt", oidcToken: "azure-devops-jwt" }];
    }
    this.graphTokens.push(authorization);
    if (this.refusals > 0) {
      this.refusals -= 1;
      return [401, { error: { code: "InvalidAuthenticationToken", message: "expired" } }];
    }
    return [200, { url }];
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe("a session in a process of its own", function () {
  this.timeout(240_000);
  let folder: string;
  let services: Services;
  let proxy: TunnelProxy;
  let certificate: string;
  let pem: string;
  let tokenFile: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "office-configuration-"));
    const pair = await generate([{ name: "commonName", value: "127.0.0.1" }], {
      extensions: [
        { name: "basicConstraints", cA: true },
        {
          name: "subjectAltName",
          altNames: [
            { type: 7, ip: "127.0.0.1" },
            { type: 2, value: HOST },
          ],
        },
      ],
    });
    certificate = join(folder, "ca.pem");
    pem = join(folder, "app.pem");
    tokenFile = join(folder, "federated-token");
    await Promise.all([
      writeFile(certificate, pair.cert),
      writeFile(pem, `${pair.private}\n${pair.cert}`),
      writeFile(tokenFile, "federated-jwt"),
    ]);
    services = new Services(pair.private, pair.cert);
    await services.listen();
    proxy = new TunnelProxy(services.port);
    await proxy.listen();
  });

  beforeEach(() => {
    services.tokenRequests.length = 0;
    services.oidcRequests.length = 0;
    services.graphTokens.length = 0;
    services.refusals = 0;
    proxy.asked.length = 0;
  });

  after(async () => {
    await Promise.all([services.close(), proxy.close()]);
    await rm(folder, { recursive: true });
  });

  function run(env: Record<string, string>): Promise<Printed> {
    const { PATH = "" } = process.env;
    return new Promise((resolve, reject) => {
      execFile(
        process.execPath,
        ["--require", "ts-node/register/transpile-only", "--eval", PROGRAM],
        {
          cwd: ROOT,
          env: {
            PATH,
            NODE_EXTRA_CA_CERTS: certificate,
            OFFICE_CONFIGURATION_ENDPOINT: services.url,
            OFFICE_CONFIGURATION_AUTHORITY: services.url,
            ...env,
          },
        },
        (error, stdout, stderr) => {
          if (error) reject(new Error(`${error.message}\n${stderr}`));
          else resolve(JSON.parse(stdout) as Printed);
        },
      );
    });
  }

  const identity = { AZURE_TENANT_ID: TENANT, AZURE_CLIENT_ID: APP };

  it("signs in with a client secret", async () => {
    const printed = await run({ ...identity, AZURE_CLIENT_SECRET: "right-secret" });
    assert.equal(printed.kind, "clientSecret", JSON.stringify(printed));
    const [form] = services.tokenRequests;
    assert.equal(form?.get("client_secret"), "right-secret");
    assert.equal(form?.get("client_id"), APP);
    // The scope is the cloud's, not the endpoint's.
    assert.match(form?.get("scope") ?? "", /^https:\/\/graph\.microsoft\.com\/\.default/);
    assert.deepEqual(services.graphTokens, ["Bearer entra-token-1"]);
  });

  it("gets a token past the library's cache after 401", async () => {
    services.refusals = 1;
    const printed = await run({ ...identity, AZURE_CLIENT_SECRET: "right-secret" });
    assert.deepEqual(printed.body, { url: "/beta/officeConfiguration" });
    assert.deepEqual(services.graphTokens, ["Bearer entra-token-1", "Bearer entra-token-2"]);
  });

  it("signs in with a certificate", async () => {
    const printed = await run({ ...identity, AZURE_CLIENT_CERTIFICATE_PATH: pem });
    assert.equal(printed.kind, "clientCertificate", JSON.stringify(printed));
    assert.match(services.tokenRequests[0]?.get("client_assertion") ?? "", /^eyJ/);
  });

  it("signs in with a federated token file", async () => {
    const printed = await run({ ...identity, AZURE_FEDERATED_TOKEN_FILE: tokenFile });
    assert.equal(printed.kind, "workloadIdentity", JSON.stringify(printed));
    assert.equal(services.tokenRequests[0]?.get("client_assertion"), "federated-jwt");
  });

  it("signs in from GitHub Actions", async () => {
    const printed = await run({
      ...identity,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${services.url}/oidc?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
    });
    assert.equal(printed.kind, "githubActions", JSON.stringify(printed));
    assert.equal(services.tokenRequests[0]?.get("client_assertion"), "github-jwt");
    assert.deepEqual(services.oidcRequests[0], {
      method: "GET",
      url: "/oidc?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange",
      authorization: "Bearer request-token",
    });
  });

  it("signs in from Azure DevOps", async () => {
    const printed = await run({
      ...identity,
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: CONNECTION,
      SYSTEM_OIDCREQUESTURI: `${services.url}/oidc`,
      SYSTEM_ACCESSTOKEN: "request-token",
    });
    assert.equal(printed.kind, "azurePipelines", JSON.stringify(printed));
    assert.equal(services.tokenRequests[0]?.get("client_assertion"), "azure-devops-jwt");
    assert.deepEqual(services.oidcRequests[0], {
      method: "POST",
      url: `/oidc?api-version=7.1&serviceConnectionId=${CONNECTION}`,
      authorization: "Bearer request-token",
    });
  });

  it("says what Microsoft Entra has against a secret, without the secret", async () => {
    const { failure } = await run({ ...identity, AZURE_CLIENT_SECRET: "wrong-secret" });
    assert.equal(failure?.name, "CredentialError");
    assert.equal(failure?.code, "AADSTS7000215");
    assert.match(
      failure?.message ?? "",
      /is wrong \(AADSTS7000215\)\..*AADSTS7000215: Invalid client/s,
    );
    assert.ok(!failure?.message.includes("wrong-secret"));
    assert.deepEqual(services.graphTokens, []);
  });

  it("says that the login cannot be reached", async () => {
    const { failure } = await run({
      ...identity,
      AZURE_CLIENT_SECRET: "right-secret",
      OFFICE_CONFIGURATION_AUTHORITY: "https://127.0.0.1:1",
    });
    assert.equal(failure?.name, "CredentialError");
    assert.match(failure?.message ?? "", /reach the login at https:\/\/127\.0\.0\.1:1/);
  });

  it("says that a file with a certificate is not there", async () => {
    const { failure } = await run({ ...identity, AZURE_CLIENT_CERTIFICATE_PATH: `${pem}.gone` });
    assert.equal(failure?.name, "CredentialError");
    assert.match(failure?.message ?? "", /ENOENT/);
  });

  const given = { OFFICE_CONFIGURATION_ACCESS_TOKEN: "given-token" };
  const remote = { ...given, OFFICE_CONFIGURATION_ENDPOINT: `https://${HOST}` };

  it("sends through HTTPS_PROXY", async () => {
    const printed = await run({ ...remote, HTTPS_PROXY: proxy.url });
    assert.deepEqual(printed.body, { url: "/beta/officeConfiguration" });
    assert.deepEqual(proxy.asked, [`${HOST}:443`]);
    assert.deepEqual(services.graphTokens, ["Bearer given-token"]);
  });

  for (const scheme of ["http://", ""]) {
    it(`asks Microsoft Entra and Graph through a proxy that is named ${scheme}host:port`, async () => {
      const printed = await run({
        ...identity,
        AZURE_CLIENT_SECRET: "right-secret",
        OFFICE_CONFIGURATION_ENDPOINT: `https://${HOST}`,
        OFFICE_CONFIGURATION_AUTHORITY: `https://${HOST}`,
        HTTPS_PROXY: proxy.url.replace("http://", scheme),
      });
      assert.equal(printed.kind, "clientSecret", JSON.stringify(printed));
      assert.equal(services.tokenRequests.length, 1);
      assert.deepEqual(services.graphTokens, ["Bearer entra-token-1"]);
      assert.ok(proxy.asked.length > 1, proxy.asked.join());
    });
  }

  it("minds NO_PROXY", async () => {
    const { failure } = await run({ ...remote, HTTPS_PROXY: proxy.url, NO_PROXY: ".example.test" });
    // Past the proxy there is no such host.
    assert.match(failure?.code ?? "", /ENOTFOUND|EAI_AGAIN/);
    assert.deepEqual(proxy.asked, []);
  });

  it("goes past the proxy on this machine", async () => {
    const printed = await run({ ...given, HTTPS_PROXY: proxy.url });
    assert.deepEqual(printed.body, { url: "/beta/officeConfiguration" });
    assert.deepEqual(proxy.asked, []);
  });

  it("refuses a certificate that nobody vouches for, at once", async () => {
    const { failure } = await run({ ...given, NODE_EXTRA_CA_CERTS: "" });
    assert.equal(failure?.name, "GraphNoAnswerError");
    assert.match(failure?.code ?? "", /SELF_SIGNED|UNABLE_TO|DEPTH_ZERO/);
    assert.deepEqual(services.graphTokens, []);
  });
});
