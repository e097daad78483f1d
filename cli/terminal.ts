/**
 * The terminal of a person who runs a command: what is said on standard error, and questions.
 *
 * @module
 */
import { createInterface } from "node:readline/promises";
import { screenWidth, wrap } from "./catalogue/screen";

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

/** Asks for a text on standard error; undefined if there is nobody to ask. Ctrl-C and Ctrl-D are an empty text. */
export function textAsker(): ((question: string) => Promise<string>) | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const closed = new AbortController();
    terminal.once("SIGINT", () => closed.abort());
    terminal.once("close", () => closed.abort());
    try {
      return await terminal.question(`${fitted(question)} `, { signal: closed.signal });
    } catch {
      say("");
      return "";
    } finally {
      terminal.close();
    }
  };
}

/** Asks a yes or no question on standard error; undefined if there is nobody to ask. */
export function asker(): ((question: string) => Promise<boolean>) | undefined {
  const ask = textAsker();
  if (ask === undefined) return undefined;
  return async (question) => /^y(es)?$/i.test((await ask(`${question} [y/N]`)).trim());
}
