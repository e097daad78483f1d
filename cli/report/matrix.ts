/**
 * Settings × tenants: what each tenant has, beside the baseline.
 *
 * @module
 */
import type { Glossary } from "../../provider/settings/glossary";
import { PAYLOAD_NAMES } from "../../provider/settings/names";
import { type ComparedSetting, compareSides } from "../compare/comparison";
import type { Effect } from "../compare/effects";
import { placeKey, type SettingPlace } from "../compare/entries";
import type { Side, SideName } from "../compare/side";
import { titleOf, valueWords } from "../compare/words";
import type { Cell, Outcome, ReportSetting, ReportValue } from "./model";
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

const NOTHING: Side = { title: "nothing", policies: [], left: [], notes: [] };

/** All settings of the baseline and of the tenants, with a cell for each tenant. */
export function matrixOf(
  tenants: readonly MatrixTenant[],
  options: MatrixOptions,
): ReportSetting[] {
  const { glossary, secrets } = options;
  const baseline = withTenant(options.baseline ?? NOTHING, "none");
  const columns = tenants.map(({ side = NOTHING }) => {
    const right = withTenant(side, "not known");
    const { settings } = compareSides({ left: baseline, right }, glossary);
    return new Map(
      settings.map((setting) => [
        placeKey(setting),
        { ...setting, isSecret: setting.isSecret || secrets.has(placeKey(setting)) },
      ]),
    );
  });
  // A baseline without tenants has its settings, too.
  const alone = compareSides({ left: baseline, right: NOTHING }, glossary).settings;
  const rows = new Map(
    [...alone, ...columns.flatMap((column) => [...column.values()])].map((setting) => [
      placeKey(setting),
      setting,
    ]),
  );
  return [...rows].sort(byRow).map(([place, row]) => {
    const found = columns.map((column) => column.get(place));
    const own = found.find((each) => each !== undefined) ?? row;
    return {
      payload: row.payload,
      key: shownText(row.key),
      name: shownText(nameOf(row)),
      isSecret: secrets.has(place),
      baseline: valuesOf({ ...own, isSecret: secrets.has(place) }, "left", options),
      cells: tenants.map((tenant, index) => cellOf(found[index], place, tenant, options)),
    };
  });
}

/** A side of some tenant: groups are compared only within one that is known. */
function withTenant(side: Side, tenantId: string): Side {
  return { ...side, tenantId: side.tenantId ?? tenantId };
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
  setting: ComparedSetting | undefined,
  place: string,
  { side, drifted }: MatrixTenant,
  options: MatrixOptions,
): Cell {
  if (side === undefined) return { outcome: "unread", values: [], isDrifted: false, remarks: [] };
  const values = setting === undefined ? [] : valuesOf(setting, "right", options, side);
  return {
    outcome: outcomeOf(setting, options.baseline !== undefined),
    values,
    isDrifted: drifted.has(place),
    remarks: (setting?.remarks ?? []).map(remarkOf).filter((each) => each !== ""),
  };
}

function outcomeOf(setting: ComparedSetting | undefined, hasBaseline: boolean): Outcome {
  if (setting === undefined) return "absent";
  const { outcome, effects } = setting;
  if (!hasBaseline) {
    if (effects.right.length === 0) return "absent";
    return effects.right.every(({ entry }) => entry.isKnown) ? "set" : "unknown";
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
    // Of two roads: a report is of one.
    case "apart":
    case "conflict":
      return "unknown";
  }
}

/** A clause about two sides, about a baseline and a tenant. */
function remarkOf(remark: string): string {
  return shownText(remark.replace(/\bleft\b/g, "the baseline").replace(/\bright\b/g, "the tenant"));
}

function valuesOf(
  setting: ComparedSetting,
  name: SideName,
  { glossary }: MatrixOptions,
  side?: Side,
): ReportValue[] {
  return setting.effects[name].map((effect) => ({
    text: shownText(valueWords(setting, effect, glossary)),
    policy: shownPolicy(effect.entry.policy),
    place: side === undefined ? null : placeOf(effect, side),
    fate: effect.fate,
    groups: effect.groups?.map(shownText) ?? null,
  }));
}

function placeOf({ entry }: Effect, { policies }: Side): number | null {
  const place = policies.indexOf(entry.policy);
  return place < 0 ? null : place;
}
