import { withUnseenEscaped } from "../../provider/text/messageText";
import type { Source } from "../sources/source";
import { type LineCount, lineCount } from "./lineCount";
import type { ConvertedLine, LeftLine, Resolution } from "./resolution";
import type { Road } from "./road";

/** A source in a report. */
type ReportedSource = Omit<Source, "entries"> & {
  readonly values: number;
  readonly converted: number;
  readonly left: number;
};

/** A file or folder inside of a path that is no source. */
export interface SkippedPath {
  readonly path: string;
  /** A clause that goes on from the path: `is a symbolic link`. */
  readonly reason: string;
}

/** The content of a report: each value of each source is exactly one line of `converted` or `left`. */
interface Report {
  /** Path of the catalogue. */
  readonly catalogue: string;
  readonly road: Road;
  readonly sources: readonly ReportedSource[];
  readonly converted: readonly ConvertedLine[];
  readonly left: readonly LeftLine[];
  readonly conflicts: Resolution["conflicts"];
  readonly skipped: readonly SkippedPath[];
}

/** A resolution as the JSON of a report. Characters that cannot be seen are escaped. */
export function reportText(
  resolution: Resolution,
  skipped: readonly SkippedPath[],
  { catalogue, road }: Pick<Report, "catalogue" | "road">,
): string {
  const { policies, converted, left, conflicts } = resolution;
  const count = lineCount(resolution);
  const sources = policies.map(({ source }) => reported(source, count));
  const report: Report = { catalogue, road, sources, converted, left, conflicts, skipped };
  const lines = JSON.stringify(report, undefined, 2).split("\n");
  return `${lines.map(withUnseenEscaped).join("\n")}\n`;
}

function reported({ entries, ...rest }: Source, count: LineCount): ReportedSource {
  const [converted, left] = [count.converted(rest.name), count.left(rest.name)];
  return { ...rest, values: converted + left, converted, left };
}
