import MiniSearch from "minisearch";
import {
  type Catalogue,
  type CatalogueSetting,
  settingOf,
} from "../../provider/catalogue/catalogue";
import { withUnseenEscaped } from "../../provider/text/messageText";
import { wrap } from "./screen";
import { allowedValues, fullName, programLines } from "./show";

/** Weights of what is searched: a word in a name says more than one in a help text. */
const WEIGHTS = {
  name: 5,
  parent: 3,
  labels: 2,
  ids: 4,
  registry: 3,
  app: 3,
  category: 1.5,
  help: 0.5,
};

type Document = { readonly id: string } & Readonly<Record<keyof typeof WEIGHTS, string>>;

/** A setting that was found. */
export interface Hit {
  readonly id: string;
  readonly setting: CatalogueSetting;
}

/** Searches all that a catalogue says of its settings. Letters may be wrong, and words cut short. */
export function searchCatalogue(catalogue: Catalogue, words: string): Hit[] {
  const index = new MiniSearch<Document>({
    fields: Object.keys(WEIGHTS),
    tokenize: wordsOf,
    searchOptions: {
      boost: WEIGHTS,
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 3 ? 0.2 : false),
      boostDocument: (id) => weightOf(settingOf(catalogue, String(id))),
    },
  });
  index.addAll(
    Object.entries(catalogue.settings).map(([id, setting]) => documentOf(id, setting, catalogue)),
  );
  // Settings with all the words, and only if there are none those with some.
  const all = index.search(words, { combineWith: "AND" });
  const found = all.length > 0 ? all : index.search(words);
  const hits = found.flatMap(({ id }) => {
    const setting = settingOf(catalogue, String(id));
    return setting === undefined ? [] : [{ id: String(id), setting }];
  });
  // A policy without a value says nothing that its elements do not say.
  const parents = new Set(hits.map(({ setting }) => setting.policy));
  return hits.filter(({ id, setting }) => setting.kind !== "policy" || !parents.has(id));
}

/** Ranks settings that can be set before machine settings and before policies without a value. */
function weightOf(setting: CatalogueSetting | undefined): number {
  if (setting?.scope === "machine") return 0.3;
  return setting?.kind === "policy" ? 0.6 : 1;
}

function documentOf(id: string, setting: CatalogueSetting, catalogue: Catalogue): Document {
  const parent = setting.policy === undefined ? undefined : settingOf(catalogue, setting.policy);
  return {
    id,
    name: setting.name,
    parent: parent?.name ?? "",
    labels: Object.values(setting.values ?? {}).join(" "),
    ids: id,
    registry: [setting.valueName, setting.key?.split("\\").slice(-2).join(" ")].join(" "),
    app: setting.app ?? "",
    category: setting.category ?? "",
    help: setting.help ?? parent?.help ?? "",
  };
}

/** Words of a text: `L_VBAWarningsPolicy` has the words of its parts, and the whole without `L_`. */
function wordsOf(text: string): string[] {
  const found = new Set<string>();
  for (const whole of text.match(/[\p{L}\p{N}]+/gu) ?? []) {
    const parts =
      whole.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+|[^\p{Lu}\p{Ll}\p{N}]+/gu) ?? [];
    for (const word of [whole, ...parts])
      if (word.length > 1 || /\p{Lo}|\p{N}/u.test(word)) found.add(word);
  }
  return [...found];
}

/** Most values of a hit that are listed. `show` has them all. */
const MAX_VALUES = 6;

/** A hit on a few lines. The last ones are of a program, and never broken. */
export function hitText({ id, setting }: Hit, catalogue: Catalogue, width: number): string {
  const values = allowedValues(setting);
  const more = values.length - MAX_VALUES;
  const shown = more > 0 ? [...values.slice(0, MAX_VALUES), `and ${more} more`] : values;
  const lines = programLines(id, setting, catalogue);
  const text = (line: string) => wrap(line, { width, first: "  " });
  return [
    wrap(fullName(setting, catalogue), { width }),
    ...(setting.category === undefined ? [] : [text(setting.category)]),
    ...shown.map((value) => wrap(value, { width, first: "    ", others: "        " })),
    ...(setting.scope === "machine"
      ? [
          `  ${withUnseenEscaped(id)}`,
          text("A machine setting: Cloud Policy takes user settings only."),
        ]
      : []),
    ...lines.map((line) => `  ${line}`),
  ].join("\n");
}
