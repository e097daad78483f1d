/**
 * Changes of a client configuration: the inputs that differ, and words for a reviewer.
 *
 * @module
 */

import { payloadChanges, showPair } from "../../settings/changes";
import { GRAPH_FIELDS, graphField } from "../../settings/inputs/clientConfiguration";
import { type PlainObject, sameJson, UNKNOWN } from "../../settings/json";
import { SECRETS_KEY } from "../../settings/keys";
import { policyLabel, secretsOf } from "../../settings/label";
import { PAYLOAD_NAMES, type PayloadName } from "../../settings/names";

/** The inputs that can differ, in the order in which changes are told. */
const COMPARED = [...GRAPH_FIELDS.map(({ name }) => name), "includeCheckinData", SECRETS_KEY];

/** Says if an input is a payload. */
export function isPayloadName(name: string): name is PayloadName {
  return (PAYLOAD_NAMES as readonly string[]).includes(name);
}

/**
 * The inputs that differ between the outputs in the state and the inputs of the program. The order
 * of groups means nothing. A number that a program no longer gives is left as it is, anything else is
 * emptied.
 */
export function changedInputs(olds: PlainObject, news: PlainObject): string[] {
  return COMPARED.filter((name) => {
    const form = graphField(name)?.form;
    if (form === "number" && news[name] === undefined) return false;
    if (form === "groups") return !sameGroups(olds[name], news[name]);
    if (name === "includeCheckinData") return (olds[name] ?? false) !== (news[name] ?? false);
    return !sameJson(olds[name], news[name]);
  });
}

/** Says if two lists name the same groups, in whatever order and spelling. */
export function sameGroups(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return sameJson(normalGroups(a), normalGroups(b));
}

function normalGroups(groups: unknown): unknown {
  return Array.isArray(groups) ? groups.map((id) => String(id).toLowerCase()).sort() : groups;
}

/**
 * The changes between two states of a policy, a line each.
 *
 * @param name - What the lines begin with. @default the policy's name
 */
export function describeChanges(olds: PlainObject, news: PlainObject, name?: string): string[] {
  const secrets = new Set([...secretsOf(olds), ...secretsOf(news)]);
  const changed = changedInputs(olds, news);
  const label = name ?? policyLabel(olds, news, secrets);
  const lines = changed.flatMap((name) => {
    if (isPayloadName(name)) {
      const isSecret = (key: string) => secrets.has(name) || secrets.has(`${name}/${key}`);
      const prefix = name === "policies" ? "" : `${name} `;
      return payloadChanges(olds[name], news[name], isSecret).map((line) =>
        line.startsWith("(") ? `${name} ${line}` : `${prefix}${line}`,
      );
    }
    if (name === "assignments") return [groupChanges(olds, news, secrets.has(name))];
    if (name === SECRETS_KEY) return secretChanges(changed);
    const [old, next] = showPair(olds[name], news[name], secrets.has(name));
    return [`${name} ${old} => ${next}`];
  });
  return lines.map((line) => `${label}: ${line}`);
}

/** That a value became a secret, or is none any more, is a change only where nothing else is. */
function secretChanges(changed: readonly string[]): string[] {
  return changed.length === 1 ? ["what is secret changes, no value does"] : [];
}

function groupChanges(olds: PlainObject, news: PlainObject, hidden: boolean): string {
  const before = groupList(olds.assignments);
  const after = groupList(news.assignments);
  if (hidden) return "assignments [secret]";
  if (news.assignments === UNKNOWN) return "assignments (known after apply)";
  const added = after.filter((id) => !before.includes(id)).map((id) => `+ ${shownGroup(id)}`);
  const removed = before.filter((id) => !after.includes(id)).map((id) => `- ${shownGroup(id)}`);
  if (added.length + removed.length === 0) return "assignments (none) => []";
  return `assignments ${[...added, ...removed].join(", ")}`;
}

function groupList(groups: unknown): string[] {
  return Array.isArray(groups) ? groups.map((id) => String(id).toLowerCase()) : [];
}

function shownGroup(id: string): string {
  return id === UNKNOWN ? "(known after apply)" : id;
}
