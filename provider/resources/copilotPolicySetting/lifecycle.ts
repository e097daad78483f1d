import {
  type CopilotSettingAnswer,
  type CopilotSettingChange,
  getCopilotSetting,
  setCopilotSetting,
} from "../../api/copilotPolicySettings";
import { isAmbiguous } from "../../graph";
import type { Difference } from "../../settings/differences";
import type { InputProblem } from "../../settings/inputProblem";
import {
  copilotSettingDoubts,
  copilotSettingProblems,
} from "../../settings/inputs/copilotPolicySetting";
import { type PlainObject, UNKNOWN } from "../../settings/json";
import { ORIGINAL_KEY, SECRETS_KEY } from "../../settings/keys";
import { inWords } from "../../settings/words";
import {
  type CreationPreview,
  type ExclusiveUse,
  type Lifecycle,
  type LifecycleContext,
  PartialFailure,
  type ReadResult,
  type ResourceState,
} from "../../update/lifecycle";
import {
  foreignChange,
  otherAnswer,
  settingDifferences,
  settingLabel,
  textOf,
} from "./differences";
import {
  type Original,
  originalAt,
  originalOf,
  putBack,
  samePolicy,
  whereSupported,
} from "./putBack";

/** A setting to write. */
interface Wanted {
  /** Inputs of the program. */
  readonly inputs: PlainObject;
  /** The setting as it is now. */
  readonly found: CopilotSettingAnswer;
  /** The value that an earlier update found. @default the one found now */
  readonly original?: Original | undefined;
}

/**
 * The life of one of Copilot's settings: GET, PATCH of what differs, and the restoring of what was found.
 *
 * @see https://learn.microsoft.com/microsoft-365/copilot/extensibility/api/admin-settings/copilotpolicysetting-update
 */
export class CopilotPolicySettingLifecycle implements Lifecycle {
  readonly noun = "Copilot setting";

  label(known: PlainObject, news?: PlainObject): string {
    return settingLabel(known, news);
  }

  problems({ [SECRETS_KEY]: _, ...inputs }: PlainObject): InputProblem[] {
    return copilotSettingProblems(inputs);
  }

  doubts(inputs: PlainObject): string[] {
    return copilotSettingDoubts(inputs);
  }

  exclusiveUses({ setting }: PlainObject): ExclusiveUse[] {
    if (typeof setting !== "string" || setting === UNKNOWN) return [];
    const reason = (owner: string) =>
      `${setting} is set by the resource "${owner}" already: remove one of the two`;
    return [{ key: useOf(setting), path: ["setting"], reason }];
  }

  differences(olds: PlainObject, news: PlainObject): Difference[] {
    return settingDifferences(olds, news);
  }

  async describeCreation(context: LifecycleContext, inputs: PlainObject): Promise<CreationPreview> {
    const { setting, policyId } = inputs;
    if (typeof setting !== "string" || setting === UNKNOWN) return { lines: [] };
    await warnOfApp(context);
    const found = await getCopilotSetting(context.graph, setting);
    const before = { ...inputs, ...currentInputs(found, policyId !== undefined) };
    const lines = inWords(this.label(inputs), this.differences(before, inputs));
    return { lines: lines.length > 0 ? lines : [`${this.label(inputs)}: nothing differs`] };
  }

  async create(context: LifecycleContext, inputs: PlainObject): Promise<ResourceState> {
    const setting = String(inputs.setting);
    await warnOfApp(context);
    const found = await getCopilotSetting(context.graph, setting);
    return { id: setting, outputs: await this.#set(context, setting, { inputs, found }) };
  }

  async read(context: LifecycleContext, id: string, known: PlainObject): Promise<ReadResult> {
    const setting = typeof known.setting === "string" ? known.setting : id;
    const found = await getCopilotSetting(context.graph, setting);
    const secrets = SECRETS_KEY in known ? { [SECRETS_KEY]: known[SECRETS_KEY] } : {};
    const current = currentInputs(found, known.policyId !== undefined);
    const inputs = { setting, ...current, ...secrets };
    return { inputs, outputs: outputsOf(inputs, found.policyId, originalOf(known)) };
  }

  async update(
    context: LifecycleContext,
    id: string,
    olds: PlainObject,
    news: PlainObject,
  ): Promise<PlainObject> {
    const setting = String(news.setting);
    await warnOfApp(context);
    const found = await getCopilotSetting(context.graph, setting);
    const original = originalOf(olds);
    if (news.policyId !== undefined && !samePolicy(textOf(news.policyId), original?.policyId)) {
      // Another policy: this one gets back what it had.
      await this.#putBack(context, olds, found);
      const inOther = await getCopilotSetting(context.graph, setting);
      return this.#set(context, id, { inputs: news, found: inOther });
    }
    for (const line of foreignChange(olds, news, found)) context.log(line);
    return this.#set(context, id, { inputs: news, found, original });
  }

  async delete(context: LifecycleContext, _id: string, known: PlainObject): Promise<void> {
    const setting = String(known.setting);
    const later = context.claims.claimantOf(useOf(setting));
    if (later !== undefined) {
      context.log(
        `${this.label(known)}: is set by the resource "${later.name}" now: it stays as it is, and is not put back`,
      );
      return;
    }
    await warnOfApp(context);
    const found = await whereSupported(context, setting);
    if (found === undefined) {
      const gone = "Graph no longer supports this setting, there is nothing to put back";
      context.log(`${this.label(known)}: ${gone}`);
      return;
    }
    await this.#putBack(context, known, found);
  }

  #putBack(
    context: LifecycleContext,
    known: PlainObject,
    found: CopilotSettingAnswer,
  ): Promise<void> {
    return putBack(context, { known, found }, (words) =>
      context.log(`${this.label(known)}: ${words}`),
    );
  }

  /**
   * Sets the value, if it differs.
   *
   * @returns all outputs.
   * @throws PartialFailure if the tenant may have been changed: the original must not be lost.
   */
  async #set(
    context: LifecycleContext,
    id: string,
    { inputs, found, original }: Wanted,
  ): Promise<PlainObject> {
    const { graph } = context;
    const setting = String(inputs.setting);
    const change = { value: String(inputs.value), policyId: textOf(inputs.policyId) };
    const stateOf = (writtenTo: string | undefined, readFrom = writtenTo ?? found.policyId) => ({
      id,
      outputs: outputsOf(inputs, readFrom, original ?? originalAt(found, writtenTo)),
    });
    if (holds(found, change)) return stateOf(undefined).outputs;
    const answer = await keeping(
      () => setCopilotSetting(graph, setting, change),
      stateOf(change.policyId),
      isAmbiguous,
    );
    const writtenTo = answer?.policyId ?? change.policyId;
    // The policy that the program names may not be the one that Graph reads.
    const isOther = change.policyId !== undefined && !samePolicy(found.policyId, change.policyId);
    const now =
      answer === undefined || isOther
        ? await keeping(
            () => getCopilotSetting(graph, setting),
            stateOf(writtenTo),
            () => true,
          )
        : answer;
    for (const line of otherAnswer(inputs, now)) context.log(line);
    return stateOf(writtenTo ?? now.policyId, now.policyId).outputs;
  }
}

/** Whether a setting has a value already, in the policy that is chosen if one is. */
function holds(found: CopilotSettingAnswer, { value, policyId }: CopilotSettingChange): boolean {
  return found.value === value && (policyId === undefined || samePolicy(found.policyId, policyId));
}

/** Takes a step. If it fails and may have changed the tenant, the state is kept. */
async function keeping<T>(
  step: () => Promise<T>,
  state: ResourceState,
  mayHaveChanged: (error: unknown) => boolean,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!mayHaveChanged(error)) throw error;
    throw new PartialFailure(state, error);
  }
}

/** Warns, once in a run, that Graph may refuse a token that no user has signed in for. */
async function warnOfApp({ graph, log }: LifecycleContext): Promise<void> {
  if ((await graph.caller()).kind !== "app") return;
  log(
    "Copilot's settings: warning: the token is an app's, and Microsoft documents this API for users only. If Graph refuses, sign in as a " +
      "user: officeConfiguration:credential deviceCode",
  );
}

/** The use that one resource of a stack may have. */
function useOf(setting: string): string {
  return `Copilot setting ${setting.toLowerCase()}`;
}

/** The tenant's values in the form of inputs. */
function currentInputs(
  { value, policyId }: CopilotSettingAnswer,
  withPolicy: boolean,
): PlainObject {
  return { value, ...(withPolicy && { policyId }) };
}

function outputsOf(
  inputs: PlainObject,
  resolvedPolicyId: string | undefined,
  original: Original | undefined,
): PlainObject {
  return { ...inputs, resolvedPolicyId, ...(original && { [ORIGINAL_KEY]: original }) };
}
