import type { Hono } from "hono";
import { z } from "zod";
import { readBody } from "../graph/body";
import { notFound } from "../graph/errors";
import type { Store, StorePatch } from "./store";

const patchBody = z.strictObject({
  displayName: z.string().nullable().optional(),
  description: z.string().nullable().optional(),
  priority: z.int().optional(),
  policyPayload: z.unknown().optional(),
  userPreferencePayload: z.unknown().optional(),
  groupIds: z.array(z.string().nullable()).optional(),
  userCheckinSummary: z.unknown().optional(),
  checkinStatuses: z.array(z.unknown()).optional(),
}) satisfies z.ZodType<StorePatch>;

/** The routes with which tests in other processes read and change the tenant. */
export function storeControls(app: Hono, store: Store): void {
  app.get("/emulator/store", (c) =>
    c.json(
      store.list().map(({ policyPayload, userPreferencePayload, ...rest }) => ({
        ...rest,
        policyPayload: policyPayload?.toString("utf8") ?? null,
        userPreferencePayload: userPreferencePayload?.toString("utf8") ?? null,
      })),
    ),
  );

  app.patch("/emulator/store/:id", async (c) => {
    const values = await readBody(c.req.raw, patchBody);
    const { id } = c.req.param();
    if (store.get(id) === undefined) throw notFound(id);
    store.patch(id, values);
    return c.body(null, 204);
  });

  app.delete("/emulator/store/:id", (c) => {
    if (!store.remove(c.req.param("id"))) throw notFound(c.req.param("id"));
    return c.body(null, 204);
  });
}
