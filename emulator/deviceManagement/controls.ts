import type { Hono } from "hono";
import { z } from "zod";
import { readBody } from "../graph/body";
import { notFound } from "../graph/errors";
import { assignmentBody } from "./policyBodies";
import { seedPolicies, seedPolicy } from "./policySeed";
import type { PolicyPatch, PolicyStore } from "./policyStore";
import { keptSettings, settingsBody } from "./settingInstances";

const ROUTE = "/emulator/configurationPolicies";

const patchBody = z.strictObject({
  name: z.string().optional(),
  description: z.string().nullable().optional(),
  roleScopeTagIds: z.array(z.string()).optional(),
  settings: settingsBody.optional(),
  assignments: z.array(assignmentBody).optional(),
});

/** The routes with which tests in other processes read and change Intune's policies. */
export function policyControls(app: Hono, store: PolicyStore): void {
  app.get(ROUTE, (c) => c.json(store.list()));

  app.post(ROUTE, async (c) => {
    seedPolicies(store, [await readBody(c.req.raw, seedPolicy)]);
    return c.body(null, 204);
  });

  app.patch(`${ROUTE}/:id`, async (c) => {
    const body = await readBody(c.req.raw, patchBody);
    const { id } = c.req.param();
    if (store.get(id) === undefined) throw notFound(id);
    store.patch(id, patchOf(body));
    return c.body(null, 204);
  });

  app.delete(`${ROUTE}/:id`, (c) => {
    if (!store.remove(c.req.param("id"))) throw notFound(c.req.param("id"));
    return c.body(null, 204);
  });
}

function patchOf(body: z.infer<typeof patchBody>): PolicyPatch {
  const { name, description, roleScopeTagIds, settings, assignments } = body;
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(roleScopeTagIds !== undefined && { roleScopeTagIds }),
    ...(settings && { settings: keptSettings(settings) }),
    ...(assignments && { targets: assignments.map(({ target }) => target) }),
  };
}
