/**
 * Changes in an audit log, for tests.
 *
 * @module
 */
import type { AuditedChange } from "../provider/api/auditedChanges";

/** Moment from which tests count. */
export const NOON = "2026-11-21T12:00:00Z";

/** A time, some minutes after noon, in milliseconds since the epoch. */
export function minute(count: number): number {
  return Date.parse(NOON) + count * 60_000;
}

/** A change of the policy `p`, some minutes after noon. */
export function auditedChange(
  minutes: number,
  by: string,
  more: Partial<AuditedChange> = {},
): AuditedChange {
  return {
    policyId: "p",
    atMs: minute(minutes),
    by,
    through: undefined,
    isDeletion: false,
    settings: new Map(),
    properties: new Map(),
    ...more,
  };
}
