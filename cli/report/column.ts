/**
 * A tenant's settings beside the baseline, whichever road they take.
 *
 * @module
 */
import type { Glossary } from "../../provider/settings/glossary";
import { type ComparedSetting, compareSides, type Outcome } from "../compare/comparison";
import { placeKey } from "../compare/entries";
import { WHAT_COUNTS } from "../compare/roads/notes";
import { ROAD_NAMES, ROADS, type Road, type Side } from "../compare/side";
import type { CellRoads } from "./model";
import { type Baselines, ofRoad } from "./road";

/** A setting of a tenant, or of the baseline alone. */
export interface ColumnSetting {
  readonly outcome: Outcome;
  /** The setting of each road that has it, Cloud Policy's first; where the tenant lacks it, one of the baseline's. */
  readonly found: readonly ComparedSetting[];
  readonly remarks: readonly string[];
  readonly roads: CellRoads | null;
}

/** A tenant's settings, with those of the baseline. */
export interface Column {
  /** By the keys of their places. */
  readonly settings: ReadonlyMap<string, ColumnSetting>;
  /** Sentences about who gets what by two roads. */
  readonly notes: readonly string[];
}

const NOTHING: Side = { title: "nothing", policies: [], left: [], notes: [] };

/** The settings of a tenant. @param baselines - Undefined: there are none. */
export function columnOf(
  side: Side | undefined,
  baselines: Baselines | undefined,
  glossary: Glossary,
): Column {
  const { road: _, ...tenant } = side ?? NOTHING;
  const byRoad = ROADS.map((road) => {
    const policies = ofRoad(tenant, road);
    const left = withTenant(baselines?.[road] ?? NOTHING, "none");
    const sides = { left, right: withTenant({ ...tenant, policies }, "not known") };
    const isAsked = road === "cloudPolicy" || policies.length > 0;
    return isAsked ? compareSides(sides, glossary).settings : [];
  });
  const met = meetingsOf(tenant, glossary);
  const found = Map.groupBy(byRoad.flat(), placeKey);
  const settings = new Map(
    [...found].map(([place, each]) => [
      place,
      columnSetting(each, met.settings.get(place), baselines !== undefined),
    ]),
  );
  return { settings, notes: met.notes };
}

/** A side of some tenant: groups are compared only within one that is known. */
function withTenant(side: Side, tenantId: string): Side {
  return { ...side, tenantId: side.tenantId ?? tenantId };
}

/** The settings that a tenant has on both roads, or that Intune's policies disagree about. */
function meetingsOf(side: Side, glossary: Glossary) {
  const [cloud, intune] = ROADS.map((road) => ({ ...side, road, policies: ofRoad(side, road) }));
  if (cloud === undefined || intune === undefined || intune.policies.length === 0)
    return { settings: new Map<string, ComparedSetting>(), notes: [] };
  const { settings, notes } = compareSides({ left: cloud, right: intune }, glossary);
  const own = settings.filter(
    ({ outcome, effects: { left, right } }) =>
      right.length > 0 && (left.length > 0 || outcome === "conflict"),
  );
  return {
    settings: new Map(own.map((setting) => [placeKey(setting), setting])),
    notes:
      own.length === 0
        ? []
        : notes.filter((note) => note !== WHAT_COUNTS && !/^both sides/.test(note)),
  };
}

function columnSetting(
  all: readonly ComparedSetting[],
  met: ComparedSetting | undefined,
  hasBaseline: boolean,
): ColumnSetting {
  const own = all.filter(({ effects }) => effects.right.length > 0);
  const found = own.length > 0 ? own : all.slice(0, 1);
  return {
    found,
    outcome: outcomeOf(found),
    remarks: [
      ...found.flatMap(({ remarks }) => remarks.map((each) => inWords(each, BESIDE_BASELINE))),
      ...(hasBaseline ? differenceOf(found) : []),
      ...(met?.remarks ?? []).map((each) => inWords(each, ROAD_WORDS)),
    ].filter((each, place, others) => others.indexOf(each) === place),
    roads: roadsOf(met),
  };
}

/** Outcomes, the one that counts first. */
const ORDER: readonly Outcome[] = ["different", "unknown", "same", "onlyRight", "onlyLeft"];

/** One outcome for all roads: a value that is not the baseline's counts, whichever road it takes. */
function outcomeOf(found: readonly ComparedSetting[]): Outcome {
  const outcomes = new Set(found.map(({ outcome }) => outcome));
  return ORDER.find((each) => outcomes.has(each)) ?? "unknown";
}

/** Outcomes beside a baseline, for a clause. */
const OUTCOME_WORDS: Partial<Record<Outcome, string>> = {
  same: "as in the baseline",
  different: "otherwise than the baseline",
  unknown: "with a value that is not known",
};

/** A clause that says which road is not as the baseline. */
function differenceOf(found: readonly ComparedSetting[]): string[] {
  const words = found.map((setting) => {
    const what = OUTCOME_WORDS[setting.outcome] ?? "beside the baseline";
    return isOfIntune(setting) ? `through Intune ${what}` : `by Cloud Policy ${what}`;
  });
  return new Set(found.map(({ outcome }) => outcome)).size < 2 ? [] : [words.join(", ")];
}

function isOfIntune({ effects }: ComparedSetting): boolean {
  return effects.right.every(({ entry }) => entry.policy.road === "intune");
}

const MEETINGS: readonly Outcome[] = [
  "different",
  "same",
  "apart",
  "conflict",
  "unknown",
] satisfies CellRoads["outcome"][];

function roadsOf(met: ComparedSetting | undefined): CellRoads | null {
  if (met === undefined || !MEETINGS.includes(met.outcome)) return null;
  return {
    outcome: met.outcome as CellRoads["outcome"],
    meet: met.twice?.meet ?? null,
    likely: met.twice?.likely === undefined ? null : LIKELY[met.twice.likely],
  };
}

const LIKELY = { left: "cloudPolicy", right: "intune" } as const satisfies Record<string, Road>;

const BESIDE_BASELINE = { left: "the baseline", right: "the tenant" };
const ROAD_WORDS = { left: ROAD_NAMES.cloudPolicy, right: ROAD_NAMES.intune };

/** A clause about two sides, with what they are. Names of policies, in quotes, stay. */
function inWords(clause: string, sides: { readonly left: string; readonly right: string }): string {
  return clause.replace(/"[^"]*"|\b(?:left|right)\b/g, (found) =>
    found === "left" || found === "right" ? sides[found] : found,
  );
}
