/**
 * Other people's changes: those made in the tenant after the last look at a policy and before its update.
 *
 * @module
 */

import { type ConfigurationAnswer, groupIdsOf, scalarOf } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { difference } from "../../settings/differences";
import { graphField } from "../../settings/inputs/clientConfiguration";
import type { PlainObject } from "../../settings/json";
import { isSecretIn, secretsOf } from "../../settings/label";
import { mergePayload } from "../../settings/merge";
import { show } from "../../settings/show";
import type { TenantDifference } from "../../settings/words";
import { groupsOf } from "./bodies";
import { bothSecrets, isPayloadName } from "./differences";

/** Inputs to send in place of the program's own, and other people's changes. */
export interface Reconciled {
  readonly inputs: PlainObject;
  readonly changes: readonly TenantDifference[];
}

/**
 * Merges the changed inputs with the policy that the tenant has now. The program's values win. Settings and
 * groups that somebody has added since are kept, until a refresh has shown them.
 */
export async function reconcile(
  reader: ConfigurationReader,
  found: ConfigurationAnswer,
  { olds, news, changed }: { olds: PlainObject; news: PlainObject; changed: readonly string[] },
): Promise<Reconciled> {
  const inputs: PlainObject = { ...news };
  const all: TenantDifference[] = [];
  const secrets = bothSecrets(olds, news);
  for (const name of changed) {
    const isSecret = secrets.has(name);
    if (isPayloadName(name)) {
      const theirs = (await reader.payload(found, name)) ?? {};
      const ours = (news[name] ?? {}) as PlainObject;
      const { payload, changes } = mergePayload({ base: olds[name], theirs, ours });
      inputs[name] = payload;
      for (const { key, before: old, after: next, isKept } of changes) {
        const values = { old, next, isSecret: isSecretIn(secrets, name, key ?? "") };
        const path = key === undefined ? ([name] as const) : ([name, key] as const);
        all.push({ ...difference(path, "settings", values), isKept });
      }
    } else if (name === "assignments") {
      const added = addedGroups(await reader.groups(found, expectedGroups(olds, news)), olds, news);
      const given = groupsOf(news) ?? [];
      inputs.assignments = [...given, ...added];
      for (const [place, next] of added.entries()) {
        const path = [name, given.length + place] as const;
        const values = { old: undefined, next, isSecret };
        all.push({ ...difference(path, "groups", values), isKept: true });
      }
    } else {
      const field = graphField(name);
      if (field?.form !== "text") continue;
      const [old, next] = [olds[name], scalarOf(found, field) ?? ""];
      if (old === undefined || old === next || next === (news[name] ?? "")) continue;
      all.push({ ...difference([name], "value", { old, next, isSecret }), isKept: false });
    }
  }
  return { inputs, changes: all };
}

/**
 * Changes that somebody made to a policy's name and groups before its deletion. The user who asked for the
 * deletion has not seen them.
 */
export function deletionNotes(
  found: ConfigurationAnswer | undefined,
  known: PlainObject,
): string[] {
  if (found === undefined) return [];
  const secrets = new Set(secretsOf(known));
  const notes: string[] = [];
  const name = found.displayName ?? "";
  if (known.displayName !== undefined && known.displayName !== name) {
    const shown = shownIf(secrets.has("displayName"), show(name));
    notes.push(`its name had been changed to ${shown}`);
  }
  const before = new Set(groupsOf(known)?.map((id) => id.toLowerCase()));
  const added = groupIdsOf(found.assignments).filter((id) => !before.has(id.toLowerCase()));
  if (added.length > 0) {
    const groups = shownIf(secrets.has("assignments"), added.join(", "));
    notes.push(`it was assigned to groups that are not in the state: ${groups}`);
  }
  return notes.map((note) => `${found.id} was deleted; ${note}`);
}

/** Groups that the policy should have: if an answer has none, the reader asks again. */
function expectedGroups(olds: PlainObject, news: PlainObject): string[] {
  return [...(groupsOf(olds) ?? []), ...(groupsOf(news) ?? [])];
}

/** Groups that the tenant has, and neither the state nor the program knows. */
function addedGroups(theirs: readonly string[], olds: PlainObject, news: PlainObject): string[] {
  const before = groupsOf(olds);
  if (before === undefined) return [];
  const known = new Set([...before, ...(groupsOf(news) ?? [])].map((id) => id.toLowerCase()));
  return theirs.filter((id) => !known.has(id.toLowerCase()));
}

function shownIf(hidden: boolean, id: string): string {
  return hidden ? "[secret]" : id;
}
