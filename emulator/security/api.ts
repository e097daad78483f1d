import type { Hono } from "hono";
import type { Access } from "../graph/access";
import type { EmulatedApi } from "../graph/api";
import { GraphError } from "../graph/errors";
import type { EmulatorMode } from "../modes";
import { AuditLog } from "./auditLog";
import { auditControls } from "./controls";
import { AuditQueries, VOCABULARY } from "./queries";

interface SecurityOptions {
  readonly mode: EmulatorMode;
  readonly clock: () => Date;
  readonly tenantId: string;
  /** Root of Graph's beta: `http://127.0.0.1:1234/beta`. */
  readonly graphUrl: () => string;
}

/** The tenant's audit log, of Graph's `/security`. */
export class SecurityApi implements EmulatedApi {
  readonly vocabulary = VOCABULARY;
  readonly access: Access;
  readonly log: AuditLog;
  readonly #queries: AuditQueries;

  constructor({ mode, clock, tenantId, graphUrl }: SecurityOptions) {
    this.access = {
      segment: "security",
      road: mode.auditLog,
      permissions: { read: ["AuditLogsQuery.Read.All"], write: ["AuditLogsQuery.Read.All"] },
      unlicensed: () => forbidden("The tenant has no license for audit log queries."),
      forbidden: (needed) => forbidden(`The request needs one of: ${needed.join(", ")}.`),
    };
    this.log = new AuditLog(mode, clock, tenantId);
    this.#queries = new AuditQueries({ log: this.log, mode, graphUrl });
  }

  routes(app: Hono): void {
    this.#queries.routes(app);
  }

  controls(app: Hono): void {
    auditControls(app, this.log);
  }

  fill(): void {
    this.log.clear();
    this.#queries.clear();
  }
}

function forbidden(message: string): GraphError {
  return new GraphError(403, "Forbidden", message);
}
