import { strict as assert } from "node:assert";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { azurePipelinesToken, gitHubToken } from "../../provider/graph/oidc";

const CONNECTION = "55555555-5555-4555-8555-555555555555";

describe("the identity token of a CI service", () => {
  let service: Server;
  let oidcRequestUrl: string;
  let seen: IncomingMessage[];
  let answer: { status: number; body: string; headers?: Record<string, string> };

  beforeEach(async () => {
    seen = [];
    service = createServer((request, response) => {
      seen.push(request);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
    const { port } = service.address() as AddressInfo;
    oidcRequestUrl = `http://127.0.0.1:${port}/token?job=1`;
  });

  afterEach(() => new Promise((resolve) => service.close(resolve)));

  const services = [
    {
      name: "GitHub Actions",
      ask: () => gitHubToken({ oidcRequestUrl, oidcRequestToken: "of-the-job" }),
      method: "GET",
      query: { job: "1", audience: "api://AzureADTokenExchange" },
      property: "value",
    },
    {
      name: "Azure DevOps",
      ask: () =>
        azurePipelinesToken({
          oidcRequestUrl,
          oidcRequestToken: "of-the-job",
          azureServiceConnectionId: CONNECTION,
        }),
      method: "POST",
      query: { job: "1", "api-version": "7.1", serviceConnectionId: CONNECTION },
      property: "oidcToken",
    },
  ];
  for (const { name, ask, method, query, property } of services) {
    it(`is asked of ${name} with the job's own token`, async () => {
      answer = { status: 200, body: JSON.stringify({ [property]: "jwt" }) };
      assert.equal(await ask(), "jwt");
      const [request] = seen;
      assert.equal(request?.method, method);
      const url = new URL(request?.url ?? "", oidcRequestUrl);
      assert.deepEqual(Object.fromEntries(url.searchParams), query);
      const { authorization, accept, "content-type": type } = request?.headers ?? {};
      assert.deepEqual(
        [authorization, accept, type, request?.headers["x-tfs-fedauthredirect"]],
        ["Bearer of-the-job", "application/json", "application/json", "Suppress"],
      );
    });

    for (const body of ["{}", `{"${property}":""}`, `{"${property}":1}`]) {
      it(`is missing where ${name} answers ${body}`, async () => {
        answer = { status: 200, body };
        await assert.rejects(ask(), {
          message: `${name} answered without an identity token`,
        });
      });
    }

    for (const status of [203, 401, 500]) {
      it(`is missing where ${name} answers with status ${status}`, async () => {
        answer = { status, body: JSON.stringify({ [property]: "jwt" }) };
        await assert.rejects(ask(), {
          message: `${name} refused an identity token with status ${status}`,
        });
      });
    }

    it(`is not fetched from where ${name} redirects to`, async () => {
      answer = { status: 302, body: "", headers: { location: "/login" } };
      await assert.rejects(ask());
      assert.equal(seen.length, 1);
    });
  }
});
