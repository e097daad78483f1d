/**
 * Whether Intune can have all settings of a program: known before anything is sent.
 *
 * @module
 */

import { OfficeConfigurationError } from "../../graph";
import type { IntuneSettings } from "../../intune/intuneSettings";
import type { NotWritten } from "../../intune/notWritten";
import { writeSettings } from "../../intune/writing";
import { type InputProblem, problemLine } from "../../settings/inputProblem";
import { isPlainObject, type PlainObject, UNKNOWN } from "../../settings/json";
import { isSecretIn, secretsOf } from "../../settings/label";
import { valuesOf } from "./stored";

/** The settings that Intune cannot have, each with the reason and the nearest that it can have. */
export function notCarried(inputs: PlainObject, settings: IntuneSettings): InputProblem[] {
  const { policies } = inputs;
  const { left } = writeSettings(valuesOf(policies), settings);
  const isOpen = isPlainObject(policies) && Object.values(policies).includes(UNKNOWN);
  const secrets = new Set(secretsOf(inputs));
  return left.flatMap((each) => {
    // A value that is known later may be the one that is missing.
    if (isOpen && each.kind === "incomplete") return [];
    const isSecret = isSecretIn(secrets, "policies", each.settingId);
    return [{ path: ["policies", each.settingId], reason: reasonOf(each, isSecret, settings) }];
  });
}

function reasonOf(
  { kind, reason, nearest = [] }: NotWritten,
  isSecret: boolean,
  { known }: IntuneSettings,
): string {
  // The reason against a value shows it.
  const shown = isSecret && kind === "value" ? "its value is none that Intune takes" : reason;
  const near = nearest.length === 0 ? "" : `; the nearest that Intune has: ${known.list(nearest)}`;
  return `is not carried to Intune: ${shown}${near}`;
}

/** @throws OfficeConfigurationError if Intune cannot have a setting. */
export function requireCarried(
  subject: string,
  inputs: PlainObject,
  settings: IntuneSettings,
): void {
  const problems = notCarried(inputs, settings);
  if (problems.length === 0) return;
  const lines = problems.map((problem) => `  ${problemLine(problem)}`);
  throw new OfficeConfigurationError([`${subject}: nothing was sent.`, ...lines].join("\n"));
}
