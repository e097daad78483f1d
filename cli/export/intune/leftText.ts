import type { KnownSettings } from "../../../provider/catalogue/knownSettings";
import { listing } from "../../../provider/catalogue/listing";
import { shortKey } from "../../convert/summary";
import { oneLine } from "../comment";
import type { PolicySettings } from "./settings";

/** Clauses for a program, and fewer for a screen. */
export interface LeftText {
  readonly all: readonly string[];
  readonly some: readonly string[];
}

/** Most reasons, and settings of one reason, that a screen shows for a policy. */
const MOST_SHOWN = 4;

/** Clauses on what stays in a policy as it is, one for each reason. */
export function leftText({ left, others }: PolicySettings, known: KnownSettings): LeftText {
  const reasons = [...Map.groupBy(left, ({ reason }) => reason)].map(([reason, same]) => {
    const names = [...new Set(same.map(({ id }) => nameOf(id, known)))];
    return { reason, names };
  });
  const shown = reasons.slice(0, MOST_SHOWN);
  const more = countOf(reasons) - countOf(shown);
  const end = others > 0 ? [`${ofOthers(others)} in the tenant`] : [];
  return {
    all: [...reasons.map((each) => clause(each, each.names.length)), ...end],
    some: [
      ...shown.map((each) => clause(each, MOST_SHOWN)),
      ...(more > 0 ? [`index.ts names ${more} more that stay as they are`] : []),
      ...end,
    ],
  };
}

interface Reason {
  readonly reason: string;
  /** Names of the settings that it is about. */
  readonly names: readonly string[];
}

function countOf(reasons: readonly Reason[]): number {
  return reasons.reduce((count, { names }) => count + names.length, 0);
}

function clause({ reason, names }: Reason, most: number): string {
  const stays =
    names.length === 1
      ? "stays as it is in the tenant, because"
      : "stay as they are in the tenant, each because";
  return `${listing(names, most, "and")} ${stays} ${oneLine(reason)}`;
}

function ofOthers(count: number): string {
  return count === 1
    ? "1 setting of another product stays as it is"
    : `${count} settings of other products stay as they are`;
}

function nameOf(id: string, known: KnownSettings): string {
  if (id === "") return "a setting without a definition";
  return known.find(id) === undefined ? oneLine(shortKey(id)) : known.nameOf(id);
}
