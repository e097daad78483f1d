/**
 * Drift that a provider's process has found, with its authors, for the tool that runs Pulumi: lines of JSON in a file that
 * the tool names. A name in the provider's messages would not do, because values of settings are in them, too, and whoever
 * writes a value could write a name.
 *
 * @module
 */
import { appendFileSync, closeSync, constants, openSync } from "node:fs";
import { z } from "zod";
import { oneLine } from "../text/messageText";
import type { ChangeAuthor } from "./changeAuthor";

/** Variable with a {@link ReportRequest} in JSON. */
export const REPORT_VARIABLE = "OFFICE_CONFIGURATION_DRIFT_REPORT";

const requestSchema = z.object({
  /** File that gets the lines. It must exist: a request that outlives its tool makes none. */
  file: z.string().min(1),
  /** Time by which the tool needs an answer, in milliseconds since the epoch: no wait for the audit log is longer. */
  auditUntilMs: z.number(),
});

/** Request for a report. */
export type ReportRequest = z.infer<typeof requestSchema>;

const authorSchema = z.object({
  by: z.string().min(1),
  at: z.iso.datetime(),
  through: z.string().optional(),
});

const reportSchema = z.object({
  /** The resource's id in the state. */
  id: z.string(),
  /** Authors of differences, by their paths; without a path, of the object's deletion. */
  authors: z.array(authorSchema.extend({ path: z.array(z.string()) })),
  /** The last change of the object, if it may be another one than the differences without an author. */
  last: authorSchema.optional(),
  /** The reason for which the log does not say more. */
  note: z.string().optional(),
});

/** Author of a change, as a report has it. */
export type ReportedAuthor = z.infer<typeof authorSchema>;

/** Drift of one resource. */
export type DriftReport = z.infer<typeof reportSchema>;

/** Longest name in a report, in characters. */
const LONGEST_NAME = 200;

/** Longest report that is read, in characters. */
const LONGEST_REPORT = 16_000_000;

/** The request in an environment; undefined if there is none. */
export function reportRequest(env: NodeJS.ProcessEnv): ReportRequest | undefined {
  const { [REPORT_VARIABLE]: text } = env;
  return text === undefined ? undefined : requestSchema.safeParse(jsonOf(text)).data;
}

/** An author, as a report has it. */
export function reportedAuthor({ by, atMs, through }: ChangeAuthor): ReportedAuthor {
  return {
    by: oneLine(by, LONGEST_NAME),
    at: new Date(atMs).toISOString(),
    ...(through !== undefined && { through: oneLine(through, LONGEST_NAME) }),
  };
}

/** Adds a resource's drift. Never throws: no report is worth a run. */
export function addToReport({ file }: Pick<ReportRequest, "file">, report: DriftReport): void {
  // Windows has no O_NOFOLLOW.
  const { O_APPEND, O_NOFOLLOW = 0, O_WRONLY } = constants;
  try {
    const handle = openSync(file, O_APPEND | O_NOFOLLOW | O_WRONLY);
    try {
      appendFileSync(handle, `${JSON.stringify(report)}\n`);
    } finally {
      closeSync(handle);
    }
  } catch {
    // The tool then says as much as it would without one.
  }
}

/** Drift by ids of resources. A later line about one resource replaces an earlier one. */
export function driftReports(text: string): ReadonlyMap<string, DriftReport> {
  const lines = text.slice(0, LONGEST_REPORT).split("\n");
  return new Map(
    lines.flatMap((line) => {
      const { data } = reportSchema.safeParse(jsonOf(line));
      return data === undefined ? [] : [[data.id, data]];
    }),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
