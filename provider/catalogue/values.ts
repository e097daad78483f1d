import { UNKNOWN } from "../settings/json";
import { show } from "../settings/show";
import { oneLine } from "../text/messageText";
import type { CatalogueSetting, RegistryType } from "./catalogue";
import { listing } from "./listing";

/** Something that a catalogue does not allow. */
export interface Judgement {
  /** A clause that goes on from a property path. It holds no secret. */
  readonly reason: string;
  readonly weight: "wrong" | "doubtful";
}

/** Most values that a message lists. */
const MOST_VALUES = 12;

/** Longest label of a value in a message, in UTF-16 units. */
const MAX_LABEL = 60;

/** Greatest number of each registry type that holds one. */
const GREATEST: Partial<Record<RegistryType, number>> = {
  REG_DWORD: 0xffff_ffff,
  REG_QWORD: Number.MAX_SAFE_INTEGER,
};

/**
 * The problem of a value, as it is sent, for a setting; undefined if there is none. Only texts are judged: what the
 * service makes of lists and objects is not known.
 *
 * @param isSecret - Whether the message must not show the value, nor its length.
 */
export function valueProblem(
  setting: CatalogueSetting,
  value: unknown,
  isSecret: boolean,
): Judgement | undefined {
  if (typeof value !== "string" || value === UNKNOWN) return undefined;
  const wrong = (reason: string): Judgement => {
    const but = isSecret ? "" : `, not ${show(value)}`;
    return { reason: `${reason}${but}`, weight: "wrong" };
  };
  switch (setting.kind) {
    case "decimal":
      return isInRange(setting, value) ? undefined : wrong(`must be ${rangeOf(setting)}`);
    case "text":
      return textProblem(setting, value, isSecret);
    case "multiText":
      return value
        .split(/\r?\n/)
        .map((line) => textProblem(setting, line, isSecret, "line "))
        .find((problem) => problem !== undefined);
    case "list":
    case "policy":
      return undefined;
    case "toggle":
    case "enum":
    case "boolean":
    case "unknown": {
      const { values, deletes } = setting;
      if (values === undefined || Object.hasOwn(values, value)) return undefined;
      const allowed = Object.entries(values);
      const problem = wrong(`must be ${oneOf(allowed)}`);
      // How the service writes the state in which the registry value is deleted is not known.
      return deletes === true ? { ...problem, weight: "doubtful" } : problem;
    }
  }
}

function isInRange({ min = 0, max, type }: CatalogueSetting, value: string): boolean {
  if (!/^\d+$/.test(value)) return false;
  const greatest = max ?? (type && GREATEST[type]) ?? Number.POSITIVE_INFINITY;
  return Number(value) >= min && Number(value) <= greatest;
}

function rangeOf({ min = 0, max, type }: CatalogueSetting): string {
  const greatest = max ?? (type && GREATEST[type]);
  return greatest === undefined
    ? `a whole number, ${min} or more`
    : `a whole number from ${min} to ${greatest}`;
}

function textProblem(
  { maxLength, required }: CatalogueSetting,
  text: string,
  isSecret: boolean,
  what: "" | "line " = "",
): Judgement | undefined {
  if (maxLength !== undefined && text.length > maxLength) {
    const has = isSecret ? "" : `, and has ${text.length}`;
    const subject = what === "" ? "may have" : "may have lines of";
    return { reason: `${subject} ${maxLength} characters at most${has}`, weight: "wrong" };
  }
  const isMissing = what === "" && required === true && text === "";
  return isMissing ? { reason: "must not be empty", weight: "wrong" } : undefined;
}

/** Allowed values with their labels: `"1" (Enabled) or "0" (Disabled)`. */
function oneOf(values: readonly (readonly [value: string, label: string])[]): string {
  const items = values.map(([value, label]) => {
    const text = oneLine(label, MAX_LABEL);
    return text === "" ? show(value) : `${show(value)} (${text})`;
  });
  const all = listing(items, MOST_VALUES, "or");
  return items.length > MOST_VALUES ? `one of ${all}` : all;
}
