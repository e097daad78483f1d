/**
 * Settings of Office in a policy of Intune's: those that a program can have, and those that it leaves as they are.
 *
 * @module
 */
import { parseDefinitionId } from "../../../provider/intune/definitionId";
import { definitionIdOf } from "../../../provider/intune/instance";
import type { IntuneSettings } from "../../../provider/intune/intuneSettings";
import { type LeftValue, readInstances } from "../../../provider/intune/reading";
import { valuesIn } from "../../../provider/intune/values";
import { writeSettings } from "../../../provider/intune/writing";
import { isOffWithout } from "../../../provider/intune/writtenValue";
import { whyNoCode } from "../payloadCode";

/** A setting of Office that a program cannot have. */
export interface LeftSetting {
  /** Id of the setting, or of Intune's definition if it is no setting of the catalogue. */
  readonly id: string;
  /** A clause for a person. */
  readonly reason: string;
}

/** Contents of a policy. */
export interface PolicySettings {
  /** Values by the ids of their settings. A policy with them is, for the provider, the same as the one in the tenant. */
  readonly values: ReadonlyMap<string, string>;
  readonly left: readonly LeftSetting[];
  /** Number of settings at the top of the policy that are of other products. */
  readonly others: number;
}

/** Sorts the settings of a policy. @param instances - Those at the top, in Graph's JSON. */
export function settingsOfPolicy(
  instances: readonly unknown[],
  settings: IntuneSettings,
): PolicySettings {
  const { values, refused } = writable(valuesIn(instances, settings), instances, settings);
  const unread = readInstances(instances, settings)
    .flatMap((line) => ("value" in line ? [] : [line]))
    .filter((line) => !isOfAnotherProduct(line.definitionId) && !isImplied(line, values, settings));
  return {
    values,
    left: [
      ...[...refused].map(([id, reason]) => ({ id, reason })),
      ...unread.map(({ definitionId, candidates = [], reason }) => {
        const [only, ...more] = candidates;
        return { id: only !== undefined && more.length === 0 ? only : definitionId, reason };
      }),
    ],
    others: instances.filter((each) => isOfAnotherProduct(definitionIdOf(each))).length,
  };
}

/** Whether a definition is of no template of Office. An instance that cannot be read names none. */
function isOfAnotherProduct(definitionId: string): boolean {
  return definitionId !== "" && parseDefinitionId(definitionId) === undefined;
}

interface Writable {
  readonly values: Map<string, string>;
  /** Reasons by the ids of the settings that the provider would refuse, or find changed. */
  readonly refused: Map<string, string>;
}

/** Values that the provider takes, and finds again in the policy. */
function writable(
  found: ReadonlyMap<string, string>,
  instances: readonly unknown[],
  settings: IntuneSettings,
): Writable {
  const values = new Map(found);
  const refused = new Map<string, string>();
  const refuse = (id: string, reason: string) => {
    values.delete(id);
    refused.set(id, reason);
  };
  for (const [settingId, value] of found) {
    const lost = whyNoCode(Buffer.from(JSON.stringify([{ settingId, value }])));
    if (lost !== undefined) refuse(settingId, lost);
  }
  // A policy can have a setting at its top and inside of another one.
  for (const [id, value] of valuesIn(instances, settings, values)) {
    if (value !== values.get(id)) refuse(id, "the policy has it twice, with different values");
  }
  // Without one setting, others of its policy may be incomplete.
  for (;;) {
    const { left } = writeSettings(values, settings);
    if (left.length === 0) return { values, refused };
    for (const { settingId, reason } of left) refuse(settingId, reason);
  }
}

/** Whether a line is a check box that is not ticked, which the provider writes with its policy. */
function isImplied(
  { kind, candidates = [] }: LeftValue,
  values: ReadonlyMap<string, string>,
  { known }: IntuneSettings,
): boolean {
  const [id] = candidates;
  const setting = id === undefined ? undefined : known.find(id);
  if (kind !== "deletion" || setting?.policy === undefined || !isOffWithout(setting)) return false;
  return known.elementsOf(setting.policy).some((each) => values.has(each));
}
