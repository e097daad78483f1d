/**
 * Outcomes of a source together: each setting once, and each policy with all that it requires.
 *
 * @module
 */
import type { KnownSettings } from "../../provider/catalogue/knownSettings";
import { type Converted, isConverted, left, type Outcome } from "./outcome";

/** Leaves settings that the source gives several times, but for the last, and those of policies that lack elements. */
export function wholePolicies(outcomes: readonly Outcome[], settings: KnownSettings): Outcome[] {
  return withoutIncomplete(withoutRepeated(outcomes, settings), settings);
}

function withoutRepeated(outcomes: readonly Outcome[], settings: KnownSettings): Outcome[] {
  const winners = new Map<string, Converted>();
  for (const outcome of outcomes) {
    if (!isConverted(outcome)) continue;
    const before = winners.get(targetOf(outcome));
    if (before?.isCloud === true && outcome.isCloud !== true) continue;
    winners.set(targetOf(outcome), outcome);
  }
  return outcomes.map((outcome) => {
    const winner = isConverted(outcome) ? winners.get(targetOf(outcome)) : undefined;
    if (winner === undefined || winner === outcome) return outcome;
    const place = [winner.key, winner.valueName].filter(Boolean).join("\\");
    const reason = `the source sets ${settings.nameOf(winner.settingId)} at ${place} too, which wins`;
    return left(outcome, { kind: "replaced", reason, candidates: [winner.settingId] });
  });
}

function targetOf({ payload, settingId }: Converted): string {
  return `${payload} ${settingId}`;
}

function withoutIncomplete(outcomes: readonly Outcome[], settings: KnownSettings): Outcome[] {
  const given = new Set(outcomes.filter(isConverted).map(targetOf));
  return outcomes.map((outcome) => {
    if (!isConverted(outcome)) return outcome;
    const policy = settings.find(outcome.settingId)?.policy;
    if (policy === undefined) return outcome;
    const missing = settings
      .elementsOf(policy)
      .filter((id) => settings.find(id)?.required)
      .filter((id) => !given.has(targetOf({ ...outcome, settingId: id })));
    if (missing.length === 0) return outcome;
    const reason = `${settings.nameOf(policy)} requires ${settings.listElements(missing)} too`;
    return left(outcome, { kind: "incomplete", reason, candidates: missing });
  });
}
