import { strict as assert } from "node:assert";
import { inspect } from "node:util";
import { paths } from "../../provider/api/paths";
import {
  CLOUD_NAMES,
  cloudOf,
  GraphHttpError,
  GraphNoAnswerError,
  OfficeConfigurationError,
} from "../../provider/graph";
import { readBytes, readJson, refusal } from "../../provider/graph/answer";
import { GraphCall } from "../../provider/graph/call";
import { systemClock } from "../../provider/graph/clock";
import { scopeOf } from "../../provider/graph/config/clouds";
import { credentialError } from "../../provider/graph/credentialFailure";
import { redact } from "../../provider/graph/redact";

const ID = "8b5ed9c8";

function callTo(method: string, path = paths.clientConfiguration(ID)): GraphCall {
  const url = new URL(`https://graph.microsoft.com/beta${path}`);
  const options = { action: "Updating", subject: 'client configuration "Baseline"' };
  return new GraphCall({ method, url, path }, options, systemClock);
}

function refused(status: number, body: unknown, headers: Record<string, string> = {}) {
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return refusal(callTo("PATCH"), { status, headers: new Headers(headers), bytes }, 0);
}

const denied = {
  error: {
    code: "accessDenied",
    message: "Insufficient privileges",
    innerError: { "request-id": "6f2c" },
  },
};

describe("a refusal of Graph", () => {
  it("says what was done, to what, what Graph said and what to do", () => {
    const [first, second] = refused(403, denied).message.split("\n");
    assert.equal(
      first,
      'Updating client configuration "Baseline" failed: 403 accessDenied "Insufficient privileges" (request-id 6f2c).',
    );
    assert.match(
      second ?? "",
      /DeviceManagementConfiguration\.ReadWrite\.All.*admin consent.*Intune/,
    );
  });

  it("prefers the request id of the header", () => {
    assert.equal(refused(403, denied, { "request-id": "header" }).requestId, "header");
  });

  it("shows what is inside Intune's JSON in the message", () => {
    const message = JSON.stringify({
      _version: 3,
      Message: "Priority is taken",
      HttpHeaders: "{}",
    });
    const error = refused(400, { error: { code: "BadRequest", message } });
    assert.match(error.message, /400 BadRequest "Priority is taken"/);
    assert.ok(!error.message.includes("_version"));
  });

  it("says that the tenant does not serve the API", () => {
    const message = "Resource not found for the segment 'officeConfiguration'.";
    for (const status of [400, 404]) {
      assert.match(
        refused(status, { error: { code: "BadRequest", message } }).message,
        /does not serve/,
      );
    }
  });

  it("says that the tenant does not serve another API, if the segment is the request's", () => {
    const words = (segment: string) => ({
      error: { code: "BadRequest", message: `Resource not found for the segment '${segment}'.` },
    });
    const closed = refused(400, words("clientConfigurations"));
    assert.match(
      closed.message,
      /\nThis tenant's Graph does not serve \/officeConfiguration\/client/,
    );
    assert.equal(closed.failureKind, "closed");
    const other = refused(400, words("assignmentz"));
    assert.equal(other.failureKind, undefined);
    assert.doesNotMatch(other.message, /does not serve/);
  });

  it("says that the tenant has no license, if Graph's words mean that", () => {
    for (const [status, message] of [
      [400, "Request not applicable to target tenant."],
      [403, "The tenant has no license for Microsoft 365 Copilot."],
      [403, "Neither tenant is B2C or tenant doesn't have premium license"],
      [403, "User is not licensed."],
    ] as const) {
      const error = refused(status, { error: { code: "BadRequest", message } });
      assert.equal(error.failureKind, "noLicense", message);
      assert.match(
        error.message,
        /\nGraph says this to tenants without a license for the API, most often for Intune\. An/,
      );
    }
    for (const [status, message] of [
      [403, "Insufficient privileges to read the license."],
      [500, "Request not applicable to target tenant."],
    ] as const) {
      const error = refused(status, { error: { code: "BadRequest", message } });
      assert.notEqual(error.failureKind, "noLicense", message);
    }
  });

  it("names the permission of the API that refused", () => {
    const advice = (path: string) => {
      const bytes = Buffer.from(JSON.stringify(denied));
      return refusal(callTo("GET", path), { status: 403, headers: new Headers(), bytes }, 0)
        .message;
    };
    const copilot = advice("/copilot/admin/policySettings/a");
    assert.match(copilot, /delegated Graph permission CopilotPolicySettings\.ReadWrite \(reading/);
    assert.match(copilot, /, and sign in as a user: Microsoft documents it for users only\. A new/);
    assert.doesNotMatch(copilot, /Intune/);
    assert.match(
      advice("/groups"),
      /Graph permission GroupMember\.Read\.All with admin consent\. A new/,
    );
    assert.match(
      advice("/deviceManagement/x"),
      /DeviceManagementConfiguration.*Intune license\. A/,
    );
  });

  for (const [innerCode, advice, isShared] of [
    ["unsupportedSetting", /\nCopilot's API does not support a setting of that id/, false],
    ["groupScopedSettingNotSupported", /\nA policy for groups has this setting/, false],
    ["tooManyGroupPolicies", /not tried again, because waiting does not help\. Set/, true],
  ] as const) {
    it(`shows the inner code ${innerCode}, and says what to do`, () => {
      for (const spelling of ["innerError", "innererror"]) {
        const body = { error: { code: "no", message: "No.", [spelling]: { code: innerCode } } };
        const error = refused(502, body);
        assert.equal(error.innerCode, innerCode);
        assert.ok(error.message.includes(` failed: 502 no (${innerCode}) "No."`), error.message);
        assert.match(error.message, advice);
        assert.equal(error.sharedCause !== undefined, isShared);
      }
    });
  }

  it("shows an inner code once if it is the code", () => {
    const error = refused(500, { error: { code: "busy", innerError: { code: "busy" } } });
    assert.match(error.message, / failed: 500 busy \(client/);
    assert.equal(refused(500, { error: { code: "busy" } }).innerCode, undefined);
  });

  for (const [status, advice] of [
    [401, /officeConfiguration:tenantId/],
    [404, /pulumi refresh/],
    [409, /priority/],
    [429, /maxRequestsInFlight/],
  ] as const) {
    it(`gives advice after ${status}`, () => {
      assert.match(refused(status, {}).message, advice);
    });
  }

  it("advises a refresh after 404 only where a policy of a stack may be gone", () => {
    const advice = (path: string) => {
      const bytes = Buffer.from("{}");
      return refusal(callTo("GET", path), { status: 404, headers: new Headers(), bytes }, 0)
        .message;
    };
    assert.match(advice("/officeConfiguration/clientConfigurations/a/assign"), /pulumi refresh/);
    assert.match(advice("/deviceManagement/configurationPolicies/a"), /pulumi refresh/);
    const other = advice("/deviceManagement/configurationSettings");
    assert.match(
      other,
      /\nGraph does not have \/deviceManagement\/configurationSettings in this tenant, or this credential cannot see it\. Check the tenant/,
    );
    assert.doesNotMatch(other, /pulumi/);
  });

  it("says when the given access token expired, where it has", () => {
    const expiring = (seconds: number) => {
      const claims = Buffer.from(JSON.stringify({ exp: seconds })).toString("base64url");
      const call = callTo("PATCH");
      call.keepSecret(`e30.${claims}.c2ln`);
      return refusal(
        call,
        { status: 401, headers: new Headers(), bytes: Buffer.from("{}") },
        9_000_000,
      ).message;
    };
    assert.match(
      expiring(8_999),
      /\nThe given access token expired at 1970-01-01 02:29 UTC\. Set a new one/,
    );
    assert.match(expiring(9_001), /\nGraph does not accept the token\./);
    assert.match(expiring(1e300), /\nGraph does not accept the token\./);
  });

  it("tells those who signed in by an app of Microsoft's to use one of their own, unless it is permitted", () => {
    const refusedTo = (claims: object, path = "/deviceManagement/configurationPolicies/a") => {
      const call = callTo("PATCH", path);
      call.keepSecret(`e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`);
      const bytes = Buffer.from(JSON.stringify(denied));
      return refusal(call, { status: 403, headers: new Headers(), bytes }, 0).message;
    };
    const cli = { appid: "04B07795-8DDB-461A-BBEE-02F9E1BF7B46", scp: "User.Read.All" };
    const own =
      /\nThe token is from the Azure CLI's own app, and nobody can add DeviceManagementConfiguration\.ReadWrite\.All to its permissions\. Sign in with an app registration of your own: docs\/first-tenant\.md, step 1\.$/m;
    assert.match(refusedTo(cli), own);
    assert.match(
      refusedTo({ azp: "1950a258-227b-4e31-a9cf-717495945fc2" }),
      /Azure PowerShell's own app/,
    );
    assert.match(
      refusedTo(cli, "/copilot/admin/policySettings/a"),
      /CopilotPolicySettings\.ReadWrite to its permissions.* step 1\. Then sign in as a user \(officeConfiguration:credential deviceCode\)\.$/m,
    );
    assert.match(refusedTo(cli, "/groups"), /nobody can add GroupMember\.Read\.All /);
    for (const other of [
      { ...cli, scp: "x DeviceManagementConfiguration.ReadWrite.All" },
      { ...cli, appid: "22222222-2222-4222-8222-222222222222" },
      {},
    ]) {
      assert.match(refusedTo(other), /\nGrant the app the Graph permission Dev/);
      assert.doesNotMatch(refusedTo(other), /nobody can add/);
    }
  });

  it("blames what is between this machine and Graph for a web page", () => {
    const page = /\nThe answer is a web page and not Graph's: a proxy, firewall or gateway/;
    for (const status of [401, 403, 404, 407, 502]) {
      assert.match(refused(status, "<!DOCTYPE html>\n<b>Blocked</b>").message, page);
      assert.match(refused(status, "Blocked", { "content-type": "text/html" }).message, page);
      assert.doesNotMatch(refused(status, "Blocked").message, page);
      assert.doesNotMatch(refused(status, denied, { "content-type": "text/html" }).message, page);
    }
    const html = new Headers({ "content-type": "text/html; charset=utf-8" });
    const answer = { status: 200, headers: html, bytes: Buffer.from("<html>") };
    assert.throws(() => readJson(callTo("GET"), answer), page);
    assert.throws(() => readBytes(callTo("GET"), answer), page);
    const other = {
      ...answer,
      headers: new Headers({ "content-type": "text/plain" }),
      bytes: Buffer.from("x"),
    };
    assert.throws(
      () => readJson(callTo("GET"), other),
      (error: Error) => !page.test(error.message),
    );
  });

  for (const [code, next] of [
    [
      "ENOTFOUND",
      /\nThe name of Graph cannot be resolved\..*HTTPS_PROXY.*officeConfiguration:endpoint\.$/,
    ],
    [
      "SELF_SIGNED_CERT_IN_CHAIN",
      /\nThis machine does not trust the certificate of Graph\..*NODE_EXTRA_CA_CERTS to that file's path\.$/,
    ],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /does not trust.*NODE_EXTRA_CA_CERTS/],
    ["CERT_HAS_EXPIRED", /\nThe certificate of Graph is not valid\./],
    [
      "ECONNREFUSED",
      /\nCheck that this machine can reach Graph\. If it needs a proxy, set HTTPS_PROXY/,
    ],
    ["ECONNRESET", /failed: no answer\.$/],
  ] as const) {
    it(`has advice for an answer that never came (${code})`, () => {
      const facts = { method: "GET", path: "/officeConfiguration", code };
      assert.match(new GraphNoAnswerError("no answer", facts).message, next);
    });
  }

  it("copes with HTML, with nothing, and with other shapes", () => {
    assert.match(refused(502, "<html>\n<b>Bad gateway</b>").message, /502 "<html> <b>Bad gateway/);
    assert.match(refused(500, "").message, /failed: 500 \(client-request-id /);
    assert.match(refused(500, { error: "broken" }).message, /failed: 500 /);
  });

  it("keeps the time Graph asked for", () => {
    assert.equal(refused(429, {}, { "retry-after": "2.128" }).retryAfterMs, 2_128);
  });

  it("has a path without host and query", () => {
    const facts = { method: "GET", path: "/officeConfiguration?$filter=x" };
    const error = new GraphHttpError({ ...facts, status: 418, code: "", graphMessage: "" });
    assert.equal(error.path, "/officeConfiguration");
    assert.ok(!error.message.includes("filter"));
  });
});

describe("errors", () => {
  it("hold no token that Graph repeats", () => {
    const call = callTo("PATCH");
    call.keepSecret("opaque-token-of-the-session");
    const echo = "Bearer opaque-token-of-the-session, eyJhbGciOiJub25l.eyJhIjoxfQ.c2ln";
    const bytes = Buffer.from(JSON.stringify({ error: { code: echo, message: echo } }));
    const error = refusal(call, { status: 400, headers: new Headers(), bytes }, 0);
    for (const text of [
      inspect(error, { depth: 9, showHidden: true }),
      String(error),
      JSON.stringify(error),
    ]) {
      assert.ok(!text.includes("opaque-token"), text);
      assert.ok(!text.includes("eyJhbGci"), text);
    }
  });

  it("name the kind of credential and Microsoft Entra's reason, and hold no secret", () => {
    const cause = Object.assign(
      new Error(
        "invalid_client: Error(s): 7000215 - Description: AADSTS7000215: Invalid client secret provided. s3cret-value Trace ID: 1 Correlation ID: 2\r\nmore",
      ),
      { errorResponse: { secret: "s3cret-value" } },
    );
    const credential = {
      kind: "clientSecret",
      tenantId: "t",
      clientId: "c",
      clientSecret: "s3cret-value",
    } as const;
    const error = credentialError(credential, cause, "https://login.example.test");
    assert.equal(error.code, "AADSTS7000215");
    assert.match(
      error.message,
      /client secret of the app c is wrong.*Entra says: AADSTS7000215: Invalid client secret/s,
    );
    assert.ok(!error.message.includes("Trace ID"));
    assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes("s3cret-value"));
  });

  it("show what is no secret of a credential: the app, the tenant and the file", () => {
    const [clientId, clientCertificatePath] = ["33333333-3333", "/etc/app/both.pem"];
    const credential = {
      kind: "clientCertificate",
      tenantId: "contoso.example.test",
      clientId,
      clientCertificatePath,
      clientCertificatePassword: "pa55word",
    } as const;
    const words = `${clientId} of contoso.example.test cannot open '${clientCertificatePath}' with pa55word`;
    const { message } = credentialError(credential, new Error(words), "https://login.test");
    assert.ok(message.includes(words.replace("pa55word", "[secret]")), message);
  });

  it("leave short words alone when secrets go", () => {
    assert.equal(redact("a secret a", ["a"]), "a secret a");
  });
});

describe("clouds", () => {
  const expected = {
    public: ["https://graph.microsoft.com", "https://login.microsoftonline.com"],
    usgov: ["https://graph.microsoft.us", "https://login.microsoftonline.us"],
    usgovdod: ["https://dod-graph.microsoft.us", "https://login.microsoftonline.us"],
    china: ["https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn"],
  };
  for (const name of CLOUD_NAMES) {
    it(`has the addresses and the scope of ${name}`, () => {
      assert.deepEqual([cloudOf(name).graph, cloudOf(name).login], expected[name]);
      assert.equal(scopeOf(name), `${expected[name][0]}/.default`);
    });
  }
});

describe("paths", () => {
  it("encode ids", () => {
    assert.equal(
      paths.policyPayload("a/b c?#%"),
      "/officeConfiguration/clientConfigurations/a%2Fb%20c%3F%23%25/policyPayload",
    );
  });

  for (const id of ["", ".", ".."]) {
    it(`refuse the id "${id}", which would lead elsewhere`, () => {
      assert.throws(() => paths.clientConfiguration(id), OfficeConfigurationError.isInstance);
    });
  }
});
