import type { Hono } from "hono";
import { readBody } from "../graph/body";
import { assignBody, assignmentBody } from "./bodies";
import { assignmentObject } from "./objects";
import type { StoredAssignment } from "./store";
import { groupOf, type Tenant } from "./tenant";

const ITEM = "/beta/officeConfiguration/clientConfigurations/:id";

/** The groups of a client configuration, and the action that replaces them. */
export function assignmentRoutes(app: Hono, tenant: Tenant): void {
  const context = (id: string) =>
    `${tenant.graphUrl()}/$metadata#officeConfiguration/clientConfigurations('${id}')/assignments`;

  app.post(`${ITEM}/assign`, async (c) => {
    const body = await readBody(c.req.raw, assignBody);
    const stored = tenant.find(c.req.param("id"));
    tenant.assign(stored, body.officeConfigurationAssignments);
    const objects = stored.assignments.map(assignmentObject);
    return c.json({
      "@odata.context": context(stored.id),
      value: objects.map((object) => tenant.alone(object)),
    });
  });

  app.get(`${ITEM}/assignments`, (c) => {
    const query = tenant.query(c.req.url);
    const { id, assignments } = tenant.find(c.req.param("id"));
    const items = query.apply(assignments.map(assignmentObject));
    return c.json(tenant.page(items, query, context(id)));
  });

  app.get(`${ITEM}/assignments/$count`, (c) =>
    c.text(String(tenant.find(c.req.param("id")).assignments.length)),
  );

  app.post(`${ITEM}/assignments`, async (c) => {
    const { target } = await readBody(c.req.raw, assignmentBody);
    const stored = tenant.find(c.req.param("id"));
    const added = tenant.store.newAssignment(groupOf(target));
    stored.assignments.push(added);
    stored.version += 1;
    const object = tenant.created(assignmentObject(added));
    return c.json({ "@odata.context": `${context(stored.id)}/$entity`, ...object }, 201);
  });

  const one = (id: string, assignmentId: string) => {
    const stored = tenant.find(id);
    return { stored, ...tenant.findAssignment(stored, assignmentId) };
  };

  app.get(`${ITEM}/assignments/:assignmentId`, (c) => {
    const { id, assignmentId } = c.req.param();
    const object = assignmentObject(one(id, assignmentId).assignment);
    return c.json(tenant.alone(tenant.query(c.req.url).select(object), assignmentId));
  });

  app.patch(`${ITEM}/assignments/:assignmentId`, async (c) => {
    const { target } = await readBody(c.req.raw, assignmentBody);
    const { stored, index, assignment } = one(c.req.param("id"), c.req.param("assignmentId"));
    const changed: StoredAssignment = {
      ...assignment,
      ...(target != null && { groupId: groupOf(target) }),
    };
    stored.assignments[index] = changed;
    stored.version += 1;
    return tenant.mode.successCodes === "docs"
      ? c.json(tenant.alone(assignmentObject(changed), c.req.param("assignmentId")))
      : new Response(null, { status: 204 });
  });

  app.delete(`${ITEM}/assignments/:assignmentId`, (c) => {
    const { stored, index } = one(c.req.param("id"), c.req.param("assignmentId"));
    stored.assignments.splice(index, 1);
    stored.version += 1;
    return new Response(null, { status: 204 });
  });
}
