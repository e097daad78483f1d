/**
 * Definitions of Intune's settings catalogue: Graph beta, `/deviceManagement/configurationSettings`.
 *
 * @module
 */
import { z } from "zod";
import type { CatalogueSetting } from "../../provider/catalogue/catalogue";
import {
  compareVersions,
  parseDefinitionId,
  withoutCopyMark,
} from "../../provider/intune/definitionId";
import { oneLine } from "../../provider/text/messageText";
import {
  type Definition,
  definitionSchema,
  keptDefinition,
  requirements,
} from "./intuneDefinition";

/** A saved answer, several of them, or the objects alone. */
const answerSchema = z.union([
  z.array(z.unknown()),
  z.looseObject({ value: z.array(z.unknown()) }),
]);

/** Settings of Office in a saved answer. */
export interface IntuneSettings {
  readonly settings: ReadonlyMap<string, CatalogueSetting>;
  /** Number of objects in the answer that are no definitions of Office's policies. */
  readonly others: number;
}

/**
 * Reads the Office settings of a saved answer: `{ "value": [...] }`, an array of such pages, or of definitions.
 *
 * @throws TypeError if it is none of these.
 */
export function readIntuneAnswer(content: unknown): IntuneSettings {
  const items = itemsOf(content);
  const definitions = items.flatMap((item): Placed[] => {
    const definition = definitionSchema.safeParse(item).data;
    const place = definition && placeOf(definition);
    return definition === undefined || place === undefined ? [] : [{ definition, place }];
  });
  const required = requirements(definitions.map(({ definition }) => definition));
  const found = new Map<string, Found>();
  for (const { definition, place } of withoutCopies(definitions)) {
    if (place.isElement && isPart(definition)) continue;
    const one = { setting: settingOf(definition, place, required), version: place.version };
    const known = found.get(place.id);
    if (known === undefined || !winsOver(known, one)) found.set(place.id, one);
  }
  return {
    settings: withPolicies(new Map([...found].map(([id, { setting }]) => [id, setting]))),
    others: items.length - definitions.length,
  };
}

/** A definition of Office's, and the setting that it defines. */
interface Placed {
  readonly definition: Definition;
  readonly place: Place;
}

/** Intune defines some policies once more, for use inside of others: `…_v2`. Those define no other setting. */
function withoutCopies(definitions: readonly Placed[]): readonly Placed[] {
  const keyOf = (id: string, change = (names: string) => names) => {
    const parsed = parseDefinitionId(id);
    return parsed === undefined ? id : `${parsed.scope};${parsed.app};${change(parsed.names)}`;
  };
  const known = new Set(definitions.map(({ definition }) => keyOf(definition.id)));
  return definitions.filter(({ definition: { id } }) => {
    const original = keyOf(id, withoutCopyMark);
    return original === keyOf(id) || !known.has(original);
  });
}

/** Whether a definition is part of an element: Intune defines the names and the values of a list by themselves. */
function isPart({ dependentOn, rootDefinitionId }: Definition): boolean {
  const parents = (dependentOn ?? []).flatMap(({ parentSettingId }) => parentSettingId ?? []);
  return parents.length > 0 && !parents.includes(rootDefinitionId ?? "");
}

interface Found {
  readonly setting: CatalogueSetting;
  readonly version: string;
}

/** A policy may be defined for users and for devices, and for several versions of the templates. */
function winsOver(a: Found, b: Found): boolean {
  if (a.setting.scope !== b.setting.scope) return a.setting.scope === "user";
  return compareVersions(a.version, b.version) > 0;
}

/** A policy with elements has no value of its own, and an element without a label has its policy's name. */
function withPolicies(found: ReadonlyMap<string, CatalogueSetting>): Map<string, CatalogueSetting> {
  const settings = new Map(found);
  for (const [id, setting] of found) {
    const parent = setting.policy === undefined ? undefined : settings.get(setting.policy);
    if (setting.policy === undefined || parent === undefined) continue;
    settings.set(setting.policy, { ...parent, kind: "policy" });
    if (id === `${setting.policy};${setting.name}`)
      settings.set(id, { ...setting, name: parent.name });
  }
  return settings;
}

function itemsOf(content: unknown): unknown[] {
  const answer = answerSchema.safeParse(content).data;
  if (answer === undefined) throw new TypeError('it holds neither { "value": [...] } nor an array');
  if (!Array.isArray(answer)) return answer.value;
  return answer.flatMap((item) => {
    const page = z.object({ value: z.array(z.unknown()) }).safeParse(item).data;
    return page === undefined ? [item] : page.value;
  });
}

interface Place {
  readonly id: string;
  readonly policy: string;
  readonly isElement: boolean;
  /** Version of the templates, as in `office16v2.updates`. */
  readonly version: string;
}

/** `/Config/excel16v2~Policy~L_MicrosoftOfficeExcel~L_Save/L_AutoRecovertime`, of a policy and of its elements. */
const OFFSET_URI = /^\/?Config\/([a-z]+16)(v?[^~/]*)~Policy~[^/]*\/([^/]+)$/i;

function placeOf({ id, name, offsetUri, rootDefinitionId }: Definition): Place | undefined {
  const [, app, version = "", policyName] = OFFSET_URI.exec(offsetUri) ?? [];
  if (app === undefined || policyName === undefined) return undefined;
  const policy = `${app.toLowerCase()};${policyName}`;
  // A policy names itself as its root, or none.
  const isElement = !["", null, undefined, id].includes(rootDefinitionId);
  return { id: isElement ? `${policy};${name}` : policy, policy, isElement, version };
}

function settingOf(
  definition: Definition,
  { policy, isElement }: Place,
  required: ReadonlyMap<string, boolean>,
): CatalogueSetting {
  const { displayName, name, baseUri, description } = definition;
  const help = description?.toWellFormed().replaceAll(/\r\n?/g, "\n").trim();
  const category = categoryOf(definition);
  const scope = /^\.\/device/i.test(baseUri ?? "") ? "machine" : "user";
  const intune = scope === "user" ? keptDefinition(definition, required) : undefined;
  return {
    // Intune names the scope behind the name, in its own language.
    name: oneLine(displayName ?? "").replace(/ \([^()]*\)$/, "") || name,
    scope,
    ...(isElement ? elementFacts(definition) : { kind: "unknown" as const }),
    ...(category !== undefined && { category }),
    ...(isElement && { policy }),
    ...(help && { help }),
    ...(intune !== undefined && { intune }),
    source: "intune",
  };
}

type Facts = Pick<CatalogueSetting, "kind" | "values" | "min" | "max" | "maxLength">;

/** A policy's own options say "enabled" and "disabled", and not which values that writes: only elements' do. */
function elementFacts({ "@odata.type": type, options, valueDefinition }: Definition): Facts {
  // A check box: which values it writes, only a template tells.
  const names = (options ?? []).map(({ displayName }) => displayName);
  if (names.join() === "False,True") return { kind: "boolean" };
  if (options != null && options.length > 0) {
    const values = options.flatMap(({ displayName, optionValue }): [string, string][] => {
      const value = optionValue?.value;
      return value === undefined
        ? []
        : [[String(value), oneLine(displayName ?? "") || String(value)]];
    });
    return { kind: "enum", values: Object.fromEntries(values) };
  }
  if (/Collection/.test(type)) return { kind: "list" };
  const limit = (value: number | null | undefined) =>
    value != null && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  const limits = {
    min: limit(valueDefinition?.minimumValue),
    max: limit(valueDefinition?.maximumValue),
    maxLength: limit(valueDefinition?.maximumLength),
  };
  const stated = Object.fromEntries(
    Object.entries(limits).filter(([, value]) => value !== undefined),
  );
  if (/Integer/.test(valueDefinition?.["@odata.type"] ?? "")) return { kind: "decimal", ...stated };
  if (/String/.test(valueDefinition?.["@odata.type"] ?? "")) return { kind: "text", ...stated };
  return { kind: "unknown" };
}

/** The path that stands among the keywords: `\Microsoft Excel 2016\Excel Options\Save`. */
function categoryOf({ keywords }: Definition): string | undefined {
  const path = keywords?.find((word) => word.startsWith("\\") && word.length > 1);
  return path === undefined ? undefined : oneLine(path.slice(1)).split("\\").join(" > ");
}
