/**
 * Reads a policy of Intune's settings catalogue as settings of Cloud Policy. Every value of the policy is one line,
 * carried or left.
 *
 * @module
 */
import { isNestedTooDeep } from "../text/nesting";
import { compareVersions } from "./definitionId";
import { definitionIdOf, parseInstance, type SettingInstance } from "./instance";
import { type NotCarried, settingValue, stateOf } from "./instanceValue";
import type { DefinitionMatch, IntuneSettings, Outer } from "./intuneSettings";

/** A value of Intune's policy, carried to a setting of Cloud Policy or left. */
export type IntuneLine = CarriedValue | LeftValue;

export interface CarriedValue {
  /** Id of Intune's definition, as the policy has it. */
  readonly definitionId: string;
  readonly settingId: string;
  readonly value: string;
}

export interface LeftValue {
  /** Id of Intune's definition. Empty if the policy does not name it. */
  readonly definitionId: string;
  readonly kind: NotCarried;
  /** A clause for a person. */
  readonly reason: string;
  /** Ids of the settings that it may be. */
  readonly candidates?: readonly string[];
}

/** A line that is not compared with those of other versions yet. */
type Line = LeftValue | (CarriedValue & { readonly version: string });

/**
 * Lines of the instances at the top of a policy: those of `settings[].settingInstance`.
 *
 * @param instances - As Graph's JSON has them. Anything else is a line that says so.
 */
export function readInstances(
  instances: readonly unknown[],
  settings: IntuneSettings,
): IntuneLine[] {
  return latest(
    instances.flatMap((item) =>
      isNestedTooDeep(item)
        ? [unread(item, "it is nested too deep")]
        : linesOf(item, undefined, settings),
    ),
  );
}

function linesOf(item: unknown, outer: Outer | undefined, settings: IntuneSettings): Line[] {
  const instance = parseInstance(item);
  if (instance === undefined)
    return [unread(item, "it has none of the forms that Graph documents")];
  const { settingDefinitionId: definitionId } = instance;
  const match = settings.match(definitionId, outer);
  const settingId = match.kind === "setting" ? match.id : undefined;
  const children = childrenOf(instance).flatMap((child) =>
    linesOf(child, { definitionId, settingId }, settings),
  );
  const hasElements = children.some((child) => isElementOf(settingId, child, settings));
  return [...ownLines(instance, match, hasElements), ...children];
}

function unread(item: unknown, reason: string): LeftValue {
  return { definitionId: definitionIdOf(item), kind: "unread", reason };
}

/** Children of a choice are settings of their own; those of a list are its parts. */
function childrenOf({ choiceSettingValue, groupSettingValue }: SettingInstance): unknown[] {
  return choiceSettingValue?.children ?? groupSettingValue?.children ?? [];
}

function isElementOf(policy: string | undefined, line: Line, settings: IntuneSettings): boolean {
  if (policy === undefined) return false;
  const ids = "value" in line ? [line.settingId] : (line.candidates ?? []);
  return ids.some((id) => settings.known.find(id)?.policy === policy);
}

/** Lines of an instance without those of its children. An enabled policy has none: its elements have the values. */
function ownLines(instance: SettingInstance, match: DefinitionMatch, hasElements: boolean): Line[] {
  const { settingDefinitionId: definitionId } = instance;
  const left = (kind: NotCarried, reason: string, candidates: readonly string[] = []): Line[] => [
    { definitionId, kind, reason, ...(candidates.length > 0 && { candidates }) },
  ];
  switch (match.kind) {
    case "foreign":
      return left("foreign", "it is no setting of Office's templates");
    case "unknown":
      return left("unknown", "the catalogue has no setting with its names");
    case "machine":
      return left(
        "machine",
        "it is a setting of the computer, and a program has user settings only",
        match.ids,
      );
    case "ambiguous":
      return left("ambiguous", "several settings have its names", match.ids);
    case "setting": {
      const { id, setting, version } = match;
      if (setting.kind === "policy" && hasElements && stateOf(instance, setting) === "on")
        return [];
      const reading = settingValue(instance, setting);
      return "value" in reading
        ? [{ definitionId, settingId: id, value: reading.value, version }]
        : left(reading.kind, reading.reason, [id]);
    }
  }
}

/** Lines of which those for an earlier version of the templates are left, where a later one sets the same. */
function latest(lines: readonly Line[]): IntuneLine[] {
  const newest = new Map<string, string>();
  for (const line of lines) {
    if (!("value" in line)) continue;
    const version = newest.get(line.settingId);
    if (version === undefined || compareVersions(version, line.version) < 0) {
      newest.set(line.settingId, line.version);
    }
  }
  return lines.map((line): IntuneLine => {
    if (!("value" in line)) return line;
    const { definitionId, settingId, value, version } = line;
    if (newest.get(settingId) === version) return { definitionId, settingId, value };
    const reason = `the definition for a later version of the templates sets it too (${newest.get(settingId)})`;
    return { definitionId, kind: "replaced", reason, candidates: [settingId] };
  });
}
