/**
 * Differences between two states of a client configuration.
 *
 * @module
 */

import {
  type Difference,
  groupDifferences,
  payloadDifferences,
  valueDifferences,
} from "../../settings/differences";
import type { Glossary } from "../../settings/glossary";
import { GRAPH_FIELDS } from "../../settings/inputs/clientConfiguration";
import type { GraphField } from "../../settings/inputs/graphFields";
import type { PlainObject } from "../../settings/json";
import { SECRETS_KEY } from "../../settings/keys";
import { isSecretIn, policyLabel, secretsOf } from "../../settings/label";
import { PAYLOAD_NAMES, type PayloadName } from "../../settings/names";
import { inWords } from "../../settings/words";

/** Whether an input is a payload. */
export function isPayloadName(name: string): name is PayloadName {
  return (PAYLOAD_NAMES as readonly string[]).includes(name);
}

/**
 * The differences between the outputs in the state and the inputs of the program. The order of groups means
 * nothing. If the program no longer gives a number, it stays as it is; any other property is emptied.
 */
export function policyDifferences(olds: PlainObject, news: PlainObject): Difference[] {
  const include = { old: olds.includeCheckinData, next: news.includeCheckinData };
  const isSame = (include.old ?? false) === (include.next ?? false);
  return [
    ...GRAPH_FIELDS.flatMap((field) => fieldDifferences(field, olds, news)),
    ...(isSame ? [] : valueDifferences("includeCheckinData", "value", include)),
    ...secretDifferences(olds, news),
  ];
}

/** The differences of one property of a policy. */
export function fieldDifferences(
  { name, form }: Pick<GraphField, "name" | "form">,
  olds: PlainObject,
  news: PlainObject,
): Difference[] {
  const secrets = bothSecrets(olds, news);
  const isSecret = secrets.has(name);
  const { [name]: old } = olds;
  const { [name]: next } = news;
  switch (form) {
    case "text":
      return valueDifferences(name, "value", { old, next, isSecret });
    case "number":
      return next === undefined ? [] : valueDifferences(name, "value", { old, next, isSecret });
    case "settings":
      return payloadDifferences(name, old, next, (key) => isSecretIn(secrets, name, key));
    case "groups":
      return groupDifferences(name, old, next, isSecret);
  }
}

/** The difference in the list of secrets. */
export function secretDifferences(olds: PlainObject, news: PlainObject): Difference[] {
  const [old, next] = [olds[SECRETS_KEY], news[SECRETS_KEY]];
  return valueDifferences(SECRETS_KEY, "secrets", { old, next });
}

/** The name of a policy that changes: its old name, masked if the name is or was a secret. */
export function changingLabel(olds: PlainObject, news: PlainObject): string {
  return policyLabel(olds, news, bothSecrets(olds, news));
}

/** The differences between two states of a policy in words, a line each. */
export function policyLines(olds: PlainObject, news: PlainObject, glossary?: Glossary): string[] {
  return inWords(changingLabel(olds, news), policyDifferences(olds, news), glossary);
}

/** The paths of values that are secret now or were secret before. */
export function bothSecrets(olds: PlainObject, news: PlainObject): ReadonlySet<string> {
  return new Set([...secretsOf(olds), ...secretsOf(news)]);
}
