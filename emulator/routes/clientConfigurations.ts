import type { Context, Hono } from "hono";
import { laxConfiguration, prioritiesBody, readBody, strictConfiguration } from "../bodies";
import { badRequest, GraphError } from "../errors";
import { etagOf, type GraphObject } from "../objects";
import { CAST_OPTION } from "../paths";
import { applyQuery, expands, queryOption, select } from "../query";
import type { StoredConfiguration } from "../store";
import type { Tenant } from "../tenant";

const COLLECTION = "/beta/officeConfiguration/clientConfigurations";

/** The collection of client configurations and its items. */
export function clientConfigurationRoutes(app: Hono, tenant: Tenant): void {
  const schema = () => (tenant.mode.strict ? strictConfiguration : laxConfiguration);
  const context = () => `${tenant.graphUrl()}/$metadata#officeConfiguration/clientConfigurations`;

  const cast = (c: Context) => c.req.query(CAST_OPTION);

  const listed = (url: URL) =>
    applyQuery(
      tenant
        .visible(queryOption(url, CAST_OPTION))
        .map((stored) => tenant.json(stored, expands(url, "assignments"))),
      url,
    );

  const alone = (object: GraphObject, askedId: string) => ({
    "@odata.context": `${context()}/$entity`,
    ...tenant.alone(object, askedId),
  });

  const updated = (stored: StoredConfiguration, askedId: string) =>
    tenant.mode.successCodes === "docs"
      ? Response.json(alone(tenant.json(stored), askedId))
      : new Response(null, { status: 204 });

  app.get(COLLECTION, (c) => {
    const url = new URL(c.req.url);
    if (tenant.mode.expandInLists === "refused" && queryOption(url, "expand") !== undefined) {
      throw badRequest("$expand is not supported for this collection.");
    }
    return c.json(tenant.page(listed(url), url, context()));
  });

  app.get(`${COLLECTION}/$count`, (c) => c.text(String(listed(new URL(c.req.url)).length)));

  app.post(COLLECTION, async (c) => {
    const stored = tenant.create(await readBody(c.req.raw, schema()), cast(c));
    const withGroups =
      tenant.mode.navigation === "afterPost" || expands(new URL(c.req.url), "assignments");
    const object = tenant.created(tenant.json(stored, withGroups));
    return c.json({ "@odata.context": `${context()}/$entity`, ...object }, 201, {
      Location: `${tenant.graphUrl()}/officeConfiguration/clientConfigurations/${stored.id}`,
    });
  });

  // API page "Update clientConfigurations": the id travels in the body.
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
    const url = new URL(c.req.url);
    const stored = tenant.find(c.req.param("id"), cast(c));
    const object = tenant.json(stored, expands(url, "assignments"));
    return c.json(alone(select(object, url), c.req.param("id")));
  });

  app.patch(`${COLLECTION}/:id`, async (c) => {
    const body = await readBody(c.req.raw, schema());
    const stored = tenant.find(c.req.param("id"), cast(c));
    refuseStaleVersion(tenant, stored, c.req.header("if-match"));
    tenant.update(stored, body);
    return updated(stored, c.req.param("id"));
  });

  app.delete(`${COLLECTION}/:id`, (c) => {
    const stored = tenant.find(c.req.param("id"), cast(c));
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
