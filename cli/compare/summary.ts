import { type Comparison, counts } from "./comparison";
import { ROAD_NAMES } from "./side";

/** The numbers of a comparison in one sentence, or in some. */
export function summary(comparison: Comparison): string {
  const { length: unclear } = comparison.unclear;
  const said = comparison.roads === undefined ? ofSides(comparison) : ofRoads(comparison);
  if (unclear === 0) return said;
  return `${said} ${number(unclear)} more could not be read as settings.`;
}

function ofSides(comparison: Comparison): string {
  const { onlyLeft, onlyRight, different, unknown, same } = counts(comparison);
  const total = onlyLeft + onlyRight + different + unknown;
  if (total === 0) {
    const isAll = comparison.unclear.length === 0;
    return `${isAll ? "The same" : "As far as read, the same"}: ${settings(same)}.`;
  }
  const parts = told([
    [different, "different"],
    [onlyLeft, "only left"],
    [onlyRight, "only right"],
    [unknown, "not known"],
  ]);
  return `${settings(total + same)}: ${parts.join(", ")}, ${number(same)} the same.`;
}

function ofRoads(comparison: Comparison): string {
  const { onlyLeft, onlyRight, different, conflict, unknown, apart, same } = counts(comparison);
  const { left, right } = comparison.roads ?? { left: "cloudPolicy", right: "intune" };
  const once = told([
    [conflict, "in conflict within Intune"],
    [unknown, "not known"],
    [apart, "set by both for different users"],
    [onlyLeft, `set by ${ROAD_NAMES[left]} alone`],
    [onlyRight, `set by ${ROAD_NAMES[right]} alone`],
  ]);
  const twice = told([
    [different, "with different values"],
    [same, "with the same value"],
  ]);
  const count = different + same;
  return [
    twice.length === 0
      ? "No setting is set twice."
      : `${settings(count)} set twice: ${twice.join(", ")}.`,
    ...(once.length > 0 ? [`Besides: ${once.join(", ")}.`] : []),
  ].join(" ");
}

function told(parts: readonly (readonly [count: number, what: string])[]): string[] {
  return parts.filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`);
}

function settings(count: number): string {
  return `${number(count)} ${count === 1 ? "setting" : "settings"}`;
}

function number(count: number): string {
  return count.toLocaleString("en");
}
