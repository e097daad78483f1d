/**
 * A policy as it was found in the tenant, as inputs and outputs of its resource.
 *
 * @module
 */

import { type ConfigurationAnswer, scalarOf } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { SCALAR_FIELDS } from "../../settings/inputs/clientConfiguration";
import type { PlainObject } from "../../settings/json";
import { SECRETS_KEY } from "../../settings/keys";
import { PAYLOAD_NAMES } from "../../settings/names";
import { projectOnto } from "../../settings/wire";
import { groupsOf } from "./bodies";

/** The tenant's policy as inputs: those that the program gives, or all inputs if the program gives none. */
export async function inputsOf(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  known: PlainObject,
): Promise<PlainObject> {
  const isKnown = (name: string) => known.displayName === undefined || name in known;
  const inputs: PlainObject = {};
  for (const field of SCALAR_FIELDS) {
    const { name, form, isRequired } = field;
    const value = scalarOf(found, field) ?? (form === "text" ? "" : undefined);
    const isMeant = isRequired || name in known || (isKnown(name) && value !== "");
    if (isMeant && value !== undefined) inputs[name] = value;
  }
  const names = PAYLOAD_NAMES.filter(isKnown);
  // All at once, so that the requests travel in one batch.
  const [payloads, groups] = await Promise.all([
    Promise.all(names.map((name) => reader.payload(found, name))),
    isKnown("assignments") ? reader.groups(found, groupsOf(known)) : undefined,
  ]);
  for (const [place, name] of names.entries()) {
    const stored = payloads[place];
    if (stored !== undefined || name in known) {
      inputs[name] = projectOnto(known[name], stored ?? {});
    }
  }
  if (groups !== undefined) inputs.assignments = inKnownOrder(groups, known.assignments);
  for (const name of ["includeCheckinData", SECRETS_KEY]) {
    if (name in known) inputs[name] = known[name];
  }
  return inputs;
}

/** Outputs that are no inputs: the time of the last change, and check-in data if the program wants it. */
export async function reportOf(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  inputs: PlainObject,
): Promise<PlainObject> {
  const { lastModifiedDateTime } = found;
  const report: PlainObject = lastModifiedDateTime ? { lastModifiedDateTime } : {};
  if (inputs.includeCheckinData !== true) return report;
  const isWhole = found.userCheckinSummary !== undefined || found.checkinStatuses !== undefined;
  const current = isWhole ? found : ((await reader.find(found.id)) ?? found);
  return {
    ...report,
    userCheckinSummary: current.userCheckinSummary ?? null,
    checkinStatuses: current.checkinStatuses ?? [],
  };
}

/** Groups in the program's order and spelling, followed by the others. */
function inKnownOrder(found: readonly string[], known: unknown): string[] {
  const given = Array.isArray(known) ? known.map(String) : [];
  const present = new Set(found.map((id) => id.toLowerCase()));
  const kept = given.filter((id) => present.has(id.toLowerCase()));
  const keptIds = new Set(kept.map((id) => id.toLowerCase()));
  return [...kept, ...found.filter((id) => !keptIds.has(id.toLowerCase())).sort()];
}
