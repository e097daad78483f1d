/**
 * The command `compare` as the command line lists it. What it does is loaded when it is called.
 *
 * @module
 */
import type { Command } from "commander";
import { addSessionOptions, choosing } from "../options";

function comparing(): typeof import("./command") {
  return require("./command") as typeof import("./command");
}

/** Adds it to the program. @param docs - The line that says where the pages of the documentation are. */
export function addCompareCommand(program: Command, docs: string): void {
  const compare = program
    .command("compare")
    .description(
      "says which settings differ between two tenants, stacks, programs or files; only reads",
    )
    .argument(
      "<left>",
      "tenant, tenant:<id>, intune, intune:<id>, stack:<name>[@<folder>], or a file or folder",
    )
    .argument("<right>", "the same")
    .addOption(
      choosing("--format <form>", "form of the result", ["table", "json", "markdown"]).default(
        "table",
      ),
    )
    .option(
      "--catalogue <file>",
      "catalogue of settings; else office-settings.json, if it is here. Files of settings and intune need one",
    )
    .option("--stack <name>", "stack whose configuration a program gets, from Pulumi.<name>.yaml")
    .option("--baseline", "what only the right side has does not count: left is a baseline")
    .option("--strict", "what could not be read or compared counts as a difference");
  addSessionOptions(compare)
    .addHelpText("after", HELP(docs))
    .action((left: string, right: string, options: unknown) =>
      comparing().runCompare(left, right, options),
    );
}

const HELP = (docs: string) => `
Exit code 0 if both are the same, 1 if they differ or may differ (a value is not
known, or was not read), 2 if a side cannot be read or an option is wrong.

A folder with Pulumi.yaml is a program: it runs here, and asks no tenant. Other
files and folders are those that \`convert\` reads: a GPO backup, registry.pol, a
.reg file, an Intune policy, …

"tenant" is a tenant's Cloud Policy, "intune" its Office settings in Intune's
settings catalogue. The two of one tenant are two roads to the same users: then
the command says which settings a user gets twice, with which values, who is
likely to win, and where policies of Intune's disagree. Settings of one road
alone do not count.

Two tenants: variables with the prefix LEFT_ or RIGHT_ are for one side, such as
RIGHT_AZURE_CLIENT_ID, RIGHT_AZURE_CLIENT_SECRET. Without them both sides sign
in alike, as an app does that both tenants know.

Examples:
  office-configuration compare baseline/ tenant --baseline
      is this tenant at this baseline? (a GPO backup, or a program)
  office-configuration compare gpo-backup/ tenant --format markdown
      what does the GPO still do that the tenant does not? See "only left"
  office-configuration compare tenant:contoso.example tenant:fabrikam.example
      how do these two tenants differ?
  office-configuration compare stack:prod tenant
      has the tenant what the last update left there, and nothing else?
  office-configuration compare tenant intune
      which settings does a user have twice, and who wins?
  office-configuration compare tenant intune --baseline
      has Intune all that Cloud Policy has, for the same users?

${docs}
  compare.md: how settings are compared, the JSON, CI
  configuration.md: how to sign in`;
