#!/usr/bin/env node
/**
 * `office-configuration`: the command line of this package.
 *
 * @module
 */
import completion from "@bomb.sh/tab/commander";
import { Command, CommanderError } from "commander";
import { doctorHint } from "../provider/graph/errors/doctorHint";
import { nodeProblem } from "../provider/text/nodeVersion";
import { addCatalogueCommands } from "./catalogue/commands";
import { addCompareCommand } from "./compare/commands";
import { addConvertCommand } from "./convert/commands";
import { addDoctorCommand } from "./doctor/commands";
import { runEmulator } from "./emulator";
import { addFleetCommands } from "./fleet/commands";
import { addProjectOptions, addSessionOptions, CommandFailure, choosing } from "./options";
import { ownVersion } from "./ownPackage";
import { addReportCommand } from "./report/commands";

/** Loaded when it is asked for: the emulator needs neither a Graph client nor Pulumi. */
function runExport(options: object): Promise<void> {
  const command = require("./export/command") as typeof import("./export/command");
  return command.runExport(options);
}

/** Exit code of a call that was not understood. */
const USAGE_EXIT_CODE = 2;

function exitCodeOf(error: unknown): number {
  if (error instanceof CommandFailure) return error.exitCode;
  return error instanceof TypeError ? USAGE_EXIT_CODE : 1;
}

/** Folder of the pages: the package's own, so that they are those of this version. */
const DOCS = "Documentation, in node_modules/pulumi-office-configuration/docs:";

const program = new Command("office-configuration")
  .description("Microsoft 365 Apps client policies as Pulumi resources: tools")
  .version(ownVersion())
  .exitOverride()
  .addHelpText(
    "after",
    `
office-configuration <command> --help has a command's options, and examples.
In a project: npx --no office-configuration <command>

${DOCS}
  doctor.md, catalogue.md, from-group-policy.md, compare.md, fleet.md,
  report.md, export.md, emulator.md, configuration.md, troubleshooting.md`,
  )
  // One line for each mistake: a suggestion stands behind it, not below.
  .configureOutput({
    outputError: (text, write) => write(`${text.trim().replaceAll(/\s*\n\s*/g, " ")}\n`),
  });

addDoctorCommand(program, DOCS);

program
  .command("emulator")
  .description(
    "runs a local Microsoft Graph with Cloud Policy, Intune's settings catalogue and Copilot's settings, on loopback only",
  )
  .option("--port <number>", "port to listen on; 0 takes a free one", "0")
  .option("--json", "prints one line of JSON when ready, and nothing else")
  .option("--env", "prints the exports for a shell when ready, and nothing else")
  .option("--tls", "serves https with a certificate made for this run")
  .option("--tenant-id <guid>", "tenant that it is; a stack stays in the tenant it was made in")
  .option("--token <text>", 'access token that it takes; "emulator", but with --json a signed one')
  .option("--user", "gives the token of a user who has signed in, not of an app on its own")
  .option("--seed <file>", "JSON file with the policies to begin with (see docs/emulator.md)")
  .option(
    "--definitions <file>",
    "setting definitions of Intune to serve, as `catalogue fetch` saves them; else invented ones",
  )
  .option("--latency-ms <number>", "milliseconds before each answer", "0")
  .addOption(
    choosing("--payloads <form>", "in an object's JSON; stream is a link; else inline", [
      "inline",
      "stream",
      "null",
    ]),
  )
  .option(
    "--profile <file>",
    "behaves like the tenant of which `doctor --write-profile` has written the file",
  )
  .option("--kind", "behaves as simply as a service can, for demos")
  .option("--ignore-assignments-in-post", "ignores the groups in the body of a POST")
  .option(
    "--definition-errors <number>",
    "how often each third page of setting definitions answers 500 first; 1, but with --kind 0",
  )
  .option("--until-stdin-closes", "ends when standard input does: with the process that started it")
  .addHelpText(
    "after",
    `
Examples:
  office-configuration emulator
      a new tenant on a free port; prints how to use it
  office-configuration emulator --port 4280 --tenant-id <guid>
      the same address and tenant in every run, as a stack needs them
  office-configuration emulator --env > emulator.env &  (then: . ./emulator.env)
      in the background, with its address, tenant and token in this shell
  office-configuration emulator --profile tenant-profile.json
      as a tenant answers, as far as its doctor has seen it

${DOCS}
  emulator.md: seeds, modes, faults, control routes`,
  )
  .action(runEmulator);

const exporting = program
  .command("export")
  .description(
    "writes the policies of a tenant as a Pulumi program that adopts them; only reads the tenant",
  )
  .requiredOption("--out <folder>", "folder to write to")
  .option(
    "--intune",
    "the Office policies of Intune's settings catalogue instead; needs a catalogue with Intune's definitions",
  );
addProjectOptions(exporting).option(
  "--catalogue <file>",
  "names of settings, for comments; else office-settings.json in the folder or here, if it is there; or a .csv with the columns Id and Name",
);
addSessionOptions(exporting)
  .addHelpText(
    "after",
    `
Examples:
  office-configuration export --out policies
      signs in by the environment: AZURE_TENANT_ID, AZURE_CLIENT_ID, …
  office-configuration export --out policies --endpoint http://127.0.0.1:4280
      reads a running emulator, whose token is in
      OFFICE_CONFIGURATION_ACCESS_TOKEN
  office-configuration export --intune --out intune-policies
      reads Intune, with the definitions of ./office-settings.json

${DOCS}
  export.md: what is written, and what is not
  configuration.md: how to sign in`,
  )
  .action(runExport);

addConvertCommand(program, DOCS);
addCompareCommand(program, DOCS);
addFleetCommands(program, DOCS);
addReportCommand(program, DOCS);
addCatalogueCommands(program, DOCS);

// It answers the shell as well, with the commands and options above.
completion(program);
program.commands
  .find((command) => command.name() === "complete")
  ?.description("prints the script by which a shell completes this command")
  .addHelpText(
    "after",
    `
The shell is bash (with the package bash-completion), zsh, fish or powershell.
The command itself must be on the PATH of the shell, as with
export PATH="$PWD/node_modules/.bin:$PATH".

Examples:
  source <(office-configuration complete bash)   in ~/.bashrc
  source <(office-configuration complete zsh)    in ~/.zshrc, after compinit
  office-configuration complete fish | source    in ~/.config/fish/config.fish`,
  );

/** Runs the command of `process.argv`, and sets the exit code. */
export async function main(): Promise<void> {
  try {
    const problem = nodeProblem();
    if (problem !== undefined) throw new Error(problem);
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    const lines = [message, doctorHint(error)].filter((line) => line !== undefined).join("\n");
    process.stderr.write(`error: ${lines.replaceAll(/\s*\n\s*/g, " ")}\n`);
    process.exitCode = exitCodeOf(error);
  }
}

/**
 * Lets a command end its work when nobody reads its output any more, as in `… | head`: it may be in the middle of an
 * update.
 */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

if (require.main === module) {
  outliveReaders();
  void main();
}
