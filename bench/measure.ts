/**
 * The measuring: all subjects side by side in one run, phase by phase.
 *
 * @module
 */
import type { Engine } from "../scripts/engine/index";
import { type Contestant, NAIVE_MOST_POLICIES, SUBJECTS, type SubjectName } from "./contestant";
import { PHASES, type PhaseName } from "./phases";
import { PulumiContestant } from "./pulumi";
import { PEER_MOST_POLICIES, type PeerPaths, TerraformContestant } from "./terraform";
import { timed } from "./timed";

/** Extent of a measurement. */
export interface Plan {
  /** Numbers of policies. */
  readonly sizes: readonly number[];
  /** Milliseconds that the emulator waits before each answer. */
  readonly latencies: readonly number[];
  readonly runs: number;
  /** Whether the peer is measured too, and where it is. */
  readonly peer?: PeerPaths;
}

/** One command, measured. */
export interface Sample {
  readonly subject: SubjectName;
  readonly size: number;
  readonly latencyMs: number;
  readonly phase: PhaseName;
  /** Number of the run, from 0. */
  readonly run: number;
  readonly seconds: number;
  /** Requests as Graph counts them: each in a batch, and not the batch. */
  readonly requests: number;
  /** Requests as the network has them: a batch is one. */
  readonly roundTrips: number;
  /** The most that the provider's process had in memory; undefined where it was not measured. */
  readonly peakRssBytes: number | undefined;
  /** Bytes of one resource in the state, without white space; after the first up only. */
  readonly stateBytes: number | undefined;
}

/** Measures everything. What is slow at one moment is slow for all subjects. */
export async function measure(
  engine: Engine,
  { sizes, latencies, runs, peer }: Plan,
  report: (sample: Sample) => void,
): Promise<void> {
  for (const size of sizes) {
    for (const latencyMs of latencies) {
      for (let run = 0; run < runs; run += 1) {
        const round = { size, latencyMs, run };
        const contestants = await contestantsOf(engine, peer, round);
        await measureRun(contestants, round, report);
      }
    }
  }
}

/** Up to how many policies each is measured in every run, and in the first one: those without a bar may be slow. */
const MOST: Record<SubjectName, { readonly policies: number; readonly policiesOnce: number }> = {
  floor: { policies: Infinity, policiesOnce: Infinity },
  ours: { policies: Infinity, policiesOnce: Infinity },
  naive: { policies: NAIVE_MOST_POLICIES, policiesOnce: Infinity },
  peer: { policies: 0, policiesOnce: PEER_MOST_POLICIES },
};

type Round = Pick<Sample, "size" | "latencyMs" | "run">;

async function contestantsOf(
  engine: Engine,
  peer: PeerPaths | undefined,
  { size, latencyMs, run }: Round,
): Promise<Contestant[]> {
  const contestants: Contestant[] = [];
  for (const subject of SUBJECTS) {
    const { policies, policiesOnce } = MOST[subject];
    if (size > (run === 0 ? policiesOnce : policies)) continue;
    if (subject !== "peer") {
      contestants.push(await PulumiContestant.create(engine, subject, latencyMs));
    } else if (peer !== undefined) {
      contestants.push(await TerraformContestant.create(peer, latencyMs));
    }
  }
  return contestants;
}

async function measureRun(
  contestants: readonly Contestant[],
  round: Round,
  report: (sample: Sample) => void,
): Promise<void> {
  try {
    for (const [place, phase] of PHASES.entries()) {
      // Another one begins in each phase and run.
      const first = (round.run + place) % contestants.length;
      const inTurn = [...contestants.slice(first), ...contestants.slice(0, first)];
      for (const contestant of inTurn) {
        contestant.declare(round.size, phase.version);
        report(await measurePhase(contestant, round, phase));
      }
    }
  } finally {
    for (const contestant of contestants) await contestant.close();
  }
}

async function measurePhase(
  contestant: Contestant,
  round: Round,
  phase: (typeof PHASES)[number],
): Promise<Sample> {
  const { subject, emulator, providerCommand } = contestant;
  const { name } = phase;
  const { seconds, counts, provider } = await timed(() => contestant.run(phase), {
    emulator,
    provider: providerCommand,
    name: `${subject}'s "${name}"`,
    policies: subject === "floor" || name === "destroy" ? 0 : round.size,
  });
  return {
    ...round,
    subject,
    phase: name,
    seconds,
    requests: counts.requests,
    roundTrips: counts.roundTrips,
    peakRssBytes: provider?.peakRssBytes,
    stateBytes: name === "first up" ? await contestant.stateBytes() : undefined,
  };
}
