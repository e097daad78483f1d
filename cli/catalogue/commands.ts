/**
 * The commands `catalogue …` as the command line lists them. What they do is loaded when one is called: it reads XML
 * and CSV.
 *
 * @module
 */
import type { Command } from "commander";

function build(): typeof import("./command") {
  return require("./command") as typeof import("./command");
}

/** An option that may be given several times. */
function several(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Adds them to the program. @param docs - The line that says where the pages of the documentation are. */
export function addCatalogueCommands(program: Command, docs: string): void {
  const catalogue = program
    .command("catalogue")
    .description("names, allowed values and help of settings, from your administrative templates");

  catalogue
    .command("build")
    .description("writes office-settings.json and its types from templates (ADMX); sends nothing")
    .option("--admx <folder>", "folder with excel16.admx and others; may be given again", several)
    .option("--language <tag>", "language of the texts; en-us for those that it lacks", "en-us")
    .option(
      "--csv <file>",
      "list with the columns Id and Name, for settings that no template has; may be given again",
      several,
    )
    .option(
      "--intune <file>",
      "saved answer of Graph's deviceManagement/configurationSettings, for the same; may be given again",
      several,
    )
    .option("--out <folder>", "folder to write to", ".")
    .addHelpText(
      "after",
      `
Examples:
  office-configuration catalogue build --admx C:\\Windows\\PolicyDefinitions
      the templates that this computer has
  office-configuration catalogue build --admx admx --language de-de
      Microsoft's download, with German names

${docs}
  catalogue.md: where templates are found, and what the files hold`,
    )
    .action((options: unknown) => build().runBuild(options));
}
