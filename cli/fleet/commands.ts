/**
 * The command `fleet` as the command line lists it. What it does is loaded when it is called.
 *
 * @module
 */
import type { Command } from "commander";
import { choosing } from "../options";
import { addElsewhereCommands } from "./elsewhereCommands";
import type { FleetCommand } from "./result";
import { addResultOptions } from "./resultOptions";

function running(): typeof import("./command") {
  return require("./command") as typeof import("./command");
}

const DESCRIPTIONS: Readonly<Record<FleetCommand, string>> = {
  preview: "says what an update of all tenants would change; writes nothing to a tenant",
  up: "updates all tenants",
  refresh: "reads all tenants into the states of their stacks",
  drift: "says what was changed in the tenants since the last update; writes nothing",
  destroy: "deletes what the stacks have made in all tenants",
};

/** Adds it to the program. @param docs - The line that says where the pages of the documentation are. */
export function addFleetCommands(program: Command, docs: string): void {
  const fleet = program
    .command("fleet")
    .description("previews, updates and checks the tenants of all stacks of a project at once")
    .addHelpText("after", HELP(docs));
  for (const [name, description] of Object.entries(DESCRIPTIONS) as [FleetCommand, string][]) {
    const command = fleet
      .command(name)
      .description(description)
      .argument("[stack...]", "names, with * and ?; all stacks of the project if none is given")
      .addHelpText("after", "\nExit codes and examples: office-configuration fleet --help");
    addSelection(command);
    addCourse(command);
    if (name === "preview" || name === "up" || name === "destroy") {
      command.option("--refresh", "reads the tenants first, and so sees what was changed there");
    }
    if (name === "preview" || name === "up") {
      command.option("--expect-no-changes", "exit code 1 if something changes");
      addPolicyPacks(command);
    }
    if (name === "up") addUpGuards(command);
    if (name === "up" || name === "refresh") {
      command.option("--yes", "does not ask; without a terminal it must be given");
    }
    if (name === "destroy") {
      command.option(
        "--yes-destroy <number>",
        "number of tenants in words, such as three, for a run without a terminal",
      );
    }
    addResult(command);
    command.action((stacks: string[], options: object) =>
      running().runFleet(name, { ...options, stacks }),
    );
  }
  addElsewhereCommands(fleet);
}

function addSelection(command: Command): void {
  command
    .option("-C, --cwd <folder>", "folder of the project", ".")
    .option("--fleet <file>", "stacks and their configuration; else fleet.yaml, if it is there")
    .option("--tag <tag>", "only stacks with this tag of Pulumi's: ring, or ring=pilot")
    .option("--shard <part>", "only a part of them, such as 2/5: the second of five")
    .addOption(choosing("--only <which>", "only stacks that failed in the last run", ["failed"]))
    .option("--resume", "goes on with the last run: only what it has not done")
    .option("--record <file>", "record of the run; else .fleet/<command>.jsonl in the project");
}

function addCourse(command: Command): void {
  command
    .option("--parallel <number>", "stacks at a time, some 400 MiB each", "4")
    .option("--time-limit <time>", "time for each stack, such as 90s or 20m", "30m")
    .option(
      "--canary <stack>",
      "runs first; if it fails, the others do not run. May be given several times",
      several,
    )
    .option("--stop-after <number>", "begins no more once so many fail for one reason");
}

function addPolicyPacks(command: Command): void {
  command
    .option(
      "--policy-pack <folder>",
      "policy pack that judges each stack. May be given several times",
      several,
    )
    .option("--policy-pack-config <file>", "JSON with levels and settings of its rules", several);
}

/** Collects the values of an option that may be given several times. */
function several(value: string, values: readonly string[] | undefined): string[] {
  return [...(values ?? []), value];
}

function addUpGuards(command: Command): void {
  command
    .option(
      "--preview <file>",
      "result of `fleet preview --save`: a stack whose changes differ is refused",
    )
    .option("--max-changes <number>", "refuses more changes: a number, or 5% of all settings");
}

function addResult(command: Command): void {
  addResultOptions(command).option(
    "--catalogue <file>",
    "names of settings; else office-settings.json in the project, if it is there",
  );
}

const HELP = (docs: string) => `
A stack is a tenant. A tenant that fails does not stop the others.

Exit code 0 if all stacks succeeded, 1 if something changes although
--expect-no-changes was given or \`drift\` found some, 2 if a stack failed, did
not run, or an option is wrong, 130 after Ctrl-C.

Ctrl-C once lets running stacks finish. Twice cancels them.

Examples:
  office-configuration fleet preview
      what would change, by change and by tenant
  office-configuration fleet preview --save preview.json
  office-configuration fleet up --preview preview.json --canary contoso
      exactly what was previewed; first in one tenant
  office-configuration fleet up --only failed
      again where it failed
  office-configuration fleet drift --format markdown
      what administrators have changed by hand

${docs}
  fleet.md: guards, results, CI, limits
  configuration.md: how to sign in`;
