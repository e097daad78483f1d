import { distance } from "fastest-levenshtein";
import { cut } from "../text/messageText";
import type { Catalogue } from "./catalogue";

/** Longest text that is compared, in UTF-16 units. The longest id of Office has 150. */
const MAX_LENGTH = 300;

/** Number of entries, those with the most trigrams in common, that are compared letter by letter. */
const SHORT_LIST = 40;

/** Least share of common trigrams that makes an entry worth comparing. */
const LEAST_SHARE = 0.2;

/** Finds the ids that a text was most likely meant to be, the nearest first. */
export type FindNearest = (text: string, most?: number) => string[];

/**
 * Finds ids near a misspelt id, or near a setting's name written in its place. Ids of the same name, such as that of
 * a setting in Word and in Excel, come together. The index is made by the first search, and a search of
 * 4,500 settings takes a few milliseconds.
 */
export function nearestSettings({ settings }: Pick<Catalogue, "settings">): FindNearest {
  let index: TrigramIndex | undefined;
  return (text, most = 3) => {
    index ??= new TrigramIndex(entriesOf(settings));
    const wanted = forms(text);
    const ranked = new Map<string, number>();
    for (const form of wanted) {
      for (const { ids, form: known } of index.candidates(form)) {
        const share = distance(form, known) / Math.max(form.length, 6);
        if (share > 1 / 3) continue;
        for (const id of ids) ranked.set(id, Math.min(share, ranked.get(id) ?? 1));
      }
    }
    // A sort keeps the order of the catalogue for what is equally near.
    return [...ranked]
      .sort(([, a], [, b]) => a - b)
      .slice(0, most)
      .map(([id]) => id);
  };
}

/** A text by which settings are found, in lower case. */
interface Entry {
  readonly form: string;
  readonly ids: string[];
}

function entriesOf(settings: Catalogue["settings"]): Entry[] {
  const entries = new Map<string, Entry>();
  const add = (form: string, id: string) => {
    const entry = entries.get(form);
    if (entry === undefined) entries.set(form, { form, ids: [id] });
    else if (entry.ids.at(-1) !== id) entry.ids.push(id);
  };
  for (const [id, { name }] of Object.entries(settings)) {
    for (const form of forms(id)) add(form, id);
    add(folded(name), id);
  }
  return [...entries.values()];
}

/** A text as it is compared, and its policy alone if it is an id: another app's id, or one without an app. */
function forms(text: string): string[] {
  const whole = folded(text);
  const withoutApp = whole.slice(whole.indexOf(";") + 1);
  return withoutApp === whole || withoutApp === "" ? [whole] : [whole, withoutApp];
}

function folded(text: string): string {
  return cut(text, MAX_LENGTH).toLowerCase();
}

/** Entries by the groups of three letters in them: finds those worth comparing. */
class TrigramIndex {
  readonly #postings = new Map<number, number[]>();

  constructor(private readonly entries: readonly Entry[]) {
    for (const [place, { form }] of entries.entries()) {
      for (const trigram of trigrams(form)) {
        const places = this.#postings.get(trigram);
        if (places === undefined) this.#postings.set(trigram, [place]);
        else if (places.at(-1) !== place) places.push(place);
      }
    }
  }

  candidates(form: string): Entry[] {
    const wanted = new Set(trigrams(form));
    const common = new Uint16Array(this.entries.length);
    for (const trigram of wanted) {
      for (const place of this.#postings.get(trigram) ?? [])
        common[place] = (common[place] ?? 0) + 1;
    }
    const found: { entry: Entry; share: number }[] = [];
    for (const [place, count] of common.entries()) {
      const entry = count > 0 ? this.entries[place] : undefined;
      if (entry === undefined) continue;
      // Of the trigrams of both: long entries have much in common with anything.
      const share = (2 * count) / (wanted.size + entry.form.length);
      if (share >= LEAST_SHARE) found.push({ entry, share });
    }
    return found
      .sort((a, b) => b.share - a.share)
      .slice(0, SHORT_LIST)
      .map(({ entry }) => entry);
  }
}

/** Groups of three letters as numbers, of marks at both ends too: short texts have some, and beginnings weigh more. */
function trigrams(form: string): number[] {
  const found: number[] = [];
  let trigram = START;
  for (let place = 0; place <= form.length; place += 1) {
    const unit = place < form.length ? form.charCodeAt(place) : END;
    // Ten bits a letter: letters of far scripts may meet, and the distance then tells them apart.
    trigram = ((trigram << 10) | (unit & 0x3ff)) & 0x3fff_ffff;
    if (place > 0 || form.length === 1) found.push(trigram);
  }
  return found;
}

const START = 2;
const END = 3;
