import type { GraphClient } from "../../../provider/graph";
import { OwnPolicy } from "./ownPolicy";
import type { ProbeRecord, ProbeRecords } from "./records";
import { howToDelete, PROBE_TARGETS, type ProbeTarget } from "./targets";

/** Age after which a policy that nothing shows no longer appears, in milliseconds: an hour. */
const SETTLED_MS = 60 * 60_000;

/** Parts of the deletion of leftovers. */
export interface LeftoverParts {
  /** The client of a road. */
  readonly client: () => GraphClient;
  readonly records: ProbeRecords;
  readonly limitMs: number;
  readonly say: (line: string) => void;
}

/** Deletes a policy that an earlier probe has left. @returns whether it may still be there. */
export async function removeLeftover(record: ProbeRecord, parts: LeftoverParts): Promise<boolean> {
  const { client, records, limitMs, say } = parts;
  const target = targetOf(record);
  const graph = client();
  const removal = await new OwnPolicy(graph, target, limitMs).removeLeftover(record);
  const named = `${leftoverText(record)}:`;
  const isSettled = graph.clock.now() - Date.parse(record.at) > SETTLED_MS;
  switch (removal.is) {
    case "gone":
      records.drop(record);
      say(`${named} deleted, and gone.`);
      return false;
    case "missing":
      if (!isSettled) {
        say(`${named} is not in the tenant. Run the probe once more after an hour, to be sure.`);
        return true;
      }
      records.drop(record);
      say(`${named} is no longer in the tenant.`);
      return false;
    case "changed":
      say(
        `${named} is not deleted, because somebody has changed or assigned it. If nobody needs it, delete it in the portal ` +
          `(${target.portal}); then delete ${records.fileOf(record)}.`,
      );
      return true;
    case "left":
      say(
        `${named} is not deleted. ${removal.reason} ${howToDelete(target, record.origin, removal.id)}`,
      );
      return true;
  }
}

/** A policy of an earlier probe, for messages. */
export function leftoverText(record: ProbeRecord): string {
  const { name, id, at } = record;
  const shownId = id === undefined ? "" : ` (${id})`;
  return `"${name}"${shownId} in ${targetOf(record).title}, made ${at.slice(0, 16).replace("T", " ")} UTC`;
}

function targetOf({ road }: ProbeRecord): ProbeTarget {
  const target = PROBE_TARGETS.find((each) => each.road === road);
  if (target === undefined) throw new Error(`no policy is probed on ${road}`);
  return target;
}
