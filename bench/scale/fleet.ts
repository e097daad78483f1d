/**
 * A small fleet whose tenants have a limit each: the time on paper, and on the clock.
 *
 * @module
 */
import type { Throttle } from "../../emulator";
import { deviation, fleetSeconds, limitSeconds } from "./predict";
import { measureTenants } from "./tenants";

/** Size of the trial: as many tenants as fill all places several times over. */
export interface FleetPlan {
  readonly tenants: number;
  readonly policiesEach: number;
  /** Tenants at a time. */
  readonly places: number;
  readonly throttle: Throttle;
}

/** Result of the trial. */
export interface FleetResult {
  readonly plan: FleetPlan;
  /** Predicted time of one tenant: the limit's windows, and one window's writes without a limit. */
  readonly secondsPerTenant: number;
  readonly predictedSeconds: number;
  readonly measuredSeconds: number;
  /** As a part of the predicted time. */
  readonly deviation: number;
  /** Answers with status 429. */
  readonly throttled: number;
  /** Expectations that were not met. Empty if all is well. */
  readonly problems: readonly string[];
}

/** Measures one window's writes in all places, predicts the fleet's time with that, and measures it. */
export async function measureFleet(
  plan: FleetPlan,
  report: (line: string) => void,
): Promise<FleetResult> {
  const { tenants, policiesEach, places, throttle } = plan;
  const { limit, perSeconds } = throttle;
  // Two rounds, as the places are then as busy as they are in the fleet.
  const burst = { tenants: 2 * places, policiesEach: limit, sideBySide: places };
  const { secondsEach } = await measureTenants(burst, report);
  const burstSeconds = secondsEach.reduce((sum, seconds) => sum + seconds, 0) / secondsEach.length;
  const windows = { writes: policiesEach, limit, perSeconds };
  const secondsPerTenant = limitSeconds(windows) + burstSeconds;
  const predictedSeconds = fleetSeconds(tenants, places, secondsPerTenant);
  const fleet = { tenants, policiesEach, sideBySide: places, throttle };
  const { seconds, throttled, problems } = await measureTenants(fleet, report);
  return {
    plan,
    secondsPerTenant,
    predictedSeconds,
    measuredSeconds: seconds,
    deviation: deviation(predictedSeconds, seconds),
    throttled,
    problems,
  };
}
