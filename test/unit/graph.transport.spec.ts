import { strict as assert } from "node:assert";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { ProxyError } from "../../provider/graph/proxies";
import { createTransport } from "../../provider/graph/transport";
import { withoutProxies } from "../withoutProxies";

describe("a transport", () => {
  let server: Server;
  let port: number;
  let tunnels: { target: string; authorization: string | undefined }[];
  let refusal: string;
  withoutProxies();

  beforeEach(async () => {
    tunnels = [];
    server = createServer((request, response) => {
      response.end(`${request.method} ${request.url}`);
    });
    server.on("connect", ({ url = "", headers }, socket: Socket) => {
      tunnels.push({ target: url, authorization: headers["proxy-authorization"] });
      socket.end(`HTTP/1.1 ${refusal}\r\n\r\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const failureOf = (sent: Promise<unknown>) =>
    sent.then(
      () => assert.fail("it was answered"),
      (error) => error as Error & { cause?: { code?: string } },
    );

  it("sends what it is given, until it is closed", async () => {
    const url = new URL(`http://127.0.0.1:${port}/x?y`);
    const transport = createTransport(url);
    const response = await transport.fetch(url, { method: "PUT", body: "b" });
    assert.equal(await response.text(), "PUT /x?y");
    await transport.close();
    const { cause } = await failureOf(transport.fetch(url, {}));
    assert.match(cause?.code ?? "", /^UND_ERR_(CLOSED|DESTROYED)$/);
  });

  it("is closed where nothing was sent, too", async () => {
    await createTransport(new URL("https://graph.test")).close();
  });

  it("goes past the proxy to this machine", async () => {
    process.env.HTTPS_PROXY = "http://127.0.0.1:1";
    const url = new URL(`http://localhost:${port}/x`);
    const transport = createTransport(url);
    assert.equal((await transport.fetch(url, {})).status, 200);
    await transport.close();
  });

  for (const [answer, message] of [
    ["407 Proxy Authentication Required", /refuses the user and the password .*\(407\)/],
    ["403 Forbidden", /does not let requests through to graph\.test \(403\)/],
  ] as const) {
    it(`says that the proxy refused, and which: ${answer}`, async () => {
      refusal = answer;
      process.env.HTTPS_PROXY = `http://user:pass@127.0.0.1:${port}`;
      const url = new URL("https://graph.test/x");
      const transport = createTransport(url);
      const error = await failureOf(transport.fetch(url, {}));
      assert.ok(error instanceof ProxyError, String(error));
      assert.match(error.message, message);
      assert.match(error.message, new RegExp(`^the proxy http://127\\.0\\.0\\.1:${port} `));
      const basic = Buffer.from("user:pass").toString("base64");
      const [first] = tunnels;
      assert.deepEqual(first, { target: "graph.test:443", authorization: `Basic ${basic}` });
      await transport.close();
    });
  }

  it("leaves every other failure as it is", async () => {
    process.env.HTTPS_PROXY = "http://127.0.0.1:1";
    const url = new URL("https://graph.test/x");
    const transport = createTransport(url);
    const error = await failureOf(transport.fetch(url, {}));
    assert.ok(!(error instanceof ProxyError));
    assert.match(error.message, /fetch failed/);
    await transport.close();
  });

  it("is refused where the proxy is misspelt, and has nothing to close", async () => {
    process.env.HTTPS_PROXY = "ftp://proxy.test";
    const url = new URL("https://graph.test/x");
    const transport = createTransport(url);
    assert.ok((await failureOf(transport.fetch(url, {}))) instanceof ProxyError);
    await transport.close();
  });
});
