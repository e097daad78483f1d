/**
 * `--probe-writes`: what earlier probes have left first, then a policy on each road that is open.
 *
 * @module
 */
import { oneLine } from "../../../provider/text/messageText";
import { clientOf, type Way } from "../ask";
import { type Manners, withNotSeen } from "../manners/schema";
import type { Report, WriteReport } from "../report";
import { leftoverText, removeLeftover } from "./leftovers";
import { type ProbeOutcome, probe } from "./probe";
import { type Place, type ProbeRecords, RecordError } from "./records";
import type { SeenWrites } from "./steps";
import { howToDelete, PROBE_TARGETS, type ProbeTarget } from "./targets";

/** Parts of a run of probes. */
export interface ProbeRun {
  readonly way: Way;
  readonly place: Place;
  readonly records: ProbeRecords;
  /** Asks whether to write. */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
}

/** Longest problem in a report, in characters. */
const MAX_PROBLEM = 400;

/** Probes writes, and adds what they show to a report. */
export async function withProbes(report: Report, run: ProbeRun): Promise<Report> {
  const left = await removeLeftovers(run);
  const targets = PROBE_TARGETS.map((target) => ({ target, reason: whyNot(target, report) }));
  const wanted = targets.flatMap(({ target, reason }) => (reason === undefined ? [target] : []));
  const isWanted =
    wanted.length > 0 && !run.stop.aborted && (await run.confirm(question(wanted, report)));
  const writes: WriteReport[] = [];
  const seen = new Map<ProbeTarget, SeenWrites>();
  for (const { target, reason } of targets) {
    const why = reason ?? (isWanted ? undefined : "Nobody has agreed to it.");
    const outcome = why === undefined ? await probeOne(target, run) : why;
    if (typeof outcome === "string") {
      writes.push({ road: target.road, title: target.title, state: "notProbed", next: outcome });
    } else {
      writes.push(writeReport(outcome, run.place));
      seen.set(target, outcome.seen);
    }
  }
  return {
    ...report,
    ...(report.manners && { manners: withWrites(report.manners, seen) }),
    writes,
    isSomethingLeft: left || writes.some((write) => write.left !== undefined),
  };
}

/** Says what earlier probes may have left in the tenant. */
export function sayLeftovers({
  records,
  place,
  say,
}: Pick<ProbeRun, "records" | "place" | "say">): void {
  for (const record of records.in(place)) {
    say(
      `A probe of this machine may have left a policy: ${leftoverText(record)}. \`--probe-writes\` offers to delete it.`,
    );
  }
}

async function removeLeftovers({ way, place, records, confirm, say }: ProbeRun): Promise<boolean> {
  let isLeft = false;
  for (const record of records.in(place)) {
    const client = () => clientOf(way);
    const isAgreed = await confirm(`An earlier probe has left ${leftoverText(record)}. Delete it?`);
    const { limitMs } = way;
    const remains = !isAgreed || (await removeLeftover(record, { client, records, limitMs, say }));
    isLeft = isLeft || remains;
  }
  return isLeft;
}

/** Why a road is not probed; undefined if it can be. */
function whyNot({ road }: ProbeTarget, { roads }: Report): string | undefined {
  const found = roads.find((one) => one.road === road);
  if (found?.state !== "open") return "The road is not open.";
  const mayWrite = found.grant === "write" || found.grant === "unknown";
  return mayWrite ? undefined : "The token may not write there.";
}

function question(targets: readonly ProbeTarget[], { signIn, graph }: Report): string {
  const { tenantName, tenantId } = signIn.succeeded ? signIn : {};
  const id = tenantId === undefined ? "" : ` (${tenantId})`;
  const tenant = tenantName === undefined ? (tenantId ?? graph) : `${tenantName}${id}`;
  const roads = new Intl.ListFormat("en").format(targets.map(({ title }) => title));
  return (
    `In the tenant ${tenant}, make one policy each in ${roads}, read it, change it, and delete it again? It has a name of its own ` +
    "and is assigned to nobody."
  );
}

async function probeOne(target: ProbeTarget, run: ProbeRun): Promise<ProbeOutcome | string> {
  const { way, place, records, say, stop } = run;
  if (stop.aborted) return "The run was stopped before.";
  say(`Probing writes: ${target.title} …`);
  const { limitMs } = way;
  try {
    return await probe(target, { graph: clientOf(way), records, place, limitMs, stop });
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return `Nothing can be recorded on this machine (${error.message}), so nothing is made. Set PULUMI_HOME to a folder that can be written to.`;
  }
}

function writeReport(
  { target, state, failure, left }: ProbeOutcome,
  { origin }: Place,
): WriteReport {
  const { road, title } = target;
  const { status, code, requestId } = failure ?? {};
  const problem = failure === undefined ? [] : [oneLine(failure.message, MAX_PROBLEM)];
  const remains =
    left === undefined
      ? []
      : [
          `The policy "${left.record.name}"${left.record.id === undefined ? "" : ` (${left.record.id})`} may still be in the tenant. ` +
            `${left.reason} ${howToDelete(target, origin, left.record.id)}`,
        ];
  const done = {
    proven: ["A policy was made, read, changed and deleted, and it is gone."],
    stopped: ["Stopped. What was made is gone."],
    refused: ["Nothing was made."],
    failed: left === undefined ? ["What was made is gone."] : [],
  }[state];
  return {
    road,
    title,
    state,
    ...(status !== undefined && { status }),
    ...(code !== undefined && code !== "" && { code }),
    ...(requestId !== undefined && { requestId }),
    ...(left !== undefined && {
      left: {
        name: left.record.name,
        ...(left.record.id !== undefined && { id: left.record.id }),
      },
    }),
    next: [...problem, ...remains, ...done].join(" "),
  };
}

function withWrites(manners: Manners, seen: ReadonlyMap<ProbeTarget, SeenWrites>): Manners {
  const on = (road: ProbeTarget["road"]) =>
    [...seen].find(([target]) => target.road === road)?.[1] ?? {};
  return {
    ...manners,
    // One API serves both types: where both were probed, the first one counts.
    cloudPolicyWrites: withNotSeen("cloudPolicyWrites", {
      ...on("cloudPolicySecurity"),
      ...on("cloudPolicy"),
    }),
    intuneWrites: withNotSeen("intuneWrites", on("intune")),
  };
}
