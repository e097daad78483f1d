import type { Hono } from "hono";
import type { EmulatedApi, Vocabulary } from "../graph/api";
import { Query } from "../graph/query";
import type { EmulatorMode } from "../modes";

const VOCABULARY: Vocabulary = {
  properties: ["id", "displayName"],
  types: [],
  actions: [],
  forms: {},
};

interface OrganizationOptions {
  readonly mode: EmulatorMode;
  readonly tenantId: string;
  /** Root of Graph's version: `http://127.0.0.1:1234/beta`. */
  readonly graphUrl: () => string;
}

/** The tenant by its name, of Graph's `/organization`. */
export class OrganizationApi implements EmulatedApi {
  readonly vocabulary = VOCABULARY;
  readonly #options: OrganizationOptions;

  constructor(options: OrganizationOptions) {
    this.#options = options;
  }

  routes(app: Hono): void {
    const { mode, tenantId, graphUrl } = this.#options;
    const tenant = { id: tenantId, displayName: "Emulated tenant" };
    app.get("/beta/organization", (c) => {
      const query = new Query(new URL(c.req.url), VOCABULARY);
      const context = `${graphUrl()}/$metadata#organization`;
      return c.json(query.page([tenant], { mode, origin: new URL(graphUrl()).origin, context }));
    });
  }

  /** Nobody can change the tenant. */
  controls(): void {}

  fill(): void {}
}
