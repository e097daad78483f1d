import type { Hono } from "hono";
import { laxSingleton, readBody, strictSingleton } from "../bodies";
import { GraphError } from "../errors";
import { expandedCollection } from "../objects";
import { expands, select } from "../query";
import type { Tenant } from "../tenant";

const SINGLETON = "/beta/officeConfiguration";

/** Request header by which the server tells routes whose token it was; clients cannot set it. */
export const CALLER_HEADER = "x-emulator-caller";

/**
 * The tenant's singleton.
 *
 * Its metadata has no `id` since September 2020, so it is left out.
 */
export function officeConfigurationRoutes(app: Hono, tenant: Tenant): void {
  const object = (url: URL) => ({
    "@odata.context": `${tenant.graphUrl()}/$metadata#officeConfiguration`,
    "@odata.type": "#microsoft.graph.officeConfiguration",
    ...tenant.store.singleton,
    ...(expands(url, "clientConfigurations") && {
      ...expandedCollection(
        "clientConfigurations",
        tenant.visible().map((stored) => tenant.json(stored)),
        tenant.mode,
        { link: `${tenant.graphUrl()}/officeConfiguration/clientConfigurations` },
      ),
    }),
  });

  app.get(SINGLETON, (c) => {
    const url = new URL(c.req.url);
    return c.json(tenant.alone(select(object(url), url)));
  });

  app.patch(SINGLETON, async (c) => {
    // API page "Update officeConfiguration": application permissions are not supported.
    if (c.req.header(CALLER_HEADER) === "app") {
      throw new GraphError(
        403,
        "Forbidden",
        "Application is not authorized to perform this operation: it needs a delegated permission.",
      );
    }
    const schema = tenant.mode.strict ? strictSingleton : laxSingleton;
    const body = await readBody(c.req.raw, schema);
    for (const name of ["tenantCheckinStatuses", "tenantUserCheckinSummary"] as const) {
      if (body[name] !== undefined) tenant.store.singleton[name] = body[name];
    }
    return tenant.mode.successCodes === "docs"
      ? c.json(tenant.alone(object(new URL(c.req.url))))
      : new Response(null, { status: 204 });
  });
}
