/**
 * A host whose project has a catalogue with Intune's definitions, those of the emulator.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readIntuneAnswer } from "../cli/catalogue/intune";
import { inventedDefinitions } from "../emulator/deviceManagement/definitions";
import type { StoredPolicy } from "../emulator/deviceManagement/policyStore";
import type { EmulatorPreset } from "../emulator/modes";
import type { CatalogueSetting } from "../provider/catalogue/catalogue";
import { KnownSettings } from "../provider/catalogue/knownSettings";
import { IntuneSettings } from "../provider/intune/intuneSettings";
import { valuesIn } from "../provider/intune/values";
import { FakeHost } from "./fakeHost";

/** Ids of settings of the catalogue. */
export const INTUNE_ID = {
  /** A list of values, as the later of two versions of a template has it. */
  level: "excel16;L_Invented01;L_Part",
  number: "excel16;L_Invented07;L_Part",
  text: "word16;L_Invented03;L_Part",
  toggle: "excel16;L_Invented05",
  other: "office16;L_Invented10",
  list: "excel16;L_Invented04;L_Part",
} as const;

/** The definition of the toggle. */
export const TOGGLE_DEFINITION =
  "user_vendor_msft_policy_config_excel16v2~policy~l_invented~l_area_l_invented05";

let known: Record<string, CatalogueSetting> | undefined;

/** Settings of the emulator's definitions. Which value of a toggle is on, only a template would tell. */
export function intuneCatalogue(): Record<string, CatalogueSetting> {
  known ??= Object.fromEntries(
    [...readIntuneAnswer(inventedDefinitions()).settings].map(([id, setting]) => [
      id,
      setting.kind === "unknown"
        ? { ...setting, kind: "toggle", values: { "1": "On", "0": "Off" }, on: "1", off: "0" }
        : setting,
    ]),
  );
  return known;
}

/** A host with that catalogue. Close it after the test. */
export function intuneHost(preset?: EmulatorPreset): FakeHost {
  const host = new FakeHost(preset === undefined ? {} : { preset });
  const catalogue = { version: 1, sources: [], settings: intuneCatalogue() };
  mkdirSync(host.folder, { recursive: true });
  writeFileSync(join(host.folder, "office-settings.json"), JSON.stringify(catalogue));
  return host;
}

/** Settings of Office in a policy of the tenant. */
export function settingsIn({ settings }: StoredPolicy): Record<string, string> {
  const catalogue = { version: 1 as const, sources: [], settings: intuneCatalogue() };
  const values = valuesIn(settings, new IntuneSettings(new KnownSettings(catalogue)));
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}
