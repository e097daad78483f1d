/**
 * Problems of inputs and of previewed creations.
 *
 * @module
 */
import { OfficeConfigurationError } from "../graph";
import { brokenTexts } from "../settings/brokenText";
import type { InputProblem } from "../settings/inputProblem";
import type { PlainObject } from "../settings/json";
import type { ProgramRun } from "../settings/keys";
import { UNNAMED } from "../settings/label";
import { withOutputTexts } from "../settings/outputText";
import type { Claims, Owner } from "../update/claims";
import type { CreationPreview, Lifecycle } from "../update/lifecycle";
import { NAMES_MOST_MS, type ProviderProcess } from "./providerProcess";

/** Every problem of the inputs by themselves. */
export function inputProblems(lifecycle: Lifecycle, inputs: PlainObject): InputProblem[] {
  const broken = brokenTexts(inputs);
  // The program puts a placeholder in place of a broken text: other problems of that property or its parents
  // are about the placeholder.
  const others = withOutputTexts(inputs, lifecycle.problems(inputs)).filter(
    (other) => !broken.some(({ path }) => startsWith(path, other.path)),
  );
  return [...broken, ...others];
}

/** Problems of other places than those that have one already. */
export function elsewhere(
  problems: readonly InputProblem[],
  told: readonly InputProblem[],
): InputProblem[] {
  return problems.filter((each) => !told.some((other) => startsWith(other.path, each.path)));
}

function startsWith(path: readonly PropertyKey[], start: readonly PropertyKey[]): boolean {
  return start.every((key, place) => path[place] === key);
}

/** Facts about a checked resource, besides its inputs. */
interface Checked {
  readonly claims: Claims;
  readonly run: ProgramRun | undefined;
  /** Whether the state does not have it yet. */
  readonly isNew: boolean;
}

/** Claims of this resource on something that another resource of the stack has. */
export function claimProblems(
  lifecycle: Lifecycle,
  inputs: PlainObject,
  { claims, run, isNew }: Checked,
): InputProblem[] {
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
  return problems;
}

/** The preview of a creation: lines to say, and problems. */
interface PreviewedCreation extends CreationPreview {
  readonly problems: InputProblem[];
}

/**
 * Previews what a creation would find and change. The preview fails if the creation could not succeed; it does
 * not fail if the tenant cannot be read now. Nobody is asked to sign in only to check names.
 */
export async function previewCreation(
  lifecycle: Lifecycle,
  providerProcess: ProviderProcess,
  inputs: PlainObject,
  owner: Owner,
): Promise<PreviewedCreation> {
  if (lifecycle.describeCreation === undefined) return { lines: [], problems: [] };
  const isOfNames = lifecycle.asksOnlyForNames?.(inputs) === true;
  if (isOfNames && !(await providerProcess.canCheckNames())) return { lines: [], problems: [] };
  try {
    const { context } = await providerProcess.context(owner, {
      deadlineMs: isOfNames ? providerProcess.clock.now() + NAMES_MOST_MS : undefined,
    });
    return { ...(await lifecycle.describeCreation(context, inputs)), problems: [] };
  } catch (error) {
    if (!OfficeConfigurationError.isInstance(error)) throw error;
    const { message } = error;
    if (error instanceof OfficeConfigurationError && error.name === "OfficeConfigurationError") {
      return { lines: [], problems: [{ path: [], reason: message }] };
    }
    const { told } = providerProcess;
    const label = lifecycle.label(inputs);
    const resource = owner.name ?? label;
    if (isOfNames) {
      providerProcess.leaveNames(told.withHint(message, error, resource));
      return { lines: [], problems: [] };
    }
    const reason = told.brief(error, resource) ?? told.withHint(message, error, resource);
    return { lines: [`${label}: cannot preview its changes. ${reason}`], problems: [] };
  }
}

/** The name of a resource in messages; its name in the program if its display name is not known yet. */
export function labelOf(
  lifecycle: Pick<Lifecycle, "label">,
  inputs: PlainObject,
  run: ProgramRun | undefined,
): string {
  const known = lifecycle.label(inputs);
  return known === UNNAMED && run !== undefined ? run.name : known;
}
