/**
 * Whether a policy may be read from a shared list, or needs a request of its own.
 *
 * @module
 */

import type { Freshness } from "../../api/configurationReader";
import type { PlainObject } from "../../settings/json";
import { PAYLOAD_NAMES, PAYLOADS } from "../../settings/names";
import { isPayloadName } from "./differences";

/** Greatest age of a list that is shown to the user, in milliseconds. */
const TOLD_AGE_MS = 60_000;

/**
 * Greatest age of a list that a write is based on, in milliseconds. Changes that somebody else makes to the
 * policy within that time are noticed only if the service has versions.
 */
const BUILT_ON_AGE_MS = 5_000;

/** For a read or a preview. @returns undefined if no list will do. */
export function forDisplay(known: PlainObject): Freshness | undefined {
  // Check-in data may be left out of lists, or be cut short there.
  if (known.includeCheckinData === true) return undefined;
  const names = PAYLOAD_NAMES.filter((name) => known.displayName === undefined || name in known);
  return { maxAgeMs: TOLD_AGE_MS, needs: names.map((name) => PAYLOADS[name]) };
}

/** For an update of some properties. */
export function forUpdate(changed: readonly string[]): Freshness {
  const names = changed.filter(isPayloadName);
  return { maxAgeMs: BUILT_ON_AGE_MS, needs: names.map((name) => PAYLOADS[name]) };
}
