/**
 * Options that several commands have. It loads neither a Graph client nor an emulator.
 *
 * @module
 */
import { type Command, Option } from "commander";
import type { z } from "zod";
import { CREDENTIAL_KINDS } from "../provider/graph/config/sessionTypes";

/** An option with values that the help lists and a shell completes. The command itself checks them. */
export function choosing(flags: string, description: string, choices: readonly string[]): Option {
  const option = new Option(flags, description);
  option.argChoices = [...choices];
  return option;
}

/** A failure that ends the command line with a code of its own. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "CommandFailure";
  }
}

/** The options of a command, as its schema makes them. @throws TypeError for the first that is wrong. */
export function checkedOptions<T>(schema: z.ZodType<T>, given: unknown): T {
  const { data, error } = schema.safeParse(given);
  if (error !== undefined) throw new TypeError(error.issues[0]?.message);
  return data;
}

/** The options of a command that writes a Pulumi project, and the folder that they are about. */
export function addProjectOptions(command: Command): Command {
  return command
    .option("--force", "writes to a folder that is not empty; files of the same names are replaced")
    .option("--name <project>", "name of the Pulumi project; the folder's, if it is not given")
    .option(
      "--package <spec>",
      "what package.json depends on: a version, or file:…; else the package that this command runs from",
    );
}

/** The options by which a command names the tenant that it reads, and how it signs in there. */
export function addSessionOptions(command: Command): Command {
  return command
    .option("--tenant-id <id>", "tenant; else OFFICE_CONFIGURATION_TENANT_ID, AZURE_TENANT_ID, …")
    .option("--client-id <id>", "app; else OFFICE_CONFIGURATION_CLIENT_ID, AZURE_CLIENT_ID, …")
    .option("--endpoint <url>", "another Graph, such as the emulator")
    .addOption(
      choosing("--credential <kind>", "kind of credential (see docs/configuration.md)", [
        "auto",
        ...CREDENTIAL_KINDS,
      ]),
    );
}
