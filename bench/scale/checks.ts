/**
 * Checks after many tenants.
 *
 * @module
 */
import type { Emulator } from "../../emulator";
import type { Handles, ProcessFigures } from "../processFigures";

/** Number of handles that may be open after the last tenant beyond those after the warm-up: a handful. */
const HANDLES_GROWTH_ALLOWED = 8;

/** Memory that one tenant may add to all processes together, in bytes. */
const TENANT_MEMORY_ALLOWED_BYTES = 1_024 ** 3;

/** Contents of a tenant, and the requests it got. */
export type TenantRecord = Pick<Emulator, "tenantId" | "requests" | "store">;

/** Problems of a tenant, in words; empty if it has exactly these policies and met no other. */
export function isolationProblems(
  { tenantId, requests, store }: TenantRecord,
  expected: readonly string[],
): string[] {
  const problems: string[] = [];
  const found = store.list().map(({ displayName }) => displayName);
  if (found.sort().join() !== [...expected].sort().join()) {
    problems.push(`tenant ${tenantId} has ${found.length} policies, or others than its own`);
  }
  // A token of another tenant's emulator is not known here: such a request has no tenant.
  const foreign = requests.filter((request) => request.tenantId !== tenantId);
  if (foreign.length > 0) {
    problems.push(`tenant ${tenantId} got ${foreign.length} requests that were not for it`);
  }
  return problems;
}

/** Open handles and memory of a run; undefined where they were not measured. */
export interface Growth {
  /** Handles of the process that ran the tenants, while nothing ran: after the warm-up. */
  readonly warm: Handles | undefined;
  /** The same after the last tenant. */
  readonly last: Handles | undefined;
  /** All processes below it. */
  readonly processes: Pick<ProcessFigures, "peakTotalRssBytes"> | undefined;
  readonly sideBySide: number;
}

/** Growth that should not be, in words. A missing measurement is no problem here. */
export function growthProblems({ warm, last, processes, sideBySide }: Growth): string[] {
  const problems: string[] = [];
  const more = (last?.handles ?? 0) - (warm?.handles ?? 0);
  if (more > HANDLES_GROWTH_ALLOWED) {
    problems.push(`${more} more handles are open after the last tenant than after the warm-up`);
  }
  if ((processes?.peakTotalRssBytes ?? 0) > sideBySide * TENANT_MEMORY_ALLOWED_BYTES) {
    problems.push(`the processes had more memory than ${sideBySide} GiB together`);
  }
  return problems;
}
