import type { IntuneSettings } from "../../provider/intune/intuneSettings";
import { type IntuneLine, readInstances } from "../../provider/intune/reading";
import type { DefinitionEntry } from "../sources/source";
import { whyLeft } from "./judge";
import { left, type Outcome } from "./outcome";

/** Outcomes of all settings of a policy of Intune's: which of them win depends on all of them. */
export function definitionOutcomes(
  entries: readonly DefinitionEntry[],
  settings: IntuneSettings,
): Outcome[] {
  const instances = entries.map(({ instance }) => instance);
  return readInstances(instances, settings).map((line) => outcomeOf(line, settings));
}

function outcomeOf(line: IntuneLine, { known }: IntuneSettings): Outcome {
  const place = { key: line.definitionId, valueName: "" };
  if ("value" in line) {
    const { settingId, value } = line;
    const why = whyLeft(known, settingId, value);
    return why === undefined
      ? { ...place, settingId, value, payload: "policies" }
      : left(place, { candidates: [settingId], ...why });
  }
  const { kind, reason, candidates = [] } = line;
  return left(place, { kind, reason, ...(candidates.length > 0 && { candidates }) });
}
