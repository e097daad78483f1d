import { escaped, fits, fitted, type Part, under } from "../markdown";
import type { FleetResult, StackResult } from "./result";
import { changesHeading, inTenants, NO_AUTHOR, tenantLines } from "./resultText";
import {
  authorNoteGroups,
  changeGroups,
  changesText,
  failureGroups,
  notRunGroups,
  shownName,
  summary,
  type TextGroup,
  titleOf,
  warningGroups,
} from "./resultWords";

/** Most names of tenants with an author below a change. The fewer, the more changes fit. */
const MOST_AUTHORS = [12, 4, 1] as const;

/** A result for a comment on a pull request. If it is too long, it ends by saying what is left out. */
export function resultMarkdown(result: FleetResult): string {
  const first = `**${escaped(titleOf(result))}**: ${escaped(summary(result))}\n`;
  let parts: readonly Part[] = [];
  for (const most of MOST_AUTHORS) {
    parts = pageParts(result, most);
    if (fits(first, parts)) break;
  }
  return fitted(first, parts);
}

/** The parts of a page, the most important ones first. */
function pageParts(result: FleetResult, mostAuthors: number): Part[] {
  const failures = failureGroups(result).map(
    ({ cause, details, next, stacks }) =>
      `| ${lines(cause, details)}${advice(next)} | ${escaped(inTenants(stacks))} |`,
  );
  const changes = changeGroups(result).map((group) => {
    const where = tenantLines(group, mostAuthors).map(escaped).join("<br>");
    return `| ${lines(group.title, group.details)} | ${where} |`;
  });
  const warnings = warningGroups(result).map(textLine);
  const authors = authorNoteGroups(result).map(textLine);
  const waiting = notRunGroups(result).map(textLine);
  return [
    ...under(head("Failed", failures.length, "cause"), "failure", failures),
    ...under(head(changesHeading(result.command), changes.length, "change"), "change", changes),
    ...under("\n### Warnings\n\n", "warning", warnings),
    ...under(`\n### ${NO_AUTHOR}\n\n`, "reason without an author", authors),
    ...under("\n### Not run\n\n", "reason for not running", waiting),
    ...under(tenantHead(result), "tenant", result.stacks.filter(isTold).map(tenantRow)),
  ];
}

function textLine({ text, details = [], next, stacks }: TextGroup): string {
  return `- ${lines(text, details)} (${escaped(inTenants(stacks))})${advice(next)}`;
}

function lines(title: string, details: readonly string[]): string {
  return [title, ...details.map((line) => `· ${line}`)].map(escaped).join("<br>");
}

function advice(next: string | undefined): string {
  return next === undefined ? "" : `<br>_Next:_ ${escaped(next)}`;
}

function head(title: string, count: number, column: string): string {
  return `\n### ${title} (${count.toLocaleString("en")})\n\n| ${column} | tenants |\n| --- | --- |\n`;
}

function tenantHead({ stacks }: FleetResult): string {
  const count = stacks.filter(isTold).length.toLocaleString("en");
  return `\n### By tenant (${count})\n\n| tenant | result | changes |\n| --- | --- | ---: |\n`;
}

/** Tenants without a change are a number in the summary. */
function isTold({ result }: StackResult): boolean {
  return result !== "same";
}

function tenantRow({ stack, result, changes }: StackResult): string {
  const count = changes.length === 0 ? "" : changesText(changes.length);
  return `| ${escaped(shownName(stack))} | ${result} | ${count} |`;
}
