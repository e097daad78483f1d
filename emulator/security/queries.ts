import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { z } from "zod";
import type { GraphObject, Vocabulary } from "../graph/api";
import { readBody, strictBody } from "../graph/body";
import { badRequest, notFound } from "../graph/errors";
import { Query } from "../graph/query";
import { shown } from "../graph/shown";
import type { EmulatorMode } from "../modes";
import type { AuditLog } from "./auditLog";

const COLLECTION = "/v1.0/security/auditLog/queries";

/** Names of this API, by its pages. */
export const VOCABULARY: Vocabulary = {
  properties: [
    "id",
    "createdDateTime",
    "auditLogRecordType",
    "operation",
    "organizationId",
    "userType",
    "userId",
    "service",
    "objectId",
    "userPrincipalName",
    "clientIp",
    "administrativeUnits",
    "auditData",
    "@odata.type",
  ],
  types: [],
  actions: [],
  forms: { auditData: "object" },
};

const texts = z.array(z.string()).nullish();

const queryShape = {
  "@odata.type": z.string().optional(),
  displayName: z.string().nullish(),
  filterStartDateTime: z.iso.datetime({ offset: true }).nullish(),
  filterEndDateTime: z.iso.datetime({ offset: true }).nullish(),
  recordTypeFilters: texts,
  serviceFilters: texts,
  operationFilters: texts,
  userPrincipalNameFilters: texts,
  objectIdFilters: texts,
};

const strictQuery = strictBody(queryShape);
const laxQuery = z.object(queryShape);

type QueryBody = z.infer<typeof laxQuery>;

interface StoredQuery {
  readonly id: string;
  readonly body: QueryBody;
  /** Number of times that its status was asked for. */
  looks: number;
  status: "notStarted" | "running" | "succeeded" | "failed" | "cancelled";
}

interface QueryParts {
  readonly log: AuditLog;
  readonly mode: EmulatorMode;
  readonly graphUrl: () => string;
}

/** Queries of the audit log: begun, answered after some looks at them, and read in pages. */
export class AuditQueries {
  readonly #queries = new Map<string, StoredQuery>();

  constructor(private readonly parts: QueryParts) {}

  clear(): void {
    this.#queries.clear();
  }

  routes(app: Hono): void {
    const { mode, graphUrl } = this.parts;
    const origin = () => new URL(graphUrl()).origin;
    const context = () => `${origin()}/v1.0/$metadata#security/auditLog/queries`;
    const alone = (query: StoredQuery) => ({
      "@odata.context": `${context()}/$entity`,
      ...shown(this.#object(query), { mode, forms: {}, place: { kind: "created" } }),
    });

    app.post(COLLECTION, async (c) => {
      const body = await readBody(c.req.raw, mode.strict ? strictQuery : laxQuery);
      const unknown = body.recordTypeFilters?.find((type) => !/^cpsoperation$/i.test(type));
      if (unknown !== undefined || (mode.auditFilter === "service" && body.recordTypeFilters)) {
        throw badRequest("Invalid value for auditLogRecordType in recordTypeFilters.");
      }
      const query: StoredQuery = { id: randomUUID(), body, looks: 0, status: "notStarted" };
      this.#queries.set(query.id, query);
      this.#advance(query);
      return c.json(alone(query), 201);
    });

    app.get(COLLECTION, (c) => {
      const all = [...this.#queries.values()].map((query) => this.#object(query));
      const options = new Query(new URL(c.req.url), VOCABULARY);
      return c.json(options.page(all, { mode, origin: origin(), context: context() }));
    });

    app.get(`${COLLECTION}/:id`, (c) => {
      const query = this.#find(c.req.param("id"));
      query.looks += 1;
      this.#advance(query);
      return c.json(alone(query));
    });

    app.get(`${COLLECTION}/:id/records`, (c) => {
      const query = this.#find(c.req.param("id"));
      if (query.status !== "succeeded") throw badRequest("The query is not ready.");
      const options = new Query(new URL(c.req.url), VOCABULARY);
      const items = options.apply(this.#records(query));
      return c.json(options.page(items, { mode, origin: origin(), context: context() }));
    });
  }

  #find(id: string): StoredQuery {
    const query = this.#queries.get(id.toLowerCase());
    if (query === undefined) throw notFound(id);
    return query;
  }

  #advance(query: StoredQuery): void {
    const { auditLooks } = this.parts.mode;
    if (query.looks >= auditLooks) query.status = "succeeded";
    else if (query.looks > 0) query.status = "running";
  }

  #object({ id, body, status }: StoredQuery): GraphObject {
    const { "@odata.type": _, ...filters } = body;
    return { "@odata.type": "#microsoft.graph.security.auditLogQuery", id, ...filters, status };
  }

  #records({ body }: StoredQuery): GraphObject[] {
    const { filterStartDateTime, filterEndDateTime, serviceFilters, objectIdFilters } = body;
    const { userPrincipalNameFilters, operationFilters } = body;
    const from = filterStartDateTime == null ? 0 : Date.parse(filterStartDateTime);
    const to = filterEndDateTime == null ? Date.parse("9999-01-01") : Date.parse(filterEndDateTime);
    const isOneOf = (filter: readonly string[] | null | undefined, value: unknown) =>
      filter == null || filter.some((each) => each.toLowerCase() === String(value).toLowerCase());
    return this.parts.log.records.filter((record) => {
      const at = Date.parse(String(record.createdDateTime));
      return (
        at >= from &&
        at <= to &&
        isOneOf(serviceFilters, record.service) &&
        isOneOf(objectIdFilters, record.objectId) &&
        isOneOf(userPrincipalNameFilters, record.userPrincipalName) &&
        isOneOf(operationFilters, record.operation)
      );
    });
  }
}
