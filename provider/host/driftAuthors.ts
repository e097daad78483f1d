/**
 * The authors of drift, by the tenant's audit log.
 *
 * @module
 */
import type { AuditedChange } from "../api/auditedChanges";
import { authorOf, type ChangeAuthor, type SoughtChange } from "../api/changeAuthor";
import type { Difference } from "../settings/differences";
import type { PlainObject } from "../settings/json";
import { settingOf } from "../settings/stored";
import type { LifecycleContext } from "../update/lifecycle";
import { type AuditAnswer, type AuditTrail, NO_RECORD } from "./auditTrail";

/** Drift of one policy. */
export interface PolicyDrift {
  readonly policyId: string;
  /** The differences that were found; `deletion` if the policy is gone. */
  readonly found: readonly Difference[] | "deletion";
  /** The outputs in the state. */
  readonly before: PlainObject;
}

/** The authors of a policy's drift. */
export interface DriftAuthors {
  /** The author of a difference; undefined if the log does not show exactly that change. */
  readonly of: (difference: Difference | "deletion") => ChangeAuthor | undefined;
  /** The last change of the policy, if it may be another one than a difference. */
  readonly last?: ChangeAuthor | undefined;
  /** A line about the log: why it does not say more. */
  readonly note?: string | undefined;
}

/** Asks the audit log who made the changes. Never throws, and ends when the operation does. */
export async function authorsOf(
  trail: AuditTrail | undefined,
  context: LifecycleContext,
  drift: PolicyDrift,
): Promise<DriftAuthors> {
  const nobody = { of: () => undefined };
  if (trail === undefined) return nobody;
  const untilMs = context.clock.now();
  const all = drift.found === "deletion" ? (["deletion"] as const) : drift.found;
  const author = (each: Difference | "deletion", changes: readonly AuditedChange[]) =>
    authorOf({ ...soughtOf(each, drift), untilMs }, changes);
  const isEnough = (changes: readonly AuditedChange[]) =>
    all.every((each) => {
      const found = author(each, changes);
      return found !== undefined && (found.isOfThisChange || isUnseen(each));
    });
  const asked = trail.changes(context.tenantId, isEnough);
  const { changes, note } = await context.until(asked).catch((): AuditAnswer => ({}));
  if (changes === undefined) return { ...nobody, note };
  const found = new Map(all.map((each) => [each, author(each, changes)]));
  const authors = [...found.values()];
  const last = authors.find((each) => each?.isOfThisChange === false);
  const isNone = authors.every((each) => each === undefined);
  return {
    of: (each) => certain(found.get(each)),
    last,
    note: isNone ? (note ?? NO_RECORD) : undefined,
  };
}

function certain(author: ChangeAuthor | undefined): ChangeAuthor | undefined {
  return author?.isOfThisChange === true ? author : undefined;
}

/** Whether no record shows a change of this kind. */
function isUnseen(each: Difference | "deletion"): boolean {
  return each !== "deletion" && whatOf(each) === undefined;
}

function soughtOf(each: Difference | "deletion", { policyId, before }: PolicyDrift): SoughtChange {
  const { lastModifiedDateTime } = before;
  const seen = Date.parse(String(lastModifiedDateTime));
  return {
    policyId,
    what: each === "deletion" ? each : whatOf(each),
    ...(!Number.isNaN(seen) && { afterMs: seen }),
  };
}

function whatOf({ form, path, new: next }: Difference): SoughtChange["what"] {
  const [name, key, attribute] = path;
  // Records have no value of a setting that was removed.
  if (next === undefined) return undefined;
  if (form === "value" && (name === "displayName" || name === "description" || name === "priority"))
    return { property: name, value: next };
  if (form !== "settings" || typeof key !== "string") return undefined;
  // A key may end in a platform.
  const settingId = key.replace(/@[^@;]*$/, "");
  if (attribute === "value") return { settingId, value: next };
  return attribute === undefined ? { settingId, value: settingOf(key, next).value } : undefined;
}
