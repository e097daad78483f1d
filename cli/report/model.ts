/**
 * A report as data, from which every form of it is made. It holds only texts that may be shown: no secrets.
 *
 * @module
 */
import type { Audience, CheckIns, Road } from "../compare/side";

/** Tenants, their settings, and what differs. */
export interface Report {
  /** The project, or what else the tenants have in common. */
  readonly title: string;
  /** Moment of the report, ISO 8601. */
  readonly madeAt: string;
  /** Version of this package. */
  readonly version: string;
  /** The baseline of the comparison; null if there is none. */
  readonly baseline: ReportBaseline | null;
  readonly tenants: readonly ReportTenant[];
  /** Sentences about users who get settings by Cloud Policy and through Intune, as far as some do. */
  readonly notes: readonly string[];
  /** All settings of the baseline and of the tenants: policies before user preferences, then by app and name. */
  readonly settings: readonly ReportSetting[];
}

/** The baseline of the comparison. */
export interface ReportBaseline {
  /** `program stacks-per-tenant in .`, `GPO backup "Office baseline"`. */
  readonly title: string;
  /** Sentences about what of it was not read. */
  readonly notes: readonly string[];
}

/** Source of a reading, and whether it could be read. */
export type Reading =
  | { readonly state: "read" }
  /** It was not asked for, or there is no such thing. */
  | { readonly state: "none" }
  | { readonly state: "failed"; readonly reason: string };

/** A tenant: a column of the matrix. */
export interface ReportTenant {
  /** Name of its stack, or of the side that it was given as. */
  readonly name: string;
  /** Its GUID; null if it is not known. */
  readonly tenantId: string | null;
  /** The state of its stack: what code manages, as of the last update. */
  readonly code: Reading;
  /** The tenant itself, as of now. */
  readonly live: Reading;
  /** Its policies in Intune, as of now. `live` is of Cloud Policy. */
  readonly intune: Reading;
  /** In the order in which they win, as far as it is known. */
  readonly policies: readonly ReportPolicy[];
  readonly drift: readonly Drift[];
  /** A sentence that says why authors of its drift are missing, or how to get them; null if there is nothing to say. */
  readonly authorNote: string | null;
  /** Sentences about what was not read or not compared. */
  readonly notes: readonly string[];
}

/** A policy of a tenant. */
export interface ReportPolicy {
  /** Road by which it reaches users; null for a file, whose settings may take either. */
  readonly road: Road | null;
  readonly name: string;
  /** Graph's id; null if it is not known. */
  readonly id: string | null;
  /** Graph's number: the lowest wins. Null if it is not known, and for Intune's, which have none. */
  readonly priority: number | null;
  /** As in a comparison. `groups`: those of `groups`; `targets`: so are they, of Intune's. */
  readonly audience: Audience["kind"];
  /**
   * Ids of the groups that get it; Intune's targets in words: `all users`, `not 3f0c2e5a-…`. Null if not all of them are
   * known.
   */
  readonly groups: readonly string[] | null;
  /** Number of its settings. */
  readonly settings: number;
  /** Stacks of the report that manage it, or a part of it. Null if no state of the tenant was read. */
  readonly managedBy: readonly string[] | null;
  /** Time of its last change, as the service says it. */
  readonly lastModified: string | null;
  /** Users whom it has reached; null if the service does not say. */
  readonly checkIns: CheckIns | null;
}

/** Results for a setting of a tenant. */
export const OUTCOMES = [
  "same",
  "different",
  "missing",
  "extra",
  "unknown",
  "unread",
  "set",
  "absent",
] as const;

/**
 * Result for a setting of a tenant.
 *
 * - `same`, `different`: as in the baseline, or not.
 * - `missing`: only the baseline has it.
 * - `extra`: only the tenant has it.
 * - `unknown`: a value, or whether there is one, is not known.
 * - `unread`: the tenant could not be read.
 * - `set`: the tenant has it, and there is no baseline.
 * - `absent`: neither has it.
 */
export type Outcome = (typeof OUTCOMES)[number];

/** A setting: a row of the matrix. */
export interface ReportSetting {
  readonly payload: "policies" | "userPreferences";
  /** Id, with `@` and its platform if it names one. Empty for a payload that is no list of settings. */
  readonly key: string;
  /** Name in the words of the catalogue, or what it is; the id if none is known. */
  readonly name: string;
  /** Whether a value of it is secret anywhere: then none is shown. */
  readonly isSecret: boolean;
  /** The baseline's values, the one that wins first. */
  readonly baseline: readonly ReportValue[];
  /** One for each tenant, in their order. */
  readonly cells: readonly Cell[];
}

/** A setting of a tenant. */
export interface Cell {
  readonly outcome: Outcome;
  /** A policy each, the one that wins first. */
  readonly values: readonly ReportValue[];
  /** Whether the tenant has another value than its stack left there. */
  readonly isDrifted: boolean;
  /** Clauses that explain the outcome, and who gets which value of two roads. */
  readonly remarks: readonly string[];
  /** If the tenant has it on both roads, or Intune's policies are in conflict about it; else null. */
  readonly roads: CellRoads | null;
}

/** A setting that a tenant has on both roads, as `compare tenant intune` says it. */
export interface CellRoads {
  /**
   * - `different`, `same`: a user gets, or may get, both values.
   * - `apart`: they are for different users.
   * - `conflict`: Intune's policies disagree.
   * - `unknown`: a value is not known.
   */
  readonly outcome: "different" | "same" | "apart" | "conflict" | "unknown";
  /** Whether users get both; null if they do not. */
  readonly meet: "yes" | "may" | null;
  /** Road whose value is likely to win; null if that is not documented, or not asked. */
  readonly likely: Road | null;
}

/** The value that a policy gives a setting. */
export interface ReportValue {
  /** In the words of the catalogue; masked if it is secret. */
  readonly text: string;
  /** Name of the policy. */
  readonly policy: string;
  /** Its road; null if it is of a file. */
  readonly road: Road | null;
  /** Place of the policy among those of the tenant; null for a policy of the baseline. */
  readonly place: number | null;
  /** On its road: `wins`; `overruled`: earlier policies reach all its groups; `idle`: its policy has no group. */
  readonly fate: "wins" | "overruled" | "idle";
  /** Groups for which it wins, or Intune's targets in words; null if they are not known. */
  readonly groups: readonly string[] | null;
}

/** Something that the tenant has otherwise than its stack left it. */
export interface Drift {
  readonly road: Road | null;
  readonly policy: string;
  readonly policyId: string | null;
  /** `policy`: it is gone. */
  readonly what: "policy" | "setting" | "groups" | "priority";
  /** Of a setting. */
  readonly payload: "policies" | "userPreferences" | null;
  readonly key: string | null;
  /** Name of the setting, or what else has changed. */
  readonly name: string;
  /** As the stack left it; null if there was nothing. */
  readonly code: string | null;
  /** As the tenant has it; null if there is nothing. */
  readonly live: string | null;
  /** Time of the policy's last change, as the service says it. */
  readonly policyModified: string | null;
  /** Null if the tenant's audit log was not asked, or does not tell. */
  readonly author: DriftAuthor | null;
}

/** Somebody who has changed a policy, by the tenant's audit log. */
export interface DriftAuthor {
  /** The name with which they signed in, or the id of an app. */
  readonly by: string;
  /** Moment of the change, ISO 8601. */
  readonly at: string;
  /** The app with which it was made, such as a portal; null if the log does not say it. */
  readonly through: string | null;
  /** Whether a record shows this very change. Otherwise it is the policy's last one, and may be another. */
  readonly isOfThisChange: boolean;
}
