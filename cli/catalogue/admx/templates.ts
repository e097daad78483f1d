import type { CatalogueSetting, CatalogueSource } from "../../../provider/catalogue/catalogue";
import { FileError } from "../../files/fileError";
import { attribute } from "../../files/xml";
import type { TemplateFolder } from "./folder";
import { policySettings } from "./settings";
import { readTemplate, type Template } from "./template";
import { Dictionary, readTexts, type Texts } from "./texts";

/** Language of texts that the wanted one lacks. Every download of Microsoft has it. */
const FALLBACK = "en-us";

/** Cloud Policy's ids are those of version 16. Templates of Office 2013 and older end in another number. */
const OTHER_VERSION = /(?:9|10|11|12|14|15)$/;

/** Settings of templates, and what was noticed. */
export interface TemplateSettings {
  readonly sources: readonly CatalogueSource[];
  readonly settings: ReadonlyMap<string, CatalogueSetting>;
  /** Sentences without a full stop, each about a file or a group of files. */
  readonly notes: readonly string[];
}

interface Loaded {
  readonly template: Template;
  readonly file: string;
  readonly texts: Dictionary;
  readonly language: string | undefined;
}

/** Reads the Office templates of folders. A file that cannot be read is named, and the others are read. */
export function readTemplates(
  folders: readonly TemplateFolder[],
  language: string = FALLBACK,
): TemplateSettings {
  const notes: string[] = [];
  const loaded = load(folders, language, notes);
  const templates = new Map(loaded.map(({ template }) => [template.namespace, template]));
  const texts = new Map(loaded.map(({ template, texts }) => [template, texts]));
  const textsOf = (template: Template) => texts.get(template) ?? new Dictionary([]);
  notes.push(...missingTexts(loaded, language.toLowerCase()));
  const settings = new Map<string, CatalogueSetting>();
  const sources = loaded.map(({ template, file, language }): CatalogueSource => {
    const before = settings.size;
    let twice = 0;
    for (const policy of template.policies) {
      if (attribute(policy, "name") === undefined)
        notes.push(`${file} has a policy without a name, which is left out`);
      for (const [id, setting] of policySettings(policy, { template, templates, textsOf })) {
        if (settings.has(id)) twice += 1;
        else settings.set(id, setting);
      }
    }
    if (twice > 0)
      notes.push(`${file} defines ${twice} ids twice: the first definition of each is taken`);
    return {
      kind: "admx",
      file,
      ...(language !== undefined && { language }),
      ...(template.revision !== undefined && { revision: template.revision }),
      settings: settings.size - before,
    };
  });
  return { sources, settings, notes };
}

function load(folders: readonly TemplateFolder[], language: string, notes: string[]): Loaded[] {
  const loaded = new Map<string, Loaded>();
  const others: string[] = [];
  for (const folder of folders) {
    for (const { name, read } of folder.templates) {
      const app = name.replace(/\.admx$/i, "").toLowerCase();
      const template = tried(name, notes, () => readTemplate(read(), app));
      if (template === FAILED) continue;
      if (template === undefined) {
        others.push(name);
      } else if (OTHER_VERSION.test(app)) {
        notes.push(
          `${name} is left out: it is for another version of Office, and Cloud Policy's ids are those of version 16`,
        );
      } else if (loaded.has(app)) {
        notes.push(`${name} of ${folder.path} is left out: a folder before it has one too`);
      } else {
        loaded.set(app, { template, file: name, ...textsFor(folder, name, language, notes) });
      }
    }
  }
  if (others.length > 0) notes.push(leftOut(others));
  return [...loaded.values()].sort((a, b) => (a.template.app < b.template.app ? -1 : 1));
}

function textsFor(
  folder: TemplateFolder,
  template: string,
  language: string,
  notes: string[],
): Pick<Loaded, "texts" | "language"> {
  const wanted = language.toLowerCase();
  const found: { language: string; texts: Texts }[] = [];
  for (const each of new Set([wanted, FALLBACK])) {
    const file = folder.textFile(template, each);
    const texts = file && tried(file.name, notes, () => readTexts(file.read()));
    if (texts !== undefined && texts !== FAILED) found.push({ language: each, texts });
  }
  const [first] = found;
  return { texts: new Dictionary(found.map(({ texts }) => texts)), language: first?.language };
}

/** A sentence about the templates without texts in the wanted language, and one about those without any. */
function missingTexts(loaded: readonly Loaded[], wanted: string): string[] {
  const those = (language: string | undefined) =>
    loaded.filter((each) => each.language === language).map(({ file }) => file);
  const inFallback = wanted === FALLBACK ? [] : those(FALLBACK);
  const without = those(undefined);
  const notes: string[] = [];
  if (inFallback.length > 0) {
    notes.push(
      `texts in ${wanted} are missing, and those in ${FALLBACK} are taken: ${some(inFallback)}`,
    );
  }
  if (without.length > 0) {
    const tried = wanted === FALLBACK ? FALLBACK : `${wanted} or ${FALLBACK}`;
    notes.push(
      `texts in ${tried} are missing, and settings are named as in the template: ${some(without)}`,
    );
  }
  return notes;
}

const FAILED = Symbol("failed");

/** The result of a step; FAILED, after a note, if its file cannot be used. */
function tried<T>(file: string, notes: string[], step: () => T): T | typeof FAILED {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    notes.push(`${file} is left out: it ${error.reason}`);
    return FAILED;
  }
}

/** Most names of files in one note. */
const MAX_NAMES = 5;

function some(files: readonly string[]): string {
  const more = files.length > MAX_NAMES ? `, and ${files.length - MAX_NAMES} more` : "";
  return `${files.slice(0, MAX_NAMES).join(", ")}${more}`;
}

function leftOut(files: readonly string[]): string {
  const count =
    files.length === 1
      ? "1 template of another product is"
      : `${files.length} templates of other products are`;
  return `${count} left out: ${some(files)}`;
}
