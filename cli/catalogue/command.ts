import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { CATALOGUE_FILE, type Catalogue } from "../../provider/catalogue/catalogue";
import { oneLine } from "../../provider/text/messageText";
import { checkedOptions } from "../options";
import { openTemplateFolder } from "./admx/folder";
import { readTemplates } from "./admx/templates";
import { buildCatalogue, catalogueText, contradictions, type OtherSettings } from "./build";
import { lineNotes, readSettingList } from "./csv";
import { readingFile } from "./file";
import { readIntuneAnswer } from "./intune";
import { noteText, screenWidth, wrap } from "./screen";
import { TYPES_FILE, typesOf } from "./types";

const files = z.array(z.string()).default([]);

const optionsSchema = z.object({
  admx: files,
  csv: files,
  intune: files,
  language: z
    .string()
    .regex(/^[a-z]{2,8}(?:-[a-z\d]{1,8}){0,3}$/i, {
      error: ({ input }) => `--language must be like de-de, not '${oneLine(String(input), 40)}'`,
    })
    .optional(),
  out: z.string().min(1, { error: "--out must name a folder" }).default("."),
});

/**
 * Writes a catalogue and its types.
 *
 * @throws TypeError if an option is not what it may be, or a file that it names cannot be read.
 */
export function runBuild(given: unknown): void {
  const { admx, csv, intune, language, out } = checkedOptions(optionsSchema, given);
  if (admx.length + csv.length + intune.length === 0) {
    throw new TypeError(
      "--admx <folder> is missing: the folder that holds excel16.admx and others. " +
        "docs/catalogue.md says where to find them",
    );
  }
  const templates = readTemplates(admx.map(openTemplateFolder), language);
  const notes = [...templates.notes];
  const others = [
    ...csv.map((file) => readList(file, notes)),
    ...intune.map((file) => readIntune(file, notes)),
  ];
  const catalogue = buildCatalogue(templates, others);
  if (Object.keys(catalogue.settings).length === 0) {
    throw new TypeError(`no setting of Office was found. ${notes.join(". ")}`);
  }
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, CATALOGUE_FILE), catalogueText(catalogue));
  writeFileSync(join(out, TYPES_FILE), typesOf(catalogue));
  for (const note of [...notes, ...contradictions(catalogue)]) {
    process.stderr.write(`${noteText(note)}\n`);
  }
  process.stdout.write(summary(catalogue, out, screenWidth()));
}

function readList(file: string, notes: string[]): OtherSettings {
  const { settings, problems } = readingFile("--csv", file, readSettingList);
  notes.push(...lineNotes(file, problems));
  return { kind: "csv", file: basename(file), settings };
}

function readIntune(file: string, notes: string[]): OtherSettings {
  const { settings, others } = readingFile("--intune", file, (text) =>
    readIntuneAnswer(JSON.parse(text.replace(/^\ufeff/, ""))),
  );
  if (others > 0) {
    notes.push(
      `${basename(file)}: definitions that are not Office's are left out: ${others} of ${others + settings.size}`,
    );
  }
  return { kind: "intune", file: basename(file), settings };
}

function summary(catalogue: Catalogue, out: string, width: number): string {
  const settings = Object.values(catalogue.settings);
  const count = (
    what: string,
    what1: string,
    isCounted: (setting: (typeof settings)[number]) => boolean,
  ) => {
    const number = settings.filter(isCounted).length;
    return number === 1 ? `1 ${what1}` : `${number.toLocaleString("en")} ${what}`;
  };
  const usable = count(
    "have a value",
    "has a value",
    ({ scope, kind }) => scope === "user" && kind !== "policy",
  );
  const parents = count(
    "are policies whose elements have the values",
    "is a policy whose elements have the values",
    ({ scope, kind }) => scope === "user" && kind === "policy",
  );
  const machine = count(
    "are machine settings",
    "is a machine setting",
    ({ scope }) => scope === "machine",
  );
  const defined = count(
    "are defined in Intune",
    "is defined in Intune",
    ({ intune }) => intune !== undefined,
  );
  const inIntune = settings.some(({ intune }) => intune !== undefined) ? ` ${defined} too.` : "";
  const lines = catalogue.sources.map((source) => {
    const about = source.language ?? (source.kind === "admx" ? "no texts" : source.kind);
    return `  ${source.settings.toLocaleString("en").padStart(6)}  ${source.file} (${about})\n`;
  });
  const total = settings.length.toLocaleString("en");
  return `${wrap(
    `${total} settings written to ${join(out, CATALOGUE_FILE)}, and their types to ${join(out, TYPES_FILE)}:`,
    { width },
  )}
${lines.join("")}
${wrap(
  `${usable} for users. ${parents}, and ${machine}, which Cloud Policy does not take.${inIntune}`,
  {
    width,
  },
)}

Next:
${listTypes(out)}  office-configuration catalogue search <words>
  office-configuration catalogue show <id>
`;
}

/** A step for a project whose compiler reads listed files only, as those of Pulumi's templates do. */
function listTypes(out: string): string {
  const config = join(out, "tsconfig.json");
  let text: string;
  try {
    text = readFileSync(config, "utf8");
  } catch {
    return "";
  }
  const isListed = !/"files"\s*:/.test(text) || text.includes(`"${TYPES_FILE}"`);
  return isListed ? "" : `  add "${TYPES_FILE}" to "files" in ${oneLine(config, 200)}\n`;
}
