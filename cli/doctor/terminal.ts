/**
 * The terminal of a person who runs the doctor: questions, and the ways in which the run is stopped.
 *
 * @module
 */
import { createInterface } from "node:readline/promises";
import { screenWidth, wrap } from "../catalogue/screen";
import { ProbeRecords, probesFolder } from "./probe/records";

/** Exit code of a run that Ctrl-C has ended. */
const INTERRUPTED_EXIT_CODE = 130;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Writes to standard error, within the width of the screen. */
export function say(text: string): void {
  process.stderr.write(`${fitted(text)}\n`);
}

/** A text whose long lines are wrapped. Short ones keep their spaces. */
function fitted(text: string): string {
  const width = screenWidth(process.stderr.columns);
  const fit = (line: string) => (line.length > width ? wrap(line, { width }) : line);
  return text.split("\n").map(fit).join("\n");
}

/** Asks a yes or no question on standard error; undefined if there is nobody to ask. */
export function asker(): ((question: string) => Promise<boolean>) | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const closed = new AbortController();
    terminal.once("SIGINT", () => closed.abort());
    terminal.once("close", () => closed.abort());
    try {
      const answer = await terminal.question(`${fitted(`${question} [y/N]`)} `, {
        signal: closed.signal,
      });
      return /^y(es)?$/i.test(answer.trim());
    } catch {
      // Ctrl-C and Ctrl-D are no.
      say("");
      return false;
    } finally {
      terminal.close();
    }
  };
}

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
