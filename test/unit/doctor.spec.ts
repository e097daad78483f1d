import { strict as assert } from "node:assert";
import { ExaminedTenant, GETS, statesOf as states } from "../doctorRuns";

const PAGE = "<!DOCTYPE html><html><title>Sign in to the guest network</title></html>";

const copilotError = (code: string, inner: string) =>
  JSON.stringify({ error: { code, message: "No.", innerError: { code: inner } } });

describe("office-configuration doctor", () => {
  let examined: ExaminedTenant;

  beforeEach(() => {
    examined = new ExaminedTenant();
  });

  it("finds all roads open, with the tenant's name and the token's rights", async () => {
    examined.openAll();
    const report = await examined.report();
    assert.deepEqual(new Set(Object.values(states(report))), new Set(["open"]));
    const { signIn } = report;
    assert.ok(signIn.succeeded);
    const { credential, from, caller, tenantId, tenantName } = signIn;
    assert.deepEqual(
      [credential, from, caller, tenantId, tenantName],
      [
        "accessToken",
        "OFFICE_CONFIGURATION_ACCESS_TOKEN",
        "app",
        examined.tenant.tenantId,
        "Emulated tenant",
      ],
    );
    const grants = report.roads.map(({ road, grant }) => [road, grant]);
    assert.deepEqual(Object.fromEntries(grants), {
      cloudPolicy: "write",
      cloudPolicySecurity: "write",
      tenantReports: "write",
      intune: "write",
      copilot: "write",
      groups: "read",
      auditLog: "read",
    });
  });

  it("only reads", async () => {
    examined.openAll();
    await examined.run();
    const { requests } = examined.tenant;
    const others = requests.filter(({ method }) => method !== "GET");
    for (const { path, body } of others) {
      assert.equal(path, "/$batch");
      for (const part of (body as { requests: { method: string }[] }).requests) {
        assert.equal(part.method, "GET");
      }
    }
    for (const match of Object.values(GETS)) {
      const [, path = ""] = match.split(" ");
      const start = path.replace("*", "");
      assert.ok(examined.tenant.requests.some((sent) => sent.path.startsWith(start)));
    }
  });

  it("ends with 1 if no road is open, though something that helps is", async () => {
    examined.refuse("cloudPolicy", 403, "Forbidden", "no");
    examined.refuse("intune", 501, "notImplemented", "no");
    const report = await examined.report();
    assert.equal(report.isOpen, false);
    assert.deepEqual(states(report), {
      cloudPolicy: "noPermission",
      cloudPolicySecurity: "noPermission",
      tenantReports: "open",
      intune: "closed",
      copilot: "noPermission",
      groups: "open",
      auditLog: "open",
    });
  });

  describe("tells that a road", () => {
    for (const [what, road, fault, state, next] of [
      [
        "is closed: 400 for the segment",
        "cloudPolicy",
        { status: 400, message: "Resource not found for the segment 'officeConfiguration'." },
        "closed",
        /does not serve the beta API \/officeConfiguration: Microsoft has taken it.* docs\/roads\.md compares the other roads\.$/,
      ],
      [
        "is closed: 404 for a segment",
        "intune",
        { status: 404, message: "Resource not found for the segment 'configurationPolicies'." },
        "closed",
        /^This tenant's Graph does not serve \/deviceManagement\/configurationPolicies: /,
      ],
      [
        "is closed: 404 of another kind",
        "cloudPolicy",
        { status: 404, message: "Gone." },
        "closed",
        /^Graph does not serve \/officeConfiguration\/clientConfigurations to this tenant\./,
      ],
      [
        "is closed: 501",
        "copilot",
        { status: 501 },
        "closed",
        /does not serve \/copilot\/admin\/policySettings\/microsoft\.copilot\.allowwebsearch/,
      ],
      [
        "has no license",
        "intune",
        { status: 400, message: "Request not applicable to target tenant.", intuneStyle: true },
        "noLicense",
        /license.* https:\/\/admin\.microsoft\.com\/\S+licenses$/,
      ],
      [
        "is a user's only",
        "copilot",
        { status: 403, message: "Insufficient privileges." },
        "noPermission",
        /^The token has the permission, but Microsoft documents it for users only: sign in with/,
      ],
      [
        "is refused though the permission is there",
        "intune",
        { status: 403, message: "Forbidden." },
        "noPermission",
        /^The token has the permission, and Graph refuses it all the same\./,
      ],
      [
        "alone refuses the token",
        "intune",
        { status: 401, message: "Unauthorized" },
        "noPermission",
        /^Graph takes this token on other roads, and this API refuses it\. .*Intune license/,
      ],
      [
        "is answered by a proxy's page",
        "cloudPolicy",
        { status: 200, body: PAGE, contentType: "text/html" },
        "notReachable",
        /^The answer is a web page and not Graph's: .*`curl -I http:\/\/localhost` shows/,
      ],
      [
        "is answered by a proxy's page with another status",
        "cloudPolicy",
        { status: 403, body: PAGE, contentType: "text/html" },
        "notReachable",
        /^The answer is a web page/,
      ],
      [
        "leads to a login page",
        "cloudPolicy",
        { status: 302, headers: { Location: "https://login.guest.test/" } },
        "notReachable",
        /curl -I/,
      ],
      ["breaks the connection", "intune", { drop: "before" }, "notReachable", /curl -I/],
      [
        "fails",
        "intune",
        {
          status: 500,
          message: "Contoso, 11111111-1111-4111-8111-111111111111 at https://fef.test/a?b",
        },
        "unclear",
        /^Graph answered 500\. It says: "Contoso, … at …"\. Run the doctor again later\./,
      ],
      [
        "throttles",
        "intune",
        { status: 429, retryAfterSeconds: 600 },
        "unclear",
        /^Graph throttles this app in this tenant\./,
      ],
      [
        "answers something else",
        "cloudPolicy",
        { status: 200, body: '{"welcome":"guest"}' },
        "unclear",
        /^The answer cannot be used|^Graph answered 200\./,
      ],
      [
        "of Copilot does not know the setting",
        "copilot",
        { status: 404, body: copilotError("notFound", "unsupportedSetting") },
        "unclear",
        /^Copilot's API answers, but does not know the setting/,
      ],
      [
        "of Copilot has the setting for groups",
        "copilot",
        { status: 422, body: copilotError("unprocessable", "groupScopedSettingNotSupported") },
        "unclear",
        /^Copilot's API answers\. It cannot read/,
      ],
      [
        "of Copilot is closed: too many policies for groups",
        "copilot",
        { status: 502, body: copilotError("badGateway", "tooManyGroupPolicies") },
        "closed",
        /^The tenant has more policies for groups than Copilot's API supports\./,
      ],
    ] as const) {
      it(`${what}, and what to do`, async () => {
        const tenant = new ExaminedTenant();
        tenant.fault(GETS[road], fault);
        tenant.openAll();
        const report = await tenant.report();
        const others = Object.entries(states(report)).filter(([id]) => !id.startsWith(road));
        assert.deepEqual(new Set(others.map(([, one]) => one)), new Set(["open"]));
        const found = report.roads.find((one) => one.road === road);
        assert.deepEqual([found?.state, report.isOpen], [state, true]);
        assert.match(found?.next ?? "", next);
      });
    }

    it("is open names the resource to write", async () => {
      examined.openAll();
      const { roads } = await examined.report();
      for (const [road, resource] of [
        ["cloudPolicy", "WindowsOfficeClientConfiguration"],
        ["cloudPolicySecurity", "WindowsOfficeClientSecurityConfiguration"],
        ["intune", "IntuneOfficePolicy"],
        ["copilot", "CopilotPolicySetting"],
      ]) {
        const next = roads.find((each) => each.road === road)?.next ?? "";
        assert.ok(next.startsWith(`Write \`new ${resource}(…)\``), next);
      }
    });

    it("has a permission missing, and what to do", async () => {
      const permissions = ["DeviceManagementConfiguration.ReadWrite.All"];
      const token = examined.tenant.token("app", examined.tenant.tenantId, permissions);
      const around = { env: { OFFICE_CONFIGURATION_ACCESS_TOKEN: token } };
      const { state, grant, next } = await examined.road("copilot", around);
      assert.deepEqual([state, grant], ["noPermission", "nothing"]);
      assert.match(
        next,
        /^Grant the app the delegated Graph permission CopilotPolicySettings\.ReadWrite \(reading needs CopilotPolicySettings\.Read\) with admin consent, and sign in as a user: /,
      );
      assert.equal((await examined.road("cloudPolicy", around)).state, "open");
    });

    it("hangs, without holding up the others", async () => {
      examined.openAll();
      const { tenant } = examined;
      const asked = tenant.fetch.bind(tenant);
      tenant.fetch = (url, init) =>
        url.pathname.endsWith("configurationPolicies")
          ? new Promise((_, reject) => {
              init.signal?.addEventListener("abort", () => reject(new Error("aborted")));
            })
          : asked(url, init);
      const report = await examined.report({ timeout: "1" });
      assert.deepEqual(states(report), {
        cloudPolicy: "open",
        cloudPolicySecurity: "open",
        tenantReports: "open",
        intune: "notReachable",
        copilot: "open",
        groups: "open",
        auditLog: "open",
      });
      assert.match(
        report.roads.find(({ road }) => road === "intune")?.next ?? "",
        /^Graph gave no answer in time\. Run the doctor again, with a higher --timeout/,
      );
    });
  });

  describe("shows", () => {
    const LONGEST = 80;

    it("a table and the next steps, within the width of a screen", async () => {
      examined.refuse("copilot", 403, "Forbidden", "no");
      for (const columns of [LONGEST, 120, undefined]) {
        const { printed } = await examined.run({}, { columns });
        for (const line of printed.split("\n")) {
          const isLongWord = !line.trim().includes(" ") || /https?:|\/copilot\//.test(line);
          assert.ok(isLongWord || line.length <= (columns ?? LONGEST), line);
        }
        assert.match(printed, /^Sign-in {2}accessToken \(OFFICE_\w+\), an app on its own\n/);
        assert.match(printed, /\nTenant {3}Emulated tenant \([-\da-f]{36}\)\n/);
        assert.match(printed, /\nRoad {15} *State {10}The token allows\n/);
        assert.match(printed, /\nCloud Policy {15}open {11}read and write\n/);
        assert.match(printed, /\nCopilot {20}no permission {2}read and write\n/);
        assert.match(printed, /\n {2}Copilot +403 Forbidden \(request-id/);
      }
    });

    it("no control character of a tenant's name", async () => {
      examined.fault("GET /organization?*", {
        status: 200,
        body: JSON.stringify({ value: [{ displayName: "Con\u001b[2Jtoso\u202e\n" }] }),
      });
      const { printed } = await examined.run();
      assert.match(printed, /Tenant {3}Con\[2Jtoso \(|Tenant {3}Con \[2Jtoso \(/);
    });

    it("the id alone where the name cannot be read", async () => {
      examined.fault("GET /organization?*", { status: 403 });
      const { printed } = await examined.run();
      assert.match(printed, new RegExp(`Tenant {3}${examined.tenant.tenantId}\n`));
    });
  });

  for (const [options, message] of [
    [{ format: "xml" }, /^--format must be table or json, not 'xml'$/],
    [{ timeout: "0" }, /^--timeout must be a whole number of seconds from 1 to 300, not '0'$/],
    [{ timeout: "301" }, /^--timeout/],
  ] as const) {
    it(`refuses ${JSON.stringify(options)}`, async () => {
      await assert.rejects(examined.run(options), { name: "TypeError", message });
      assert.deepEqual(examined.tenant.requests, []);
    });
  }
});
