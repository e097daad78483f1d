/**
 * Rules of policy packs that stacks violate: by rule, so that a hundred tenants with one problem are one entry.
 *
 * @module
 */
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { redact } from "../../provider/graph/redact";
import { messageText, oneLine } from "../../provider/text/messageText";
import { kindOfType } from "../compare/sides/resources";
import type { StackError, StackResult, Violation } from "./result";
import { limited, many, shownName } from "./resultNames";

/** Violations of one rule in some tenants. */
export interface RuleGroup {
  /** The rule, and what holds where it is kept. */
  readonly cause: string;
  /** Each different violation, those of the most tenants first. */
  readonly details: readonly string[];
  readonly next: string | undefined;
  /** The message of the first violation. */
  readonly message: string;
  readonly stacks: readonly string[];
}

/** Different violations of a rule that a report lists. JSON has all. */
const MOST_DETAILS = 10;

/** Different remedies that a line names. */
const MOST_REMEDIES = 3;

const MAX_TEXT = 600;

/** Marks of the engine for colours: `<{%fg 13%}>`. */
const COLOURS = /<\{%[^%]*%\}>/g;

/**
 * A violation as the engine tells it. Pulumi's SDK for rules sends the description of the rule before the message; the rules of
 * this package have the remedy in a line below it.
 */
export function violationOf({
  policyName,
  policyPackName,
  enforcementLevel,
  message,
  resourceUrn,
}: NonNullable<EngineEvent["policyEvent"]>): Violation {
  const lines = messageText(redact(message.replaceAll(COLOURS, "")))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const [description, problem, ...remedy] = lines.length > 1 ? lines : [undefined, ...lines];
  const next = remedy.join(" ");
  return {
    policyName,
    policyPackName,
    enforcementLevel: enforcementLevel === "mandatory" ? "mandatory" : "advisory",
    ...(description !== undefined && { description }),
    message: problem ?? "",
    ...(next !== "" && { next }),
    ...resourceOf(resourceUrn),
  };
}

/** The resource of a URN; nothing for the whole stack. */
function resourceOf(urn: string | undefined): Pick<Violation, "resource" | "type"> {
  const [, , types = "", ...name] = (urn ?? "").split("::");
  const type = types.split("$").at(-1) ?? "";
  if (name.length === 0 || type === "pulumi:pulumi:Stack") return {};
  return { resource: name.join("::"), type: kindOfType(type) ?? type };
}

/** A rule in one sentence, the same for all stacks that violate it. */
export function ruleCause({ policyName, policyPackName, description }: Violation): string {
  const name = shownName(policyName);
  if (description !== undefined) return `${name}: ${oneLine(description, MAX_TEXT)}`;
  return `${name} (policy pack ${shownName(policyPackName)})`;
}

/** The failure of a stack that violates mandatory rules: the first of them, and all violations in its message. */
export function ruleError(violations: readonly Violation[]): StackError | undefined {
  const [group] = groupsOf(violations.filter(isMandatory).map((each) => ["", each]));
  if (group === undefined) return undefined;
  const message = violations
    .filter(isMandatory)
    .map((each) => `[mandatory] ${ruleCause(each)} ${detailOf(each)}`)
    .join("\n");
  const { cause, next } = group;
  return { cause, ...(next !== undefined && { next }), message };
}

/** All reasons for which a stack failed: its error, and each mandatory rule that it violates. */
export function failureCauses({ error, violations = [] }: StackResult): string[] {
  if (error === undefined) return [];
  return [...new Set([error.cause, ...violations.filter(isMandatory).map(ruleCause)])];
}

/** Mandatory rules for which stacks failed. */
export function failedRules(stacks: readonly StackResult[]): RuleGroup[] {
  return groupsOf(pairsOf(stacks, isFailure));
}

/** Advisory rules that stacks violate. */
export function advisoryRules(stacks: readonly StackResult[]): RuleGroup[] {
  return groupsOf(pairsOf(stacks, (violation, stack) => !isFailure(violation, stack)));
}

function isMandatory({ enforcementLevel }: Violation): boolean {
  return enforcementLevel === "mandatory";
}

function isFailure(violation: Violation, { error }: StackResult): boolean {
  return error !== undefined && isMandatory(violation);
}

type Pair = readonly [stack: string, violation: Violation];

function pairsOf(
  stacks: readonly StackResult[],
  isMeant: (violation: Violation, stack: StackResult) => boolean,
): Pair[] {
  return stacks.flatMap((each) =>
    (each.violations ?? [])
      .filter((violation) => isMeant(violation, each))
      .map((violation): Pair => [shownName(each.stack), violation]),
  );
}

function groupsOf(pairs: readonly Pair[]): RuleGroup[] {
  return [...Map.groupBy(pairs, ([, violation]) => ruleCause(violation))]
    .map(([cause, some]): RuleGroup => {
      const stacks = [...new Set(some.map(([stack]) => stack))];
      return {
        cause,
        details: limited(detailLines(some, stacks.length), MOST_DETAILS),
        next: remedyOf(some),
        message: some[0]?.[1].message ?? "",
        stacks,
      };
    })
    .sort((a, b) => b.stacks.length - a.stacks.length || a.cause.localeCompare(b.cause, "en"));
}

function detailOf({ resource, message }: Violation): string {
  const text = oneLine(message, MAX_TEXT);
  return resource === undefined ? text : `${shownName(resource)}: ${text}`;
}

/** Each violation once, and in how many of the tenants it is, if not in all. */
function detailLines(pairs: readonly Pair[], all: number): string[] {
  return byCount(pairs, detailOf).map(([text, stacks]) => {
    if (stacks.length === all) return text;
    return `${text} (in ${stacks.length === 1 ? stacks[0] : `${many(stacks.length)} of ${many(all)} tenants`})`;
  });
}

function remedyOf(pairs: readonly Pair[]): string | undefined {
  const told = pairs.filter(([, { next }]) => next !== undefined);
  const remedies = byCount(told, ({ next = "" }) => oneLine(next, MAX_TEXT)).map(([text]) => text);
  if (remedies.length === 0) return undefined;
  const more = remedies.length - MOST_REMEDIES;
  const rest = more > 0 ? [`(And ${many(more)} more: --format json has all.)`] : [];
  return [...remedies.slice(0, MOST_REMEDIES), ...rest].join(" ");
}

/** Different texts, each with its stacks, those of the most stacks first. */
function byCount(pairs: readonly Pair[], textOf: (violation: Violation) => string) {
  return [...Map.groupBy(pairs, ([, violation]) => textOf(violation))]
    .map(([text, some]) => [text, [...new Set(some.map(([stack]) => stack))]] as const)
    .sort(([a, some], [b, others]) => others.length - some.length || a.localeCompare(b, "en"));
}
