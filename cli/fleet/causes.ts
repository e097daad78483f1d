/**
 * Cause of a stack's failure, in one sentence that is the same for all stacks with that reason, and what to do.
 *
 * @module
 */
import { diagnose, diagnoseSignIn } from "../../provider/graph/errors/diagnosis";
import { redact } from "../../provider/graph/redact";
import { messageText, oneLine } from "../../provider/text/messageText";
import type { EngineError } from "./changes";
import type { StackError, Violation } from "./result";
import { ruleError } from "./rules";

/** Facts of a failed operation. */
export interface FailedOperation {
  readonly stack: string;
  readonly errors: readonly EngineError[];
  readonly violations?: readonly Violation[];
  /** End of what the CLI printed. */
  readonly output: string;
  /** Reason for its end from outside, if there was one: `its time limit`, `Ctrl-C`. */
  readonly ended?: { readonly cause: string; readonly next: string } | undefined;
}

/** Longest message of a stack in a result. */
const MAX_MESSAGE = 4_000;

const MAX_CAUSE = 300;

/** Errors that only say that others happened. */
const ONLY_FOLLOWS =
  /^(?:update|preview|refresh|destroy|resource operation|step application)s? (?:failed|canceled)\W*$|See the resource "[^"]*" for the reason/i;

/** Words that the engine puts before a message. */
const MARKS = /^(?:error: )?(?:(?:preview|update|refresh|destroy) failed: )?/i;

/** Texts of Pulumi, in lines of any error, and what they mean here. */
const OF_PULUMI: readonly {
  readonly when: RegExp;
  readonly cause: string;
  readonly next: (stack: string) => string;
}[] = [
  {
    when: /the stack is currently locked by|another update is currently in progress|\[409\] Conflict/i,
    cause: "The stack is locked: another update works on it, or one was killed.",
    next: (stack) =>
      `Wait for the other update. If there is none, run \`pulumi cancel --stack ${stack}\` and then \`fleet … --only failed\`.`,
  },
  {
    when: /incorrect passphrase|passphrase must be set|PULUMI_CONFIG_PASSPHRASE|failed to decrypt|decrypting secret value/i,
    cause: "The secrets of the stack cannot be decrypted.",
    next: () =>
      "Set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to the stack's passphrase, or sign in to its key service.",
  },
  {
    when: /PULUMI_ACCESS_TOKEN must be set|not logged in|invalid access token|please log ?in/i,
    cause: "Pulumi is not signed in to the backend of the state.",
    next: () => "Run `pulumi login`, or set PULUMI_ACCESS_TOKEN or PULUMI_BACKEND_URL.",
  },
  {
    when: /no stack named|stack '[^']*' not found/i,
    cause: "The backend has no such stack.",
    next: (stack) =>
      `Run \`pulumi stack init ${stack}\`, or name it in fleet.yaml: then \`fleet up\` makes it.`,
  },
  {
    when: /Cannot find (?:module|package)|It looks like the Pulumi SDK has not been installed|node_modules.*missing/i,
    cause: "The program lacks a package.",
    next: () => "Run `npm install` (`npm ci` in CI) in the folder of the project.",
  },
  {
    when: /heap out of memory|ENOMEM|cannot allocate memory|signal: killed/i,
    cause: "The machine has too little memory for so many stacks at a time.",
    next: () => "Lower --parallel: a stack takes some 400 MiB.",
  },
  {
    when: /ENOSPC|no space left on device/i,
    cause: "There is no space left on the disk.",
    next: () => "Make room, then run it again with --only failed.",
  },
  {
    when: /--config-file|could not (?:read|parse|unmarshal).*Pulumi\..*yaml/i,
    cause: "The configuration of the stack cannot be read.",
    next: (stack) => `Check Pulumi.${stack}.yaml.`,
  },
];

/** Parts of a message that differ although the cause is the same. */
const OWN_PARTS: readonly (readonly [RegExp, string])[] = [
  [/ \((?:client-)?request-id [^)]*\)/g, ""],
  [/urn:pulumi:\S+/g, "a resource"],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "…"],
  [/(client configuration|policy|resource|group|stack) ["'][^"']*["']/gi, "$1"],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "…"],
  [/127\.0\.0\.1:\d+|localhost:\d+/g, "localhost"],
];

/** The failure of a stack, as a result has it. */
export function stackError(failed: FailedOperation): StackError {
  const { stack, errors, violations = [], output, ended } = failed;
  if (ended !== undefined) return { ...ended, message: messageOf([ended.cause, ...texts(errors)]) };
  const told = texts(errors);
  // What failed beside a rule comes first: the rule is told by its violations, too.
  const broken = told.every((text) => ONLY_FOLLOWS.test(text)) ? ruleError(violations) : undefined;
  if (broken !== undefined) return { ...broken, message: messageOf([broken.message]) };
  const first = told.find((text) => !ONLY_FOLLOWS.test(text)) ?? told[0] ?? lastLine(output);
  const message = messageOf(told.length === 0 ? [first] : told);
  const known = OF_PULUMI.find(({ when }) => when.test(first));
  if (known !== undefined) return { cause: known.cause, next: known.next(stack), message };
  const [headline = "", ...rest] = first.split("\n").filter((line) => line.trim() !== "");
  const next = adviceIn(rest) ?? adviceFor(first);
  return { cause: sameForAll(headline), ...(next !== undefined && { next }), message };
}

/** Errors of resources first: those of the whole operation follow from them. */
function texts(errors: readonly EngineError[]): string[] {
  const [own, others] = [
    errors.filter(({ isOfResource }) => isOfResource),
    errors.filter(({ isOfResource }) => !isOfResource),
  ];
  return [...new Set([...own, ...others].map(({ message }) => withoutMark(message)))];
}

function withoutMark(text: string): string {
  return text.trim().replace(MARKS, "");
}

function messageOf(told: readonly string[]): string {
  const some = told.length > 1 ? told.filter((text) => !ONLY_FOLLOWS.test(text)) : told;
  const text = redact((some.length === 0 ? told : some).join("\n"));
  return messageText(text).slice(0, MAX_MESSAGE).toWellFormed();
}

/** The last line of an output that says something: the CLI ends with its error. */
function lastLine(output: string): string {
  const lines = output.split("\n").map((line) => line.trim());
  const error = lines.findLast((line) => line.startsWith("error: "));
  const said = error ?? lines.findLast((line) => line !== "");
  return withoutMark(said ?? "Pulumi's CLI ended without a message.");
}

/** The provider's own advice: the lines below its first one, without the hint at the doctor. */
function adviceIn(lines: readonly string[]): string | undefined {
  const advice = lines.filter(
    (line) =>
      !line.startsWith("`npx office-configuration doctor`") &&
      !line.startsWith("Graph may have carried it out") &&
      !/^\s+at /.test(line),
  );
  return advice.length === 0 ? undefined : oneLine(advice.join(" "), 600);
}

/** Advice for words that are not the provider's, such as an exception of the program. */
function adviceFor(text: string): string | undefined {
  const entra = /AADSTS\d+/.exec(text)?.[0];
  if (entra !== undefined) return diagnoseSignIn({ words: text, code: entra }).next;
  return diagnose({ words: text })?.next;
}

/** A sentence without secrets, and without what differs although the cause is the same. */
export function sameForAll(headline: string): string {
  const text = OWN_PARTS.reduce(
    (rest, [pattern, instead]) => rest.replaceAll(pattern, instead),
    redact(headline),
  );
  return oneLine(text, MAX_CAUSE);
}
