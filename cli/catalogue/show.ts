import {
  type Catalogue,
  type CatalogueSetting,
  settingOf,
} from "../../provider/catalogue/catalogue";
import { listing } from "../../provider/catalogue/listing";
import { nearestSettings } from "../../provider/catalogue/nearest";
import { oneLine, withUnseenEscaped } from "../../provider/text/messageText";
import { table, wrap } from "./screen";

/** The name of a setting with its policy's and its app's, to tell it from others: `Macros: Level (Calc)`. */
export function fullName({ name, app, policy }: CatalogueSetting, catalogue: Catalogue): string {
  const parent = policy === undefined ? undefined : settingOf(catalogue, policy)?.name;
  const whole =
    parent === undefined || parent === name ? bare(name) : `${bare(parent)}: ${bare(name)}`;
  return oneLine(app === undefined ? whole : `${whole} (${app})`);
}

/** Labels end in a colon, and some names in a full stop. */
function bare(name: string): string {
  return name.replace(/[:.]+$/, "");
}

/** Values with their labels, or what else is allowed, an entry each. */
export function allowedValues({
  kind,
  values,
  min,
  max,
  maxLength,
  deletes,
}: CatalogueSetting): string[] {
  const labels = Object.entries(values ?? {}).map(
    ([value, label]) => `${JSON.stringify(value)} ${label}`,
  );
  if (deletes === true) labels.push("or none: one state deletes the registry value");
  if (labels.length > 0) return labels;
  if (kind === "decimal") {
    const least = (min ?? 0).toLocaleString("en");
    return [
      `a whole number from ${least}${max === undefined ? "" : ` to ${max.toLocaleString("en")}`}`,
    ];
  }
  const length =
    maxLength === undefined ? "" : ` of at most ${maxLength.toLocaleString("en")} characters`;
  if (kind === "text") return [`a text${length}`];
  if (kind === "multiText") return [`lines of text${length === "" ? "" : `, each${length}`}`];
  if (kind === "list") return ["a list of texts; whether Cloud Policy takes lists is not known"];
  return kind === "policy" ? [] : ["not known"];
}

/**
 * Lines of a program that set a setting. A toggle is switched on; any other value is left empty, for the user to
 * choose. A policy without a value of its own has the lines of its elements.
 */
export function programLines(
  id: string,
  setting: CatalogueSetting,
  catalogue: Catalogue,
): string[] {
  if (setting.scope === "machine") return [];
  if (setting.kind === "policy") {
    return elementsOf(id, catalogue).flatMap(([element, its]) =>
      programLines(element, its, catalogue),
    );
  }
  const { values = {}, on } = setting;
  const known = Object.keys(values).map((value) => JSON.stringify(value));
  const choice =
    known.length > 0 ? listing(known, known.length, "or") : (allowedValues(setting)[0] ?? "");
  const [value, comment] = on === undefined ? ["", choice] : [on, values[on] ?? ""];
  return [`{ settingId: ${literal(id)}, value: ${literal(value)} }, // ${oneLine(comment)}`];
}

/** A text as a program has it. Characters that cannot be seen are escapes there too. */
function literal(text: string): string {
  return withUnseenEscaped(JSON.stringify(text));
}

/** The elements of a policy, by id. */
export function elementsOf(id: string, { settings }: Catalogue): [string, CatalogueSetting][] {
  return Object.entries(settings).filter(([, { policy }]) => policy === id);
}

/** Everything that a catalogue has of a setting. */
export function card(
  id: string,
  setting: CatalogueSetting,
  catalogue: Catalogue,
  width: number,
): string {
  const { scope, category, key, valueName, type, alsoSets, policy, intune, source } = setting;
  const elements = setting.policy === undefined ? elementsOf(id, catalogue) : [];
  const help =
    setting.help ?? (policy === undefined ? undefined : settingOf(catalogue, policy)?.help);
  const value = [valueName, type === undefined ? undefined : `(${type})`].filter(Boolean).join(" ");
  const facts = table(
    [
      ["policy", policy === undefined ? [] : [policy]],
      ["elements", elements.map(([element, { name }]) => `${element}  ${name}`)],
      ["place", category === undefined ? [] : [category]],
      ["scope", [scope === "machine" ? "machine: Cloud Policy takes user settings only" : scope]],
      ["values", allowedValues(setting)],
      ["registry", [key ?? "", value].filter(Boolean)],
      ["also sets", alsoSets ?? []],
      ["in Intune", intune === undefined ? [] : [intune.id]],
      ["known from", source === undefined ? [] : [source === "csv" ? "a list (CSV)" : "Intune"]],
    ],
    { width },
  );
  const lines = programLines(id, setting, catalogue).map((line) => `  ${line}`);
  return [
    `${withUnseenEscaped(id)}\n${wrap(fullName(setting, catalogue), { width, first: "  " })}`,
    facts,
    lines.join("\n"),
    paragraphs(help ?? "", width),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function paragraphs(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => {
      const others = /^\s*[-•*]\s/.test(line) ? "    " : "  ";
      return line.trim() === "" ? "" : wrap(line, { width, first: "  ", others });
    })
    .join("\n");
}

/** A setting that was asked for, or the nearest one. */
export interface Found {
  readonly id: string;
  readonly setting: CatalogueSetting;
  /** Ids near what was asked for; empty if it is the setting's own id, in whatever case. */
  readonly near: readonly string[];
}

/** Finds settings by id or name. The index for misspelt ones is made once. */
export function finder(catalogue: Catalogue): (text: string) => Found | undefined {
  const nearest = nearestSettings(catalogue);
  return (text) => {
    const exact = settingOf(catalogue, text);
    if (exact !== undefined) return { id: text, setting: exact, near: [] };
    const near = nearest(text, 5);
    const [id = ""] = near;
    const setting = settingOf(catalogue, id);
    if (setting === undefined) return undefined;
    return { id, setting, near: id.toLowerCase() === text.toLowerCase() ? [] : near };
  };
}
