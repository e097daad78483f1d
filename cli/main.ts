#!/usr/bin/env node
/**
 * `office-configuration`: the command line of this package.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";

/** Exit code of a call that was not understood. */
const USAGE_EXIT_CODE = 2;

const { version } = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"),
) as { version: string };

const program = new Command("office-configuration")
  .description("Microsoft 365 Apps client policies as Pulumi resources: tools")
  .version(version)
  .exitOverride()
  .showHelpAfterError("(office-configuration --help shows what there is)");

program
  .command("emulator")
  .description("runs a local Microsoft Graph for /officeConfiguration, on loopback only")
  .option("--port <number>", "port to listen on; 0 takes a free one", "0")
  .option("--json", "prints one line of JSON when ready, and nothing else")
  .option("--tls", "serves https with a certificate made for this run")
  .option("--seed <file>", "JSON file with the policies to begin with (see docs/emulator.md)")
  .option("--latency-ms <number>", "milliseconds before each answer", "0")
  .option("--payloads <form>", "inline in the JSON, or stream", "inline")
  .option("--ignore-assignments-in-post", "ignores the groups in the body of a POST")
  .action(async (options: Record<string, string | boolean | undefined>) => {
    // Loaded only when it is asked for, as every command is.
    const { runEmulator } = await import("./emulator.js");
    await runEmulator(options);
  });

for (const command of program.commands) command.exitOverride();

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
    return;
  }
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof TypeError ? USAGE_EXIT_CODE : 1;
});
