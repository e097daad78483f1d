/**
 * A first up under a limit of writes: the time on paper, and on the clock.
 *
 * @module
 */
import type { Throttle } from "../../emulator";
import type { Engine } from "../../scripts/engine/index";
import { BenchProject, PROVIDER_COMMAND } from "../project";
import { RemoteEmulator, type RequestCounts } from "../remoteEmulator";
import { type Cost, timed } from "../timed";
import { deviation, limitSeconds, predictSeconds } from "./predict";
import { writeProgram } from "./program";

/** Size of the trial. */
export interface ThrottledPlan {
  readonly policies: number;
  readonly throttle: Throttle;
  /**
   * Whether the stack says so (`officeConfiguration:writeLimit`), and writes keep to it from the first;
   * otherwise the provider learns of it by being refused.
   */
  readonly isLimitSaid: boolean;
}

/** Result of the trial. */
export interface ThrottledResult {
  readonly plan: ThrottledPlan;
  /** Of the same up without a limit and without pacing. */
  readonly engineSeconds: number;
  /** Time that the limit alone asks for. */
  readonly limitSeconds: number;
  readonly predictedSeconds: number;
  readonly measuredSeconds: number;
  /** As a part of the predicted time. */
  readonly deviation: number;
  /** Of the run under the limit. */
  readonly counts: RequestCounts;
}

/** Makes the policies of a plan without and with the limit, and compares with the prediction. */
export async function measureThrottled(
  engine: Engine,
  plan: ThrottledPlan,
): Promise<ThrottledResult> {
  const { policies, throttle, isLimitSaid } = plan;
  const writeLimit = isLimitSaid ? writeLimitOf(throttle) : undefined;
  const burst = await firstUp(engine, Math.min(policies, throttle.limit));
  const free = await firstUp(engine, policies);
  const limited = await firstUp(engine, policies, { throttle, writeLimit });
  const work = {
    writes: free.counts.writes,
    limit: throttle.limit,
    perSeconds: throttle.perSeconds,
    engineSeconds: free.seconds,
    burstSeconds: burst.seconds,
  };
  const predictedSeconds = predictSeconds(work);
  return {
    plan,
    engineSeconds: free.seconds,
    limitSeconds: limitSeconds(work),
    predictedSeconds,
    measuredSeconds: limited.seconds,
    deviation: deviation(predictedSeconds, limited.seconds),
    counts: limited.counts,
  };
}

/** A limit as a stack says it. */
export function writeLimitOf({ limit, perSeconds }: Throttle): string {
  return `${limit}/${perSeconds}s`;
}

async function firstUp(
  engine: Engine,
  policies: number,
  { throttle, writeLimit }: { readonly throttle?: Throttle; readonly writeLimit?: string } = {},
): Promise<Cost> {
  const emulator = await RemoteEmulator.start(throttle === undefined ? {} : { throttle });
  const project = new BenchProject(engine);
  project.pointAt(emulator);
  if (writeLimit !== undefined) project.env.OFFICE_CONFIGURATION_WRITE_LIMIT = writeLimit;
  try {
    writeProgram(project, policies, "0");
    await project.run("stack", "init", "throttled");
    const up = () => project.run("up", "--yes", "--skip-preview");
    return await timed(up, { emulator, provider: PROVIDER_COMMAND, name: "the up", policies });
  } finally {
    project.remove();
    await emulator.close();
  }
}
