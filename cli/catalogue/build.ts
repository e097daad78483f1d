import {
  CATALOGUE_VERSION,
  type Catalogue,
  type CatalogueSetting,
  type CatalogueSource,
  settingOf,
} from "../../provider/catalogue/catalogue";
import { withoutImpliedForm } from "../../provider/intune/form";
import { canonicalJson } from "../../provider/settings/json";
import { KNOWN_SETTINGS, KNOWN_VALUES } from "../../provider/settings/knownSettings";
import type { TemplateSettings } from "./admx/templates";

/** Settings of a file that is no template. */
export interface OtherSettings {
  readonly kind: "csv" | "intune";
  readonly file: string;
  readonly settings: ReadonlyMap<string, CatalogueSetting>;
}

/** Puts a catalogue together. Templates win over everything else, and a file wins over those after it. */
export function buildCatalogue(
  templates: Pick<TemplateSettings, "sources" | "settings">,
  others: readonly OtherSettings[],
): Catalogue {
  const settings = new Map(templates.settings);
  const apps = appsOf(templates.settings);
  const sources: CatalogueSource[] = [...templates.sources];
  for (const { kind, file, settings: found } of others) {
    const before = settings.size;
    for (const [id, setting] of found) {
      const known = settings.get(id);
      if (known !== undefined) {
        settings.set(id, withDefinition(known, setting));
      } else if (!isNoElement(kind, setting, templates.settings)) {
        const app = apps.get(id.slice(0, Math.max(0, id.indexOf(";"))));
        settings.set(id, app === undefined ? setting : { ...setting, app });
      }
    }
    sources.push({ kind, file, settings: settings.size - before });
  }
  const sorted = [...settings]
    .map(([id, setting]) => [id, withoutImpliedForm(setting)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { version: CATALOGUE_VERSION, sources, settings: Object.fromEntries(sorted) };
}

/** A setting with the definition of Intune's that another source has for it. */
function withDefinition(setting: CatalogueSetting, { intune }: CatalogueSetting): CatalogueSetting {
  if (intune === undefined || setting.intune !== undefined || setting.scope !== "user") {
    return setting;
  }
  return { ...setting, intune };
}

/** Intune has children of policies that are no elements: the template has none of that id, and Cloud Policy neither. */
function isNoElement(
  kind: OtherSettings["kind"],
  { policy }: CatalogueSetting,
  templates: TemplateSettings["settings"],
): boolean {
  return kind === "intune" && policy !== undefined && templates.has(policy);
}

/** The app in words by the first part of ids: `excel16` is Excel. */
function appsOf(settings: ReadonlyMap<string, CatalogueSetting>): Map<string, string> {
  const apps = new Map<string, string>();
  for (const [id, { app }] of settings) {
    const first = id.slice(0, id.indexOf(";"));
    if (app !== undefined && !apps.has(first)) apps.set(first, app);
  }
  return apps;
}

/** The text of a catalogue file: a setting a line, so that a comparison of two shows what changed. */
export function catalogueText({ version, sources, settings }: Catalogue): string {
  const lines = Object.keys(settings)
    .sort()
    .map((id) => `${canonicalJson(id)}:${canonicalJson(settings[id])}`);
  const from = sources.map((source) => canonicalJson(source));
  return `{"version":${version},\n"sources":[\n${from.join(",\n")}\n],\n"settings":{\n${lines.join(",\n")}\n}}\n`;
}

/** A sentence for each well-known setting of this package that the templates contradict. */
export function contradictions(catalogue: Catalogue): string[] {
  return Object.keys(KNOWN_SETTINGS).flatMap((id) => {
    const setting = settingOf(catalogue, id);
    if (setting === undefined || setting.source !== undefined) return [];
    if (setting.scope === "machine") {
      return [`${id}, which this package knows, is a machine setting in your templates`];
    }
    const { values, deletes } = setting;
    if (values === undefined || deletes === true) return [];
    const unknown = Object.keys(KNOWN_VALUES[id] ?? {}).filter(
      (value) => !Object.hasOwn(values, value),
    );
    if (unknown.length === 0) return [];
    return [
      `${id} takes ${unknown.join(", ")} as far as this package knows, but not in your templates`,
    ];
  });
}
