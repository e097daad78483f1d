import type { Hono } from "hono";
import { z } from "zod";
import { readBody } from "../bodies";
import { errorBody, GraphError } from "../errors";
import type { GraphServer } from "../server";
import type { Store, StorePatch } from "../store";
import type { Fault } from "../types";

/** What the control routes steer. */
interface Controls {
  readonly store: Store;
  readonly graph: GraphServer;
  readonly fill: () => void;
}

const faultBody = z.looseObject({ match: z.string().min(1) });
const patchBody = z.looseObject({});

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
    const values = (await readBody(c.req.raw, patchBody)) as StorePatch;
    const { id } = c.req.param();
    if (store.get(id) === undefined)
      throw new GraphError(404, "ResourceNotFound", `No object ${id}.`);
    store.patch(id, values);
    return c.body(null, 204);
  });

  app.delete("/emulator/store/:id", (c) =>
    c.body(null, store.remove(c.req.param("id")) ? 204 : 404),
  );

  app.post("/emulator/faults", async (c) => {
    graph.faults.add((await readBody(c.req.raw, faultBody)) as unknown as Fault);
    return c.body(null, 204);
  });

  app.post("/emulator/reset", (c) => {
    fill();
    return c.body(null, 204);
  });

  app.onError((error, c) => {
    const status = error instanceof GraphError ? error.status : 500;
    const ids = { requestId: "none", clientRequestId: undefined, at: new Date() };
    return c.json(errorBody("EmulatorError", error.message, ids), status);
  });
}
