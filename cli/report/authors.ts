/**
 * The authors of drift, by the records of the tenant's audit log. Nobody is named on a guess.
 *
 * @module
 */
import type { AuditedChange } from "../../provider/api/auditedChanges";
import { authorOf, type SoughtChange } from "../../provider/api/changeAuthor";
import type { ComparedSetting } from "../compare/comparison";
import { sharedAttributes, valueKey } from "../compare/sameness";
import type { SidePolicy } from "../compare/side";
import type { Drift, DriftAuthor } from "./model";
import { orNull, shownText } from "./shown";

/** The audit log of a tenant with drift, as far as it was read. */
export interface AuditReading {
  /** Undefined if it has not answered, or was not asked. */
  readonly changes?: readonly AuditedChange[];
  /** Time at which the tenant had been read, in milliseconds since the epoch. */
  readonly untilMs: number;
  /** A sentence that says why there is no answer, or what to do for one. */
  readonly note?: string;
}

/** The author of something that drifted; null if the log does not tell. */
export function driftAuthor(
  what: SoughtChange["what"],
  code: SidePolicy,
  audit: AuditReading | undefined,
): DriftAuthor | null {
  if (audit?.changes === undefined || code.id === undefined) return null;
  const seenMs = Date.parse(code.lastModified ?? "");
  const sought = {
    policyId: code.id,
    what,
    ...(!Number.isNaN(seenMs) && { afterMs: seenMs }),
    untilMs: audit.untilMs,
  };
  const author = authorOf(sought, audit.changes);
  if (author === undefined) return null;
  const { by, atMs, through, isOfThisChange } = author;
  return {
    by: shownText(by),
    at: new Date(atMs).toISOString(),
    through: orNull(through),
    isOfThisChange,
  };
}

/**
 * A setting as records have it: its id and its value in the tenant. Undefined if no record shows what has changed: records
 * have neither settings that were removed nor other attributes than the value.
 */
export function soughtSetting({ effects }: ComparedSetting): SoughtChange["what"] {
  const [before, now] = [effects.left[0]?.entry, effects.right[0]?.entry];
  const { settingId, value } = now?.setting ?? {};
  // Without an id it is a whole payload.
  if (now === undefined || typeof settingId !== "string") return undefined;
  if (before !== undefined) {
    const attributes = sharedAttributes([before, now]);
    const [others, same] = [before, now].map(({ setting }) =>
      valueKey({ ...setting, value: null }, attributes),
    );
    if (others !== same) return undefined;
  }
  return { settingId, value };
}

/** A sentence that says why authors of drift are missing; null if there is nothing to say. */
export function authorNote(all: readonly Drift[], audit: AuditReading | undefined) {
  // The log never has changes of Intune's policies.
  const drift = all.filter(({ road }) => road !== "intune");
  if (drift.length === 0 || audit === undefined) return null;
  if (audit.changes === undefined) return orNull(audit.note);
  const unnamed = drift.filter(({ author }) => author === null).length;
  if (unnamed === 0) return null;
  const which = unnamed === drift.length ? "the changes" : "some of the changes";
  return `Who made ${which} is not known: the audit log has no record of them. A record may appear there hours after its change.`;
}
