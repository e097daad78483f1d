import type { Catalogue } from "../../provider/catalogue/catalogue";
import { KnownSettings } from "../../provider/catalogue/knownSettings";
import { RegistryIndex } from "../../provider/catalogue/registryIndex";
import { IntuneSettings } from "../../provider/intune/intuneSettings";
import { sortedSettings } from "../sortedSettings";
import type { Source, SourceEntry } from "../sources/source";
import { conflictsOf } from "./conflicts";
import { definitionOutcomes } from "./definitionOutcomes";
import { namedOutcomes } from "./namedOutcomes";
import { isConverted, left, type Outcome } from "./outcome";
import { PolicyNames } from "./policyNames";
import { type RegistryCatalogue, registryOutcome } from "./registryOutcomes";
import type { ConvertedLine, LeftLine, Resolution, ResolvedPolicy } from "./resolution";
import { settingOutcome } from "./settingOutcomes";
import { Timeline } from "./timeline";
import { uniquelyNamed } from "./uniquelyNamed";
import { wholePolicies } from "./whole";

/**
 * Finds the settings of Cloud Policy that sources mean. Each value of each source becomes one line, converted or left.
 *
 * @param sources - In the order in which they win. Those of the same name get names that tell them apart.
 */
export function resolveSources(sources: readonly Source[], catalogue: Catalogue): Resolution {
  const settings = new KnownSettings(catalogue);
  const known = {
    settings,
    index: new RegistryIndex(catalogue),
    names: new PolicyNames(settings),
    intune: new IntuneSettings(settings),
  };
  const resolved = uniquelyNamed(sources).map((source) => ({
    source,
    outcomes: wholePolicies(outcomesOf(source, known), settings),
  }));
  const policies = resolved.map(({ source, outcomes }) => policyOf(source, outcomes, settings));
  return {
    policies,
    converted: resolved.flatMap(({ source, outcomes }) => convertedLines(source.name, outcomes)),
    left: resolved.flatMap(({ source, outcomes }) => leftLines(source.name, outcomes)),
    conflicts: conflictsOf(policies),
  };
}

/** A catalogue by all that sources ask for. */
interface KnownCatalogue extends RegistryCatalogue {
  readonly names: PolicyNames;
  readonly intune: IntuneSettings;
}

function outcomesOf({ entries }: Source, known: KnownCatalogue): Outcome[] {
  const timeline = new Timeline(
    entries.map((entry) => (entry.form === "registry" ? entry : undefined)),
  );
  const definitions = entries.filter((entry) => entry.form === "definition");
  return [
    ...entries.flatMap((entry, order) => entryOutcomes(entry, order, timeline, known)),
    ...definitionOutcomes(definitions, known.intune),
  ];
}

function entryOutcomes(
  entry: SourceEntry,
  order: number,
  timeline: Timeline,
  known: KnownCatalogue,
): Outcome[] {
  switch (entry.form) {
    case "registry":
      return [registryOutcome(entry, order, timeline, known)];
    case "setting":
      return [settingOutcome(entry, known.settings)];
    case "named":
      return namedOutcomes(entry, known.names, known.settings);
    case "definition":
      return [];
    case "unread": {
      const place = { key: entry.place, valueName: "" };
      return [left(place, { kind: "unread", reason: entry.reason })];
    }
  }
}

function policyOf(
  source: Source,
  outcomes: readonly Outcome[],
  settings: KnownSettings,
): ResolvedPolicy {
  const found = outcomes
    .filter(isConverted)
    .map(({ settingId, value, payload }) => ({ settingId, value, payload }));
  return { source, settings: sortedSettings(found, settings) };
}

function convertedLines(source: string, outcomes: readonly Outcome[]): ConvertedLine[] {
  return outcomes.filter(isConverted).map(({ key, valueName, settingId, value, payload }) => {
    return { source, key, valueName, settingId, value, payload };
  });
}

function leftLines(source: string, outcomes: readonly Outcome[]): LeftLine[] {
  return outcomes.flatMap((outcome) => (isConverted(outcome) ? [] : [{ source, ...outcome }]));
}
