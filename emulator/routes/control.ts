import type { Hono } from "hono";
import { z } from "zod";
import { readBody } from "../bodies";
import { errorBody, GraphError, notFound } from "../errors";
import type { GraphServer } from "../server";
import type { Store, StorePatch } from "../store";
import type { Fault } from "../types";

/** Parts of the emulator that the control routes steer. */
interface Controls {
  readonly store: Store;
  readonly graph: GraphServer;
  readonly fill: () => void;
}

const count = z.int().min(0).optional();

const faultBody = z.strictObject({
  match: z.string().min(1),
  holds: z.string().optional(),
  times: count,
  after: count,
  status: z.int().min(200).max(599).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  retryAfterSeconds: z.union([z.number(), z.string()]).optional(),
  intuneStyle: z.boolean().optional(),
  delayMs: count,
  drop: z.enum(["before", "after"]).optional(),
  truncate: z.boolean().optional(),
  body: z.string().optional(),
  contentType: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
}) satisfies z.ZodType<Fault>;

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

/** The emulator's own interface, for tests in other processes. Not part of Graph; no token. */
export function controlRoutes(app: Hono, { store, graph, fill }: Controls): void {
  app.get("/emulator/requests", (c) => c.json(graph.requests));

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

  app.post("/emulator/faults", async (c) => {
    graph.faults.add(await readBody(c.req.raw, faultBody));
    return c.body(null, 204);
  });

  app.post("/emulator/reset", (c) => {
    fill();
    return c.body(null, 204);
  });

  app.onError((error, c) => {
    const { status, headers } =
      error instanceof GraphError ? error : { status: 500 as const, headers: {} };
    const ids = { requestId: "none", clientRequestId: undefined, at: new Date() };
    return c.json(errorBody("EmulatorError", error.message, ids), status, headers);
  });
}
