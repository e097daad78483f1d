/**
 * Data of the page's script: the policies behind each cell. Texts stand once, in a list.
 *
 * @module
 */

import type { Cell, Report, ReportTenant, ReportValue } from "../model";
import { FATE_NUMBERS } from "./outcomes";
import { authorPieces } from "./words";

/** A fate as it is shown: Intune has no order of policies in which one wins. */
function fateOf({ fate, road }: ReportValue): (typeof FATE_NUMBERS)[number] {
  return road === "intune" && fate === "wins" ? "reaches" : fate;
}

/** Text, policy, fate, groups: places in `texts`; groups are -1 if they are not known. */
export type PackedValue = readonly [text: number, policy: number, fate: number, groups: number];

/** Values of a cell, and its remarks if it has some. */
export type PackedCell =
  | readonly PackedValue[]
  | readonly [values: readonly PackedValue[], remarks: readonly number[], marker: 0];

/** A change of a setting: places in `texts`; -1 if there is nothing. */
export type PackedDrift = readonly [
  policy: number,
  code: number,
  live: number,
  /** Words and names in turn. */
  author: readonly number[],
];

/** Data for the script. */
export interface PageData {
  readonly texts: readonly string[];
  /** For each setting its baseline, then a cell for each tenant. */
  readonly rows: readonly (readonly [
    baseline: readonly PackedValue[],
    cells: readonly PackedCell[],
  ])[];
  /** By setting and tenant: `3 17`. */
  readonly drift: Readonly<Record<string, readonly PackedDrift[]>>;
}

/** The data of a report. */
export function pageDataOf({ settings, tenants }: Report): PageData {
  const texts = new Map<string, number>();
  const place = (text: string) => {
    const known = texts.get(text) ?? texts.size;
    texts.set(text, known);
    return known;
  };
  const orNone = (text: string | null) => (text === null ? -1 : place(text));
  const packed = (value: ReportValue, tenant?: ReportTenant): PackedValue => [
    place(value.text),
    place(policyWords(value, tenant)),
    FATE_NUMBERS.indexOf(fateOf(value)),
    value.groups === null ? -1 : place(value.groups.join(", ")),
  ];
  const cellOf = ({ values, remarks }: Cell, index: number): PackedCell => {
    const own = values.map((value) => packed(value, tenants[index]));
    return remarks.length === 0 ? own : [own, remarks.map(place), 0];
  };
  const rows = settings.map(
    ({ baseline, cells }) => [baseline.map((value) => packed(value)), cells.map(cellOf)] as const,
  );
  const drift: Record<string, PackedDrift[]> = {};
  const settingPlaces = new Map(
    settings.map(({ payload, key }, index) => [`${payload} ${key}`, index]),
  );
  for (const [index, tenant] of tenants.entries()) {
    for (const each of tenant.drift) {
      const row = settingPlaces.get(`${each.payload} ${each.key}`);
      if (row === undefined) continue;
      const key = `${row} ${index}`;
      drift[key] = [
        ...(drift[key] ?? []),
        [
          place(each.policy),
          orNone(each.code),
          orNone(each.live),
          each.author === null ? [] : authorPieces(each.author).map(place),
        ],
      ];
    }
  }
  return { texts: [...texts.keys()], rows, drift };
}

function policyWords(
  { policy, place, road }: ReportValue,
  tenant: ReportTenant | undefined,
): string {
  const found = place === null ? undefined : tenant?.policies[place];
  const priority = found?.priority == null ? [] : [`priority ${found.priority}`];
  const managed =
    found?.managedBy == null
      ? []
      : [
          found.managedBy.length === 0
            ? "not managed by code"
            : `managed by ${found.managedBy.join(", ")}`,
        ];
  const more = [...(road === "intune" ? ["Intune"] : []), ...priority, ...managed];
  return more.length === 0 ? policy : `${policy} (${more.join(", ")})`;
}
