import { CATALOGUE_FILE } from "../../provider/catalogue/catalogue";
import { CatalogueError } from "../../provider/catalogue/catalogueError";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { readCatalogue } from "../../provider/catalogue/read";
import { findFile, type PackPlace } from "../files";
import { stackSettings } from "../stackConfig";
import { forEachKnownSetting } from "../validate";
import type { OfficePolicySetting } from "../view/officePolicySetting";
import { policyRule } from "./rule";

interface Settings {
  readonly catalogue?: string;
}

/** @param say - Shows a line beside the violations. */
export function noMachineSetting(place: PackPlace, say: (line: string) => void) {
  const catalogues = new Map<string | undefined, Found>();
  const find = (named: string | undefined): Found => {
    const known = catalogues.get(named) ?? foundCatalogue(named, place);
    catalogues.set(named, known);
    return known;
  };
  const told = new Set<string>();
  const once = (text: string | undefined, tell: (text: string) => void) => {
    if (text === undefined || told.has(text)) return;
    told.add(text);
    tell(text);
  };
  return policyRule<Settings>({
    name: "no-machine-setting",
    description: "No policy has settings of the computer.",
    remedy:
      "Remove the setting: Cloud Policy, and the policies of this package in Intune, have settings of users. Set it where the computer is managed.",
    settings: {
      catalogue: {
        type: "string",
        description:
          "File with the catalogue of settings, which says whose they are. Default: the stack's, office-settings.json beside Pulumi.yaml.",
      },
    },
    check(policy, report, { catalogue }) {
      const { settings, problem, note } = find(catalogue);
      once(problem, report);
      once(note, say);
      forEachKnownSetting(policy, (setting) => {
        if (!isOfMachine(setting, settings)) return;
        report(
          `${setting.id} is a setting of the computer, and policies have settings of users.\nRemove ${setting.id}.`,
        );
      });
    },
  });
}

interface Found {
  readonly settings?: KnownSettings;
  /** A file that is named and cannot be read. */
  readonly problem?: string;
  readonly note?: string;
}

function foundCatalogue(named: string | undefined, place: PackPlace): Found {
  const name = named ?? stackSettings(place.env).find("catalogue")?.value;
  const { path, text, problem } = findFile(name ?? CATALOGUE_FILE, place);
  if (text === undefined) {
    return name === undefined ? { note: WITHOUT_CATALOGUE } : { problem };
  }
  try {
    return { settings: new KnownSettings(readCatalogue(text, path)) };
  } catch (error) {
    if (error instanceof CatalogueError) return { problem: error.message };
    throw error;
  }
}

const WITHOUT_CATALOGUE = `no-machine-setting: there is no ${CATALOGUE_FILE} in the project, so only settings that say themselves that they are the computer's are found. See docs/catalogue.md.`;

function isOfMachine(setting: OfficePolicySetting, settings: KnownSettings | undefined): boolean {
  if (settings?.find(setting.id)?.scope === "machine") return true;
  const ofClass = String(setting.property("class") ?? "");
  const path = String(setting.property("regKeyFullPath") ?? setting.property("key") ?? "");
  return (
    /^(?:machine|device|computer)$/i.test(ofClass) || /^(?:HKLM|HKEY_LOCAL_MACHINE)\b/i.test(path)
  );
}
