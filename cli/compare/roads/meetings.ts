/**
 * Settings that users get on two roads: by Cloud Policy and through Intune.
 *
 * @module
 */
import type { ComparedSetting, Twice } from "../comparison";
import type { Effect } from "../effects";
import { type Audience, type BySide, policyName, type Road, type SideName } from "../side";
import { conflictRemarks, conflictsOf, haveSameValue } from "./conflicts";
import { type Overlap, overlapOf } from "./overlap";

/** Most pairs of policies that a remark names. */
const MOST_PAIRS = 3;

/** Outcomes of compared settings, where the sides are two roads to the same users. */
export function meetings(
  compared: readonly ComparedSetting[],
  { left }: BySide<Road>,
): ComparedSetting[] {
  const [cloud, intune]: SideName[] =
    left === "cloudPolicy" ? ["left", "right"] : ["right", "left"];
  if (cloud === undefined || intune === undefined) return [];
  const ofCloud = Map.groupBy(
    compared.filter(({ effects }) => effects[cloud].length > 0),
    idOf,
  );
  const ofIntune = compared.filter(({ effects }) => effects[intune].length > 0);
  const both = ofIntune.map((setting) => {
    const others = ofCloud.get(idOf(setting)) ?? [];
    return new Meeting(setting, others, cloud, intune).setting();
  });
  const met = new Set(ofIntune.map(idOf));
  return [...both, ...compared.filter((each) => !met.has(idOf(each))).map(onlyCloud)];
}

/** A setting of Cloud Policy alone. What JSON that is no list of settings sets is not known. */
function onlyCloud(setting: ComparedSetting): ComparedSetting {
  return setting.key === "" ? { ...setting, outcome: "unknown" } : setting;
}

function idOf({ key }: ComparedSetting): string {
  return windowsId(key);
}

/** Id of a setting for Windows, which Intune's settings are for. Those of other platforms keep theirs. */
export function windowsId(key: string): string {
  return key.replace(/@win[^@;]*$/i, "");
}

/** A value of Cloud Policy's and one of Intune's that a user gets, or may get. */
interface Pair {
  readonly cloud: Effect;
  readonly intune: Effect;
  readonly overlap: Overlap;
  /** Whether users may change Cloud Policy's value. */
  readonly isPreference: boolean;
}

/** A setting of Intune's, with what Cloud Policy says of it. */
class Meeting {
  readonly #pairs: readonly Pair[];

  /** @param others - The same setting of Cloud Policy, as a policy, as a preference, with the name of the platform. */
  constructor(
    private readonly own: ComparedSetting,
    private readonly others: readonly ComparedSetting[],
    private readonly cloud: SideName,
    private readonly intune: SideName,
  ) {
    this.#pairs = others.flatMap(({ payload, effects }) =>
      effects[cloud].flatMap((a) =>
        own.effects[intune].map((b) => ({
          cloud: a,
          intune: b,
          overlap: overlapOf(audienceOf(a), audienceOf(b)),
          isPreference: payload === "userPreferences",
        })),
      ),
    );
  }

  setting(): ComparedSetting {
    const conflicts = conflictRemarks(this.#ofIntune);
    const { outcome, remarks, twice } = this.#result();
    const all = this.others.flatMap(({ effects }) => effects[this.cloud]);
    const effects = { ...this.own.effects, [this.cloud]: all };
    return {
      ...this.own,
      effects,
      isSecret: [this.own, ...this.others].some(({ isSecret }) => isSecret),
      outcome,
      remarks: [...new Set([...remarks, ...conflicts])],
      ...(twice !== undefined && { twice }),
    };
  }

  get #ofIntune() {
    return this.own.effects[this.intune].map(({ entry }) => entry);
  }

  #result(): Pick<ComparedSetting, "outcome" | "remarks" | "twice"> {
    const hasConflict = conflictsOf(this.#ofIntune).length > 0;
    if (this.others.length === 0) {
      const { outcome, remarks } = this.own;
      const isConflict = hasConflict && outcome !== "unknown";
      return { outcome: isConflict ? "conflict" : outcome, remarks };
    }
    const pairs = this.#pairs.filter(({ overlap }) => overlap !== "no");
    if (pairs.length === 0) {
      return { outcome: hasConflict ? "conflict" : "apart", remarks: this.own.remarks };
    }
    if (pairs.some((pair) => !isKnown(pair))) {
      const remark = `${subject(pairs)} it on both roads: whether the values differ is not known`;
      return { outcome: "unknown", remarks: [remark] };
    }
    const differing = pairs.filter(
      ({ cloud, intune }) => !haveSameValue(cloud.entry, intune.entry),
    );
    if (differing.length > 0) return this.#different(differing);
    return {
      outcome: hasConflict ? "conflict" : "same",
      remarks: [],
      twice: { meet: meetOf(pairs) },
    };
  }

  #different(pairs: readonly Pair[]): Pick<ComparedSetting, "outcome" | "remarks" | "twice"> {
    // Cloud Policy's precedence is documented for policies.
    const isLikely = pairs.every(({ isPreference }) => !isPreference);
    const winner = isLikely
      ? "Cloud Policy's is likely to win"
      : `${this.cloud} has it among its userPreferences, and which one wins is not documented`;
    return {
      outcome: "different",
      remarks: [`${subject(pairs)} both values: ${winner}`, ...this.#names(pairs)],
      twice: { meet: meetOf(pairs), ...(isLikely && { likely: this.cloud }) },
    };
  }

  /** The policies that disagree, where it is not all of them. */
  #names(pairs: readonly Pair[]): string[] {
    if (this.#pairs.length === pairs.length) return [];
    const more = pairs.length - MOST_PAIRS;
    const named = pairs.slice(0, MOST_PAIRS).map(({ cloud, intune }) => {
      return `${policyName(cloud.entry.policy)} and ${policyName(intune.entry.policy)}`;
    });
    const rest = more > 0 ? [`${more.toLocaleString("en")} more`] : [];
    return [`they disagree in ${[...named, ...rest].join("; ")}`];
  }
}

/** Audience of a value: of Cloud Policy's policies, an earlier one may take some of its groups. */
function audienceOf({ entry: { policy }, groups }: Effect): Audience {
  const { audience } = policy;
  return audience.kind === "groups" ? { kind: "groups", ids: groups ?? audience.ids } : audience;
}

function isKnown({ cloud, intune }: Pair): boolean {
  return cloud.entry.isKnown && intune.entry.isKnown;
}

function meetOf(pairs: readonly Pair[]): Twice["meet"] {
  return pairs.some(({ overlap }) => overlap === "yes") ? "yes" : "may";
}

function subject(pairs: readonly Pair[]): string {
  return meetOf(pairs) === "yes" ? "users get" : "a user may get";
}
