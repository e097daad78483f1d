/**
 * Checks the settings of a resource by the catalogue of its stack.
 *
 * @module
 */
import { BUILD_COMMAND } from "../catalogue/catalogue";
import type { CatalogueError } from "../catalogue/catalogueError";
import { type Verdict, verdictsOf } from "../catalogue/verdicts";
import { type InputProblem, problemLine } from "../settings/inputProblem";
import { isPlainObject, type PlainObject } from "../settings/json";
import { isSecretIn, secretsOf } from "../settings/label";
import type { StackCatalogue } from "./stackCatalogue";

/** Maximum number of warnings about the settings of one resource. */
const MOST_WARNINGS = 10;

/** A resource whose settings are checked. */
export interface CheckedSettings {
  /** Names of the inputs that are payloads. */
  readonly payloads: readonly string[];
  /** Inputs in their stored form. */
  readonly inputs: PlainObject;
  /**
   * Settings that the resource already has: the inputs in the state, or a policy that it takes over. Empty
   * for a new resource; undefined if they cannot be known.
   */
  readonly before: PlainObject | undefined;
  /** The name of the resource in messages. */
  readonly label: string;
}

/** Settings that the catalogue does not allow: `problems` refuse the resource, `lines` are shown. */
export interface SettingFindings {
  readonly problems: readonly InputProblem[];
  readonly lines: readonly string[];
}

export const NO_FINDINGS: SettingFindings = { problems: [], lines: [] };

/**
 * Checks settings by the catalogue. Refuses settings that it does not allow if they are new to the
 * resource. Only warns of settings that the resource already has, so that a policy made elsewhere can be
 * taken over as it is, and of settings that the catalogue may not know.
 *
 * @throws CatalogueError if the catalogue cannot be used and the stack refuses settings that it does not
 *   allow.
 */
export function checkSettings(
  catalogue: StackCatalogue,
  checked: CheckedSettings,
): SettingFindings {
  const { check } = catalogue;
  if (check === "off" || !checked.payloads.some((name) => isGiven(checked.inputs[name]))) {
    return NO_FINDINGS;
  }
  const verdicts = judged(catalogue, checked);
  const refused = verdicts.filter((each) => check === "error" && isRefused(each));
  const told = verdicts.filter((each) => !refused.includes(each));
  const advice = refused.length > 0 && catalogue.isFirstRefusal() ? [ADVICE] : [];
  return { problems: [...refused, ...advice], lines: warnings(checked.label, told) };
}

/** Follows the first refused settings of a run. */
const ADVICE: InputProblem = {
  path: [],
  reason: `If the catalogue is at fault, build it again (${BUILD_COMMAND}), or let it only warn: pulumi config set officeConfiguration:catalogueCheck warn`,
};

function isGiven(payload: unknown): boolean {
  return isPlainObject(payload) && Object.keys(payload).length > 0;
}

function isRefused({ weight, isOld }: Verdict): boolean {
  return weight === "wrong" && !isOld;
}

function judged(catalogue: StackCatalogue, checked: CheckedSettings): Verdict[] {
  const { payloads, inputs, before } = checked;
  const known = catalogueOf(catalogue);
  if (known === undefined) return [];
  const secrets = new Set([...secretsOf(inputs), ...secretsOf(before ?? {})]);
  return payloads.flatMap((name) =>
    verdictsOf(known, {
      name,
      stored: inputs[name],
      before: before === undefined ? inputs[name] : before[name],
      isSecret: (key) => isSecretIn(secrets, name, key),
    }),
  );
}

function catalogueOf(catalogue: StackCatalogue) {
  try {
    return catalogue.get();
  } catch (error) {
    if (catalogue.check === "error") throw error;
    catalogue.sayFailure(error as CatalogueError);
    return undefined;
  }
}

function warnings(label: string, verdicts: readonly Verdict[]): string[] {
  const shown = verdicts.slice(0, MOST_WARNINGS);
  const more = verdicts.length - shown.length;
  return [
    ...shown.map((verdict) => `${label}: warning: ${problemLine(verdict)}`),
    ...(more > 0 ? [`${label}: warning: and ${more} more like these`] : []),
  ];
}
