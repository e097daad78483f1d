/**
 * Other people's changes: what was changed in the tenant between the last look at a policy and an
 * update of it.
 *
 * @module
 */

import { type ConfigurationAnswer, groupIdsOf, scalarOf } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { difference } from "../../settings/differences";
import { graphField } from "../../settings/inputs/clientConfiguration";
import type { PlainObject } from "../../settings/json";
import { secretsOf } from "../../settings/label";
import { mergePayload } from "../../settings/merge";
import { show } from "../../settings/show";
import type { TenantDifference } from "../../settings/words";
import { groupsOf } from "./bodies";
import { bothSecrets, isPayloadName } from "./differences";

/** Inputs to send in place of the program's own, and what somebody else has changed. */
export interface Reconciled {
  readonly inputs: PlainObject;
  readonly changes: readonly TenantDifference[];
}

/**
 * Merges the inputs that change with what the tenant holds now. What the program names wins; settings
 * and groups that somebody has added since are kept, until a refresh has shown them.
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
        const values = { old, next, isSecret: isSecret || secrets.has(`${name}/${key ?? ""}`) };
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
 * Changes that somebody made to a policy before it was deleted: its name and its groups. The engine has
 * shown neither to whoever asked for the deletion.
 */
export function deletionNotes(
  found: ConfigurationAnswer | undefined,
  known: PlainObject,
): string[] {
  if (found === undefined) return [];
  const secrets = new Set(secretsOf(known));
  const notes: string[] = [];
  if (typeof known.displayName === "string" && (found.displayName ?? "") !== known.displayName) {
    const name = shownIf(secrets.has("displayName"), show(found.displayName ?? ""));
    notes.push(`its name was ${name} by then`);
  }
  const before = new Set(groupsOf(known)?.map((id) => id.toLowerCase()));
  const added = groupIdsOf(found.assignments).filter((id) => !before.has(id.toLowerCase()));
  if (added.length > 0) {
    const groups = shownIf(secrets.has("assignments"), added.join(", "));
    notes.push(`it was for groups that the state does not know: ${groups}`);
  }
  return notes.map((note) => `${found.id} was deleted; ${note}`);
}

/** Groups that are thought to be there: an empty answer is then asked about. */
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
