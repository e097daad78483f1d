import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { readText } from "./connection";
import type { Tokens } from "./tokens";

/** Number of polls for a device code before the user has signed in. */
const POLLS_BEFORE_SIGN_IN = 1;

/**
 * Entra's token endpoint, as far as @azure/identity uses it.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols
 */
export function loginRoutes(app: Hono, tokens: Tokens): void {
  const polls = new Map<string, number>();

  app.get("/common/discovery/instance", (c) => {
    const { host, origin } = new URL(c.req.url);
    return c.json({
      tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
      "api-version": "1.1",
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  });

  app.get("/:tenant/v2.0/.well-known/openid-configuration", (c) => {
    const base = `${new URL(c.req.url).origin}/${c.req.param("tenant")}`;
    return c.json({
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    });
  });

  app.post("/:tenant/oauth2/v2.0/devicecode", (c) => {
    const code = randomUUID();
    polls.set(code, 0);
    return c.json({
      device_code: code,
      user_code: "EMULATOR",
      verification_uri: `${new URL(c.req.url).origin}/device`,
      expires_in: 60,
      interval: 1,
      message: "The emulator signs in by itself.",
    });
  });

  app.post("/:tenant/oauth2/v2.0/token", async (c) => {
    const tenantId = c.req.param("tenant");
    const form = new URLSearchParams(await readText(c.req.raw));
    if (!tokens.knowsTenant(tenantId)) {
      return refusal(400, "invalid_request", `AADSTS90002: Tenant '${tenantId}' not found.`);
    }
    const refused = refuse(form, tenantId, tokens, polls);
    if (refused !== undefined) return refused;
    const isUser = form.get("grant_type") !== "client_credentials";
    const clientId = form.get("client_id") ?? undefined;
    const audience = audienceOf(form.get("scope") ?? "");
    return c.json({
      token_type: "Bearer",
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: tokens.issue(isUser ? "user" : "app", tenantId, { clientId, audience }),
      ...(isUser && {
        refresh_token: randomUUID(),
        client_info: clientInfo(tenantId),
        scope: form.get("scope"),
      }),
    });
  });

  // The token services of CI systems, where workload identity gets its assertion.
  app.get("/ci/github", (c) => c.json({ value: assertion(c.req.query("audience")) }));
  app.post("/ci/azure-devops", (c) =>
    c.json({ oidcToken: assertion("api://AzureADTokenExchange") }),
  );
}

/** The audience of a token: the origin of the first scope that is a URL, such as `…/.default`. */
function audienceOf(scope: string): string | undefined {
  const resource = scope.split(" ").find((name) => URL.canParse(name));
  return resource === undefined ? undefined : resource.replace(/\/[^/]*$/, "");
}

function refuse(
  form: URLSearchParams,
  tenantId: string,
  tokens: Tokens,
  polls: Map<string, number>,
): Response | undefined {
  const clientId = form.get("client_id");
  if (clientId === null) {
    return refusal(
      400,
      "invalid_request",
      "AADSTS900144: The request body must contain 'client_id'.",
    );
  }
  switch (form.get("grant_type") ?? "") {
    case "client_credentials":
      return refuseClient(form, tenantId, clientId, tokens);
    // The name in RFC 8628, and the older name that Microsoft's library sends.
    case "urn:ietf:params:oauth:grant-type:device_code":
    case "device_code": {
      const code = form.get("device_code") ?? "";
      const asked = polls.get(code);
      if (asked === undefined)
        return refusal(400, "bad_verification_code", "AADSTS70000: Unknown code.");
      polls.set(code, asked + 1);
      return asked < POLLS_BEFORE_SIGN_IN
        ? refusal(400, "authorization_pending", "AADSTS70016: Authorization is pending.")
        : undefined;
    }
    case "refresh_token":
      return undefined;
    default:
      return refusal(
        400,
        "unsupported_grant_type",
        "AADSTS70003: The grant type is not supported.",
      );
  }
}

function refuseClient(
  form: URLSearchParams,
  tenantId: string,
  clientId: string,
  tokens: Tokens,
): Response | undefined {
  const signed = form.get("client_assertion");
  if (signed !== null) {
    return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(signed)
      ? undefined
      : refusal(401, "invalid_client", "AADSTS50027: The client assertion is no valid JWT.");
  }
  if (tokens.knowsSecret(tenantId, clientId, form.get("client_secret") ?? "")) return undefined;
  return refusal(
    401,
    "invalid_client",
    `AADSTS7000215: Invalid client secret provided for app '${clientId}'.`,
  );
}

function refusal(status: number, error: string, description: string): Response {
  const body = {
    error,
    error_description: `${description} Trace ID: ${randomUUID()}`,
    error_codes: [Number(/AADSTS(\d+)/.exec(description)?.[1])],
  };
  return Response.json(body, { status });
}

function clientInfo(tenantId: string): string {
  return Buffer.from(JSON.stringify({ uid: randomUUID(), utid: tenantId })).toString("base64url");
}

function assertion(audience: string | undefined): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none", typ: "JWT" })}.${part({ aud: audience, sub: "emulator" })}.emulated`;
}
