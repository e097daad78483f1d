import { strict as assert } from "node:assert";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../emulator";
import { type Answer, ask, documented, type Json } from "./ask";

const OFFICE = "/beta/officeConfiguration/clientConfigurations";
const INTUNE = "/beta/deviceManagement/configurationPolicies";
const COPILOT = "/beta/copilot/admin/policySettings/microsoft.copilot.allowwebsearch";
const TENANT = "/beta/organization";

const READ = "DeviceManagementConfiguration.Read.All";
const WRITE = "DeviceManagementConfiguration.ReadWrite.All";

describe("access to the emulator's APIs", () => {
  let emulator: Emulator;

  afterEach(() => emulator.close());

  const start = async (options: EmulatorOptions = {}) => {
    emulator = await createEmulator({ preset: "kind", ...options });
  };
  const asUser = (method: string, path: string, permissions?: string[], body?: object) => {
    const token = emulator.issueToken("user", emulator.tenantId, permissions);
    return ask(emulator, method, path, { token, body });
  };
  const errorOf = ({ json }: Answer) => json.error as { code: string; message: string };

  it("needs a permission, of which reading has more to choose from than writing", async () => {
    await start();
    const policy = { name: "A", platforms: "windows10", technologies: "mdm" };
    for (const [path, read, write, body] of [
      [OFFICE, READ, WRITE, { "@odata.type": "#microsoft.graph.windowsOfficeClientConfiguration" }],
      [INTUNE, READ, WRITE, policy],
      [COPILOT, "CopilotPolicySettings.Read", "CopilotPolicySettings.ReadWrite", { value: "1" }],
    ] as const) {
      const method = path === COPILOT ? "PATCH" : "POST";
      assert.equal((await asUser("GET", path, [read])).status, 200, path);
      assert.equal((await asUser("GET", path, [write])).status, 200, path);
      assert.equal((await asUser("GET", path, ["User.Read"])).status, 403, path);
      assert.equal((await asUser(method, path, [read], body)).status, 403, path);
      assert.ok((await asUser(method, path, [write], body)).status < 300, path);
    }
  });

  it("is that of the token: what it says decides, for apps and for users", async () => {
    await start();
    for (const kind of ["app", "user"] as const) {
      const token = emulator.issueToken(kind, emulator.tenantId, [READ]);
      const text = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
      const { scp, roles } = JSON.parse(text) as { scp?: string; roles?: string[] };
      assert.deepEqual([scp, roles], kind === "app" ? [undefined, [READ]] : [READ, undefined]);
      assert.equal((await ask(emulator, "GET", INTUNE, { token })).status, 200);
    }
  });

  it("is refused in the words of each service", async () => {
    await start();
    const { code, message } = errorOf(await asUser("GET", INTUNE, []));
    assert.equal(code, "Forbidden");
    assert.match(
      (JSON.parse(message) as { Message: string }).Message,
      /^Application is not authorized to perform this operation\. Application must have one of the following scopes: DeviceManagementConfiguration\.Read\.All, /,
    );
    assert.match(errorOf(await asUser("GET", COPILOT, [])).message, /CopilotPolicySettings\.Read,/);
    assert.equal(errorOf(await asUser("GET", TENANT, [])).code, "Authorization_RequestDenied");
  });

  it("is limited for all tokens by the option `permissions`, for those of the login too", async () => {
    await start({ permissions: [READ], accessToken: "short" });
    assert.equal((await ask(emulator, "GET", OFFICE)).status, 200);
    assert.equal((await ask(emulator, "DELETE", `${OFFICE}/x`)).status, 403);
    const form = {
      grant_type: "client_credentials",
      client_id: "x",
      client_secret: "emulator-secret",
    };
    const login = await fetch(emulator.tokenUrl, {
      method: "POST",
      body: new URLSearchParams(form),
    });
    const { access_token: token } = (await login.json()) as { access_token: string };
    assert.equal((await ask(emulator, "GET", OFFICE, { token })).status, 200);
    assert.equal((await ask(emulator, "GET", COPILOT, { token })).status, 403);
  });

  for (const [mode, path] of [
    ["cloudPolicy", OFFICE],
    ["intune", INTUNE],
    ["copilot", COPILOT],
  ] as const) {
    it(`is closed by the mode \`${mode}\`, and leaves the other APIs open`, async () => {
      await start({ mode: { [mode]: "closed" } });
      for (const each of [OFFICE, INTUNE, COPILOT]) {
        const answer = await asUser("GET", each);
        assert.equal(answer.status, each === path ? 400 : 200);
        if (each !== path) continue;
        assert.equal(errorOf(answer).code, "BadRequest");
        const segment = path.split("/")[2];
        assert.equal(errorOf(answer).message, `Resource not found for the segment '${segment}'.`);
      }
    });

    it(`lacks a license by the mode \`${mode}\``, async () => {
      await start({ mode: { [mode]: "unlicensed" } });
      const answer = await asUser("GET", path);
      if (mode === "copilot") assert.equal(answer.status, 403);
      else assert.equal(errorOf(answer).message, "Request not applicable to target tenant.");
    });
  }

  it("of one type of policies alone is given by the mode `configurationTypes`", async () => {
    const [client, security] = ["Client", "ClientSecurity"].map(
      (type) => `#microsoft.graph.windowsOffice${type}Configuration` as const,
    );
    await start({
      mode: { configurationTypes: "client" },
      seed: [client, security].map((type) => ({ type, displayName: "A" }) as never),
    });
    const { json } = await ask(emulator, "GET", OFFICE);
    assert.equal((json.value as Json[]).length, 1);
    const [, hidden] = emulator.store.list();
    assert.equal((await ask(emulator, "GET", `${OFFICE}/${hidden?.id}`)).status, 404);
    const cast = await ask(emulator, "GET", `${OFFICE}/${security?.slice(1)}`);
    assert.match(errorOf(cast).message, /^Resource not found for the segment 'microsoft\.graph\./);
    const body = { "@odata.type": security, displayName: "B" };
    assert.equal((await ask(emulator, "POST", OFFICE, { body })).status, 400);
    assert.equal(emulator.store.list().length, 2);
    assert.equal((await ask(emulator, "GET", `${OFFICE}/${client?.slice(1)}`)).status, 200);
  });

  it("is asked for by each request of a batch", async () => {
    await start({ mode: { intune: "closed" } });
    const requests = [OFFICE, INTUNE].map((path, place) => ({
      id: String(place),
      method: "GET",
      url: path.replace("/beta", ""),
    }));
    const { json } = await ask(emulator, "POST", "/beta/$batch", { body: { requests } });
    const answers = json.responses as Json[];
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
  });

  it("shows the tenant by its name", async () => {
    await start({ tenantName: "Fabrikam" });
    const { json } = await ask(emulator, "GET", TENANT);
    const [tenant] = json.value as Json[];
    assert.deepEqual(tenant, {
      "@odata.type": "#microsoft.graph.organization",
      id: emulator.tenantId,
      displayName: "Fabrikam",
      verifiedDomains: [{ name: "contoso.example", isDefault: true, isInitial: true }],
    });
    const other = "11111111-2222-4333-8444-555555555555";
    const token = emulator.issueToken("app", other);
    const answer = await ask(emulator, "GET", `${TENANT}?$select=id`, { token });
    assert.deepEqual(documented(answer.json.value), [
      { "@odata.type": "#microsoft.graph.organization", id: other },
    ]);
    assert.equal((await ask(emulator, "PATCH", TENANT)).status, 405);
  });
});
