/**
 * Policies of another owner, in the same tenant: whatever happens to the subjects, each stays byte for
 * byte as it is.
 *
 * @module
 */
import type { Emulator, SeedConfiguration } from "../../emulator";
import {
  foundObject,
  groupOf,
  SECRET_SETTING_ID,
  SETTING_ID,
  type Subject,
  type Wishes,
  wantedValue,
} from "./subjects";
import type { Problem } from "./verdict";

/** Likeness of a stranger to its subject. */
export type Likeness =
  | "same name and content"
  | "same name and more"
  | "same name in other case"
  | "same name, other type"
  | "same name, made during the run";

/** A policy that is nobody's of the program. */
export interface Stranger {
  readonly id: string;
  /** Name of the subject that it is like. */
  readonly of: string;
  readonly likeness: Likeness;
  /** The object as it was made, with its version and the time of its last change. */
  readonly bytes: string;
}

/** Beyond every priority that a subject may have. */
const FIRST_PRIORITY = 100_000;

type Store = Emulator["store"];

/** Puts the strangers of a subject into the tenant that are there before the program runs. */
export function placeStrangers(store: Store, subject: Subject, wishes: Wishes): Stranger[] {
  const same = likeSubject(subject, wishes);
  const objects: [Likeness, SeedConfiguration][] = [
    ["same name in other case", { ...same, displayName: subject.name.toUpperCase() }],
    ["same name, other type", { ...same, type: typeOf(!subject.isSecurity) }],
  ];
  if (subject.allowsNamesakes) {
    objects.push(["same name and content", same], ["same name and more", withMore(same)]);
  }
  return objects.map(([likeness, object]) => place(store, subject, likeness, object));
}

/** Puts the stranger into the tenant that somebody makes while the program runs. */
export function placeLateStranger(store: Store, subject: Subject, wishes: Wishes): Stranger {
  const object = withMore(likeSubject(subject, wishes));
  return place(store, subject, "same name, made during the run", object);
}

/** Strangers that are gone, or are not what they were. */
export function strangerProblems(store: Store, strangers: readonly Stranger[]): Problem[] {
  return strangers.flatMap(({ id, of, likeness, bytes }): Problem[] => {
    const now = bytesOf(store, id);
    if (now === bytes) return [];
    const what = now === undefined ? "was deleted" : `was changed: ${changedIn(bytes, now)}`;
    return [{ breach: "strangers", words: `${of}: a stranger (${likeness}) ${what}` }];
  });
}

/** The names of what differs: what a payload holds stays out of the report. */
function changedIn(before: string, after: string): string {
  const [old, now] = [before, after].map((text) => JSON.parse(text) as Record<string, unknown>);
  const isOther = (key: string) => JSON.stringify(old?.[key]) !== JSON.stringify(now?.[key]);
  return Object.keys({ ...old, ...now })
    .filter(isOther)
    .join(", ");
}

function place(store: Store, { name }: Subject, likeness: Likeness, object: SeedConfiguration) {
  const { type = typeOf(false), policies, ...rest } = object;
  const priority = FIRST_PRIORITY + store.list().length;
  const policyPayload = JSON.stringify(policies);
  const { id } = store.insert({ ...rest, type, policyPayload, priority });
  return { id, of: name, likeness, bytes: bytesOf(store, id) ?? "" };
}

function bytesOf(store: Store, id: string): string | undefined {
  return JSON.stringify(store.get(id));
}

function likeSubject(subject: Subject, wishes: Wishes): SeedConfiguration {
  const { name, kind, isSecurity, secret } = subject;
  if (kind !== "policy") return foundObject(subject);
  const value = wantedValue(subject, wishes);
  return {
    type: typeOf(isSecurity),
    displayName: name,
    description: value,
    policies: [
      { settingId: SETTING_ID, value },
      { settingId: SECRET_SETTING_ID, value: secret },
    ],
    groupIds: [groupOf(subject, wishes)],
  };
}

function withMore(object: SeedConfiguration): SeedConfiguration {
  const policies = Array.isArray(object.policies) ? (object.policies as unknown[]) : [];
  return { ...object, policies: [...policies, { settingId: "office16;L_Theirs", value: "1" }] };
}

function typeOf(isSecurity: boolean) {
  return isSecurity
    ? "#microsoft.graph.windowsOfficeClientSecurityConfiguration"
    : "#microsoft.graph.windowsOfficeClientConfiguration";
}
