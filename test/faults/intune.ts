/**
 * Subjects that are policies of Intune's settings catalogue, and strangers that are like them.
 *
 * @module
 */
import type { Emulator } from "../../emulator";
import { settingsIn } from "../intuneHost";
import { choice } from "../intuneInstances";
import {
  groupOf,
  INTUNE_SECRET,
  INTUNE_VALUE,
  type Subject,
  type Wishes,
  wantedValue,
} from "./subjects";
import type { Problem } from "./verdict";

export const POLICIES_PATH = "/deviceManagement/configurationPolicies";

type Store = Emulator["configurationPolicies"];

/** A policy of somebody else that is like a subject. */
export interface IntuneStranger {
  readonly id: string;
  /** Name of the subject. */
  readonly of: string;
  readonly bytes: string;
}

/** Names of subjects whose policies have got a setting of another product. */
export type Shared = Set<string>;

/** The setting of another product that somebody adds to each policy. */
const THEIRS = choice("device_vendor_msft_policy_config_contoso_setting2", "0");

/** Puts a policy with a subject's name in other case into the tenant, and one for another platform. */
export function placeIntuneStrangers(
  { configurationPolicies: store }: Pick<Emulator, "configurationPolicies">,
  subjects: readonly Subject[],
): IntuneStranger[] {
  return subjects.flatMap(({ name }) =>
    [{ name: name.toUpperCase() }, { name, platforms: "macOS" }].map((policy) => {
      const { id } = store.insert(policy);
      return { id, of: name, bytes: bytesOf(store, id) ?? "" };
    }),
  );
}

function bytesOf(store: Store, id: string): string | undefined {
  return JSON.stringify(store.get(id));
}

/** The policies of a subject, without strangers. */
function policiesOf(
  { configurationPolicies: store }: Pick<Emulator, "configurationPolicies">,
  name: string,
) {
  return store.list().filter((each) => each.name === name && each.platforms === "windows10");
}

/** The id of a subject's policy. */
export function intuneId(emulator: Pick<Emulator, "configurationPolicies">, name: string): string {
  return policiesOf(emulator, name)[0]?.id ?? "";
}

/** Somebody changes a setting of every policy, and adds one of another product. */
export function changeIntune(
  emulator: Pick<Emulator, "configurationPolicies">,
  subjects: readonly Subject[],
  shared: Shared,
): void {
  for (const { name } of subjects) {
    const [policy] = policiesOf(emulator, name);
    if (policy === undefined) continue;
    shared.add(name);
    const [first, ...others] = policy.settings;
    const isTheirs = policy.settings.some((each) => bare(each) === bare(THEIRS));
    const settings = [...others, ...(isTheirs ? [first] : [THEIRS])];
    emulator.configurationPolicies.patch(policy.id, { settings: settings as typeof others });
  }
}

function bare(setting: object): unknown {
  return (setting as { settingDefinitionId?: unknown }).settingDefinitionId;
}

/** The plan's expectations. */
interface IntuneEvidence {
  readonly emulator: Pick<Emulator, "configurationPolicies">;
  readonly wishes: Wishes;
  /** The resources of the subject in the state. */
  readonly own: readonly { readonly id?: string; readonly initErrors?: readonly string[] }[];
  readonly strangers: readonly IntuneStranger[];
  readonly shared: Shared;
  readonly isDestroyed: boolean;
}

/** Problems of one policy, besides leaks. */
export function intuneProblems(
  subject: Subject,
  { emulator, wishes, own, strangers, shared, isDestroyed }: IntuneEvidence,
): Problem[] {
  const { name } = subject;
  const problems: Problem[] = strangers
    .filter(
      ({ of, id, bytes }) => of === name && bytesOf(emulator.configurationPolicies, id) !== bytes,
    )
    .map(({ id }) => ({ breach: "strangers", words: `${name}: the stranger ${id} was changed` }));
  const policies = policiesOf(emulator, name);
  const [policy, ...others] = policies;
  if (isDestroyed) {
    if (own.length > 0) problems.push({ breach: "wrong states", words: "is still in the state" });
    if (policy !== undefined)
      problems.push({ breach: "orphans", words: `${name} is in the tenant` });
    return problems;
  }
  if (others.length > 0) {
    problems.push({ breach: "duplicates", words: `${policies.length} policies in the tenant` });
  }
  if (policy === undefined) {
    return [...problems, { breach: "lost changes", words: "is not in the tenant" }];
  }
  const isKept = policy.settings.some((each) => bare(each) === bare(THEIRS));
  if (shared.has(name) && !isKept) {
    problems.push({ breach: "strangers", words: `${name}: another product's setting is gone` });
  }
  const [resource] = own;
  const isRecorded = resource?.id?.toLowerCase() === policy.id.toLowerCase();
  if (own.length !== 1 || !isRecorded || resource?.initErrors !== undefined) {
    problems.push({ breach: "wrong states", words: `${name}: the state has ${own.length}` });
  }
  const value = wantedValue(subject, wishes);
  const held = [
    settingsIn(policy)[INTUNE_VALUE],
    settingsIn(policy)[INTUNE_SECRET],
    policy.description,
    policy.targets[0]?.groupId,
  ];
  const wanted = [value, subject.secret, value, groupOf(subject, wishes)];
  if (JSON.stringify(held).toLowerCase() !== JSON.stringify(wanted).toLowerCase()) {
    problems.push({ breach: "lost changes", words: `${name} differs from the program's` });
  }
  return problems;
}
