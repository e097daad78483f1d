import type { KnownSettings } from "../provider/catalogue/knownSettings";

/** Settings sorted by app, category and id. Those without an app come first. */
export function sortedSettings<T extends { readonly settingId: string }>(
  found: readonly T[],
  settings: KnownSettings,
): T[] {
  const ranked = found.map((setting) => {
    const { app = "", category = "" } = settings.find(setting.settingId) ?? {};
    return { setting, rank: [app, category, setting.settingId] };
  });
  return ranked.sort((a, b) => inOrder(a.rank, b.rank)).map(({ setting }) => setting);
}

function inOrder(a: readonly string[], b: readonly string[]): number {
  for (const [place, text] of a.entries()) {
    const other = b[place] ?? "";
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
