import type { KnownSettings } from "../catalogue/knownSettings";
import { unknownId } from "../catalogue/unknownId";
import { valueProblem } from "../catalogue/values";
import type { IntuneSettings } from "./intuneSettings";
import { instanceOf } from "./writtenValue";

/** A setting that Intune cannot have. */
export interface NotWritten {
  readonly settingId: string;
  readonly kind: NotWrittenKind;
  /** A clause for a person. */
  readonly reason: string;
  /** Ids of settings that Intune has, and that it may be meant as: the nearest first. */
  readonly nearest?: readonly string[];
}

/**
 * Kinds of reasons why Intune cannot have a setting.
 *
 * - `unknown`: the catalogue does not have it.
 * - `undefined`: Intune has no definition of it, or the catalogue lacks Intune's definitions.
 * - `machine`: a setting of the computer.
 * - `list`: a list, whose value in a program is not known.
 * - `value`: it does not take the value, or has none of its own.
 * - `incomplete`: its policy needs others, which are not given or cannot be written.
 */
export type NotWrittenKind = "unknown" | "undefined" | "machine" | "list" | "value" | "incomplete";

/** A reason without the setting that it is about. */
export type WhyNot = Omit<NotWritten, "settingId">;

/** Number of near settings that are searched for those that Intune has. */
const NEAREST = 20;

/** Most near settings that a reason names. */
const MOST_NEAREST = 3;

/** The reason why a setting cannot be written, whatever else is given; undefined if there is none. */
export function whyNotWritten(
  id: string,
  value: string,
  settings: IntuneSettings,
): WhyNot | undefined {
  const { known } = settings;
  const setting = known.find(id);
  if (setting === undefined) {
    const reason = `the setting ${unknownId(known, id).reason}`;
    return { kind: "unknown", reason, ...nearestOf(id, known) };
  }
  const name = known.nameOf(id);
  if (setting.scope === "machine") {
    return { kind: "machine", reason: `${name} is a machine setting` };
  }
  if (setting.kind === "policy") {
    const elements = known.listElements(known.elementsOf(id));
    return { kind: "value", reason: `${name} has no value of its own: give ${elements}` };
  }
  if (setting.kind === "list") {
    return { kind: "list", reason: `${name} is a list, whose value in a program is not known` };
  }
  const { intune, policy } = setting;
  const isDefined = policy === undefined || known.find(policy)?.intune !== undefined;
  if (intune === undefined || !isDefined) {
    const reason = settings.hasDefinitions
      ? `Intune has no definition of ${name}`
      : "the catalogue has no definitions of Intune's: build it with --intune";
    return { kind: "undefined", reason, ...nearestOf(id, known) };
  }
  const problem = valueProblem(setting, value, false);
  if (problem?.weight === "wrong") {
    return { kind: "value", reason: `the value of ${name} ${problem.reason}` };
  }
  const instance = instanceOf(setting, intune, value);
  return typeof instance === "string"
    ? { kind: "value", reason: `${name}: ${instance}` }
    : undefined;
}

/** Near settings with a value that Intune has. */
function nearestOf(id: string, known: KnownSettings): Pick<NotWritten, "nearest"> {
  const near = known.nearest(id, NEAREST).filter((each) => {
    const setting = known.find(each);
    return each !== id && setting?.intune !== undefined && setting.kind !== "policy";
  });
  return near.length === 0 ? {} : { nearest: near.slice(0, MOST_NEAREST) };
}
