import { authoredTenants } from "./authorWords";
import type { FleetResult, StackResult } from "./result";
import { changeGroups, changesText, titleOf } from "./resultWords";

/** Options that make a test fail, beside stacks that fail. */
export interface JunitOptions {
  /** Whether a stack that changes fails (`--expect-no-changes`). */
  readonly expectNoChanges: boolean;
}

/**
 * A result as JUnit's XML, which CI systems show: a test case for each tenant. A stack that fails is an error; drift, and
 * a change where none is expected, is a failure.
 */
export function resultJunit(result: FleetResult, options: JunitOptions): string {
  const { stacks, notRun } = result;
  const fails = (each: StackResult) =>
    (each.result === "drifted" && result.command === "drift") ||
    (each.result === "changed" && options.expectNoChanges);
  const cases = stacks.map((each) => {
    const body =
      each.error === undefined ? (fails(each) ? changed(result, each) : "") : error(each);
    const seconds = each.seconds.toFixed(3);
    return testCase(`${attribute("name", each.stack)} time="${seconds}"`, body);
  });
  const skipped = notRun.map(({ stack, why }) =>
    testCase(`${attribute("name", stack)}`, `<skipped${attribute("message", why)}/>`),
  );
  const counts = [
    ["tests", stacks.length + notRun.length],
    ["failures", stacks.filter((each) => each.error === undefined && fails(each)).length],
    ["errors", stacks.filter((each) => each.error !== undefined).length],
    ["skipped", notRun.length],
  ] as const;
  const numbers = counts.map(([name, count]) => ` ${name}="${count}"`).join("");
  const suite = `${attribute("name", titleOf(result))}${attribute("timestamp", result.startedAt)}${numbers}`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites${numbers}>`,
    `  <testsuite${suite}>`,
    ...[...cases, ...skipped].map((line) => `    ${line}`),
    "  </testsuite>",
    "</testsuites>",
  ].join("\n");
}

function testCase(attributes: string, body: string): string {
  const start = `<testcase classname="fleet"${attributes}`;
  return body === "" ? `${start}/>` : `${start}>${body}</testcase>`;
}

function error({ error: found }: StackResult): string {
  const text = [found?.message, found?.next].filter((part) => part !== undefined).join("\n");
  return `<error${attribute("message", found?.cause ?? "")}>${xml(text)}</error>`;
}

/** The changes of one stack, a line each. */
function changed(result: FleetResult, stack: StackResult): string {
  const lines = changeGroups({ ...result, stacks: [stack] }).map((group) => {
    const [author] = authoredTenants(group);
    return author?.words === undefined ? group.title : `${group.title} (${author.words})`;
  });
  const message = attribute("message", changesText(stack.changes.length));
  return `<failure${message}>${xml([...lines, ...(stack.authorNotes ?? [])].join("\n"))}</failure>`;
}

function attribute(name: string, value: string): string {
  return ` ${name}="${xml(value)}"`;
}

/** Characters that XML 1.0 cannot hold, not even escaped. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function xml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(NOT_XML, "\ufffd")
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
}
