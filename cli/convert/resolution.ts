/**
 * Meaning of sources in settings of Cloud Policy: each value of each source is exactly one line, converted or left.
 *
 * @module
 */
import type { PayloadName } from "../../provider/settings/names";
import type { Source } from "../sources/source";

/** Sources in settings of Cloud Policy. */
export interface Resolution {
  /** One for each source, in the order given: the first wins. */
  readonly policies: readonly ResolvedPolicy[];
  readonly converted: readonly ConvertedLine[];
  readonly left: readonly LeftLine[];
  /** Settings that sources give different values. */
  readonly conflicts: readonly Conflict[];
}

/** A source as a policy. */
export interface ResolvedPolicy {
  readonly source: Source;
  /** Sorted by app and category. */
  readonly settings: readonly ResolvedSetting[];
}

export interface ResolvedSetting {
  readonly settingId: string;
  readonly value: string;
  /** `userPreferences` for values outside of `Software\Policies`: a user may change them. */
  readonly payload: PayloadName;
}

/** Place of a value in a source. */
export interface ValuePlace {
  /** Name of the source. */
  readonly source: string;
  /** Registry key without hive, id of Intune's definition, or path of categories and policy. */
  readonly key: string;
  /** Registry value, or label of an element. Empty where the key says it all. */
  readonly valueName: string;
}

export interface ConvertedLine extends ValuePlace {
  readonly settingId: string;
  readonly value: string;
  readonly payload: PayloadName;
}

export interface LeftLine extends ValuePlace {
  readonly kind: LeftKind;
  /** A clause for a person, with the names that it is about. */
  readonly reason: string;
  /** Ids of the settings that it may be. */
  readonly candidates?: readonly string[];
}

/**
 * Kinds of reasons why a value is left.
 *
 * - `deletion`: the source deletes the value.
 * - `machine`: a setting of the computer. Cloud Policy takes user settings only.
 * - `unknown`: a value of Office that is no setting of the catalogue.
 * - `foreign`: a value of another product, such as Windows or Edge.
 * - `value`: the setting does not take the value.
 * - `ambiguous`: several settings have that registry value.
 * - `list`: an element that is a list. Whether Cloud Policy takes lists is not known.
 * - `part`: another setting sets it beside its own value.
 * - `incomplete`: the policy requires elements that the source does not give.
 * - `noDefinition`: Intune has no definition of the setting. For Intune only.
 * - `preference`: a value that users may change. For Intune only, which has none.
 * - `notConfigured`: a policy that is "Not configured", and sets nothing.
 * - `replaced`: another value of the source, or a source that wins, sets the same.
 * - `unread`: the source says it in a form that cannot be read.
 */
export type LeftKind =
  | "deletion"
  | "machine"
  | "unknown"
  | "foreign"
  | "value"
  | "ambiguous"
  | "list"
  | "part"
  | "incomplete"
  | "noDefinition"
  | "preference"
  | "notConfigured"
  | "replaced"
  | "unread";

/** A setting that several sources give different values. */
export interface Conflict {
  readonly settingId: string;
  /** In the order of the sources: the first wins. */
  readonly values: readonly { readonly source: string; readonly value: string }[];
}
