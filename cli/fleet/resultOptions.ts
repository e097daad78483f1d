import type { Command } from "commander";
import { choosing } from "../options";

/** The options of a command that shows a result: its form, and a file that keeps it. */
export function addResultOptions(command: Command): Command {
  return command
    .addOption(
      choosing("--format <form>", "form of the result", [
        "table",
        "json",
        "markdown",
        "junit",
      ]).default("table"),
    )
    .option("--save <file>", "writes the result as JSON to a file, too");
}
