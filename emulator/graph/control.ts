import type { Hono } from "hono";
import { z } from "zod";
import type { Fault } from "../types";
import type { EmulatedApi } from "./api";
import { readBody } from "./body";
import { errorBody, GraphError } from "./errors";
import type { GraphServer } from "./server";

/** Parts of the emulator that the control routes use. */
interface Controls {
  readonly apis: readonly EmulatedApi[];
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

/** The emulator's own interface, for tests in other processes. Not part of Graph; no token. */
export function controlRoutes(app: Hono, { apis, graph, fill }: Controls): void {
  for (const api of apis) api.controls(app);

  app.get("/emulator/requests", (c) => c.json(graph.requests));

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
