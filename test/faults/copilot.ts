/**
 * Subjects that are Copilot's settings: each has a value in the tenant's first policy, and another in a policy of
 * somebody else that Graph does not read.
 *
 * @module
 */
import type { Emulator } from "../../emulator";
import type { StateResource } from "../engine/support";
import { type Subject, settingId, settingValue, type Wishes } from "./subjects";
import type { Problem } from "./verdict";

/** Value before the program sets it. */
const FOUND = "As it was found";

/** Value in the policy of somebody else. */
const THEIRS = "Theirs";

export const SETTINGS_PATH = "/copilot/admin/policySettings";

/** Puts the settings into the tenant. */
export function placeSettings({ copilot }: Emulator, subjects: readonly Subject[]): void {
  const ids = subjects.map(settingId);
  for (const id of ids) copilot.supported.add(id);
  for (const value of [FOUND, THEIRS]) {
    copilot.addPolicy(Object.fromEntries(ids.map((id) => [id, value])));
  }
}

/** Somebody changes every setting. */
export function changeSettings({ copilot }: Emulator, subjects: readonly Subject[]): void {
  for (const subject of subjects) copilot.set(settingId(subject), "changed in the portal");
}

/** The plan's expectations. */
interface SettingEvidence {
  readonly emulator: Pick<Emulator, "copilot">;
  readonly wishes: Wishes;
  /** The resources of the subject in the state. */
  readonly own: readonly StateResource[];
  readonly isDestroyed: boolean;
}

/** Problems of one setting, besides leaks. */
export function settingProblems(
  subject: Subject,
  { emulator, wishes, own, isDestroyed }: SettingEvidence,
): Problem[] {
  const id = settingId(subject);
  const [first, other] = emulator.copilot.policies.map(({ values }) => values.get(id));
  const wanted = isDestroyed ? FOUND : settingValue(subject, wishes);
  const [resource] = own;
  const isAsWanted = isDestroyed
    ? own.length === 0
    : own.length === 1 && resource?.id === id && resource.initErrors === undefined;
  return [
    // The value itself stays out of this report: it is secret.
    ...(first === wanted
      ? []
      : [{ breach: "lost changes", words: `${subject.name} has another value` } as const]),
    ...(isAsWanted
      ? []
      : [
          {
            breach: "wrong states",
            words: `${subject.name}: the state has ${own.length}`,
          } as const,
        ]),
    ...(other === THEIRS
      ? []
      : [{ breach: "strangers", words: `${subject.name}: another policy's value` } as const]),
  ];
}
