/**
 * What `check` finds wrong, in the engine's words.
 *
 * @module
 */
import type * as pulumi from "@pulumi/pulumi";
import { isOfficeConfigurationError, OfficeConfigurationError } from "../graph";
import { brokenTexts } from "../settings/brokenText";
import type { InputProblem } from "../settings/inputProblem";
import { type PlainObject, propertyPath } from "../settings/json";
import type { ProgramRun } from "../settings/keys";
import { withOutputTexts } from "../settings/outputText";
import type { Claims, Owner } from "../update/claims";
import type { Lifecycle } from "../update/lifecycle";
import { NAMES_MOST_MS, type ProviderProcess } from "./providerProcess";

/** What is wrong with the inputs by themselves. */
export function inputProblems(
  lifecycle: Lifecycle,
  inputs: PlainObject,
): pulumi.dynamic.CheckFailure[] {
  const broken = brokenTexts(inputs);
  // What else is said of such a property, or of what it is in, is about what stands in its place.
  const others = withOutputTexts(inputs, lifecycle.problems(inputs)).filter(
    (other) => !broken.some(({ path }) => startsWith(path, other.path)),
  );
  return [...broken, ...others].map(checkFailure);
}

function startsWith(path: readonly PropertyKey[], start: readonly PropertyKey[]): boolean {
  return start.every((key, place) => path[place] === key);
}

/** What is known of a resource that is checked, besides its inputs. */
interface Checked {
  readonly claims: Claims;
  readonly run: ProgramRun | undefined;
  /** Whether the state does not have it yet. */
  readonly isNew: boolean;
}

/** What another resource of the stack has, and this one asks for too. */
export function claimProblems(
  lifecycle: Lifecycle,
  inputs: PlainObject,
  { claims, run, isNew }: Checked,
): pulumi.dynamic.CheckFailure[] {
  const uses = lifecycle.exclusiveUses?.(inputs) ?? [];
  const problems = uses.flatMap(({ key, path, reason, onlyNew, isShared }): InputProblem[] => {
    const owner = run && claims.claim(key, run);
    const isAllowed = isShared === true || (onlyNew === true && !isNew);
    return owner === undefined || isAllowed ? [] : [{ path, reason: reason(owner.name) }];
  });
  const adopted = isNew ? lifecycle.adoptedId?.(inputs) : undefined;
  if (adopted !== undefined) {
    if (claims.liveOwner(adopted) !== undefined) {
      const reason = `names ${adopted}, which another resource of this stack is already`;
      problems.push({ path: ["adopt"], reason });
    }
    claims.want(adopted);
  }
  return problems.map(checkFailure);
}

/** What a preview of a creation has to say, and what is wrong with it. */
interface PreviewedCreation {
  readonly lines: string[];
  readonly failures: pulumi.dynamic.CheckFailure[];
}

/**
 * What a creation would find and change, for a preview. A tenant that cannot be read now is no
 * reason for a preview to fail; a creation that could not succeed is. For names alone, nobody is asked
 * to sign in.
 */
export async function previewCreation(
  lifecycle: Lifecycle,
  providerProcess: ProviderProcess,
  inputs: PlainObject,
  owner: Owner,
): Promise<PreviewedCreation> {
  if (lifecycle.describeCreation === undefined) return { lines: [], failures: [] };
  const isOfNames = lifecycle.asksOnlyForNames?.(inputs) === true;
  if (isOfNames && !(await providerProcess.canCheckNames())) return { lines: [], failures: [] };
  try {
    const { context } = await providerProcess.context(owner, {
      deadlineMs: isOfNames ? Date.now() + NAMES_MOST_MS : undefined,
    });
    return { lines: await lifecycle.describeCreation(context, inputs), failures: [] };
  } catch (error) {
    if (!isOfficeConfigurationError(error)) throw error;
    const { message } = error;
    if (error instanceof OfficeConfigurationError && error.name === "OfficeConfigurationError") {
      return { lines: [], failures: [{ property: "", reason: message }] };
    }
    const [reason] = message.split("\n");
    if (isOfNames) {
      providerProcess.leaveNames(reason ?? message);
      return { lines: [], failures: [] };
    }
    const line = `${lifecycle.label(inputs)}: what it would change cannot be told now: ${reason}`;
    return { lines: [line], failures: [] };
  }
}

/**
 * A problem as the engine shows it, with its path at the beginning of the message: beside a named
 * property the engine prints its value, be it a secret.
 */
function checkFailure({ path, reason }: InputProblem): pulumi.dynamic.CheckFailure {
  return { property: "", reason: `${propertyPath(path)} ${reason}`.trimStart() };
}
