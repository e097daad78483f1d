import { type Clock, systemClock } from "../graph";
import { Claims } from "./claims";
import { CreationRecords } from "./creationRecords";
import type { SharedWork } from "./lifecycle";
import { PriorityMoves } from "./priorities/priorityMoves";
import { Quiet } from "./quiet";
import { TenantReads } from "./reads/tenantReads";

/**
 * What the resources of one update share, at its beginning.
 *
 * @param records - What this machine knows of interrupted creations. @default nothing
 */
export function sharedWork(
  clock: Clock = systemClock,
  records = new CreationRecords(undefined),
): SharedWork {
  const quiet = new Quiet(clock);
  const reads = new TenantReads(
    () => clock.now(),
    (ms) => clock.sleep(ms),
  );
  return { claims: new Claims(), priorities: new PriorityMoves(quiet), quiet, reads, records };
}
