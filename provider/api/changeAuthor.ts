/**
 * Author of a change, by the records of the tenant's audit log. Names nobody on a guess.
 *
 * @module
 */
import { shownMinute } from "../graph/clock";
import { oneLine } from "../text/messageText";
import type { AuditedChange } from "./auditedChanges";
import { CLOCK_DIFFERENCE_MS } from "./auditLog";

/** The log may tell times to the second only. */
const SECOND_MS = 1_000;

/** A change whose author is sought. */
export interface SoughtChange {
  readonly policyId: string;
  /**
   * A setting by its id, with the value that the tenant has; a property of the policy, with its value; or `deletion`.
   * Undefined for a change that no record shows.
   */
  readonly what:
    | { readonly settingId: string; readonly value: unknown }
    | { readonly property: "displayName" | "description" | "priority"; readonly value: unknown }
    | "deletion"
    | undefined;
  /** Time at which the value before was seen in the tenant, in milliseconds since the epoch. @default not known */
  readonly afterMs?: number | undefined;
  /** Time at which the new value was seen there. @default now */
  readonly untilMs?: number | undefined;
}

/** The author of a change, and when it was made. */
export interface ChangeAuthor {
  readonly by: string;
  /** In milliseconds since the epoch. */
  readonly atMs: number;
  /** The app with which it was made, such as a portal. Undefined if the log does not say it. */
  readonly through: string | undefined;
  /**
   * Whether the record shows this policy, this setting and this value. Otherwise it is the last record of the policy, and
   * may be of another change.
   */
  readonly isOfThisChange: boolean;
}

/**
 * The author of a change. A record lists the settings of a policy, and may repeat those that it does not change: the author
 * is whoever made the first of the last records with the value, provided that the value was another one before.
 *
 * @param changes - In the order of their times.
 * @returns undefined if the log has nothing about the policy in that time.
 */
export function authorOf(
  sought: SoughtChange,
  changes: readonly AuditedChange[],
): ChangeAuthor | undefined {
  const { policyId, what, afterMs, untilMs = Number.POSITIVE_INFINITY } = sought;
  const id = policyId.toLowerCase();
  const from = (afterMs ?? Number.NEGATIVE_INFINITY) - CLOCK_DIFFERENCE_MS;
  const ofPolicy = changes.filter(
    ({ policyId: changed, atMs }) =>
      changed === id && atMs >= from && atMs <= untilMs + CLOCK_DIFFERENCE_MS,
  );
  const last = ofPolicy.at(-1);
  if (last === undefined) return undefined;
  if (what === "deletion") return author(last, last.isDeletion);
  const shown = ofPolicy.flatMap((change) => {
    const value = valueIn(change, what);
    return value === undefined ? [] : [{ change, isSame: isSameValue(value, what) }];
  });
  const before = shown.findLastIndex(({ isSame }) => !isSame);
  const first = shown[before + 1]?.change;
  // A record of before that moment may be of an earlier change to the same value.
  const isLater = first !== undefined && first.atMs >= (afterMs ?? first.atMs) - SECOND_MS;
  const wasAnother = before >= 0 || afterMs !== undefined;
  return isLater && wasAnother ? author(first, true) : author(last, false);
}

function author({ by, atMs, through }: AuditedChange, isOfThisChange: boolean): ChangeAuthor {
  return { by, atMs, through, isOfThisChange };
}

function valueIn(
  { settings, properties }: AuditedChange,
  what: Exclude<SoughtChange["what"], "deletion">,
): string | undefined {
  if (what === undefined) return undefined;
  if ("property" in what) return properties.get(what.property);
  return settings.get(what.settingId.toLowerCase());
}

function isSameValue(value: string, what: Exclude<SoughtChange["what"], "deletion">): boolean {
  const sought = what?.value;
  if (sought === undefined) return false;
  return value === (typeof sought === "string" ? sought : JSON.stringify(sought));
}

/** Ids that the log has for apps in place of a name. */
const APP = /^ServicePrincipal_|^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Longest name that is shown, in characters. */
const LONGEST_NAME = 100;

/** Words after the last change of a policy, which is not known to be the one that was sought. */
export const MAYBE_ANOTHER = "and that may be another change";

/** An author and a time in words: `ann@contoso.example in Cloud Policy, 2026-11-21 14:02 UTC`. */
export function authorInWords({ by, through, atMs }: Omit<ChangeAuthor, "isOfThisChange">): string {
  const where = through === undefined ? "" : ` in ${oneLine(through, LONGEST_NAME)}`;
  return `${isApp(by) ? "the app " : ""}${oneLine(by, LONGEST_NAME)}${where}, ${shownMinute(atMs)}`;
}

/** Whether an author is an app that signed in as itself: the log has its id in place of a name. */
export function isApp(by: string): boolean {
  return APP.test(by);
}
