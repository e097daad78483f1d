/**
 * One command, measured.
 *
 * @module
 */
import { type ProcessFigures, ProcessSampler } from "./processFigures";
import type { RemoteEmulator, RequestCounts } from "./remoteEmulator";

/** The cost of a command. */
export interface Cost {
  /** Wall time. */
  readonly seconds: number;
  readonly counts: RequestCounts;
  /** Of the provider's process. Undefined where it was not measured. */
  readonly provider: ProcessFigures | undefined;
}

/** Runs a command, and measures it together with its requests. Rejects if it leaves other policies. */
export async function timed(
  command: () => Promise<unknown>,
  {
    emulator,
    provider,
    name,
    policies,
  }: {
    readonly emulator: RemoteEmulator;
    /** The command line of the provider's process, as `ps` shows it. */
    readonly provider: RegExp;
    /** For messages. */
    readonly name: string;
    /** Policies that must be in the tenant afterwards. */
    readonly policies: number;
  },
): Promise<Cost> {
  await emulator.count();
  const sampler = new ProcessSampler(provider);
  sampler.start();
  const startedAtMs = performance.now();
  try {
    await command();
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const counts = await emulator.count();
    if (counts.policies !== policies) {
      throw new Error(`After ${name} there are ${counts.policies} policies, not ${policies}.`);
    }
    return { seconds, counts, provider: sampler.stop() };
  } finally {
    sampler.stop();
  }
}
