/**
 * The measuring: all subjects side by side in one run, phase by phase.
 *
 * @module
 */
import type { Engine } from "../scripts/engine/index";
import { PHASES, type PhaseName } from "./phases";
import { ProcessSampler } from "./processFigures";
import { BenchProject, PROVIDER_COMMAND } from "./project";
import { RemoteEmulator } from "./remoteEmulator";
import { SUBJECTS, type SubjectName, writeProgram } from "./subjects";

/** How much is measured. */
export interface Plan {
  /** Numbers of policies. */
  readonly sizes: readonly number[];
  /** Milliseconds that the emulator waits before each answer. */
  readonly latencies: readonly number[];
  readonly runs: number;
}

/** One command, measured. */
export interface Sample {
  readonly subject: SubjectName;
  readonly size: number;
  readonly latencyMs: number;
  readonly phase: PhaseName;
  /** Which run, from 0. */
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

interface Contestant {
  readonly subject: SubjectName;
  readonly project: BenchProject;
  readonly emulator: RemoteEmulator;
}

/** Measures everything. What is slow at one moment is slow for all subjects. */
export async function measure(
  engine: Engine,
  { sizes, latencies, runs }: Plan,
  report: (sample: Sample) => void,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const size of sizes) {
    for (const latencyMs of latencies) {
      for (let run = 0; run < runs; run += 1) {
        await measureRun(engine, { size, latencyMs, run }, (sample) => {
          samples.push(sample);
          report(sample);
        });
      }
    }
  }
  return samples;
}

type Round = Pick<Sample, "size" | "latencyMs" | "run">;

async function measureRun(
  engine: Engine,
  round: Round,
  report: (sample: Sample) => void,
): Promise<void> {
  const contestants: Contestant[] = [];
  try {
    for (const subject of SUBJECTS) {
      const emulator = await RemoteEmulator.start({ latencyMs: round.latencyMs });
      const project = new BenchProject(engine);
      contestants.push({ subject, project, emulator });
      project.pointAt(emulator);
      await project.run("stack", "init", "bench");
    }
    for (const [place, phase] of PHASES.entries()) {
      // Another one begins in each phase and run.
      const first = (round.run + place) % contestants.length;
      const inTurn = [...contestants.slice(first), ...contestants.slice(0, first)];
      for (const contestant of inTurn) {
        writeProgram(contestant.project, contestant.subject, round.size, phase.version);
        report(await measurePhase(contestant, round, phase));
      }
    }
  } finally {
    for (const { project, emulator } of contestants) {
      project.remove();
      await emulator.close();
    }
  }
}

async function measurePhase(
  { subject, project, emulator }: Contestant,
  round: Round,
  { name, command }: (typeof PHASES)[number],
): Promise<Sample> {
  await emulator.count();
  const sampler = new ProcessSampler(PROVIDER_COMMAND);
  sampler.start();
  const startedAtMs = performance.now();
  try {
    await project.run(...command);
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const { requests, roundTrips, policies } = await emulator.count();
    const expected = subject === "floor" || name === "destroy" ? 0 : round.size;
    if (policies !== expected) {
      throw new Error(
        `After ${subject}'s "${name}" there are ${policies} policies, not ${expected}.`,
      );
    }
    return {
      ...round,
      subject,
      phase: name,
      seconds,
      requests,
      roundTrips,
      peakRssBytes: sampler.stop()?.peakRssBytes,
      stateBytes: name === "first up" ? await stateBytesOf(project) : undefined,
    };
  } finally {
    sampler.stop();
  }
}

/** The bytes of one policy in the state: the mean of all. */
async function stateBytesOf(project: BenchProject): Promise<number> {
  const state = JSON.parse(await project.run("stack", "export")) as {
    deployment: { resources: { type: string }[] };
  };
  const policies = state.deployment.resources.filter(({ type }) => /:dynamic/.test(type));
  const bytes = policies.map((resource) => Buffer.byteLength(JSON.stringify(resource)));
  return bytes.reduce((sum, count) => sum + count, 0) / policies.length;
}
