import { type Clock, systemClock } from "../graph";
import { Claims } from "./claims";
import { CreationRecords } from "./creationRecords";
import type { SharedWork } from "./lifecycle";
import { PriorityMoves } from "./priorities/priorityMoves";
import { Quiet } from "./quiet";
import { SharedList } from "./reads/sharedList";
import { TenantReads } from "./reads/tenantReads";

/**
 * Work shared by the resources of one update, in its initial state.
 *
 * @param records - This machine's records of interrupted creations. @default none
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
  return {
    claims: new Claims(),
    intunePolicies: new SharedList(),
    priorities: new PriorityMoves(quiet),
    quiet,
    reads,
    records,
  };
}
