/**
 * Results of fleets, for tests.
 *
 * @module
 */
import {
  emptyResult,
  type FleetChange,
  type FleetResult,
  type StackResult,
} from "../cli/fleet/result";

/** The setting that tests change. */
export const BLOCK = "word16;L_BlockMacroExecutionFromInternet";

/** A change of a setting, from 1 to 0. */
export function change(parts: Partial<FleetChange> = {}): FleetChange {
  const whole: FleetChange = {
    resource: "macro-security",
    type: "WindowsOfficeClientSecurityConfiguration",
    op: "update",
    policy: "Macro security",
    settingId: BLOCK,
    property: "policies",
    old: "1",
    new: "0",
    ...parts,
  };
  // As JSON has it.
  return JSON.parse(JSON.stringify(whole)) as FleetChange;
}

/** The result of a stack: without a change, unless it is given. */
export function stackResult(stack: string, parts: Partial<StackResult> = {}): StackResult {
  const { changes = [] } = parts;
  const result = changes.length > 0 ? "changed" : "same";
  return { stack, result, changes, settings: 10, seconds: 2.5, warnings: [], ...parts };
}

/** A failed stack. */
export function failedStack(stack: string, cause: string, next?: string): StackResult {
  const error = {
    cause,
    message: `${cause}\nThe whole text.`,
    ...(next !== undefined && { next }),
  };
  return stackResult(stack, { result: "failed", error, settings: null });
}

/** The result of a run. */
export function fleetResult(
  stacks: readonly StackResult[],
  parts: Partial<FleetResult> = {},
): FleetResult {
  const run = { command: "preview", project: "office", refreshed: false, shard: null } as const;
  const startedAt = "2026-11-21T14:02:00.000Z";
  return { ...emptyResult({ ...run, startedAt }), stacks: [...stacks], ...parts };
}

/** Names of so many stacks: `tenant-001`, … */
export function stackNames(count: number, from = 1): string[] {
  return Array.from(
    { length: count },
    (_, index) => `tenant-${String(index + from).padStart(3, "0")}`,
  );
}
