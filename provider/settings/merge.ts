/**
 * Merges a payload with changes that somebody else may have made since it was last read.
 *
 * @module
 */
import { isPlainObject, ownValue, sameJson } from "./json";
import { isStoredSettings, type StoredPayload, settingOf } from "./stored";
import { projectOnto } from "./wire";

/** The three versions of a payload. */
export interface PayloadVersions {
  /** As the state has it; undefined where the program did not speak of it before. */
  readonly base: unknown;
  /** As the tenant holds it now, with all its keys. */
  readonly theirs: StoredPayload;
  /** As the program wants it. */
  readonly ours: StoredPayload;
}

/** Something that changed in the tenant since the state was written. */
export interface TenantChange {
  /** The setting; undefined for a payload that is no list of settings. */
  readonly key: string | undefined;
  /** As the state had it, and as the tenant has it; undefined where there is none. */
  readonly before: unknown;
  readonly after: unknown;
  /** Kept as it is, or replaced by what the program says. */
  readonly isKept: boolean;
}

/** The payload to send, and the changes of somebody else. */
export interface Merged {
  readonly payload: StoredPayload;
  readonly changes: readonly TenantChange[];
}

/**
 * Merges a payload: what the program names wins; what somebody has added since, and the program does
 * not name, is kept, and so are keys of settings that only the service gives.
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

/** A setting as the program says, with those of the tenant's keys that nobody but it has given. */
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
