/**
 * The command `report` as the command line lists it. What it does is loaded when it is called.
 *
 * @module
 */
import type { Command } from "commander";
import { choosing } from "../options";

function reporting(): typeof import("./command") {
  return require("./command") as typeof import("./command");
}

/** Adds it to the program. @param docs - The line that says where the pages of the documentation are. */
export function addReportCommand(program: Command, docs: string): void {
  program
    .command("report")
    .description(
      "reports on all tenants: settings beside a baseline, drift, who wins, what no code manages; only reads",
    )
    .argument(
      "[tenants...]",
      "stack:<name>[@<folder>], tenant:<id>, or a file or folder; else all stacks of the project here",
    )
    .option("--html <file>", "writes a page: one file that needs no network")
    .addOption(choosing("--format <form>", "prints the report: csv or json", ["csv", "json"]))
    .option(
      "--baseline <side>",
      "what the tenants should have: a folder, a file, a stack, a tenant",
    )
    .option("--stack <name>", "stack whose configuration a baseline that is a program gets")
    .option("--title <text>", "title of the page; else the name of the project")
    .option("--no-live", "reads the states of stacks only, and asks no tenant of a stack")
    .option(
      "--no-intune",
      "leaves out Intune's policies: reading them needs a license, and takes longer",
    )
    .option(
      "--catalogue <file>",
      "catalogue of settings; else office-settings.json, if it is here. Files of settings and Intune need one",
    )
    .option("--parallel <number>", "most tenants that are read at a time, 1 to 32", "4")
    .option("--timeout <seconds>", "longest time for each tenant, 1 to 3600", "300")
    .option(
      "--audit-wait <seconds>",
      "asks the audit log of a tenant with drift who made the changes, and waits so long, 0 to 600",
    )
    .addHelpText("after", HELP(docs))
    .action((tenants: string[], options: unknown) => reporting().runReport(tenants, options));
}

const HELP = (docs: string) => `
Each stack signs in with its own configuration (officeConfiguration:…), and what
it does not have stands in the environment. Variables for one stack begin with
its name: CONTOSO_AZURE_CLIENT_SECRET. A tenant that cannot be read is a column
that says why. Secrets are not shown.

Exit code 0 if the report is made, 1 if none of its tenants could be read, 2 if
the baseline cannot be read or an option is wrong.

Examples:
  office-configuration report --html report.html
      every stack of the project in this folder, with its tenant
  office-configuration report --baseline gpo-backup/ --html report.html
      the same, beside a baseline: a GPO backup, a program, stack:<name>, …
  office-configuration report tenant:contoso.example tenant:fabrikam.example \\
      --baseline baseline/ --format csv > report.csv
      tenants without stacks, for a spreadsheet

${docs}
  report.md: what the report has, and from where
  configuration.md: how to sign in`;
