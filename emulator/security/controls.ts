import type { Hono } from "hono";
import { z } from "zod";
import { readBody } from "../graph/body";
import type { AuditLog } from "./auditLog";

const ROUTE = "/emulator/auditLog";

const personBody = z.strictObject({
  userPrincipalName: z.string().min(1),
  app: z.string().optional(),
});

/** The routes with which tests in other processes read the log, and choose who changes the store. */
export function auditControls(app: Hono, log: AuditLog): void {
  app.get(ROUTE, (c) => c.json(log.records));

  app.patch(ROUTE, async (c) => {
    log.person = await readBody(c.req.raw, personBody);
    return c.body(null, 204);
  });
}
