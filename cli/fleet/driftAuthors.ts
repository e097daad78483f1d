/**
 * Authors of a stack's drift: the provider's process has asked the tenant's audit log, and reports what it said in a file
 * of this run.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DriftReport,
  driftReports,
  REPORT_VARIABLE,
  type ReportedAuthor,
  type ReportRequest,
} from "../../provider/api/driftReport";
import { sameForAll } from "./causes";
import type { FleetAuthor, FleetChange, FleetCommand } from "./result";

/** Authors of a stack's drift. */
export interface DriftAuthors {
  /** By ids of resources. */
  readonly reports: ReadonlyMap<string, DriftReport>;
  /** Reasons for which there are no more, in words that all stacks share. */
  readonly notes: readonly string[];
}

/** No author. */
export const NO_AUTHORS: DriftAuthors = { reports: new Map(), notes: [] };

/** Facts of a run that a report needs. */
interface ReportingRun {
  /** Private folder of the run. */
  readonly copies: string;
  readonly timeLimitMs: number;
}

/** The report of one operation. */
export class AuthorReport {
  private constructor(private readonly request: ReportRequest | undefined) {}

  /** Begins a report of what an operation finds. Never throws: drift without authors is better than none. */
  static begin(command: FleetCommand, { copies, timeLimitMs }: ReportingRun): AuthorReport {
    if (command !== "drift" && command !== "refresh") return new AuthorReport(undefined);
    const file = join(copies, `drift-${randomUUID()}.jsonl`);
    try {
      writeFileSync(file, "", { mode: 0o600 });
    } catch {
      return new AuthorReport(undefined);
    }
    // The other half is for the rest of the work: a log that is late must not fail the stack.
    return new AuthorReport({ file, auditUntilMs: Date.now() + timeLimitMs / 2 });
  }

  /** Variables that ask the provider's process for the report. */
  get env(): Record<string, string> {
    return this.request === undefined ? {} : { [REPORT_VARIABLE]: JSON.stringify(this.request) };
  }

  /** The authors that were reported. The file is gone afterwards. Never throws. */
  end(): DriftAuthors {
    if (this.request === undefined) return NO_AUTHORS;
    const { file } = this.request;
    try {
      const text = readFileSync(file, "utf8");
      rmSync(file);
      const reports = driftReports(text);
      const notes = [...reports.values()].flatMap(({ note }) => note ?? []).map(sameForAll);
      return { reports, notes: [...new Set(notes)] };
    } catch {
      // The folder goes with the run.
      return NO_AUTHORS;
    }
  }
}

/** Attributes that come without a name in a change: a setting's value, and a setting that is new or gone. */
const VALUE = "value";

/**
 * The author of a change, as a property to add to it. Where the log shows not this change but others of the policy, it is
 * whoever made the last of them, and it says so.
 *
 * @param id - The resource's in the state.
 */
export function authorIn(
  { reports }: DriftAuthors,
  id: string | null,
  { op, property, settingId, attribute = VALUE }: FleetChange,
): { readonly author?: FleetAuthor } {
  const report = id === null ? undefined : reports.get(id);
  if (report === undefined) return {};
  const found = report.authors.find(({ path: [name, key, of = VALUE] }) =>
    op === "delete"
      ? name === undefined
      : name === property && key === settingId && (key === undefined || of === attribute),
  );
  if (found !== undefined) return { author: author(found, true) };
  return report.last === undefined ? {} : { author: author(report.last, false) };
}

function author({ by, at, through }: ReportedAuthor, isOfThisChange: boolean): FleetAuthor {
  return { by, at, ...(through !== undefined && { through }), isOfThisChange };
}
