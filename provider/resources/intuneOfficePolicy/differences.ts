import {
  type Difference,
  difference,
  payloadDifferences,
  valueDifferences,
} from "../../settings/differences";
import type { Glossary } from "../../settings/glossary";
import type { PlainObject } from "../../settings/json";
import { SECRETS_KEY } from "../../settings/keys";
import { isSecretIn, secretsOf } from "../../settings/label";
import { targetText } from "../../settings/policyTargets";
import { inWords } from "../../settings/words";
import { intuneLabel } from "./stored";

/** The differences between the outputs in the state and the inputs of the program. */
export function intuneDifferences(olds: PlainObject, news: PlainObject): Difference[] {
  const secrets = new Set([...secretsOf(olds), ...secretsOf(news)]);
  const texts = ["name", "description"].flatMap((name) => {
    const values = { old: olds[name], next: news[name], isSecret: secrets.has(name) };
    return valueDifferences(name, "value", values);
  });
  const isSecret = (key: string) => isSecretIn(secrets, "policies", key);
  const marks = { old: olds[SECRETS_KEY], next: news[SECRETS_KEY] };
  return [
    ...texts,
    ...payloadDifferences("policies", olds.policies, news.policies, isSecret),
    ...listDifferences("assignments", olds, news, secrets),
    ...tagDifferences(olds, news, secrets),
    ...valueDifferences(SECRETS_KEY, "secrets", marks),
  ];
}

/** Scope tags that the program no longer gives stay as they are. */
function tagDifferences(
  olds: PlainObject,
  news: PlainObject,
  secrets: ReadonlySet<string>,
): Difference[] {
  const name = "roleScopeTagIds";
  const { [name]: old } = olds;
  if (news[name] !== undefined) return listDifferences(name, olds, news, secrets);
  if (old === undefined) return [];
  const values = { old, next: undefined, isSecret: secrets.has(name) };
  return [{ ...difference([name], "groups", values), becomes: "kept" }];
}

/** One difference for each target or scope tag that is added or removed. */
function listDifferences(
  name: string,
  { [name]: old }: PlainObject,
  { [name]: next }: PlainObject,
  secrets: ReadonlySet<string>,
): Difference[] {
  const isSecret = secrets.has(name);
  if (!Array.isArray(next) || !Array.isArray(old)) {
    if (Array.isArray(next) && next.length > 0) {
      return next.map((item, place) =>
        difference([name, place], "groups", { old: undefined, next: targetText(item), isSecret }),
      );
    }
    return valueDifferences(name, "groups", { old: textsOf(old), next: textsOf(next), isSecret });
  }
  const [before, after] = [old.map(targetText), next.map(targetText)];
  const added = after.flatMap((text, place) => {
    const values = { old: undefined, next: text, isSecret };
    return before.includes(text) ? [] : [difference([name, place], "groups", values)];
  });
  const removed = before.flatMap((text, place) => {
    const values = { old: text, next: undefined, isSecret };
    return after.includes(text) ? [] : [difference([name, place], "groups", values)];
  });
  return [...added, ...removed];
}

function textsOf(list: unknown): unknown {
  return Array.isArray(list) ? list.map(targetText) : list;
}

/** The differences between two states of a policy in words, a line each. */
export function intuneLines(olds: PlainObject, news: PlainObject, glossary?: Glossary): string[] {
  return inWords(intuneLabel(olds, news), intuneDifferences(olds, news), glossary);
}
