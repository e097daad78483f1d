import { strict as assert } from "node:assert";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSession, type SessionConfig } from "../../provider/graph";

const TENANT = "AAAAAAAA-1111-4111-8111-111111111111";
const OTHER = "BBBBBBBB-2222-4222-8222-222222222222";

const jwtOf = (claims: object) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;
const given = (accessToken: string) => ({ kind: "accessToken", accessToken }) as const;

function configOf(more: Partial<SessionConfig> = {}): SessionConfig {
  return {
    cloud: "public",
    credential: given("opaque"),
    onTenantChange: "refuse",
    maxRetries: 1,
    maxRequestsInFlight: 1,
    requestTimeoutSeconds: 5,
    ...more,
  };
}

describe("a session", () => {
  const base = { cloud: "public", credential: "accessToken", onTenantChange: "refuse" };
  const told: [name: string, Partial<SessionConfig>, summary: object][] = [
    ["nothing that was not set", {}, base],
    [
      "its tenant, which a GUID makes known",
      { tenantId: TENANT },
      { ...base, tenantId: TENANT, knownTenantId: TENANT.toLowerCase() },
    ],
    [
      "its tenant's domain, which makes no tenant known",
      { tenantId: "contoso.example.test" },
      { ...base, tenantId: "contoso.example.test" },
    ],
    [
      "the tenant of a given token before that of the settings",
      { tenantId: TENANT, credential: given(jwtOf({ tid: OTHER })) },
      { ...base, tenantId: TENANT, knownTenantId: OTHER.toLowerCase() },
    ],
    [
      "its own address of Graph",
      { endpoint: "https://graph.test" },
      { ...base, endpoint: "https://graph.test" },
    ],
    [
      "what is to happen to others' policies and tenants",
      { takeOver: "identical", onTenantChange: "replace" },
      { ...base, takeOver: "identical", onTenantChange: "replace" },
    ],
    [
      "the catalogue of settings, and how to check with it",
      { catalogue: "c.json", catalogueCheck: "warn" },
      { ...base, catalogue: "c.json", catalogueCheck: "warn" },
    ],
    [
      "its kind of credential, and nothing else of that",
      { credential: { kind: "managedIdentity", clientId: OTHER }, cloud: "china" },
      { ...base, credential: "managedIdentity", cloud: "china" },
    ],
  ];
  for (const [name, more, summary] of told) {
    it(`tells ${name}`, () => {
      assert.deepEqual(createSession(configOf(more)).config, summary);
    });
  }

  it("speaks to the cloud's Graph, or to the one that is set", () => {
    const originOf = (more: Partial<SessionConfig>) => createSession(configOf(more)).graph.origin;
    assert.equal(originOf({}), "https://graph.microsoft.com");
    assert.equal(originOf({ endpoint: "https://graph.test" }), "https://graph.test");
  });

  describe("with a Graph", () => {
    let service: Server;
    let endpoint: string;
    let status: number;

    beforeEach(async () => {
      service = createServer((_, response) => {
        const headers = { "content-type": "application/json", "retry-after": "60" };
        response.writeHead(status, headers).end("{}");
      });
      await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
      endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    });

    afterEach(() => new Promise((resolve) => service.close(resolve)));

    it("says why it waits", async () => {
      status = 429;
      const said: string[] = [];
      const stop = new AbortController();
      const log = (line: string) => {
        said.push(line);
        stop.abort();
      };
      const session = createSession(configOf({ endpoint }), { log });
      const asked = session.graph.get("/officeConfiguration", { signal: stop.signal });
      await assert.rejects(asked, { code: "ABORTED" });
      assert.match(said.join(), /^Waiting 6\d s, until .*Graph answered 429\.$/);
      await session.dispose();
    });

    it("answers until it is closed, which may happen twice", async () => {
      status = 200;
      const session = createSession(configOf({ endpoint, maxRetries: 0 }));
      assert.equal((await session.graph.get("/officeConfiguration")).status, 200);
      await Promise.all([session.dispose(), session.dispose()]);
      await assert.rejects(session.graph.get("/officeConfiguration"), {
        name: "GraphNoAnswerError",
        isAmbiguous: false,
      });
    });
  });
});
