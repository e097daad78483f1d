import type { Command } from "commander";
import { addProjectOptions, choosing } from "../options";
import { ROADS } from "./road";

/** Loaded when it is asked for: it reads XML, and holds a catalogue. */
function runConvert(paths: readonly string[], options: object): void {
  const command = require("./command") as typeof import("./command");
  command.runConvert(paths, options);
}

/** Adds `convert` to the program. @param docs - The line that says where the pages of the documentation are. */
export function addConvertCommand(program: Command, docs: string): void {
  const converting = program
    .command("convert")
    .description(
      "writes a Pulumi program from Group Policy, .reg files, Intune and others; sends nothing",
    )
    .argument(
      "<path...>",
      "GPO backup, registry.pol, gpreport.xml, .reg, ODT or Intune policy; the first wins",
    )
    .option("--out <folder>", "folder to write the program to")
    .option("--baseline <file>", "JSON with the settings, for a rule of the policy pack")
    .option("--report <file>", "JSON with one line for each value: converted, or left and why")
    .option("--strict", "ends with exit code 3 if a value is left")
    .addOption(
      choosing("--road <road>", "where the program sends settings; else cloudPolicy", ROADS),
    )
    .addOption(choosing("--split <way>", "one policy an app in place of one a source", ["app"]));
  addProjectOptions(converting)
    .option(
      "--catalogue <file>",
      "catalogue of settings; else office-settings.json in the folder or here",
    )
    .addHelpText(
      "after",
      `
It needs a catalogue: office-configuration catalogue build --admx <folder>

Examples:
  office-configuration convert backup --out policies --report left.json
      each GPO of the backup as a policy, and a report on each value
  office-configuration convert client.reg baseline --out policies --split app
      two sources as one policy an app; what the first sets wins
  office-configuration convert backup --out policies --road intune
      policies of Intune; the catalogue needs Intune's definitions
  office-configuration convert backup --baseline baseline.json
      no program: the settings that policies must have (docs/policy-as-code.md)

${docs}
  from-group-policy.md: what converts, what does not, and how to hand over`,
    )
    .action(runConvert);
}
