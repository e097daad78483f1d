/**
 * The value of a setting before a resource set it, and putting that back.
 *
 * @module
 */
import {
  type CopilotSettingAnswer,
  getCopilotSetting,
  setCopilotSetting,
} from "../../api/copilotPolicySettings";
import { GraphHttpError } from "../../graph";
import { COPILOT_CODES } from "../../graph/errors/diagnosis";
import { isPlainObject, type PlainObject } from "../../settings/json";
import { ORIGINAL_KEY } from "../../settings/keys";
import type { LifecycleContext } from "../../update/lifecycle";

/** A setting as a resource found it. */
export interface Original {
  /** Null: it had none. */
  readonly value: string | null;
  /** The policy that the resource wrote to; null if nobody has said it. */
  readonly policyId: string | null;
  /** Whether that policy's value could not be read, because Graph read the setting from another one. @default false */
  readonly isUnknown?: true;
}

/** The value that an earlier update remembered; undefined if the state has lost it. */
export function originalOf({ [ORIGINAL_KEY]: original }: PlainObject): Original | undefined {
  return isPlainObject(original) && "value" in original
    ? (original as unknown as Original)
    : undefined;
}

/** The original of a setting that was found in one policy and written to one: perhaps another. */
export function originalAt(found: CopilotSettingAnswer, writtenTo: string | undefined): Original {
  const policyId = writtenTo ?? found.policyId ?? null;
  const isKnown = found.policyId === undefined || samePolicy(found.policyId, policyId);
  return isKnown
    ? { value: found.value ?? null, policyId }
    : { value: null, policyId, isUnknown: true };
}

/** Whether two ids name one policy. */
export function samePolicy(a: string | null | undefined, b: string | null | undefined): boolean {
  return (a ?? "").toLowerCase() === (b ?? "").toLowerCase();
}

/** The setting as the tenant has it; undefined if Graph no longer supports it. */
export async function whereSupported(
  { graph }: LifecycleContext,
  id: string,
): Promise<CopilotSettingAnswer | undefined> {
  try {
    return await getCopilotSetting(graph, id);
  } catch (error) {
    const isGone =
      GraphHttpError.isInstance(error) && error.innerCode === COPILOT_CODES.unsupported;
    if (isGone) return undefined;
    throw error;
  }
}

/**
 * Puts a setting back as it was found, unless somebody has changed it since.
 *
 * @param known - The outputs in the state.
 * @param found - The setting as it is now.
 * @param say - Says why nothing, or something else, is put back.
 */
export async function putBack(
  { graph }: LifecycleContext,
  { known, found }: { readonly known: PlainObject; readonly found: CopilotSettingAnswer },
  say: (words: string) => void,
): Promise<void> {
  const original = originalOf(known);
  if (original === undefined) {
    say("stays as it is, because the state does not have the value that it had before");
    return;
  }
  const { value, policyId, isUnknown = false } = original;
  if (policyId !== null && !samePolicy(found.policyId, policyId)) {
    say(elsewhere(policyId, found.policyId));
    return;
  }
  if ((found.value ?? null) === value && !isUnknown) return;
  if (found.value !== known.value) {
    say("was changed by someone else since, and stays as it is");
    return;
  }
  if (isUnknown) say(`is cleared in the policy ${policyId}, whose former value nobody could read`);
  // By the same choice of a policy as the value was written.
  const chosen = known.policyId === undefined ? undefined : (policyId ?? undefined);
  await setCopilotSetting(graph, String(known.setting), { value, policyId: chosen });
}

function elsewhere(writtenTo: string, readFrom: string | undefined): string {
  const now = readFrom === undefined ? "no policy" : `the policy ${readFrom}`;
  return `is read from ${now} now, and not from the policy ${writtenTo} that this resource wrote to: all stays as it is`;
}
