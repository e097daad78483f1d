/**
 * Merges a payload with changes that somebody else may have made since the last read.
 *
 * @module
 */
import { isPlainObject, ownValue, sameJson } from "./json";
import { isStoredSettings, type StoredPayload, settingOf } from "./stored";
import { projectOnto } from "./wire";

/** The three versions of a payload. */
export interface PayloadVersions {
  /** In the state; undefined if the program did not give the payload before. */
  readonly base: unknown;
  /** In the tenant now, with all keys. */
  readonly theirs: StoredPayload;
  /** In the program. */
  readonly ours: StoredPayload;
}

/** A change in the tenant since the state was written. */
export interface TenantChange {
  /** The setting; undefined for a payload that is not a list of settings. */
  readonly key: string | undefined;
  /** In the state and in the tenant; undefined if there is none. */
  readonly before: unknown;
  readonly after: unknown;
  /** Whether it is kept, rather than replaced by the program's value. */
  readonly isKept: boolean;
}

/** The payload to send, and the changes of somebody else. */
export interface Merged {
  readonly payload: StoredPayload;
  readonly changes: readonly TenantChange[];
}

/**
 * Merges a payload. The program's values win. Settings that somebody has added since and that the program
 * does not name are kept, and so are keys of settings that only the service gives.
 */
export function mergePayload({ base, theirs, ours }: PayloadVersions): Merged {
  if (base === undefined) return { payload: ours, changes: [] };
  if (!isStoredSettings(base) || !isStoredSettings(theirs) || !isStoredSettings(ours)) {
    const isOther = !sameJson(theirs, base) && !sameJson(theirs, ours);
    const change = { key: undefined, before: base, after: theirs, isKept: false };
    return { payload: ours, changes: isOther ? [change] : [] };
  }
  const payload: [string, unknown][] = [];
  const changes: TenantChange[] = [];
  const seen = projectOnto(base, theirs);
  for (const key of [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].sort()) {
    const [before, after] = [ownValue(base, key), ownValue(seen, key)];
    const [their, our] = [ownValue(theirs, key), ownValue(ours, key)];
    const isNamed = Object.hasOwn(ours, key);
    const isAdded = !isNamed && !Object.hasOwn(base, key);
    const merged = isNamed ? withKeptKeys(before, their, our) : their;
    if (isNamed || isAdded) payload.push([key, merged]);
    const isOther = !sameJson(before, after) && !(isNamed && sameJson(merged, their));
    if (isOther) changes.push({ key, before, after, isKept: isAdded });
  }
  return { payload: Object.fromEntries(payload), changes };
}

/** A setting with the program's values, plus the keys that only the tenant has given. */
function withKeptKeys(base: unknown, theirs: unknown, ours: unknown): unknown {
  if (!isPlainObject(theirs)) return ours;
  const [known, wanted] = [settingOf("", base), settingOf("", ours)];
  const kept = Object.entries(theirs).filter(
    ([key]) => !Object.hasOwn(known, key) && !Object.hasOwn(wanted, key),
  );
  if (kept.length === 0) return ours;
  const { settingId: _, ...named } = wanted;
  return { ...Object.fromEntries(kept), ...named };
}
