/**
 * The command `doctor` and its options. It loads what does the work only when it is called.
 *
 * @module
 */
import type { Command } from "commander";
import { addSessionOptions, choosing } from "../options";

/** Time that an abandoned sign-in may keep the process after the report, in milliseconds. */
const GRACE_MS = 1_000;

/** Adds it to the program. @param docs - The line that says where the pages of the documentation are. */
export function addDoctorCommand(program: Command, docs: string): void {
  const doctor = program
    .command("doctor")
    .description("says which roads of a tenant are open, and what to do next; only reads")
    .addOption(choosing("--format <form>", "table, or json", ["table", "json"]).default("table"))
    .option("--timeout <seconds>", "longest wait for each road, 1 to 300", "15")
    .option(
      "--write-profile <file>",
      "saves how the service behaves, without names, ids and contents: for emulator --profile, and for bug reports",
    )
    .option(
      "--probe-writes",
      "asks, then makes a policy of each kind that is open, assigned to nobody, changes it and deletes it again",
    )
    .option("--yes", "agrees to --probe-writes, for a run without a terminal");
  addSessionOptions(doctor)
    .addHelpText(
      "after",
      `
A road is a way on which settings reach users: Cloud Policy (client and security
policies), Intune, Copilot.
Exit code 0 if at least one is open, 1 if none is, 2 for a wrong option. With
--probe-writes also 1 if a policy of the probe may be left, 130 after Ctrl-C.

Examples:
  office-configuration doctor
      signs in by the environment: AZURE_TENANT_ID, AZURE_CLIENT_ID, …
  office-configuration doctor --tenant-id <guid> --client-id <guid>
      with a secret in AZURE_CLIENT_SECRET: as a stack that has these two ids
  office-configuration doctor --format json
      for a script or a bug report; it has no secret and nothing of a policy
  office-configuration doctor --write-profile tenant-profile.json
      then \`office-configuration emulator --profile tenant-profile.json\`
      behaves like this tenant
  office-configuration doctor --probe-writes --write-profile tenant-profile.json
      the same with what only a write shows; never writes Copilot's settings

${docs}
  doctor.md: each state, and what to do
  configuration.md: how to sign in`,
    )
    .action(runInTerminal);
}

async function runInTerminal(options: { readonly probeWrites?: boolean }): Promise<void> {
  const { runDoctor } = require("./command") as typeof import("./command");
  const { asker, say } = require("../terminal") as typeof import("../terminal");
  const { watchSignals } = require("./terminal") as typeof import("./terminal");
  // A run that only reads ends at once with Ctrl-C.
  const watch = options.probeWrites ? watchSignals() : undefined;
  try {
    const code = await runDoctor(options, {
      env: process.env,
      print: (text) => void process.stdout.write(`${text}\n`),
      say,
      columns: process.stdout.columns,
      ask: asker(),
      ...(watch !== undefined && { stop: watch.stop }),
    });
    process.exitCode ??= code;
  } finally {
    watch?.end();
  }
  // The library that signs in cannot be stopped. Without it, the process has ended by then.
  setTimeout(() => process.exit(), GRACE_MS).unref();
}
