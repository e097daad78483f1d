import type { Context, Hono } from "hono";
import type { GraphObject } from "../graph/api";
import { readBody } from "../graph/body";
import { badRequest, GraphError } from "../graph/errors";
import type { Query } from "../graph/query";
import { laxConfiguration, prioritiesBody, strictConfiguration } from "./bodies";
import { etagOf } from "./objects";
import type { StoredConfiguration } from "./store";
import type { Tenant } from "./tenant";

const COLLECTION = "/beta/officeConfiguration/clientConfigurations";

/** The collection of client configurations and its items. */
export function clientConfigurationRoutes(app: Hono, tenant: Tenant): void {
  const schema = () => (tenant.mode.strict ? strictConfiguration : laxConfiguration);
  const context = () => `${tenant.graphUrl()}/$metadata#officeConfiguration/clientConfigurations`;

  const queryOf = (c: Context) => tenant.query(c.req.url);

  const listed = (query: Query) => {
    // Also where it is left aside: an unknown property is refused.
    const isExpanded = query.expands("assignments") && tenant.mode.expandInLists === "honoured";
    return query.apply(tenant.visible(query.cast).map((stored) => tenant.json(stored, isExpanded)));
  };

  const alone = (object: GraphObject, askedId: string) => ({
    "@odata.context": `${context()}/$entity`,
    ...tenant.alone(object, askedId),
  });

  const updated = (stored: StoredConfiguration, askedId: string) =>
    tenant.mode.successCodes === "docs"
      ? Response.json(alone(tenant.json(stored), askedId))
      : new Response(null, { status: 204 });

  app.get(COLLECTION, (c) => {
    const query = queryOf(c);
    if (tenant.mode.expandInLists === "refused" && query.option("expand") !== undefined) {
      throw badRequest("$expand is not supported for this collection.");
    }
    return c.json(tenant.page(listed(query), query, context()));
  });

  app.get(`${COLLECTION}/$count`, (c) => c.text(String(listed(queryOf(c)).length)));

  app.post(COLLECTION, async (c) => {
    const stored = tenant.create(await readBody(c.req.raw, schema()), queryOf(c).cast);
    const withGroups = tenant.mode.navigation === "afterPost" || queryOf(c).expands("assignments");
    const object = tenant.created(tenant.json(stored, withGroups));
    return c.json({ "@odata.context": `${context()}/$entity`, ...object }, 201, {
      Location: `${tenant.graphUrl()}/officeConfiguration/clientConfigurations/${stored.id}`,
    });
  });

  // API page "Update clientConfigurations": the id is in the body.
  app.patch(COLLECTION, async (c) => {
    const body = await readBody(c.req.raw, schema());
    if (!body.id) throw badRequest("The body must name the object by its 'id'.");
    const stored = tenant.find(body.id);
    refuseStaleVersion(tenant, stored, c.req.header("if-match"));
    tenant.update(stored, body);
    return updated(stored, body.id);
  });

  app.post(`${COLLECTION}/updatePriorities`, async (c) => {
    const body = await readBody(c.req.raw, prioritiesBody);
    tenant.prioritize(body.officeConfigurationPolicyIds, body.officeConfigurationPriorities);
    return new Response(null, { status: tenant.mode.successCodes === "docs" ? 200 : 204 });
  });

  app.get(`${COLLECTION}/:id`, (c) => {
    const query = queryOf(c);
    const stored = tenant.find(c.req.param("id"), queryOf(c).cast);
    const object = tenant.json(stored, query.expands("assignments"));
    return c.json(alone(query.select(object), c.req.param("id")));
  });

  app.patch(`${COLLECTION}/:id`, async (c) => {
    const body = await readBody(c.req.raw, schema());
    const stored = tenant.find(c.req.param("id"), queryOf(c).cast);
    refuseStaleVersion(tenant, stored, c.req.header("if-match"));
    tenant.update(stored, body);
    return updated(stored, c.req.param("id"));
  });

  app.delete(`${COLLECTION}/:id`, (c) => {
    const stored = tenant.find(c.req.param("id"), queryOf(c).cast);
    refuseStaleVersion(tenant, stored, c.req.header("if-match"));
    tenant.store.remove(stored.id);
    return new Response(null, { status: tenant.mode.successCodes === "docs" ? 200 : 204 });
  });
}

function refuseStaleVersion(
  { mode }: Tenant,
  stored: StoredConfiguration,
  ifMatch: string | undefined,
): void {
  if (!mode.etags || ifMatch === undefined || ifMatch === "*") return;
  if (ifMatch !== etagOf(stored)) {
    throw new GraphError(412, "PreconditionFailed", "The object has changed since it was read.");
  }
}
