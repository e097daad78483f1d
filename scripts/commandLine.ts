/**
 * Command lines of tools: numbers and exit codes.
 *
 * @module
 */
import { InvalidArgumentError } from "commander";

/** Parses an option's whole number. */
export function whole(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError("must be a whole number");
  return Number(text);
}

/** Runs a tool. If it rejects, shows the error and ends the process with code 1. */
export function runTool(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
