import { mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { definitionsPath, settingDefinitionPages } from "../../../provider/api/settingDefinitions";
import {
  actualTenant,
  type GraphClient,
  GraphHttpError,
  OfficeConfigurationError,
} from "../../../provider/graph";
import { oneLine } from "../../../provider/text/messageText";
import { checkedOptions } from "../../options";
import { openSession, sessionOptions } from "../../session";
import { shellWord } from "../../shellWord";
import { noteText } from "../screen";
import { KeptPages } from "./keptPages";
import { officeDefinitions, savedAnswer } from "./office";
import { Progress } from "./progress";

const optionsSchema = z.object({
  out: z.string().min(1, { error: "--out must name a file" }).default("intune-settings.json"),
  pageSize: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, {
      error: ({ input }) =>
        `--page-size must be a whole number from 1 to 100, not '${oneLine(String(input), 40)}'`,
    })
    .transform(Number)
    .optional(),
  ...sessionOptions,
});

/**
 * Reads Office's part of Intune's settings catalogue from a tenant to a file. Nothing is written to the tenant.
 *
 * @throws TypeError if an option is not what it may be, or if the pages of another tenant are in the way.
 */
export async function runFetch(given: unknown): Promise<void> {
  const { out, pageSize, ...options } = checkedOptions(optionsSchema, given);
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory()) {
    throw new TypeError(`--out ${out} is a folder: name a file`);
  }
  const progress = new Progress();
  const { graph, config, dispose } = openSession(options, (line) => progress.line(line));
  try {
    progress.line(`Reading Intune's setting definitions from ${config.tenantId ?? "the tenant"} …`);
    const tenantId = actualTenant(config, await graph.caller());
    const path = definitionsPath({ pageSize });
    const kept = new KeptPages(`${out}.partial`, { origin: graph.origin, tenantId, path });
    await new Fetch(graph, kept, progress, pageSize).run();
    const count = write(out, kept, pageSize);
    const { read } = kept;
    kept.clear();
    progress.end();
    process.stdout.write(nextSteps(out, count, read));
  } finally {
    progress.end();
    await dispose();
  }
}

/** The reading of all pages, from where an earlier run stopped. */
class Fetch {
  constructor(
    private readonly graph: GraphClient,
    private readonly kept: KeptPages,
    private readonly progress: Progress,
    private readonly pageSize: number | undefined,
  ) {}

  async run(): Promise<void> {
    const { kept } = this;
    const useless = kept.resume(Date.now());
    if (useless !== undefined) this.#note(`${kept.file} ${useless}: all pages are read again`);
    const before = kept.count;
    if (before > 0) {
      this.#note(`${kept.file} has ${counted(before, "page")}: goes on at page ${before + 1}`);
    }
    try {
      await this.#read().catch(async (error: unknown) => {
        if (before === 0 || kept.count > before || !isNoPage(error)) throw error;
        this.#note("Graph no longer knows that page: all pages are read again");
        kept.clear();
        await this.#read();
      });
    } catch (error) {
      if (kept.count > 0) {
        this.#note(
          `${counted(kept.count, "page")} kept in ${kept.file}: the same command goes on at page ${kept.count + 1}. ` +
            "If that page fails each time, another --page-size begins again with other pages",
        );
      }
      throw error;
    }
  }

  async #read(): Promise<void> {
    const { kept } = this;
    if (kept.isWhole) return;
    const pages = settingDefinitionPages(this.graph, { link: kept.next, pageSize: this.pageSize });
    for await (const { items, next } of pages) {
      kept.add({ read: items.length, definitions: officeDefinitions(items), next });
      this.progress.step(this.#soFar());
    }
  }

  #soFar(): string {
    const { count, read, definitions } = this.kept;
    return `page ${count}: ${shown(read)} definitions, ${shown(definitions.length)} of them Office's`;
  }

  #note(text: string): void {
    this.progress.line(noteText(text));
  }
}

/** Whether Graph no longer knows the page of a link. */
function isNoPage(error: unknown): boolean {
  return GraphHttpError.isInstance(error) && [400, 404, 410].includes(error.status);
}

/** Writes the answer, whole or not at all. @returns how many definitions it has. */
function write(out: string, kept: KeptPages, pageSize: number | undefined): number {
  const { definitions, read } = kept;
  const { text, count } = savedAnswer(definitions);
  const problem =
    count === 0
      ? `none of Intune's ${shown(read)} setting definitions is one of Office's templates`
      : read <= (pageSize ?? 0)
        ? `Graph took --page-size ${pageSize} for the number of all definitions: leave it out`
        : undefined;
  if (problem !== undefined) {
    kept.clear();
    throw new OfficeConfigurationError(`${problem}. ${out} is not written`);
  }
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(`${out}.new`, text);
  renameSync(`${out}.new`, out);
  return count;
}

function nextSteps(out: string, count: number, read: number): string {
  return `${shown(count)} of Intune's ${shown(read)} setting definitions are Office's, and in ${out}.

Next:
  npx office-configuration catalogue build --intune ${shellWord(out)}
If you have administrative templates, add --admx <folder>: only they have the
values of toggles.
`;
}

const shown = (number: number) => number.toLocaleString("en");

const counted = (number: number, noun: string) =>
  `${shown(number)} ${noun}${number === 1 ? "" : "s"}`;
