import type { Hono } from "hono";
import type { Access } from "../graph/access";
import { type EmulatedApi, TENANT_HEADER, type Vocabulary } from "../graph/api";
import { insufficientPrivileges } from "../graph/errors";
import { Query } from "../graph/query";
import type { EmulatorMode } from "../modes";

const COLLECTION = "/beta/organization";

/** Names of this API, by its page. */
const VOCABULARY: Vocabulary = {
  properties: ["id", "displayName", "verifiedDomains", "@odata.type"],
  types: ["organization"],
  actions: [],
  forms: { verifiedDomains: "objects" },
};

interface OrganizationOptions {
  readonly mode: EmulatorMode;
  /** Root of Graph's version: `http://127.0.0.1:1234/beta`. */
  readonly graphUrl: () => string;
  readonly tenantName: string;
}

/**
 * The tenant itself, of Graph's `/organization`.
 *
 * @see https://learn.microsoft.com/graph/api/organization-list?view=graph-rest-beta
 */
export class OrganizationApi implements EmulatedApi {
  readonly vocabulary = VOCABULARY;
  readonly access: Access = {
    segment: "organization",
    road: "open",
    permissions: {
      read: ["Organization.Read.All", "Organization.ReadWrite.All", "Directory.Read.All"],
      write: [],
    },
    unlicensed: insufficientPrivileges,
    forbidden: insufficientPrivileges,
  };
  readonly #options: OrganizationOptions;

  constructor(options: OrganizationOptions) {
    this.#options = options;
  }

  routes(app: Hono): void {
    const { mode, graphUrl, tenantName } = this.#options;
    app.get(COLLECTION, (c) => {
      const tenant = {
        "@odata.type": "#microsoft.graph.organization",
        id: c.req.header(TENANT_HEADER) ?? "",
        displayName: tenantName,
        verifiedDomains: [{ name: "contoso.example", isDefault: true, isInitial: true }],
      };
      const query = new Query(new URL(c.req.url), VOCABULARY);
      const context = `${graphUrl()}/$metadata#organization`;
      const origin = new URL(graphUrl()).origin;
      return c.json(query.page(query.apply([tenant]), { mode, origin, context }));
    });
  }

  /** Nobody can change the tenant. */
  controls(): void {}

  fill(): void {}
}
