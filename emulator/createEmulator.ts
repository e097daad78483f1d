import { randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { emulatedGraph } from "./emulatedGraph";
import { makeCertificate } from "./graph/certificate";
import type { Connection } from "./graph/connection";
import { controlRoutes } from "./graph/control";
import { errorBody, notServed } from "./graph/errors";
import { loginRoutes } from "./graph/login";
import { servedMethods } from "./graph/paths";
import { presetMode } from "./modes";
import type { Emulator, EmulatorOptions } from "./types";

/**
 * Starts a local Microsoft Graph for Cloud Policy, Intune's settings catalogue and Copilot's settings, on loopback only.
 *
 * @param options - See {@link EmulatorOptions}; everything has a default.
 * @throws TypeError if there is no such preset.
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const clock = options.clock ?? (() => new Date());
  const mode = { ...presetMode(options.preset), ...options.mode };
  const tenantId = options.tenantId ?? randomUUID();
  const { tls = false, caller = "app" } = options;
  const hosts = tls === true || tls === false ? [] : tls.hosts;
  const certificate = tls === false ? undefined : await makeCertificate(hosts);
  let url = "";

  const graphUrl = () => `${url}/beta`;
  const { office, intune, copilot, security, apis, tokens, graph } = emulatedGraph({
    ...options,
    mode,
    tenantId,
    clock,
    graphUrl,
  });

  const fill = () => {
    graph.reset();
    for (const api of apis) api.fill();
    for (const fault of options.faults ?? []) graph.faults.add(fault);
  };
  fill();

  const app = new Hono<{ Bindings: Connection }>();
  for (const version of ["/beta/*", "/v1.0/security/*"]) {
    app.all(version, (c) => graph.answer(c.req.raw, c.env));
  }
  const rest = new Hono();
  controlRoutes(rest, { apis, graph, fill });
  loginRoutes(rest, tokens);
  app.route("/", rest);
  app.notFound((c) => unserved(c.req.method, c.req.path, servedMethods(app, c.req.path)));

  const handle = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = listener((incoming, outgoing) => void handle(incoming, outgoing), certificate);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  url = `${certificate === undefined ? "http://127.0.0.1" : "https://localhost"}:${port}`;

  return {
    url,
    tokenUrl: `${url}/${tenantId}/oauth2/v2.0/token`,
    authority: url,
    accessToken:
      options.accessToken === undefined
        ? tokens.issue(caller, tenantId)
        : tokens.accept(options.accessToken, caller, tenantId),
    certificate: certificate?.cert,
    tenantId,
    mode,
    requests: graph.requests,
    store: office.store,
    configurationPolicies: intune.store,
    copilot: copilot.store,
    auditLog: security.log,
    writes: () =>
      graph.requests.filter(
        ({ method, path }) => !["GET", "HEAD"].includes(method) && path !== "/$batch",
      ),
    addFault: (fault) => graph.faults.add(fault),
    clearFaults: () => graph.faults.clear(),
    issueToken: (kind, forTenant = tenantId, permissions = undefined) =>
      tokens.issue(kind, forTenant, { permissions }),
    reset: fill,
    close: () => close(server),
  };
}

/** Outside `/beta`, as inside it, an unknown path is named in the answer, never a silent 404. */
function unserved(method: string, path: string, allowed: readonly string[]): Response {
  const { status, code, message, headers } = notServed(method, path, allowed);
  const ids = { requestId: randomUUID(), clientRequestId: undefined, at: new Date() };
  return Response.json(errorBody(code, message, ids), { status, headers });
}

function listener(
  handle: RequestListener,
  certificate: { readonly key: string; readonly cert: string } | undefined,
): Server {
  return certificate === undefined ? createServer(handle) : createTlsServer(certificate, handle);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
