import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const TENANT = "11111111-1111-4111-8111-111111111111";
const APP = "33333333-3333-4333-8333-333333333333";

/** Asks Graph once, with the settings of the environment, and prints how it failed. */
const PROGRAM = `
const { createSession, resolveSessionConfig } = require("./provider/graph");
async function main() {
  const session = createSession(resolveSessionConfig(() => undefined, process.env));
  try {
    await session.graph.post("/officeConfiguration/clientConfigurations", {});
  } catch ({ name, message, isAmbiguous }) {
    console.log(JSON.stringify({ name, message, isAmbiguous }));
  }
  await session.dispose();
}
main();
`;

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly isAmbiguous?: boolean;
}

describe("a proxy that refuses, in a process of its own", function () {
  this.timeout(60_000);
  let server: Server;
  let status: number;
  const asked: { host: string; authorization: string | undefined }[] = [];

  before(async () => {
    server = createServer();
    server.on("connect", ({ url = "", headers }, socket) => {
      asked.push({ host: url, authorization: headers["proxy-authorization"] });
      socket.end(`HTTP/1.1 ${status} No\r\nProxy-Authenticate: Basic\r\ncontent-length: 0\r\n\r\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  beforeEach(() => {
    status = 407;
    asked.length = 0;
  });

  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const address = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;

  function failure(env: Record<string, string>): Promise<Failure> {
    const { PATH = "" } = process.env;
    const argv = ["--require", "ts-node/register/transpile-only", "--eval", PROGRAM];
    return new Promise((resolve, reject) => {
      execFile(process.execPath, argv, { cwd: ROOT, env: { PATH, ...env } }, (error, stdout) => {
        if (error) reject(error);
        else resolve(JSON.parse(stdout) as Failure);
      });
    });
  }

  const token = { OFFICE_CONFIGURATION_ACCESS_TOKEN: "given-token" };
  const secret = {
    AZURE_TENANT_ID: TENANT,
    AZURE_CLIENT_ID: APP,
    AZURE_CLIENT_SECRET: "right-secret",
  };
  const github = {
    AZURE_TENANT_ID: TENANT,
    AZURE_CLIENT_ID: APP,
    ACTIONS_ID_TOKEN_REQUEST_URL: "https://ci.example.test/oidc",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
  };

  for (const [who, env, host] of [
    ["Graph", token, "graph.microsoft.com:443"],
    ["Microsoft Entra", secret, "login.microsoftonline.com:443"],
    ["GitHub", github, "ci.example.test:443"],
  ] as const) {
    it(`on the way to ${who} is what the error names, and what it wants`, async () => {
      const { message } = await failure({ ...env, HTTPS_PROXY: address() });
      assert.deepEqual(asked, [{ host, authorization: undefined }]);
      assert.ok(message.includes(`the proxy http://${address()} (HTTPS_PROXY) wants a user`));
      assert.ok(message.includes(`set HTTPS_PROXY to http://user:password@${address()}`));
      assert.doesNotMatch(message, /secret|federated|az login/);
    });

    it(`on the way to ${who} gets user and password, which no error shows`, async () => {
      const { message } = await failure({ ...env, HTTPS_PROXY: `bob:hunter2%@${address()}` });
      const authorization = `Basic ${Buffer.from("bob:hunter2%").toString("base64")}`;
      assert.deepEqual(asked, [{ host, authorization }]);
      assert.match(message, /refuses the user and the password that HTTPS_PROXY gives \(407\)/);
      assert.doesNotMatch(message, /bob|hunter2/);
    });
  }

  it("with another status is named with the host that it keeps from us, and nothing was sent", async () => {
    status = 403;
    const { name, message, isAmbiguous } = await failure({ ...token, HTTPS_PROXY: address() });
    assert.equal(name, "GraphNoAnswerError");
    assert.match(message, /does not let requests through to graph\.microsoft\.com \(403\)/);
    assert.equal(isAmbiguous, false);
    assert.equal(asked.length, 1);
  });

  it("is not asked where it is misspelt, which the error says", async () => {
    const { message } = await failure({ ...secret, HTTPS_PROXY: "http://bob:hunter2#@proxy:1" });
    assert.match(message, /HTTPS_PROXY is not the address of a proxy: it must be/);
    assert.doesNotMatch(message, /hunter2|the secret/);
  });
});
