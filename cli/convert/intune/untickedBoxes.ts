import type { IntuneSettings } from "../../../provider/intune/intuneSettings";
import { isOffWithout } from "../../../provider/intune/writtenValue";
import type { LeftLine, Resolution } from "../resolution";

/**
 * Check boxes that are not ticked, and whose registry value Group Policy deletes then: Intune has that state, and the
 * provider writes it with the policy. Their lines stay left, with another reason.
 *
 * @param isMerged - Whether another source's policy will do.
 */
export function withUntickedBoxes(
  resolution: Resolution,
  { known }: IntuneSettings,
  isMerged: boolean,
): Resolution {
  const written = new Set(
    resolution.policies.flatMap(({ source, settings }) =>
      settings.map(({ settingId }) => placeOf(source.name, known.find(settingId)?.policy)),
    ),
  );
  function placeOf(source: string, policy: string | undefined): string {
    return JSON.stringify([isMerged ? "" : source, policy]);
  }
  const inPolicy = (line: LeftLine): LeftLine => {
    const { kind, source, candidates = [] } = line;
    const [id, ...others] = candidates;
    const setting = id === undefined || others.length > 0 ? undefined : known.find(id);
    if (kind !== "deletion" || setting?.policy === undefined) return line;
    if (!isOffWithout(setting) || !written.has(placeOf(source, setting.policy))) return line;
    const reason = `${known.nameOf(setting.policy)} is written with this box not ticked`;
    return { ...line, kind: "part", reason };
  };
  return { ...resolution, left: resolution.left.map(inPolicy) };
}
