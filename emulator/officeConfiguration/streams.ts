import type { Hono } from "hono";
import { GraphError } from "../graph/errors";
import type { Tenant } from "./tenant";

const ITEM = "/beta/officeConfiguration/clientConfigurations/:id";

/** The payloads as streams, at the property's own path and at its OData `$value`. */
export function streamRoutes(app: Hono, tenant: Tenant): void {
  for (const name of ["policyPayload", "userPreferencePayload"] as const) {
    for (const path of [`${ITEM}/${name}`, `${ITEM}/${name}/$value`]) {
      app.get(path, (c) => {
        const bytes = tenant.find(c.req.param("id") ?? "")[name];
        // OData's answer for null: a stream that was never written has no bytes.
        if (bytes === null) return new Response(null, { status: 204 });
        return new Response(new Uint8Array(bytes), {
          headers: { "Content-Type": "application/octet-stream" },
        });
      });

      app.put(path, async (c) => {
        const type = c.req.header("content-type") ?? "";
        if (!/^application\/octet-stream\b/i.test(type)) {
          throw new GraphError(415, "UnsupportedMediaType", `A stream is not '${type}'.`);
        }
        const { id } = tenant.find(c.req.param("id") ?? "");
        tenant.store.patch(id, { [name]: Buffer.from(await c.req.arrayBuffer()) });
        return new Response(null, { status: 204 });
      });
    }
  }
}
