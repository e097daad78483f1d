import { randomUUID } from "node:crypto";
import { currentActor } from "../graph/actor";
import type { GraphObject } from "../graph/api";
import type { EmulatorMode } from "../modes";

/** A policy as the log knows it. */
export interface LoggedPolicy {
  readonly id: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly priority: number;
  readonly policyPayload: Buffer | null;
  readonly userPreferencePayload: Buffer | null;
}

/** Operation on a policy. */
export type LoggedOperation = "Created" | "Updated" | "Deleted";

/** Somebody in the log. */
export interface LoggedPerson {
  readonly userPrincipalName: string;
  /** Name of the app with which changes are made. Default: the log does not say it. */
  readonly app?: string;
}

/** Somebody who changes the tenant otherwise than through this Graph. */
const SOMEBODY: LoggedPerson = { userPrincipalName: "ann@contoso.example" };

/** Senders of requests to this Graph. */
const SENDERS = { user: "user@contoso.example", app: "ServicePrincipal_emulated" } as const;

/** The tenant's audit log: changes of policies of Cloud Policy. */
export class AuditLog {
  /** The records, the oldest first, in Graph's JSON. Tests may add, change and remove some. */
  readonly records: GraphObject[] = [];
  /** Whoever changes the tenant's store directly. */
  person: LoggedPerson = SOMEBODY;
  readonly #known = new Map<string, ReadonlyMap<string, string>>();

  constructor(
    private readonly mode: EmulatorMode,
    private readonly clock: () => Date,
    private readonly tenantId: string,
  ) {}

  /** Writes a change down. */
  add(operation: LoggedOperation, policy: LoggedPolicy): void {
    const actor = currentActor();
    const person = actor === undefined ? this.person : { userPrincipalName: SENDERS[actor.kind] };
    const { userPrincipalName, app } = person as LoggedPerson;
    const at = this.clock().toISOString();
    const words = `${operation} policy configuration`;
    this.records.push({
      "@odata.type": "#microsoft.graph.security.auditLogRecord",
      id: randomUUID(),
      createdDateTime: at,
      auditLogRecordType: "CPSOperation",
      operation: words,
      organizationId: this.tenantId,
      userType: actor?.kind === "app" ? "Application" : "Admin",
      userId: userPrincipalName,
      service: "CloudPolicyService",
      objectId: policy.id,
      userPrincipalName,
      clientIp: null,
      administrativeUnits: [""],
      auditData: {
        "@odata.type": "#microsoft.graph.security.defaultAuditData",
        RecordType: 288,
        CreationTime: at.slice(0, 19),
        Operation: words,
        UserId: userPrincipalName,
        Workload: "CloudPolicyService",
        ObjectId: policy.id,
        ...(app !== undefined && { AppAccessContext: { ClientAppName: app } }),
        ConfigId: policy.id,
        ConfigName: policy.displayName,
        Description: policy.description,
        ConfigScope: 3,
        Priority: policy.priority,
        Policies: operation === "Deleted" ? [] : this.#policies(policy),
      },
    });
  }

  /** Forgets all records. The policies that the tenant has stay known. */
  clear(): void {
    this.records.length = 0;
    this.person = SOMEBODY;
  }

  /** The settings of a policy by the log's types `Policy` and `Setting`. */
  #policies(policy: LoggedPolicy): GraphObject[] {
    const settings = settingsOf(policy);
    const before = this.#known.get(policy.id);
    this.#known.set(policy.id, settings);
    const isListed = ([id, value]: readonly [string, string]) =>
      this.mode.auditSettings === "all" || before?.get(id) !== value;
    const groups = new Map<string, GraphObject[]>();
    for (const [id, value] of [...settings].filter(isListed)) {
      const parent = id.split(";").slice(0, 2).join(";");
      const group = groups.get(parent) ?? [];
      groups.set(parent, [...group, { SettingId: id, SettingName: id, Value: value }]);
    }
    return [...groups].map(([id, Settings]) => ({
      PolicyId: id,
      PolicyName: id,
      Value: "Enabled",
      Settings,
    }));
  }
}

/** Values of settings by their ids, as texts; none of a payload in another form. */
function settingsOf({ policyPayload, userPreferencePayload }: LoggedPolicy): Map<string, string> {
  const lists = [policyPayload, userPreferencePayload].map((bytes): unknown => {
    try {
      return bytes === null ? [] : JSON.parse(bytes.toString("utf8"));
    } catch {
      return [];
    }
  });
  const items = lists.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  return new Map(
    items.flatMap((item) => {
      const { settingId, value } = (item ?? {}) as { settingId?: unknown; value?: unknown };
      if (typeof settingId !== "string") return [];
      return [[settingId, typeof value === "string" ? value : JSON.stringify(value ?? null)]];
    }),
  );
}
