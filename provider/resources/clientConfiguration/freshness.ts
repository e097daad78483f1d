/**
 * When a policy may come from a list that many read together, and when it has to be asked for.
 *
 * @module
 */

import type { Freshness } from "../../api/configurationReader";
import type { PlainObject } from "../../settings/json";
import { PAYLOAD_NAMES, PAYLOADS } from "../../settings/names";
import { isPayloadName } from "./differences";

/** How old a list may be that is told to somebody, in milliseconds. */
const TOLD_AGE_MS = 60_000;

/**
 * How old a list may be that a write builds on, in milliseconds. What somebody else changes in that
 * very policy in that time is not seen, unless the service has versions.
 */
const BUILT_ON_AGE_MS = 5_000;

/** For a read or a preview. @returns undefined where a list does not do. */
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
