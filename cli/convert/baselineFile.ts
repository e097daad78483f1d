import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { baselineText } from "../../provider/settings/baseline";
import type { Resolution } from "./resolution";
import { counted } from "./summary";

/** @throws TypeError if the file is there without `--force`: a person may have edited it. */
export function checkBaselineFile(file: string, force: boolean): void {
  if (force || !existsSync(file)) return;
  throw new TypeError(`--baseline ${file} is there already: name another file, or give --force`);
}

/**
 * Writes the settings of sources as a baseline.
 *
 * @param resolution - Of sources that are merged: each setting has one value.
 * @returns what to show.
 */
export function writeBaseline(file: string, { policies }: Resolution): string {
  const all = policies.flatMap(({ settings }) => settings);
  const once = new Map(all.map((setting) => [`${setting.payload} ${setting.settingId}`, setting]));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, baselineText([...once.values()]));
  return `\n${counted(once.size, "required setting")} written to ${file}.\nThe rule required-settings holds policies to them: docs/policy-as-code.md\n`;
}
