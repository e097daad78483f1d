/**
 * A run in figures.
 *
 * @module
 */
import { table } from "../../scripts/measured";
import { BREACHES, type Verdict } from "./verdict";

/** A line for a case as it ends. */
export function lineOf({ name, problems }: Verdict): string {
  if (problems.length === 0) return `ok    ${name}`;
  const words = problems.map((problem) => `      ${problem.breach}: ${problem.words}`);
  return [`BROKE ${name}`, ...words].join("\n");
}

/** Numbers of cases of each operation, of those that broke, and what broke. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const operations = [...new Set(verdicts.map(({ operation }) => operation))].sort();
  const rows = operations.map((operation) =>
    rowOf(
      operation,
      verdicts.filter((verdict) => verdict.operation === operation),
    ),
  );
  const totals = BREACHES.map(
    (breach) =>
      `${breach} ${verdicts.flatMap(({ problems }) => problems).filter((item) => item.breach === breach).length}`,
  );
  const head = ["operation", "cases", "broke", "slowest recovery"];
  return `${table(head, 1, [...rows, rowOf("all", verdicts)])}\n\n${totals.join(", ")}`;
}

function rowOf(name: string, verdicts: readonly Verdict[]): string[] {
  const slowest = Math.max(0, ...verdicts.map(({ recoverySeconds }) => recoverySeconds));
  const broken = verdicts.filter(isBroken).length;
  return [name, String(verdicts.length), String(broken), `${slowest.toFixed(1)} s`];
}

function isBroken({ problems }: Verdict): boolean {
  return problems.length > 0;
}
