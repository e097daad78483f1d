import { table, wrap } from "../catalogue/screen";
import { authoredTenants } from "./authorWords";
import type { FleetCommand, FleetResult, StackResult } from "./result";
import {
  authorNoteGroups,
  type ChangeGroup,
  changeGroups,
  changesText,
  type FailureGroup,
  failureGroups,
  notRunGroups,
  shownName,
  summary,
  type TextGroup,
  tenants,
  titleOf,
  warningGroups,
} from "./resultWords";

/** Names that a line lists before it says how many more there are. */
const MOST_NAMES = 12;

/** A result for a screen: by change, by tenant, failures by cause, and the numbers at the end. */
export function resultText(result: FleetResult, width: number): string {
  const failures = failureGroups(result);
  return [
    section(changesHeading(result.command), changeGroups(result), (group) =>
      changeLines(group, width),
    ),
    byTenant(result, width),
    section("Failed", failures, (group) => failureLines(group, width)),
    section("Warnings", warningGroups(result), (group) => textLines(group, width)),
    section(NO_AUTHOR, authorNoteGroups(result), (group) => textLines(group, width)),
    section("Not run", notRunGroups(result), (group) => textLines(group, width)),
    wrap(`${titleOf(result)}: ${summary(result)}`, { width }),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Heading of the changes of a command. */
export function changesHeading(command: FleetCommand): string {
  return command === "drift" || command === "refresh" ? "Changed in the tenants" : "Changes";
}

/** Names of tenants; of many, the first ones. */
export function namesText(stacks: readonly string[], most = MOST_NAMES): string {
  // One more is as short as its number.
  if (stacks.length <= most + 1) return stacks.join(", ");
  const more = (stacks.length - most).toLocaleString("en");
  return `${stacks.slice(0, most).join(", ")} and ${more} more`;
}

/** `in contoso`, `in 37 tenants: contoso, …`. */
export function inTenants(stacks: readonly string[]): string {
  return stacks.length === 1
    ? `in ${stacks[0] ?? ""}`
    : `in ${tenants(stacks.length)}: ${namesText(stacks)}`;
}

/** Heading of the reasons for which changes have no author. */
export const NO_AUTHOR = "Authors not known";

/**
 * The tenants of a change, a line each for those that one person or app has changed; one line for all if nobody is known.
 *
 * @param most - Names that all lines have together.
 */
export function tenantLines(group: ChangeGroup, most = MOST_NAMES): string[] {
  const all = authoredTenants(group);
  const [only] = all;
  if (all.every(({ words }) => words === undefined)) return [inTenants(group.stacks)];
  if (group.stacks.length === 1) return [`${inTenants(group.stacks)}, ${only?.words ?? ""}`];
  let left = most;
  const lines = all.map(({ words = "author not known", stacks }) => {
    const shown = Math.min(left, stacks.length);
    left -= shown;
    return shown === 0 ? stacks.length : `${namesText(stacks, shown)}: ${words}`;
  });
  const more = lines.reduce<number>((sum, line) => sum + (typeof line === "number" ? line : 0), 0);
  return [
    `in ${tenants(group.stacks.length)}:`,
    ...lines.filter((line) => typeof line === "string"),
    ...(more === 0 ? [] : [`and ${more.toLocaleString("en")} more: --format json has all`]),
  ];
}

function section<T>(heading: string, items: readonly T[], lines: (item: T) => string[]): string {
  if (items.length === 0) return "";
  return [`${heading} (${items.length.toLocaleString("en")})`, ...items.flatMap(lines)].join("\n");
}

function changeLines(group: ChangeGroup, width: number): string[] {
  const { title, details } = group;
  const [where = "", ...authors] = tenantLines(group);
  const below = { width, first: "      ", others: "        " };
  return [
    wrap(title, { width, first: "  ", others: "    " }),
    ...details.map((line) => wrap(line, below)),
    wrap(where, { width, first: "    " }),
    ...authors.map((line) => wrap(line, below)),
  ];
}

function failureLines({ cause, ...group }: FailureGroup, width: number): string[] {
  return textLines({ text: cause, ...group }, width);
}

function textLines({ text, details = [], next, stacks }: TextGroup, width: number): string[] {
  return [
    wrap(text, { width, first: "  ", others: "    " }),
    ...details.map((line) => wrap(line, { width, first: "      ", others: "        " })),
    wrap(inTenants(stacks), { width, first: "    " }),
    ...(next === undefined ? [] : [wrap(`Next: ${next}`, { width, first: "    " })]),
  ];
}

type Row = readonly [title: string, values: readonly string[]];

/** A row for tenants with as many changes; those without any are a number in the summary. */
function byTenant({ stacks }: FleetResult, width: number): string {
  const told = stacks.filter(({ changes }) => changes.length > 0);
  if (told.length === 0) return "";
  const rows = [...Map.groupBy(told, countText).entries()]
    .map(([text, some]) => ({ text, some }))
    .sort((a, b) => (b.some[0]?.changes.length ?? 0) - (a.some[0]?.changes.length ?? 0))
    .map(({ text, some }): Row => [text, [some.map(({ stack }) => shownName(stack)).join(", ")]]);
  return `By tenant (${told.length.toLocaleString("en")})\n${table(rows, { width })}`;
}

function countText({ changes, result }: StackResult): string {
  return `${changesText(changes.length)}${result === "failed" ? ", then failed" : ""}`;
}
