/**
 * Command lines of tools: their numbers, and their ends.
 *
 * @module
 */
import { InvalidArgumentError } from "commander";

/** A whole number of an option. */
export function whole(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError("must be a whole number");
  return Number(text);
}

/** Runs a tool. What it rejects with is shown, and ends the process with code 1. */
export function runTool(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
