/**
 * The commands `catalogue …` as the command line lists them. What they do is loaded when one is called: it reads XML
 * and CSV, and searches.
 *
 * @module
 */
import type { Command } from "commander";
import { addSessionOptions } from "../options";

function build(): typeof import("./command") {
  return require("./command") as typeof import("./command");
}

function fetching(): typeof import("./fetch/command") {
  return require("./fetch/command") as typeof import("./fetch/command");
}

function queries(): typeof import("./queries") {
  return require("./queries") as typeof import("./queries");
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

  const fetch = catalogue
    .command("fetch")
    .description(
      "reads Intune's definitions of settings from a tenant, for build --intune; only reads",
    )
    .option("--out <file>", "file to write", "intune-settings.json")
    .option(
      "--page-size <number>",
      "definitions to ask for at once, 1 to 100; else as Graph likes",
    );
  addSessionOptions(fetch)
    .addHelpText(
      "after",
      `
What is read stands in <file>.partial until all is there: after an error, or
Ctrl-C, the same command goes on at the page that is missing.

Examples:
  office-configuration catalogue fetch
      signs in by the environment: AZURE_TENANT_ID, AZURE_CLIENT_ID, …;
      needs DeviceManagementConfiguration.Read.All
  office-configuration catalogue fetch --page-size 50
      begins again with other pages, if one page fails each time

${docs}
  catalogue.md
  configuration.md: how to sign in`,
    )
    .action((options: unknown) => fetching().runFetch(options));
  const file = ["--catalogue <file>", "catalogue to read", "office-settings.json"] as const;

  catalogue
    .command("search")
    .description("finds settings by name, label, help, id or registry name; words may be misspelt")
    .argument("<words...>", "what the setting is about")
    .option(...file)
    .option("--limit <number>", "most settings to print", "10")
    .addHelpText(
      "after",
      `
Examples:
  office-configuration catalogue search macros internet excel
      each setting with its values, and a line for a program
  office-configuration catalogue search vbawarnings
      by the name of the registry value

${docs}
  catalogue.md`,
    )
    .action((words: string[], options: unknown) => queries().runSearch(words, options));

  catalogue
    .command("show")
    .description("prints all about a setting; for a misspelt id or a name, the nearest setting")
    .argument("<id...>", "ids, each in quotes: the shell takes ; for its own")
    .option(...file)
    .addHelpText(
      "after",
      `
Exit code 1 if an id is not in the catalogue.

Examples:
  office-configuration catalogue show "excel16;L_VBAWarningsPolicy;L_empty4"

${docs}
  catalogue.md`,
    )
    .action((ids: string[], options: unknown) => queries().runShow(ids, options));

  catalogue
    .command("diff")
    .description("prints which settings are new, gone, renamed or take other values")
    .argument("<old>", "catalogue file")
    .argument("<new>", "catalogue file")
    .option("--json", "prints JSON")
    .addHelpText(
      "after",
      `
Examples:
  git show HEAD:office-settings.json > old.json
  office-configuration catalogue diff old.json office-settings.json

${docs}
  catalogue.md`,
    )
    .action((before: string, after: string, options: unknown) =>
      queries().runDiff(before, after, options),
    );
}
