/**
 * A report of the doctor: what `--format json` prints.
 *
 * @module
 */
import type { Grant } from "./grants";
import type { Manners } from "./manners/schema";
import type { ProbeOutcome } from "./probe/probe";
import type { ProbedRoad } from "./probe/records";
import type { RoadId } from "./roads";
import type { SignIn } from "./signIn";
import type { RoadState } from "./verdict";

/** A road, and what to do next. */
export interface RoadReport {
  readonly road: RoadId;
  readonly title: string;
  /** From the root of the API version. */
  readonly path: string;
  readonly state: RoadState;
  /** Whether settings can be deployed on it. */
  readonly isRoad: boolean;
  /** Rights that the token names for it. */
  readonly grant: Grant;
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  readonly next: string;
}

/** Outcome of the sign-in. */
export type SignInReport =
  | ({ readonly succeeded: true; readonly tenantName?: string } & SignIn)
  | { readonly succeeded: false; readonly problem: string };

/** A report of the doctor. */
export interface Report {
  /** Version of this form. */
  readonly doctor: 1;
  /** Origin of the Graph that was asked; undefined if the settings cannot be used. */
  readonly graph?: string;
  readonly signIn: SignInReport;
  readonly roads: readonly RoadReport[];
  /** Whether settings can be deployed on at least one road. */
  readonly isOpen: boolean;
  /** Undefined without a sign-in. */
  readonly manners?: Manners;
  /** Undefined without `--probe-writes`. */
  readonly writes?: readonly WriteReport[];
  /** Whether a policy of a probe may be in the tenant. Undefined without `--probe-writes`. */
  readonly isSomethingLeft?: boolean;
}

/** Outcome of a probe of writes. */
export interface WriteReport {
  readonly road: ProbedRoad;
  readonly title: string;
  readonly state: ProbeOutcome["state"] | "notProbed";
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  /** The policy that may still be in the tenant. */
  readonly left?: { readonly name: string; readonly id?: string };
  readonly next: string;
}
