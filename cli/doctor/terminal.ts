/**
 * The ways in which a person stops a run of the doctor.
 *
 * @module
 */
import { say } from "../terminal";
import { ProbeRecords, probesFolder } from "./probe/records";

/** Exit code of a run that Ctrl-C has ended. */
const INTERRUPTED_EXIT_CODE = 130;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Turns the first Ctrl-C into a request to stop; the second one ends the process, and says what may be left.
 *
 * @returns the request, and the end of the watch.
 */
export function watchSignals(): { readonly stop: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) leave();
    controller.abort();
    process.exitCode = INTERRUPTED_EXIT_CODE;
    say("Stopping, once what was made is deleted. Once more ends at once, and may leave it.");
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    stop: controller.signal,
    end: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}

function leave(): never {
  const records = new ProbeRecords(probesFolder(process.env));
  for (const record of records.all()) {
    const id = record.id === undefined ? "" : ` (${record.id})`;
    say(
      `The policy "${record.name}"${id} may be left in ${record.tenantId ?? record.origin}. \`npx office-configuration doctor --probe-writes\` on this machine offers to delete it.`,
    );
  }
  process.exit(INTERRUPTED_EXIT_CODE);
}
