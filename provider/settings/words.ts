/**
 * Differences in words, for a reviewer. Makes every line about a change in a preview, a refresh or an
 * update.
 *
 * @module
 */
import type { Difference, DifferenceForm } from "./differences";
import { isEmpty } from "./differences";
import { type Glossary, labelOf, NO_GLOSSARY, type SettingWords, wordsOf } from "./glossary";
import { isPlainObject, UNKNOWN } from "./json";
import { show, showPair, withoutMark } from "./show";
import { BYTES_KEY, isStoredSettings, JSON_KEY, settingOf, TEXT_KEY } from "./stored";

/** The headline of all drift that a run finds. */
export const DRIFT_HEADLINE = "Drift found. An update puts back what the program gives:";

/** A change that somebody made in the tenant since the state was written. */
export interface TenantDifference extends Difference {
  /** Whether it is kept, rather than replaced by the program's value. */
  readonly isKept: boolean;
}

/** Maximum number of settings of a creation that are shown, one per line. */
const MOST_NEW_SETTINGS = 20;

/**
 * Differences in words, a line each, with secrets masked: `Baseline: office16;L_VBAWarningsPolicy "2" => "4"`,
 * `Baseline: + office16;L_X "1"`, `Baseline: - office16;L_Y "0"`. A setting that the glossary knows is shown by
 * its name, with its id at the end of the line: `Baseline: Macros (Excel): Ask (2) => Disable all (4) [excel16;L_X]`.
 *
 * @param label - How lines name the resource.
 */
export function inWords(
  label: string,
  differences: readonly Difference[],
  glossary = NO_GLOSSARY,
): string[] {
  return tell(differences, glossary).map(({ text, id }) => `${label}: ${text}${id}`);
}

/**
 * A creation in words: says that the object is new, with a line for each of its properties and settings. Of
 * many settings, only the first are shown.
 *
 * @param differences - The differences between an object without properties and the inputs.
 */
export function creationInWords(
  label: string,
  differences: readonly Difference[],
  glossary = NO_GLOSSARY,
): string[] {
  let settings = 0;
  const told = differences.filter(({ form, path: [name, key] }) => {
    if (form === "settings" && key !== undefined) settings += 1;
    const isShown = form !== "settings" || settings <= MOST_NEW_SETTINGS;
    return isShown && form !== "secrets" && name !== "displayName" && name !== "name";
  });
  const more = settings - MOST_NEW_SETTINGS;
  return [
    `${label}: is new`,
    ...inWords(label, told, glossary),
    ...(more > 0
      ? [`${label}: and ${more} more setting${more === 1 ? "" : "s"} (--diff lists all)`]
      : []),
  ];
}

/**
 * Drift in words: the differences between the outputs in the state and what a refresh has found.
 *
 * @param authorOf - The author and the time of a difference, in words. @default not known
 */
export function driftInWords(
  label: string,
  differences: readonly Difference[],
  glossary = NO_GLOSSARY,
  authorOf: (difference: Difference) => string | undefined = () => undefined,
): string[] {
  return tell(differences, glossary).map(({ text, id, of }) => {
    const author = authorOf(of);
    const by = author === undefined ? "" : ` by ${author}`;
    return `${label}: ${withoutMark(text)}${id} (changed in the tenant${by})`;
  });
}

/** A line without the name of its resource; and the id for its end, or an empty text. */
interface Line {
  readonly text: string;
  readonly id: string;
  /** The first of the differences that it tells. */
  readonly of: Difference;
}

function tell(differences: readonly Difference[], glossary: Glossary): Line[] {
  const replacement = differences.find(({ replaces }) => replaces === true);
  const told = replacement === undefined ? differences : [replacement];
  const groups = groupedBy(told, ({ path: [name] }) => name);
  return groups.flatMap((group): Line[] => {
    const [of] = group;
    const { form, becomes, path } = of;
    if (becomes !== undefined) return [{ text: `${path[0]} ${FATES[becomes]}`, id: "", of }];
    if (form === "settings") return payloadLines(path[0], group, glossary);
    const texts = form === "secrets" && groups.length > 1 ? [] : WORDS[form](path[0], group);
    return texts.map((text) => ({ text, id: "", of }));
  });
}

/** Changes that somebody made between the last look at a policy and its update, in words. */
export function tenantChangesInWords(
  label: string,
  differences: readonly TenantDifference[],
  glossary = NO_GLOSSARY,
): string[] {
  return differences.map((each) => {
    const { path, old, new: now, isSecret, isKept } = each;
    const [name, key] = path;
    if (each.form === "groups") {
      const group = isSecret ? "[secret]" : String(now);
      return `${label}: ${name} ${group} ${KEPT}`;
    }
    if (key === undefined) {
      const [was, is] = meant(each, [show(old, isSecret), show(now, isSecret)]);
      return `${label}: ${name} ${changedTo(was, is)}`;
    }
    const words = wordsOf(glossary, String(key));
    const setting = `${label}: ${prefixOf(name)}${words?.name ?? String(key)}`;
    const [was, is] = [old, now].map((stored) =>
      shownValue(settingValue(key, stored), isSecret, words),
    ) as [string, string];
    return `${setting} ${isKept ? `${is} ${KEPT}` : changedTo(was, is)}${idOf(key, words)}`;
  });
}

const KEPT = "was added in the tenant since, and is kept; a refresh shows it";

function changedTo(was: string, is: string): string {
  return `was changed in the tenant since, ${was} => ${is}; the program's value is written`;
}

/** Fates of properties that the program no longer gives. */
const FATES: Readonly<Record<NonNullable<Difference["becomes"]>, string>> = {
  restored: "is put back as it was found",
  kept: "is left as it is",
};

/** Differences of one property, or of one setting: at least one. */
type Group = readonly [Difference, ...Difference[]];

/** The words for the differences of one property other than a payload, by its form. */
const WORDS: Readonly<
  Record<Exclude<DifferenceForm, "settings">, (name: string, group: Group) => string[]>
> = {
  value: (name, [each]) => {
    const [was, is] = meant(each, showPair(each.old, each.new, each.isSecret));
    return [`${name} ${was} => ${is}`];
  },
  groups: (name, group) => [`${name} ${groupsLine(group)}`],
  order: (_, group) => orderLines(group),
  report: (name, [{ new: next, isSecret }]) => [`${name} => ${show(next, isSecret)}`],
  option: (name, [{ new: next }]) => [`${name} ${show(next)}`],
  // A change of secrecy is shown only if no value changes.
  secrets: () => ["only the marks of secrets change, no value does"],
  policy: () => ["is removed, and made again for another policy"],
  tenant: (_, [{ old, new: next }]) => [
    `is recreated in ${String(next)}; what is in ${String(old)} stays there`,
  ],
  timeouts: () => [],
};

function payloadLines(name: string, group: Group, glossary: Glossary): Line[] {
  return groupedBy(group, ({ path: [, key] }) => key).map((setting) => {
    const [of] = setting;
    const { path, old, new: next, isSecret } = of;
    const [, key, attribute] = path;
    if (key === undefined) {
      const text = wholePayload(of);
      return { text: text.startsWith("(") ? `${name} ${text}` : prefixOf(name) + text, id: "", of };
    }
    const words = wordsOf(glossary, String(key));
    const subject = words === undefined ? String(key) : `${words.name}:`;
    const id = idOf(key, words);
    if (attribute !== undefined) {
      const changes = setting.map((each) => attributeChange(each, words)).join(", ");
      return { text: `${prefixOf(name)}${subject} ${changes}`, id, of };
    }
    const [mark, stored] = old === undefined ? ["+", next] : ["-", old];
    const value = shownValue(settingValue(key, stored), isSecret, words);
    return { text: `${prefixOf(name)}${mark} ${subject} ${value}`, id, of };
  });
}

/** The id at the end of a line that shows a setting by its name. */
function idOf(key: PropertyKey, words: SettingWords | undefined): string {
  return words === undefined ? "" : ` [${String(key)}]`;
}

/**
 * A value, after its label if it has one: `Disable all without notification (4)`. Without the label if the
 * value is secret, because it would reveal the value.
 */
function shownValue(value: unknown, isSecret: boolean, words: SettingWords | undefined): string {
  return labelled(value, isSecret, words) ?? show(value, isSecret);
}

/** The two values of a difference, after their meanings where these are known: `off (1)`. */
function meant({ old, new: next, isSecret, meanings }: Difference, shown: [string, string]) {
  const say = (meaning: string | undefined, value: unknown, plain: string) =>
    isSecret || meaning === undefined ? plain : `${meaning} (${String(value)})`;
  return [say(meanings?.old, old, shown[0]), say(meanings?.new, next, shown[1])] as const;
}

function labelled(
  value: unknown,
  isSecret: boolean,
  words: SettingWords | undefined,
): string | undefined {
  const label = isSecret ? undefined : labelOf(words, value);
  return label === undefined ? undefined : `${label} (${String(value)})`;
}

/** The prefix of a line: user preferences are marked, policies, of which there are more, are not. */
function prefixOf(name: string): string {
  return name === "policies" ? "" : `${name} `;
}

function wholePayload({ old, new: next, isSecret }: Difference): string {
  if (next === UNKNOWN) return "(known after apply)";
  const [before, after] = [old ?? {}, next ?? {}];
  if (isEmpty(before) && isEmpty(after)) {
    return old === undefined ? "(given, without settings)" : "(no longer given)";
  }
  if (isEmpty(before)) return show(whole(after), isSecret);
  const [was, is] = showPair(whole(before), whole(after), isSecret);
  return `${was} => ${is}`;
}

/** The value of a payload that is not a list of settings. */
function whole(stored: unknown): unknown {
  if (!isPlainObject(stored) || isStoredSettings(stored)) return stored;
  return stored[JSON_KEY] ?? stored[TEXT_KEY] ?? stored[BYTES_KEY];
}

/** `"2" => "4"`; a change of another attribute of the setting is shown with the attribute's name. */
function attributeChange(each: Difference, words: SettingWords | undefined): string {
  const { path, old, new: next, isSecret } = each;
  const [, , attribute] = path;
  const [was, is] = showPair(old, next, isSecret);
  if (attribute !== "value") return `${String(attribute)} ${was} => ${is}`;
  return `${labelled(old, isSecret, words) ?? was} => ${labelled(next, isSecret, words) ?? is}`;
}

/** The value of a setting in its stored form. */
function settingValue(key: PropertyKey, stored: unknown): unknown {
  return stored === undefined ? undefined : settingOf(String(key), stored).value;
}

function groupsLine(group: Group): string {
  const [{ path, old, new: next, isSecret }] = group;
  if (isSecret) return "[secret]";
  if (path.length === 1 && next === UNKNOWN) return show(UNKNOWN);
  if (path.length === 1) return showPair(old, next).join(" => ");
  return group
    .map((each) => (each.kind === "add" ? `+ ${shownId(each.new)}` : `- ${shownId(each.old)}`))
    .join(", ");
}

function shownId(id: unknown): string {
  return id === UNKNOWN ? show(UNKNOWN) : String(id);
}

/** Positions count from one, as in a list for people. */
function orderLines(group: Group): string[] {
  if (group[0].path.length === 1) return [show(UNKNOWN)];
  const left = new Map(group.map(({ path: [, place], old }) => [old, Number(place) + 1]));
  const kept = new Set(group.map(({ new: next }) => next));
  const placed = group.flatMap(({ path: [, place], new: next, names }) => {
    if (next === undefined) return [];
    const [name, at, before] = [names?.new ?? next, Number(place) + 1, left.get(next)];
    return [before === undefined ? `+ ${name} at ${at}` : `${name} ${before} => ${at}`];
  });
  const gone = group.flatMap(({ old, names }) =>
    old === undefined || kept.has(old) ? [] : [`- ${names?.old ?? old}`],
  );
  return [...placed, ...gone];
}

function groupedBy(
  differences: readonly Difference[],
  keyOf: (difference: Difference) => unknown,
): Group[] {
  const groups = new Map<unknown, [Difference, ...Difference[]]>();
  for (const each of differences) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return [...groups.values()];
}
