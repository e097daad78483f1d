/**
 * The policies that cases are about: one for each case, so that each is checked by itself.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { SeedConfiguration } from "../../emulator";
import { INTUNE_ID } from "../intuneHost";

/** Way in which the program manages a subject. */
export type SubjectKind = "policy" | "adopted" | "patched" | "intune" | "setting";

/** One policy. */
export interface Subject {
  /** Name of the resource and of the policy. */
  readonly name: string;
  readonly kind: SubjectKind;
  readonly isSecurity: boolean;
  /** Whether the program gives `allowDuplicateName`: then others may have its name from the start. */
  readonly allowsNamesakes: boolean;
  /** A value that must stay secret. */
  readonly secret: string;
  /** Id of the object that it adopts or patches. */
  readonly foundId?: string;
}

/** Versions of the subjects that the program wants: numbers that tell one from the next. */
export interface Wishes {
  readonly value: number;
  readonly group: number;
  /** Added to each subject's place; undefined where the program gives no priorities. */
  readonly rotation?: number;
}

export const SETTING_ID = "office16;L_SendFeedback";
export const SECRET_SETTING_ID = "office16;L_Planted";

/** The same for subjects that are policies of Intune's. */
export const INTUNE_VALUE = "excel16;L_Invented03;L_Part";
export const INTUNE_SECRET = INTUNE_ID.text;

/** A number from 0 up to below `count` that follows from the seed and a text alone. */
export function seeded(seed: number, text: string, count: number): number {
  return createHash("sha256").update(`${seed} ${text}`).digest().readUInt32BE() % count;
}

/** Makes subjects whose secrets follow from the seed. */
export function subjectsOf(seed: number, kind: SubjectKind, count: number): Subject[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${kind}-${String(index).padStart(2, "0")}`;
    const digest = createHash("sha256").update(`${seed} ${name} secret`).digest("hex");
    return {
      name,
      kind,
      isSecurity: index % 2 === 1,
      allowsNamesakes: kind !== "policy" || index % 4 < 2,
      secret: `planted-${digest.slice(0, 20)}`,
    };
  });
}

/** The tenant's object before the program adopts or patches it. */
export function foundObject({ name, isSecurity }: Subject): SeedConfiguration {
  return {
    type: `#microsoft.graph.windowsOfficeClient${isSecurity ? "Security" : ""}Configuration`,
    displayName: name,
    description: "As it was found",
    policies: [{ settingId: SETTING_ID, value: "found" }],
  };
}

export function wantedValue({ name }: Subject, { value }: Wishes): string {
  return `${name}-value-${value}`;
}

/** Id of the Copilot setting that a subject is. */
export function settingId({ name }: Pick<Subject, "name">): string {
  return `microsoft.copilot.${name}`;
}

/** The value that the program wants: a secret one. */
export function settingValue(subject: Subject, wishes: Wishes): string {
  return `${subject.secret} ${wantedValue(subject, wishes)}`;
}

/** The group that a subject is assigned to: a GUID of its own. */
export function groupOf({ name }: Subject, { group }: Wishes): string {
  const hex = createHash("sha256").update(`${name} ${group}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The priority of the subject at `index` among `count`. */
export function priorityOf(index: number, count: number, { rotation }: Wishes): number | undefined {
  return rotation === undefined ? undefined : (index + rotation) % count;
}

/** The program's text. */
export function programOf(subjects: readonly Subject[], wishes: Wishes): string {
  return subjects
    .map((subject, index) => {
      const priority = priorityOf(index, subjects.length, wishes);
      return `new office.${className(subject)}("${subject.name}", { ${argsOf(subject, wishes, priority)} });`;
    })
    .join("\n");
}

function className({ kind, isSecurity }: Subject): string {
  if (kind === "intune") return "IntuneOfficePolicy";
  if (kind === "setting") return "CopilotPolicySetting";
  if (kind === "patched") return "OfficeClientConfigurationPatch";
  return `WindowsOfficeClient${isSecurity ? "Security" : ""}Configuration`;
}

function argsOf(subject: Subject, wishes: Wishes, priority: number | undefined): string {
  const { name, kind, foundId, secret, allowsNamesakes } = subject;
  if (kind === "intune") return intuneArgs(subject, wishes);
  if (kind === "setting") {
    return `setting: "${settingId(subject)}", value: pulumi.secret("${settingValue(subject, wishes)}")`;
  }
  const value = wantedValue(subject, wishes);
  const args = [
    `description: "${value}"`,
    `policies: [{ settingId: "${SETTING_ID}", value: "${value}" }, { settingId: "${SECRET_SETTING_ID}", value: pulumi.secret("${secret}") }]`,
  ];
  if (kind === "patched") return [`configurationId: "${foundId}"`, ...args].join(", ");
  if (kind === "adopted") args.unshift(`adopt: { id: "${foundId}" }`);
  if (kind === "policy" && allowsNamesakes) args.push("allowDuplicateName: true");
  if (priority !== undefined) args.push(`priority: ${priority}`);
  return [`displayName: "${name}"`, ...args, `assignments: ["${groupOf(subject, wishes)}"]`].join(
    ", ",
  );
}

/** Arguments of a subject in the program. */
function intuneArgs(subject: Subject, wishes: Wishes): string {
  const value = wantedValue(subject, wishes);
  return [
    `name: "${subject.name}"`,
    `description: "${value}"`,
    `policies: [{ settingId: "${INTUNE_VALUE}", value: "${value}" }, { settingId: "${INTUNE_SECRET}", value: pulumi.secret("${subject.secret}") }]`,
    `assignments: ["${groupOf(subject, wishes)}"]`,
  ].join(", ");
}
