import type { Hono } from "hono";
import { z } from "zod";
import { readBody } from "../graph/body";
import type { CopilotStore } from "./copilotStore";

const ROUTE = "/emulator/copilotSettings";

const settingBody = z.strictObject({
  value: z.string().nullable().optional(),
  isGroupScoped: z.boolean().optional(),
});

const tenantBody = z.strictObject({ hasTooManyGroupPolicies: z.boolean() });

/** The routes with which tests in other processes read and change Copilot's settings. */
export function copilotControls(app: Hono, store: CopilotStore): void {
  app.get(ROUTE, (c) =>
    c.json({
      policies: store.policies.map(({ id, values }) => ({
        id,
        values: Object.fromEntries(values),
      })),
      groupScoped: [...store.groupScoped],
      hasTooManyGroupPolicies: store.hasTooManyGroupPolicies,
    }),
  );

  app.patch(ROUTE, async (c) => {
    const { hasTooManyGroupPolicies } = await readBody(c.req.raw, tenantBody);
    store.hasTooManyGroupPolicies = hasTooManyGroupPolicies;
    return c.body(null, 204);
  });

  app.patch(`${ROUTE}/:id`, async (c) => {
    const { value, isGroupScoped } = await readBody(c.req.raw, settingBody);
    const { id } = c.req.param();
    if (value !== undefined) store.set(id, value);
    if (isGroupScoped === true) store.groupScoped.add(id);
    if (isGroupScoped === false) store.groupScoped.delete(id);
    return c.body(null, 204);
  });
}
