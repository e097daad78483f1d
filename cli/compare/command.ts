import { z } from "zod";
import { doctorHint } from "../../provider/graph/errors/doctorHint";
import type { Glossary } from "../../provider/settings/glossary";
import { oneLine } from "../../provider/text/messageText";
import { print, screenWidth } from "../catalogue/screen";
import { openCatalogue } from "../export/catalogue";
import { CommandFailure, checkedOptions } from "../options";
import { type Comparison, compareSides, differ, withBaseline } from "./comparison";
import { comparisonJson } from "./json";
import { comparisonMarkdown } from "./markdown";
import type { BySide, Side, SideName } from "./side";
import { NO_CATALOGUE, openSide, parseSide } from "./sides/open";
import { comparisonText } from "./text";

const FORMATS = ["table", "json", "markdown"] as const;

const optionsSchema = z.object({
  format: z.enum(FORMATS, {
    error: ({ input }) =>
      `--format must be table, json or markdown, not '${oneLine(String(input), 40)}'`,
  }),
  catalogue: z.string().optional(),
  stack: z.string().min(1, { error: "--stack must name a stack" }).optional(),
  baseline: z.boolean().default(false),
  strict: z.boolean().default(false),
  tenantId: z.string().optional(),
  endpoint: z.string().optional(),
  credential: z.string().optional(),
});

/** Exit code if the sides differ. */
const DIFFERENT = 1;

/** Exit code if a side cannot be read. */
const FAILED = 2;

/**
 * Compares two sides, and prints what differs. Nothing is written, neither to a tenant nor to a file.
 *
 * @throws TypeError if an argument or option is not what it may be.
 * @throws CommandFailure if a side or the catalogue cannot be read.
 */
export async function runCompare(left: string, right: string, given: unknown): Promise<void> {
  try {
    await compare({ left, right }, checkedOptions(optionsSchema, given));
  } catch (error) {
    if (error instanceof TypeError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(message, FAILED, { cause: error });
  }
}

async function compare(
  texts: BySide<string>,
  { format, catalogue: file, stack, baseline, strict, ...session }: z.infer<typeof optionsSchema>,
): Promise<void> {
  const specs = { left: parseSide(texts.left), right: parseSide(texts.right) };
  const words = openCatalogue({ file, out: "." });
  const catalogue = () => {
    if (words.catalogue !== undefined) return words.catalogue;
    throw new TypeError(NO_CATALOGUE);
  };
  const sides = await both(async (side) => {
    const log = (line: string) => void process.stderr.write(`${side}: ${line}\n`);
    try {
      return await openSide(specs[side], side, { session, stack, catalogue, log });
    } catch (error) {
      if (!(error instanceof Error) || error instanceof TypeError) throw error;
      throw failureOf(side, texts[side], error);
    }
  });
  const whole = compareSides(sides, words.glossary);
  const comparison = baseline ? withBaseline(whole) : whole;
  print(shown[format](comparison, words.glossary));
  if (differ(comparison, strict)) process.exitCode = DIFFERENT;
}

/** The failure of a side, with the argument that names it. */
function failureOf(side: SideName, argument: string, error: Error): Error {
  const text = oneLine(argument, 200);
  const isNamed = error.message.startsWith(`${text}: `);
  const said = [error.message, doctorHint(error)].filter((line) => line !== undefined).join("\n");
  return new Error(`${side}, ${isNamed ? "" : `${text}: `}${said}`, { cause: error });
}

/** Reads both sides at once, and waits for both even if one fails: a session must be closed. */
async function both(open: (side: SideName) => Promise<Side>): Promise<BySide<Side>> {
  const [left, right] = await Promise.allSettled([open("left"), open("right")]);
  for (const result of [left, right]) if (result.status === "rejected") throw result.reason;
  return {
    left: (left as PromiseFulfilledResult<Side>).value,
    right: (right as PromiseFulfilledResult<Side>).value,
  };
}

const shown: Readonly<
  Record<(typeof FORMATS)[number], (comparison: Comparison, glossary: Glossary) => string>
> = {
  table: (comparison, glossary) => comparisonText(comparison, glossary, screenWidth()),
  json: comparisonJson,
  markdown: comparisonMarkdown,
};
