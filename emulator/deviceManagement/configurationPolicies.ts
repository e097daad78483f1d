import type { Hono } from "hono";
import type { GraphObject } from "../graph/api";
import { readBody } from "../graph/body";
import { badRequest, GraphError, notFound } from "../graph/errors";
import { offsetOf, skipToken } from "../graph/pages";
import { unknownProperties } from "../graph/shown";
import type { Policies } from "./policies";
import { assignBody, laxPolicy, strictPolicy } from "./policyBodies";
import type { StoredPolicy } from "./policyStore";

const COLLECTION = "/beta/deviceManagement/configurationPolicies";
const ITEM = `${COLLECTION}/:id`;

/** Settings of a page if the request does not say how many. */
const SETTINGS_PAGE_SIZE = 25;

/** The collection of configuration policies, its items, and their settings and assignments. */
export function configurationPolicyRoutes(app: Hono, policies: Policies): void {
  const schema = () => (policies.mode.strict ? strictPolicy : laxPolicy);
  const context = () => `${policies.graphUrl()}/$metadata#deviceManagement/configurationPolicies`;
  const origin = () => new URL(policies.graphUrl()).origin;

  const alone = (object: GraphObject, askedId: string) => ({
    "@odata.context": `${context()}/$entity`,
    ...policies.shown(object, { kind: "alone", askedId }),
  });

  app.get(COLLECTION, (c) => {
    const query = policies.query(c.req.url);
    if (policies.mode.expandInLists === "refused" && query.option("expand") !== undefined) {
      throw badRequest("$expand is not supported for this collection.");
    }
    const expanding = policies.mode.expandInLists === "honoured" ? query : undefined;
    const listed = query.apply(
      policies.visible().map((policy) => policies.json(policy, expanding)),
    );
    const options = { mode: policies.mode, origin: origin(), context: context() };
    return c.json(query.page(listed, options));
  });

  app.post(COLLECTION, async (c) => {
    const policy = policies.create(await readBody(c.req.raw, schema()));
    const object = policies.shown(policies.json(policy), { kind: "created" });
    return c.json({ "@odata.context": `${context()}/$entity`, ...object }, 201, {
      Location: `${policies.graphUrl()}/deviceManagement/configurationPolicies('${policy.id}')`,
    });
  });

  app.get(ITEM, (c) => {
    const query = policies.query(c.req.url);
    const object = policies.json(policies.find(c.req.param("id")), query);
    return c.json(alone(query.select(object), c.req.param("id")));
  });

  app.patch(ITEM, async (c) => {
    const body = await readBody(c.req.raw, schema());
    const policy = policies.find(c.req.param("id"));
    policies.update(policy, body);
    return policies.mode.successCodes === "docs"
      ? c.json(alone(policies.json(policy), c.req.param("id")))
      : new Response(null, { status: 204 });
  });

  app.put(ITEM, async (c) => {
    const body = await readBody(c.req.raw, schema());
    policies.replace(policies.find(c.req.param("id")), body);
    return new Response(null, { status: 204 });
  });

  app.delete(ITEM, (c) => {
    policies.store.remove(policies.find(c.req.param("id")).id);
    return new Response(null, { status: 204 });
  });

  app.post(`${ITEM}/assign`, async (c) => {
    const { assignments } = await readBody(c.req.raw, assignBody);
    const policy = policies.find(c.req.param("id"));
    policies.assign(
      policy,
      assignments.map(({ target }) => target),
    );
    const objects = policies.assignments(policy);
    return c.json({
      "@odata.context": `${context()}('${policy.id}')/assignments`,
      value: objects.map((object) => policies.shown(object, { kind: "alone" })),
    });
  });

  app.get(`${ITEM}/assignments`, (c) => {
    const query = policies.query(c.req.url);
    const policy = policies.find(c.req.param("id"));
    return c.json(
      query.page(query.apply(policies.assignments(policy)), {
        mode: policies.mode,
        origin: origin(),
        context: `${context()}('${policy.id}')/assignments`,
      }),
    );
  });

  settingRoutes(app, policies);
}

/** The settings of a policy, which are only read here. */
function settingRoutes(app: Hono, policies: Policies): void {
  app.get(`${ITEM}/settings`, (c) => {
    const query = policies.query(c.req.url);
    const policy = policies.find(c.req.param("id"));
    const settings = policies.settings(policy, query.expands("settingDefinitions"));
    return c.json(settingsPage(new URL(c.req.url), policies, { policy, settings }));
  });

  app.get(`${ITEM}/settings/:settingId`, (c) => {
    const { id, settingId } = c.req.param();
    const withDefinitions = policies.query(c.req.url).expands("settingDefinitions");
    const found = policies
      .settings(policies.find(id), withDefinitions)
      .find((setting) => setting.id === settingId);
    if (found === undefined) throw notFound(settingId);
    return c.json(policies.shown(found, { kind: "alone" }));
  });

  app.on(["PATCH", "PUT", "DELETE"], `${ITEM}/settings/:settingId`, (c) => {
    throw new GraphError(
      400,
      "No method match route template",
      `No OData route exists that match template ~/singleton/navigation/key/navigation/key with http verb ${c.req.method} for request ${c.req.path}.`,
    );
  });
}

function settingsPage(
  url: URL,
  policies: Policies,
  { policy, settings }: { readonly policy: StoredPolicy; readonly settings: GraphObject[] },
): object {
  const query = policies.query(url.href);
  const token = query.option("skiptoken");
  const start = token === undefined ? 0 : offsetOf(token);
  const top = query.option("top");
  if (top !== undefined && !/^[1-9]\d*$/.test(top)) {
    throw badRequest(`Invalid value '${top}' for $top query option.`);
  }
  const size = Math.min(Number(top ?? SETTINGS_PAGE_SIZE), policies.mode.settingsPageSize);
  const end = start + size;
  const context = `${policies.graphUrl()}/$metadata#deviceManagement/configurationPolicies('${policy.id}')/settings`;
  return {
    "@odata.context": context,
    ...(end < settings.length && {
      "@odata.nextLink": nextLink(url, policies.graphUrl(), end).href,
    }),
    ...unknownProperties(policies.mode),
    value: settings.slice(start, end).map((setting) => policies.shown(setting, { kind: "list" })),
  };
}

function nextLink(url: URL, graphUrl: string, offset: number): URL {
  const next = new URL(url.pathname + url.search, graphUrl);
  next.searchParams.delete("skiptoken");
  next.searchParams.set("$skiptoken", skipToken(offset));
  return next;
}
