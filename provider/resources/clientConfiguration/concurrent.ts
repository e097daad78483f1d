/**
 * Other people's changes: what was changed in the tenant between the last look at a policy and an
 * update of it.
 *
 * @module
 */

import { type ConfigurationAnswer, groupIdsOf, scalarOf } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { show } from "../../settings/changes";
import { graphField } from "../../settings/inputs/clientConfiguration";
import type { PlainObject } from "../../settings/json";
import { secretsOf } from "../../settings/label";
import { mergePayload, type TenantChange } from "../../settings/merge";
import { settingOf } from "../../settings/stored";
import { groupsOf } from "./bodies";
import { isPayloadName } from "./changes";

/** Inputs to send in place of the program's own, and the lines that say so. */
export interface Reconciled {
  readonly inputs: PlainObject;
  readonly lines: readonly string[];
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
  const lines: string[] = [];
  const secrets = new Set([...secretsOf(olds), ...secretsOf(news)]);
  for (const name of changed) {
    if (isPayloadName(name)) {
      const theirs = (await reader.payload(found, name)) ?? {};
      const ours = (news[name] ?? {}) as PlainObject;
      const { payload, changes } = mergePayload({ base: olds[name], theirs, ours });
      inputs[name] = payload;
      const isSecret = (key: string) => secrets.has(name) || secrets.has(`${name}/${key}`);
      lines.push(...changes.map((change) => payloadLine(name, change, isSecret)));
    } else if (name === "assignments") {
      const added = addedGroups(await reader.groups(found, expectedGroups(olds, news)), olds, news);
      inputs.assignments = [...(groupsOf(news) ?? []), ...added];
      lines.push(...added.map((id) => `assignments ${shownIf(secrets.has(name), id)} ${KEPT}`));
    } else {
      const field = graphField(name);
      if (field?.form !== "text") continue;
      const [before, after] = [olds[name], scalarOf(found, field) ?? ""];
      if (before === undefined || before === after || after === (news[name] ?? "")) continue;
      lines.push(`${name} ${changedTo(before, after, secrets.has(name))}`);
    }
  }
  return { inputs, lines: lines.map((line) => `${reader.label}: ${line}`) };
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

const KEPT = "was added in the tenant since, and is kept; a refresh shows it";

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

function payloadLine(
  name: string,
  { key, before, after, isKept }: TenantChange,
  isSecret: (key: string) => boolean,
): string {
  const prefix = name === "policies" ? "" : `${name} `;
  if (key === undefined) return `${name} ${changedTo(before, after, isSecret(""))}`;
  const hidden = isSecret(key);
  const value = (stored: unknown) =>
    stored === undefined ? undefined : settingOf(key, stored).value;
  if (isKept) return `${prefix}${key} ${show(value(after), hidden)} ${KEPT}`;
  return `${prefix}${key} ${changedTo(value(before), value(after), hidden)}`;
}

function changedTo(before: unknown, after: unknown, hidden: boolean): string {
  const change = `${show(before, hidden)} => ${show(after, hidden)}`;
  return `was changed in the tenant since, ${change}; the program's value is written`;
}

function shownIf(hidden: boolean, id: string): string {
  return hidden ? "[secret]" : id;
}
