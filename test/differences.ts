/**
 * Differences in words, as a reviewer reads them.
 *
 * @module
 */
import { type IsSecret, payloadDifferences } from "../provider/settings/differences";
import type { PlainObject } from "../provider/settings/json";
import { inWords } from "../provider/settings/words";
import type { Lifecycle } from "../provider/update/lifecycle";

/** The lines of a preview about a resource. */
export function linesOf(
  lifecycle: Pick<Lifecycle, "label" | "differences">,
  olds: PlainObject,
  news: PlainObject,
): string[] {
  return inWords(lifecycle.label(olds, news), lifecycle.differences(olds, news));
}

/** The lines about `policies`, without the name of the policy. */
export function payloadLines(before: unknown, after: unknown, isSecret: IsSecret): string[] {
  return inWords("", payloadDifferences("policies", before, after, isSecret)).map((line) =>
    line.replace(/^: (policies (?=\())?/, ""),
  );
}
