import type { Hono } from "hono";
import { CALLER_HEADER } from "../graph/api";
import { readBody } from "../graph/body";
import { GraphError } from "../graph/errors";
import { expandedCollection } from "../graph/pages";
import type { Query } from "../graph/query";
import { laxSingleton, strictSingleton } from "./bodies";
import type { Tenant } from "./tenant";

const SINGLETON = "/beta/officeConfiguration";

/**
 * The tenant's singleton.
 *
 * It has no `id`: Microsoft's metadata has had none since September 2020.
 */
export function singletonRoutes(app: Hono, tenant: Tenant): void {
  const object = (query: Query) => ({
    "@odata.context": `${tenant.graphUrl()}/$metadata#officeConfiguration`,
    "@odata.type": "#microsoft.graph.officeConfiguration",
    ...tenant.store.singleton,
    ...(query.expands("clientConfigurations") && {
      ...expandedCollection(
        "clientConfigurations",
        tenant.visible().map((stored) => tenant.json(stored)),
        tenant.mode,
        { link: `${tenant.graphUrl()}/officeConfiguration/clientConfigurations` },
      ),
    }),
  });

  app.get(SINGLETON, (c) => {
    const query = tenant.query(c.req.url);
    return c.json(tenant.alone(query.select(object(query))));
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
      ? c.json(tenant.alone(object(tenant.query(c.req.url))))
      : new Response(null, { status: 204 });
  });
}
