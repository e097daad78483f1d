import type { ConvertedLine, LeftLine, Resolution, ResolvedSetting } from "./resolution";

/**
 * A resolution in which each setting has one value: that of the first source that gives it. The others are left, with
 * the source that wins.
 */
export function merged(resolution: Resolution): Resolution {
  const winners = new Map<string, { readonly source: string; readonly value: string }>();
  for (const { source, settings } of resolution.policies) {
    for (const setting of settings) {
      const target = targetOf(setting);
      if (!winners.has(target)) winners.set(target, { source: source.name, value: setting.value });
    }
  }
  const isWinner = (setting: ResolvedSetting) =>
    winners.get(targetOf(setting))?.value === setting.value;
  const lost = resolution.converted.filter((line) => !isWinner(line));
  return {
    ...resolution,
    policies: resolution.policies.map(({ source, settings }) => {
      return { source, settings: settings.filter(isWinner) };
    }),
    converted: resolution.converted.filter(isWinner),
    left: [
      ...resolution.left,
      ...lost.map((line) => replacedBy(winners.get(targetOf(line))?.source ?? "", line)),
    ],
  };
}

function targetOf({ payload, settingId }: ResolvedSetting): string {
  return `${payload} ${settingId}`;
}

function replacedBy(
  winner: string,
  { source, key, valueName, settingId }: ConvertedLine,
): LeftLine {
  const reason = `the source "${winner}" sets it too, and wins`;
  return { source, key, valueName, kind: "replaced", reason, candidates: [settingId] };
}
