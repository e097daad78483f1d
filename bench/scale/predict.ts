/**
 * Prediction of the time that work under a limit takes.
 *
 * @module
 */

/** Writes under a limit. */
export interface PacedWork {
  /** Number of writes. */
  readonly writes: number;
  /** Number of writes that may pass in one window. */
  readonly limit: number;
  /** Length of a window, in seconds. */
  readonly perSeconds: number;
  /** Time of the same work without a limit, in seconds. */
  readonly engineSeconds: number;
  /** Time of one window's writes without a limit, in seconds, start and end included. */
  readonly burstSeconds: number;
}

/** Seconds that the limit alone asks for: the first window is not waited for, its writes go out at once. */
export function limitSeconds({
  writes,
  limit,
  perSeconds,
}: Pick<PacedWork, "writes" | "limit" | "perSeconds">): number {
  return Math.max(0, Math.ceil(writes / limit) - 1) * perSeconds;
}

/**
 * Seconds that writes take under a limit: the engine's own time, or, where that is longer, the windows
 * to wait for and what it takes to send one window's writes.
 */
export function predictSeconds({ engineSeconds, burstSeconds, ...paced }: PacedWork): number {
  return Math.max(engineSeconds, limitSeconds(paced) + burstSeconds);
}

/** A fleet of tenants, and the time that there is for it. */
export interface Fleet {
  readonly tenants: number;
  /** Seconds that one tenant keeps one place of a runner. */
  readonly secondsPerTenant: number;
  /** In how many seconds all tenants are to be done. */
  readonly wantedSeconds: number;
}

/** Number of tenants that have to be worked on at a time. */
export function placesNeeded({ tenants, secondsPerTenant, wantedSeconds }: Fleet): number {
  return Math.ceil((tenants * secondsPerTenant) / wantedSeconds);
}

/** Seconds that tenants take of which so many are worked on at a time. */
export function fleetSeconds(tenants: number, places: number, secondsPerTenant: number): number {
  return Math.ceil(tenants / places) * secondsPerTenant;
}

/** Distance of a measured time from the predicted one, as a part of the predicted: 0.2 is 20 %. */
export function deviation(predictedSeconds: number, measuredSeconds: number): number {
  return Math.abs(measuredSeconds - predictedSeconds) / predictedSeconds;
}
