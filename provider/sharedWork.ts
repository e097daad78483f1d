import { Claims } from "./claims";
import { TenantReads } from "./clientConfiguration/tenantReads";
import type { SharedWork } from "./lifecycle";
import { PriorityMoves } from "./priorities/priorityMoves";
import { Quiet } from "./quiet";

/** What the resources of one update share, at its beginning. */
export function sharedWork(): SharedWork {
  const quiet = new Quiet();
  const reads = new TenantReads();
  return { claims: new Claims(), priorities: new PriorityMoves(quiet), quiet, reads };
}
