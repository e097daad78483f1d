import type { Cell, Outcome, Report, ReportTenant } from "./model";

/** Numbers of a tenant. */
export interface TenantCounts extends Readonly<Record<Outcome, number>> {
  /** Settings that are not, or may not be, as in the baseline. What only the tenant has does not count. */
  readonly deviating: number;
  readonly drifted: number;
  /** Policies that no stack of the report manages; null if no state of the tenant was read. */
  readonly unmanaged: number | null;
}

/** Whether a setting is not, or may not be, as in the baseline. */
export function deviates({ outcome }: Pick<Cell, "outcome">): boolean {
  return outcome === "different" || outcome === "missing" || outcome === "unknown";
}

/** Whether neither the state of a tenant's stack nor the tenant could be read. */
export function isUnread({ code, live }: Pick<ReportTenant, "code" | "live">): boolean {
  return code.state !== "read" && live.state !== "read";
}

/** The numbers of each tenant of a report. */
export function countsOf({ tenants, settings, baseline }: Report): TenantCounts[] {
  return tenants.map((tenant, index) => {
    const cells = settings.flatMap(({ cells }) => cells[index] ?? []);
    const count = (outcome: Outcome) => cells.filter((cell) => cell.outcome === outcome).length;
    return {
      same: count("same"),
      different: count("different"),
      missing: count("missing"),
      extra: count("extra"),
      unknown: count("unknown"),
      unread: count("unread"),
      set: count("set"),
      absent: count("absent"),
      deviating: baseline === null ? 0 : cells.filter(deviates).length,
      drifted: tenant.drift.length,
      unmanaged: unmanagedOf(tenant)?.length ?? null,
    };
  });
}

/** The policies of a tenant that no stack of the report manages; undefined if no state was read. */
export function unmanagedOf({ policies, code, live }: ReportTenant) {
  if (code.state !== "read" || live.state !== "read") return undefined;
  return policies.filter(({ managedBy }) => managedBy?.length === 0);
}
