/**
 * Time limits of operations. Pulumi's own `customTimeouts` do not reach dynamic providers.
 *
 * @module
 */
import { z } from "zod";
import { isPlainObject, type PlainObject, UNKNOWN } from "../json";

/** The operations that can have their own limit. */
export type TimedOperation = "create" | "read" | "update" | "delete";

const UNITS_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/;

const duration = z
  .string({ error: "must be a duration such as 90s, 10m or 1h30m" })
  .refine((text) => text === UNKNOWN || (DURATION.test(text) && durationMs(text) > 0), {
    error: "must be a duration such as 90s, 10m or 1h30m",
  })
  .optional();

/** The input `timeouts` of every resource. */
export const timeoutsField = z
  .strictObject(
    { create: duration, read: duration, update: duration, delete: duration },
    { error: "must be an object with some of create, read, update and delete" },
  )
  .optional()
  .meta({
    tsType:
      "pulumi.Input<{ readonly create?: pulumi.Input<string>; readonly read?: pulumi.Input<string>; readonly update?: pulumi.Input<string>; readonly delete?: pulumi.Input<string> }>",
    description:
      "Time limits of `create`, `read`, `update` and `delete`, waits included: durations such as `90s`, `10m` or `1h30m`. Use them instead of Pulumi's `customTimeouts`, which do not reach dynamic providers. Default: 30 minutes for each request.",
  });

/** The length of a duration, in milliseconds. */
export function durationMs(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  return parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * (UNITS_MS[unit ?? ""] ?? 0),
    0,
  );
}

/** When an operation must have ended, in milliseconds since the epoch; undefined without a limit. */
export function deadlineOf(
  { timeouts }: PlainObject,
  operation: TimedOperation,
  nowMs: number,
): number | undefined {
  const text = isPlainObject(timeouts) ? timeouts[operation] : undefined;
  return typeof text === "string" && text !== UNKNOWN ? nowMs + durationMs(text) : undefined;
}
