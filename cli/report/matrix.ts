/**
 * Settings × tenants: what each tenant has, beside the baseline.
 *
 * @module
 */
import type { Glossary } from "../../provider/settings/glossary";
import { PAYLOAD_NAMES } from "../../provider/settings/names";
import type { ComparedSetting } from "../compare/comparison";
import type { Effect } from "../compare/effects";
import type { SettingPlace } from "../compare/entries";
import { ROADS, type Road, type Side, type SideName } from "../compare/side";
import { titleOf, valueWords } from "../compare/words";
import { type ColumnSetting, columnOf } from "./column";
import type { Cell, Outcome, ReportSetting, ReportValue } from "./model";
import { type Baselines, baselinesOf } from "./road";
import { shownPolicy, shownText } from "./shown";

/** A tenant for the matrix. */
export interface MatrixTenant {
  /** Its policies; undefined if they could not be read. */
  readonly side: Side | undefined;
  /** Keys of the places that drifted. */
  readonly drifted: ReadonlySet<string>;
}

interface MatrixOptions {
  /** Undefined: there is none. */
  readonly baseline: Side | undefined;
  readonly glossary: Glossary;
  /** Keys of the places whose values are not shown. */
  readonly secrets: ReadonlySet<string>;
}

/** The rows of the matrix, and sentences about all of it. */
export interface Matrix {
  readonly settings: readonly ReportSetting[];
  readonly notes: readonly string[];
}

/** All settings of the baseline and of the tenants, with a cell for each tenant. */
export function matrixOf(tenants: readonly MatrixTenant[], options: MatrixOptions): Matrix {
  const { baseline, glossary, secrets } = options;
  const baselines = baseline && baselinesOf(baseline);
  const columns = tenants.map(({ side }) => columnOf(side, baselines, glossary));
  const alone = settingsOfBaseline(baselines, glossary);
  const rows = new Map<string, ComparedSetting>();
  for (const { settings } of [alone, ...columns]) {
    for (const [place, { found }] of settings) {
      const [first] = found;
      if (first !== undefined) rows.set(place, first);
    }
  }
  const settings = [...rows].sort(byRow).map(([place, row]): ReportSetting => {
    const found = columns.map((column) => column.settings.get(place));
    const isSecret = secrets.has(place);
    // Beside another value, the part of a long one is shown that differs.
    const beside = found.find((each) => each !== undefined)?.found[0] ?? row;
    const own = alone.settings.get(place)?.found ?? [];
    return {
      payload: row.payload,
      key: shownText(row.key),
      name: shownText(nameOf(row)),
      isSecret,
      baseline: own.flatMap((each) =>
        valuesOf(
          { ...each, effects: { ...beside.effects, left: each.effects.left }, isSecret },
          "left",
          {
            ...options,
            roadOf: ({ entry }) => baselines?.roads.get(entry.policy),
          },
        ),
      ),
      cells: tenants.map((tenant, index) =>
        cellOf(found[index], isSecret, { ...tenant, place }, options),
      ),
    };
  });
  return { settings, notes: [...new Set(columns.flatMap(({ notes }) => notes))].map(shownText) };
}

/** The settings of a baseline. Of a setting that it has by both roads, these are the values of both. */
function settingsOfBaseline(baselines: Baselines | undefined, glossary: Glossary) {
  const settings = new Map<string, Pick<ColumnSetting, "found">>();
  if (baselines === undefined) return { settings };
  for (const road of ROADS) {
    const own = { ...baselines, cloudPolicy: baselines[road] };
    const isOfRoad = ({ effects: { left } }: ComparedSetting) =>
      left.some(({ entry }) => baselines.roads.get(entry.policy) === road);
    for (const [place, { found }] of columnOf(undefined, own, glossary).settings) {
      const before = settings.get(place)?.found ?? [];
      // What it gives by one road alone, it gives for both.
      const isMore = !before.some(isOfRoad) && found.some(isOfRoad);
      if (before.length === 0) settings.set(place, { found });
      else if (isMore) settings.set(place, { found: [...before, ...found] });
    }
  }
  return { settings };
}

/** The name of a setting without what depends on its outcome. */
function nameOf(setting: ComparedSetting): string {
  return setting.key === "" ? "Whole payload" : titleOf({ ...setting, payload: "policies" });
}

function byRow(
  [, a]: readonly [string, ComparedSetting],
  [, b]: readonly [string, ComparedSetting],
) {
  return (
    PAYLOAD_NAMES.indexOf(a.payload) - PAYLOAD_NAMES.indexOf(b.payload) ||
    appOf(a).localeCompare(appOf(b), "en") ||
    (a.name ?? a.key).localeCompare(b.name ?? b.key, "en", { numeric: true }) ||
    (a.key < b.key ? -1 : 1)
  );
}

/** The part of an id that names its app: `excel16`. */
export function appOf({ key }: Pick<SettingPlace, "key">): string {
  return key.includes(";") ? (key.split(";", 1)[0] ?? "") : "";
}

function cellOf(
  setting: ColumnSetting | undefined,
  isSecret: boolean,
  { side, drifted, place }: MatrixTenant & { readonly place: string },
  options: MatrixOptions,
): Cell {
  const isDrifted = drifted.has(place);
  const nothing = { values: [], remarks: [], roads: null };
  if (side === undefined) return { outcome: "unread", isDrifted: false, ...nothing };
  if (setting === undefined) return { outcome: "absent", isDrifted, ...nothing };
  const masked = setting.found.map((each) => ({ ...each, isSecret: each.isSecret || isSecret }));
  return {
    outcome: outcomeOf(setting, options.baseline !== undefined),
    values: masked.flatMap((each) => valuesOf(each, "right", { ...options, side })),
    isDrifted,
    remarks: setting.remarks.map(shownText).filter((each) => each !== ""),
    roads: setting.roads,
  };
}

function outcomeOf({ outcome, found }: ColumnSetting, hasBaseline: boolean): Outcome {
  if (!hasBaseline) {
    const effects = found.flatMap((each) => each.effects.right);
    if (effects.length === 0) return "absent";
    return effects.every(({ entry }) => entry.isKnown) ? "set" : "unknown";
  }
  switch (outcome) {
    case "onlyLeft":
      return "missing";
    case "onlyRight":
      return "extra";
    case "different":
    case "unknown":
    case "same":
      return outcome;
    // Of two roads, which are not compared with each other here.
    case "apart":
    case "conflict":
      return "unknown";
  }
}

interface ValueOptions {
  readonly glossary: Glossary;
  /** The tenant that has the policies. */
  readonly side?: Side;
  /** @default the road of the policy */
  readonly roadOf?: (effect: Effect) => Road | undefined;
}

function valuesOf(
  setting: ComparedSetting,
  name: SideName,
  { glossary, side, roadOf = ({ entry }) => entry.policy.road }: ValueOptions,
): ReportValue[] {
  return setting.effects[name].map((effect) => ({
    text: shownText(valueWords(setting, effect, glossary)),
    policy: shownPolicy(effect.entry.policy),
    road: roadOf(effect) ?? null,
    place: side === undefined ? null : placeOf(effect, side),
    fate: effect.fate,
    groups: effect.groups?.map(shownText) ?? null,
  }));
}

function placeOf({ entry }: Effect, { policies }: Side): number | null {
  const place = policies.indexOf(entry.policy);
  return place < 0 ? null : place;
}
