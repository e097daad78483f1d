/**
 * Outcomes of the values of one source, before sources are held against each other.
 *
 * @module
 */
import type { PayloadName } from "../../provider/settings/names";
import type { LeftKind, ValuePlace } from "./resolution";

/** Place of a value in its source. */
export type Place = Omit<ValuePlace, "source">;

/** A value that is a setting. */
export interface Converted extends Place {
  readonly settingId: string;
  readonly value: string;
  readonly payload: PayloadName;
  /** Whether it is what a desktop got from Cloud Policy, which wins over Group Policy there. */
  readonly isCloud?: boolean;
}

/** A value that is not converted. */
export interface Left extends Place {
  readonly kind: LeftKind;
  readonly reason: string;
  readonly candidates?: readonly string[];
}

export type Outcome = Converted | Left;

export function isConverted(outcome: Outcome): outcome is Converted {
  return "settingId" in outcome;
}

/** Grounds on which a value is left. */
export type LeftReason = Pick<Left, "kind" | "reason" | "candidates">;

/** A value left at its place. */
export function left({ key, valueName }: Place, why: LeftReason): Left {
  return { key, valueName, ...why };
}
