/**
 * The fault lab, from the command line: `npm run test:faults -- --help`.
 *
 * @module
 */
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { Command } from "commander";
import { runTool, whole } from "../../scripts/commandLine";
import { publish } from "../../scripts/measured";
import { planOf } from "./cases";
import { END } from "./recovery";
import { runPlan } from "./runPlan";
import { lineOf, tableOf } from "./table";
import type { Verdict } from "./verdict";

const PAGE = join(__dirname, "..", "..", "docs", "development", "faults.md");

interface Options {
  readonly seed: number;
  readonly cases?: number;
  readonly only?: string;
  readonly worlds: number;
  readonly limit: number;
  readonly write: boolean;
}

const program = new Command("npm run test:faults --")
  .description("Tries faults on the real engine, and checks what they leave.")
  .option("--seed <number>", "repeats the run that printed it", whole, randomInt(2 ** 31))
  .option("--cases <number>", "at the most so many cases, picked by the seed", whole)
  .option("--only <text>", "only cases whose name holds this text")
  .option("--worlds <number>", "projects side by side", whole, 2)
  .option("--limit <minutes>", "nothing new is begun after so long", whole, 30)
  .option("--write", "writes the table into docs/development/faults.md", false);

async function main(): Promise<void> {
  const { worlds, limit, write, ...narrowing } = program.parse().opts<Options>();
  const { seed } = narrowing;
  const plan = planOf(narrowing);
  const startedAtMs = performance.now();
  console.log(`seed ${seed}, ${plan.count} cases`);
  const verdicts: Verdict[] = [];
  const report = (verdict: Verdict) => {
    verdicts.push(verdict);
    console.log(lineOf(verdict));
  };
  const tried = () => verdicts.filter(({ operation }) => operation !== END).length;
  try {
    await runPlan(plan, { seed, report, worlds, limitMinutes: limit });
  } finally {
    const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
    const note = `Seed ${seed}, ${worlds} projects side by side, ${seconds} seconds.`;
    publish(PAGE, "### The matrix", tableOf(verdicts), {
      write: write && tried() >= plan.count,
      note,
    });
  }
  const isDone = tried() >= plan.count && plan.count > 0;
  if (!isDone || verdicts.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

runTool(main);
