import { deletePolicy } from "../../api/configurationPolicies";
import { ConfigurationPolicyReader, type WholePolicy } from "../../api/configurationPolicyReader";
import { OfficeConfigurationError } from "../../graph";
import type { IntuneSettings } from "../../intune/intuneSettings";
import { type Difference, namesOf } from "../../settings/differences";
import type { InputProblem } from "../../settings/inputProblem";
import { intuneOfficePolicyProblems } from "../../settings/inputs/intuneOfficePolicy";
import type { PlainObject } from "../../settings/json";
import { SECRETS_KEY } from "../../settings/keys";
import { secretsOf } from "../../settings/label";
import { show } from "../../settings/show";
import { createOnce } from "../../update/creation/createOnce";
import type { Creation } from "../../update/creation/creation";
import { isNameJudged, ownerOfName } from "../../update/creation/nameOwner";
import { takingOver } from "../../update/creation/takingOver";
import {
  type CreationPreview,
  type ExclusiveUse,
  type Lifecycle,
  type LifecycleContext,
  PartialFailure,
  type ReadResult,
  type ResourceState,
} from "../../update/lifecycle";
import { adoptionOf, findAdopted, usesOf } from "./adopt";
import { notCarried, requireCarried } from "./carried";
import { assignNew, creationOf, type FoundPolicy } from "./create";
import { intuneDifferences, intuneLines } from "./differences";
import { inputsOf } from "./found";
import { unfit } from "./refusals";
import { intuneLabel, outputsOf, storedInputs, valuesOf } from "./stored";
import { counted, sendChanges, sendTargets } from "./update";

/** A policy that a creation takes over, and why. */
interface TakenOver {
  readonly found: WholePolicy;
  /** First line about it: `adopts 1111…`. */
  readonly how: string;
}

/**
 * The life of a policy of Intune's settings catalogue: POST, GET, PATCH, PUT, DELETE, and `assign`.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationpolicy?view=graph-rest-beta
 */
export class IntuneOfficePolicyLifecycle implements Lifecycle {
  readonly noun = "Intune policy";
  readonly nameInput = "name";
  readonly isSoleOwner = true;
  readonly tellsCreation = true;
  readonly payloads = ["policies"];
  readonly stored = storedInputs;

  label(known: PlainObject, news: PlainObject = known): string {
    return intuneLabel(known, news);
  }

  problems({ [SECRETS_KEY]: _, ...given }: PlainObject): InputProblem[] {
    return intuneOfficePolicyProblems(given);
  }

  intuneProblems(inputs: PlainObject, settings: IntuneSettings): InputProblem[] {
    return notCarried(inputs, settings);
  }

  exclusiveUses(inputs: PlainObject): ExclusiveUse[] {
    return usesOf(inputs);
  }

  adoptedId(inputs: PlainObject): string | undefined {
    const adoption = adoptionOf(inputs);
    return adoption !== undefined && "id" in adoption ? adoption.id : undefined;
  }

  differences(olds: PlainObject, news: PlainObject): Difference[] {
    return intuneDifferences(olds, news);
  }

  takesOver({ adopt }: PlainObject): boolean {
    return adopt !== undefined;
  }

  asksOnlyForNames(inputs: PlainObject): boolean {
    return adoptionOf(inputs) === undefined;
  }

  async describeCreation(context: LifecycleContext, given: PlainObject): Promise<CreationPreview> {
    const inputs = storedInputs(given);
    const taken = await this.#taken(context, inputs, true);
    if (taken === undefined) return { lines: [] };
    const isAdopted = adoptionOf(inputs) !== undefined;
    context.claims.want(taken.found.id, isAdopted ? undefined : String(inputs.name));
    const current = inputsOf(taken.found, inputs, intuneOf(context));
    return { lines: linesOf(context, taken, { current, inputs }), current };
  }

  /** The policy that a creation takes over; undefined if it makes a new one. */
  async #taken(
    context: LifecycleContext,
    inputs: PlainObject,
    isPreview: boolean,
  ): Promise<TakenOver | undefined> {
    const reader = readerOf(context, inputs);
    const adoption = adoptionOf(inputs);
    if (adoption !== undefined) {
      const found = await findAdopted(context, reader, { adoption, inputs });
      return { found, how: `adopts ${found.id}` };
    }
    if (isPreview && !isNameJudged(context, inputs, ["name"])) return undefined;
    const creation = creationOf(context, {
      inputs,
      reader,
      settings: intuneOf(context),
      isPreview,
    });
    return this.#ofName(context, reader, creation);
  }

  async #ofName(
    context: LifecycleContext,
    reader: ConfigurationPolicyReader,
    creation: Creation<FoundPolicy>,
  ): Promise<TakenOver | undefined> {
    const taken = await ownerOfName(context, creation);
    if (taken === undefined) return undefined;
    const { id } = taken.found;
    const found = await reader.whole(id, true);
    if (found === undefined) throw creationEnded(reader, id);
    const refusal = unfit(reader, found);
    if (refusal !== undefined) throw refusal;
    return { found, how: `takes over ${id} (${taken.evidence})` };
  }

  async create(context: LifecycleContext, given: PlainObject): Promise<ResourceState> {
    const inputs = storedInputs(given);
    const reader = readerOf(context, inputs);
    const settings = intuneOf(context);
    requireCarried(reader.subject, inputs, settings);
    const taken = await this.#taken(context, inputs, false);
    if (taken !== undefined) return this.#own(context, taken, inputs);
    const { id } = await createOnce(context, creationOf(context, { inputs, reader, settings }));
    const outputs = outputsOf(inputs, id);
    try {
      await assignNew(context, reader, { id, inputs });
      return { id, outputs };
    } catch (error) {
      throw new PartialFailure({ id, outputs: { ...outputs, assignments: [] } }, error);
    }
  }

  /** Takes over a policy of the tenant, and sends the differences. */
  async #own(
    context: LifecycleContext,
    taken: TakenOver,
    inputs: PlainObject,
  ): Promise<ResourceState> {
    const { id } = taken.found;
    context.claims.take(id, context.owner);
    const current = inputsOf(taken.found, inputs, intuneOf(context));
    for (const line of linesOf(context, taken, { current, inputs })) context.log(line);
    return takingOver(context, id, async () => {
      const differs = intuneDifferences(current, inputs).length > 0;
      const outputs = differs
        ? await this.update(context, id, current, inputs)
        : outputsOf(inputs, id);
      return { id, outputs };
    });
  }

  async read(
    context: LifecycleContext,
    id: string,
    known: PlainObject,
  ): Promise<ReadResult | undefined> {
    const settings = intuneOf(context);
    const withTargets = known.name === undefined || "assignments" in known;
    const found = await readerOf(context, known).whole(id, withTargets);
    if (found === undefined) return undefined;
    const inputs = inputsOf(found, known, settings);
    return { inputs, outputs: outputsOf(inputs, found.id) };
  }

  async update(
    context: LifecycleContext,
    id: string,
    olds: PlainObject,
    given: PlainObject,
  ): Promise<PlainObject> {
    const news = storedInputs(given);
    const reader = readerOf(context, news);
    const changed = namesOf(intuneDifferences(olds, news));
    const settings = () => intuneOf(context);
    if (changed.includes("policies")) requireCarried(reader.subject, news, settings());
    const update = { context, reader, settings, id, olds, news, changed };
    await sendChanges(update);
    const outputs = outputsOf(news, id);
    if (!changed.includes("assignments")) return outputs;
    try {
      await sendTargets(update);
      return outputs;
    } catch (error) {
      // The old targets stay in the state, so that the next update repeats the step.
      throw new PartialFailure(
        { id, outputs: { ...outputs, assignments: olds.assignments } },
        error,
      );
    }
  }

  async delete(context: LifecycleContext, id: string, known: PlainObject): Promise<void> {
    const reader = readerOf(context, known);
    const found = await deletePolicy(context.graph, id, reader.call("Deleting"));
    if (found === undefined) return;
    if (typeof known.name === "string" && known.name !== found.name) {
      const name = secretsOf(known).includes("name") ? "[secret]" : show(found.name ?? "");
      context.log(`${reader.label}: ${id} was deleted; its name had been changed to ${name}`);
    }
    const own = ownCount(context, known);
    const others = (found.settingCount ?? 0) - (own ?? Number.POSITIVE_INFINITY);
    if (others <= 0) return;
    const note = `it also had ${counted(others)} that the program did not name`;
    context.log(`${reader.label}: ${id} was deleted; ${note}`);
  }
}

/** Number of settings at the top of a policy that are the program's; undefined without a catalogue. */
function ownCount({ intune }: LifecycleContext, known: PlainObject): number | undefined {
  try {
    const settings = intune?.().known;
    const ids = [...valuesOf(known.policies).keys()];
    return settings && new Set(ids.map((id) => settings.find(id)?.policy ?? id)).size;
  } catch {
    return undefined;
  }
}

function linesOf(
  { glossary }: LifecycleContext,
  { how }: TakenOver,
  { current, inputs }: { readonly current: PlainObject; readonly inputs: PlainObject },
): string[] {
  const changes = intuneLines(current, inputs, glossary);
  const end = changes.length === 0 ? ", nothing differs" : "";
  return [`${intuneLabel(current, inputs)}: ${how}${end}`, ...changes];
}

function creationEnded({ subject }: ConfigurationPolicyReader, id: string): Error {
  return new OfficeConfigurationError(
    `${subject}: the policy ${id} was there a moment ago and is gone now. Run the command again.`,
  );
}

function readerOf({ graph }: LifecycleContext, inputs: PlainObject): ConfigurationPolicyReader {
  return new ConfigurationPolicyReader(graph, intuneLabel(inputs));
}

/** @throws OfficeConfigurationError without a catalogue that has Intune's definitions. */
function intuneOf({ intune }: LifecycleContext): IntuneSettings {
  if (intune === undefined)
    throw new OfficeConfigurationError("There is no catalogue of settings.");
  return intune();
}
