/**
 * One side of a comparison, whatever it was read from.
 *
 * @module
 */
import type { PayloadName } from "../../provider/settings/names";
import type { PolicyTarget } from "../../provider/settings/policyTargets";
import { oneLine } from "../../provider/text/messageText";
import type { LeftLine } from "../convert/resolution";

/** A tenant, a stack, a program or a source of settings, as policies. */
export interface Side {
  /** As lines call it, on one line: `tenant 11111111-…`, `stack prod`. */
  readonly title: string;
  /** GUID of the tenant whose groups the policies name. Undefined: not known, or it names none. */
  readonly tenantId?: string | undefined;
  /** Road whose policies it has, and none of another road. Undefined: each policy says its own, or none. */
  readonly road?: Road;
  readonly policies: readonly SidePolicy[];
  /** Values of a source that are no settings of Cloud Policy, one line each. */
  readonly left: readonly LeftLine[];
  /** Sentences about what could not be read. */
  readonly notes: readonly string[];
  /** Number of Copilot's settings that a stack or a program manages. They are none of Office, and are not compared. */
  readonly copilotSettings?: number;
}

/** Ways by which settings reach users. */
export const ROADS = ["cloudPolicy", "intune"] as const;

/** A way by which settings reach users. */
export type Road = (typeof ROADS)[number];

/** Roads, as lines call them. */
export const ROAD_NAMES: Readonly<Record<Road, string>> = {
  cloudPolicy: "Cloud Policy",
  intune: "Intune",
};

/** A policy of a side. */
export interface SidePolicy {
  /** Undefined: a file of settings, which may take either. */
  readonly road?: Road;
  /** As its owner calls it, as it is written. Empty if it is not known. */
  readonly name: string;
  /** Graph's id. */
  readonly id?: string | undefined;
  readonly rank?: Rank | undefined;
  readonly audience: Audience;
  /** Payloads in their stored form, values as texts; `UNKNOWN` if not known. Undefined: it has none. */
  readonly payloads: Readonly<Record<PayloadName, unknown>>;
  /**
   * Whether a value must not be shown. `""` stands for the whole payload. @default false
   */
  readonly isSecret?: (payload: PayloadName, key: string) => boolean;
  /** Whether it is a patch: some settings of a policy that somebody else manages. @default false */
  readonly isPatch?: boolean;
  /** Time of its last change, as the service says it. */
  readonly lastModified?: string | undefined;
  /** Users whom check-ins have reached, as the service counts them. */
  readonly checkIns?: CheckIns | undefined;
  /** Values of Intune's that are of Office, or may be, and that were not read as a setting. @default none */
  readonly unread?: UnreadValues;
}

/** Numbers of values that were not read as a setting. */
export interface UnreadValues {
  readonly all: number;
  /** Those of them that may be a setting of Cloud Policy: not those of the computer, … */
  readonly unclear: number;
}

/** Users whom the check-ins of a policy have reached. */
export interface CheckIns {
  readonly succeeded: number;
  readonly failed: number;
}

/** Place of a policy among others: the lowest wins. Places of different scales cannot be compared. */
export interface Rank {
  /** `priority`: the number in Graph. `order`: place in an order or on the command line. */
  readonly scale: "priority" | "order";
  readonly place: number;
  /** Whether an order of several policies gives the number, not the policy itself. @default false */
  readonly isOfOrder?: boolean;
}

/**
 * Audience of a policy.
 *
 * - `groups`: members of these groups. Empty: nobody, as far as is known.
 * - `targets`: targets of Intune's. `unread` is the number of those in forms that are not known.
 * - `others`: somebody else than groups.
 * - `source`: whoever the source applies to. It names no groups.
 * - `unsaid`: not said: a program without `assignments` leaves them as they are.
 * - `unknown`: groups that are not known yet, or secret.
 */
export type Audience =
  | { readonly kind: "groups"; readonly ids: readonly string[] }
  | {
      readonly kind: "targets";
      readonly targets: readonly PolicyTarget[];
      readonly unread: number;
    }
  | { readonly kind: "others" | "source" | "unsaid" | "unknown" };

/** Whether each member of the audience is told, as far as ids tell. */
export function isAudienceTold(audience: Audience): boolean {
  return audience.kind === "targets" ? audience.unread === 0 : audience.kind === "groups";
}

/** The two sides, as lines and options call them. */
export const SIDES = ["left", "right"] as const;

/** The name of a side. */
export type SideName = (typeof SIDES)[number];

/** The other side of each. */
export const OTHER_SIDE: BySide<SideName> = { left: "right", right: "left" };

/** Something about two sides. */
export type BySide<T> = Readonly<Record<SideName, T>>;

/** Whether the sides are known to be of two tenants: then the ids of their groups have nothing in common. */
export function areOfTwoTenants({ left, right }: BySide<Side>): boolean {
  if (left.tenantId === undefined || right.tenantId === undefined) return false;
  return left.tenantId.toLowerCase() !== right.tenantId.toLowerCase();
}

/** Longest name of a policy in a line, in UTF-16 units. */
const MAX_NAME = 80;

/** Name of a policy in lines: in quotes. */
export function policyName({ name, id }: Pick<SidePolicy, "name" | "id">): string {
  if (name === "") return id === undefined ? "a policy without a name" : `the policy ${id}`;
  return `"${oneLine(name, MAX_NAME)}"`;
}
