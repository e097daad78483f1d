/**
 * Invariants that hold once the faults are over, whatever they were: looked up in the emulator's store,
 * in the state and in what the commands have shown.
 *
 * @module
 */
import type { StateResource } from "../engine/support";
import { settingProblems } from "./copilot";
import { intuneProblems } from "./intune";
import { strangerProblems } from "./strangers";
import {
  foundObject,
  groupOf,
  priorityOf,
  SECRET_SETTING_ID,
  SETTING_ID,
  type Subject,
  wantedValue,
} from "./subjects";
import type { Problem } from "./verdict";
import type { World } from "./world";

/** Evidence after the recovery. */
export interface Evidence {
  readonly world: Pick<World, "emulator" | "subjects" | "wishes" | "strangers" | "objects"> &
    Partial<Pick<World, "intuneStrangers" | "shared">>;
  readonly resources: readonly StateResource[];
  /** Everything that was shown, and the state. */
  readonly texts: readonly string[];
  readonly isDestroyed: boolean;
}

/** Collects the evidence: the state is exported. */
export function collect(world: World, isDestroyed: boolean): Evidence {
  const exported = world.project.stateText();
  const resources = world.project.policies();
  return { world, resources, texts: [...world.shown, exported], isDestroyed };
}

/** Problems of one subject. */
export function problemsOf(subject: Subject, evidence: Evidence): Problem[] {
  const { resources, texts, isDestroyed, world } = evidence;
  const strangers = world.strangers.filter((stranger) => stranger.of === subject.name);
  const own = resources.filter(({ urn }) => urn.endsWith(`::${subject.name}`));
  if (subject.kind === "intune") {
    const { emulator, wishes, intuneStrangers = [], shared = new Set() } = world;
    return [
      ...intuneProblems(subject, {
        emulator,
        wishes,
        own,
        isDestroyed,
        shared,
        strangers: intuneStrangers,
      }),
      ...leaksOf(subject.secret, "the secret setting", texts),
    ];
  }
  if (subject.kind === "setting") {
    const { emulator, wishes } = world;
    return [
      ...settingProblems(subject, { emulator, wishes, own, isDestroyed }),
      ...leaksOf(subject.secret, "the secret value", texts),
    ];
  }
  return [
    ...(isDestroyed
      ? goneProblems(subject, evidence, own)
      : presentProblems(subject, evidence, own)),
    ...strangerProblems(world.emulator.store, strangers),
    ...leaksOf(subject.secret, "the secret setting", texts),
  ];
}

/** Problems of the world as a whole: objects that nobody has, and a token that is shown. */
export function worldProblems({ world, resources, texts }: Evidence): Problem[] {
  const known = new Set([
    ...resources.map(({ id }) => id),
    ...world.subjects.map(({ foundId }) => foundId),
  ]);
  const orphans = world.objects().filter(({ id }) => !known.has(id));
  const ids = resources.map(({ id }) => id);
  const taken = world.strangers.filter(({ id }) => ids.some((held) => held?.startsWith(id)));
  return [
    ...orphans.map(
      ({ displayName, id }): Problem => ({
        breach: "orphans",
        words: `${displayName} (${id}) is in the tenant, and in no state`,
      }),
    ),
    ...ids
      .filter((id, index) => ids.indexOf(id) !== index)
      .map((id): Problem => ({ breach: "wrong states", words: `${id} stands twice in the state` })),
    ...taken.map(
      ({ of, likeness }): Problem => ({
        breach: "strangers",
        words: `${of}: the state has a stranger (${likeness})`,
      }),
    ),
    ...leaksOf(world.emulator.accessToken, "the access token", texts),
  ];
}

function goneProblems(
  subject: Subject,
  { world }: Evidence,
  own: readonly StateResource[],
): Problem[] {
  const problems: Problem[] = [];
  if (own.length > 0) problems.push({ breach: "wrong states", words: "is still in the state" });
  if (subject.kind !== "patched") return problems;
  const object = world.emulator.store.get(subject.foundId ?? "");
  const { description, policies } = foundObject(subject);
  const isPutBack =
    object?.description === description &&
    String(object?.policyPayload) === JSON.stringify(policies);
  if (!isPutBack) problems.push({ breach: "lost changes", words: "was not put back as found" });
  return problems;
}

function presentProblems(
  subject: Subject,
  { world }: Evidence,
  own: readonly StateResource[],
): Problem[] {
  const problems: Problem[] = [];
  const objects = world.objects().filter((item) => item.displayName === subject.name);
  const [object] = objects;
  if (objects.length > 1) {
    problems.push({ breach: "duplicates", words: `${objects.length} objects in the tenant` });
  }
  if (object === undefined) return [{ breach: "lost changes", words: "is not in the tenant" }];
  const id = subject.kind === "patched" ? `${object.id}#patch` : object.id;
  const [resource] = own;
  if (own.length !== 1 || resource?.id !== id || resource.initErrors !== undefined) {
    const words = `the state has ${own.map((item) => `${item.id} ${item.initErrors?.join() ?? ""}`).join() || "nothing"}, the tenant ${id}`;
    problems.push({ breach: "wrong states", words });
  }
  for (const [what, held, wanted] of wishesOf(subject, world)) {
    if (held === wanted) continue;
    problems.push({ breach: "lost changes", words: `${what} is ${held}, wanted ${wanted}` });
  }
  return problems;
}

/** A subject as the tenant has it, besides the program's inputs. */
function wishesOf(
  subject: Subject,
  world: Evidence["world"],
): [what: string, held: unknown, wanted: unknown][] {
  const object = world.objects().find((item) => item.displayName === subject.name);
  const settings = settingsIn(object?.policyPayload ?? null);
  const value = wantedValue(subject, world.wishes);
  const index = world.subjects.indexOf(subject);
  const priority = priorityOf(index, world.subjects.length, world.wishes);
  const groups = object?.assignments.map(({ groupId }) => groupId).join();
  return [
    ["description", object?.description, value],
    [SETTING_ID, settings.get(SETTING_ID), value],
    // Said by whether it is there: the value itself stays out of this report, too.
    ["the secret setting's presence", settings.get(SECRET_SETTING_ID) === subject.secret, true],
    ...(subject.kind === "patched"
      ? []
      : [["groups", groups, groupOf(subject, world.wishes)] as [string, unknown, unknown]]),
    ...(priority === undefined
      ? []
      : [["priority", object?.priority, priority] as [string, unknown, unknown]]),
  ];
}

function settingsIn(payload: Buffer | null): Map<string, string> {
  const settings: unknown = payload === null ? [] : JSON.parse(String(payload));
  const list = Array.isArray(settings) ? (settings as Record<string, string>[]) : [];
  return new Map(list.map(({ settingId = "", value = "" }) => [settingId, value]));
}

/** Places of a secret, as it is or inside of base64, whose text depends on where it begins. */
function leaksOf(secret: string, what: string, texts: readonly string[]): Problem[] {
  const inBase64 = ["", "x", "xx"].map((before) =>
    Buffer.from(`${before}${secret}`).toString("base64").slice(4, -4),
  );
  const isLeaked = texts.some((text) => [secret, ...inBase64].some((form) => text.includes(form)));
  return isLeaked ? [{ breach: "leaks", words: `${what} was shown or stored in plain text` }] : [];
}
