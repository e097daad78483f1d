/**
 * The commands that read a catalogue: search, show, diff.
 *
 * @module
 */
import { z } from "zod";
import { CATALOGUE_FILE, type Catalogue } from "../../provider/catalogue/catalogue";
import { oneLine } from "../../provider/text/messageText";
import { checkedOptions } from "../options";
import { diffCatalogues, diffText } from "./diff";
import { openCatalogueFile } from "./file";
import { noteText, print, screenWidth } from "./screen";
import { hitText, searchCatalogue } from "./search";
import { card, finder } from "./show";

const note = (text: string) => void process.stderr.write(`${noteText(text)}\n`);

const fileOption = z.object({ catalogue: z.string().default(CATALOGUE_FILE) });

const searchOptions = fileOption.extend({
  limit: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, {
      error: ({ input }) =>
        `--limit must be a whole number from 1, not '${oneLine(String(input), 40)}'`,
    })
    .default("10")
    .transform(Number),
});

/** Prints the settings that fit words best. Exit code 1 if there are none. */
export function runSearch(words: readonly string[], given: unknown): void {
  const { catalogue: file, limit } = checkedOptions(searchOptions, given);
  const catalogue = openCatalogueFile(file);
  const hits = searchCatalogue(catalogue, words.join(" "));
  const width = screenWidth();
  if (hits.length === 0) {
    note(`no setting of ${file} fits: ${oneLine(words.join(" "), 200)}`);
    process.exitCode = 1;
    return;
  }
  print(
    hits
      .slice(0, limit)
      .map((hit) => hitText(hit, catalogue, width))
      .join("\n\n"),
  );
  if (hits.length > limit)
    note(`${(hits.length - limit).toLocaleString("en")} more fit: give more words, or --limit`);
}

/** Prints all about settings. Exit code 1 if an id is not in the catalogue; the nearest one is shown in its place. */
export function runShow(ids: readonly string[], given: unknown): void {
  const { catalogue: file } = checkedOptions(fileOption, given);
  const catalogue = openCatalogueFile(file);
  const find = finder(catalogue);
  const cards = ids.flatMap((text) => {
    const found = find(text);
    if (found !== undefined && found.near.length === 0)
      return [card(found.id, found.setting, catalogue, screenWidth())];
    process.exitCode = 1;
    const asked = oneLine(text, 200);
    if (found === undefined) {
      const isCut = Object.keys(catalogue.settings).some((id) =>
        id.toLowerCase().startsWith(`${text.toLowerCase()};`),
      );
      note(
        isCut
          ? `${asked} is only the beginning of ids in ${file}. Put an id in quotes: the shell takes ; for its own`
          : `${asked} is not in ${file}, and nothing near it: office-configuration catalogue search <words>`,
      );
      return [];
    }
    const others = found.near.slice(1).map((id) => `, ${id}`);
    note(`${asked} is not in ${file}. Near it: ${found.id}, which is shown${others.join("")}`);
    return [card(found.id, found.setting, catalogue, screenWidth())];
  });
  if (cards.length > 0) print(cards.join("\n\n"));
}

const diffOptions = z.object({ json: z.boolean().default(false) });

/** Prints what differs between two catalogues. */
export function runDiff(before: string, after: string, given: unknown): void {
  const { json } = checkedOptions(diffOptions, given);
  const [old, now] = [openCatalogueFile(before), openCatalogueFile(after)];
  const [from, to] = [languagesOf(old), languagesOf(now)];
  if (from !== to)
    note(
      `names differ by language as well: ${from || "none"} in ${before}, ${to || "none"} in ${after}`,
    );
  const diff = diffCatalogues(old, now);
  print(json ? JSON.stringify(diff, undefined, 2) : diffText(diff, screenWidth()));
}

function languagesOf({ sources }: Catalogue): string {
  return [...new Set(sources.map(({ language }) => language).filter(Boolean))].sort().join(" and ");
}
