/**
 * Progress of a run on standard error: on a terminal a line for each running stack and one with the numbers, elsewhere a
 * line for each stack that is done.
 *
 * @module
 */
import { cut, withUnseenEscaped } from "../../provider/text/messageText";
import { screenWidth, wrap } from "../catalogue/screen";
import type { StackResult } from "./result";
import { changesText, shownName } from "./resultWords";

/** Stream for progress. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Columns of a terminal that does not tell. */
const STANDARD_COLUMNS = 80;

/** Shows a run. */
export class Progress {
  readonly #running = new Map<string, { readonly startedAtMs: number; step: string }>();
  #done = 0;
  #failed = 0;
  #spentMs = 0;
  #lines = 0;

  /**
   * @param total - Number of stacks.
   * @param now - Time in milliseconds.
   */
  constructor(
    private readonly screen: Screen,
    private readonly run: { readonly total: number; readonly parallel: number },
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A stack begins. */
  begin(stack: string): void {
    this.#running.set(stack, { startedAtMs: this.now(), step: "" });
    this.redraw();
  }

  /** A stack does something. */
  step(stack: string, step: string): void {
    const running = this.#running.get(stack);
    if (running !== undefined) running.step = step;
  }

  /** A stack is done. */
  end(result: StackResult): void {
    const startedAtMs = this.#running.get(result.stack)?.startedAtMs ?? this.now();
    this.#running.delete(result.stack);
    this.#done += 1;
    this.#spentMs += this.now() - startedAtMs;
    if (result.error !== undefined) this.#failed += 1;
    // On a terminal only failures are worth a line that stays.
    if (this.screen.isTTY !== true || result.error !== undefined) this.say(this.#endLine(result));
    this.redraw();
  }

  /** A line that stays. */
  say(line: string): void {
    this.#erase();
    const width = this.screen.isTTY === true ? this.#columns() : Number.POSITIVE_INFINITY;
    this.screen.write(`${wrap(line, { width, others: "  " })}\n`);
    this.redraw();
  }

  /** Draws what runs, on a terminal. */
  redraw(): void {
    if (this.screen.isTTY !== true) return;
    this.#erase();
    if (this.#running.size === 0) return;
    const lines = [...this.#runningLines(), this.#countLine()].map((line) => this.#fitted(line));
    this.#lines = lines.length;
    this.screen.write(`${lines.join("\n")}\n`);
  }

  /** Takes away what was drawn. */
  clear(): void {
    this.#erase();
  }

  #erase(): void {
    // Up so many lines, and all below is gone.
    if (this.#lines > 0) this.screen.write(`\u001b[${this.#lines}A\u001b[0J`);
    this.#lines = 0;
  }

  #runningLines(): string[] {
    const names = [...this.#running.keys()].map(shownName);
    const width = Math.min(30, Math.max(0, ...names.map((name) => name.length)));
    return [...this.#running].map(([stack, { startedAtMs, step }]) => {
      const time = secondsText(this.now() - startedAtMs).padStart(6);
      const name = shownName(stack);
      const shown = name.length > width ? cut(name, width - 1) : name.padEnd(width);
      return `  ${shown} ${time}  ${step}`.trimEnd();
    });
  }

  #countLine(): string {
    const failed = this.#failed === 0 ? "" : `, ${this.#failed} failed`;
    return `${this.#done} of ${this.run.total} done${failed}${this.#estimate()}`;
  }

  /** Estimate of the time that is left, by the mean of the stacks that are done. */
  #estimate(): string {
    const { total, parallel } = this.run;
    if (this.#done === 0) return "";
    const left = ((total - this.#done) * (this.#spentMs / this.#done)) / Math.min(parallel, total);
    return `, about ${roughly(left)} left`;
  }

  #endLine({ stack, result, changes, error, seconds }: StackResult): string {
    const count = `[${this.#done}/${this.run.total}]`;
    const time = secondsText(seconds * 1_000);
    const what =
      error === undefined
        ? changes.length === 0
          ? "no changes"
          : `${result === "drifted" ? "drifted, " : ""}${changesText(changes.length)}`
        : `failed: ${error.cause}`;
    const name = shownName(stack);
    return this.screen.isTTY === true ? `${name} ${what}` : `${count} ${name}: ${what} (${time})`;
  }

  #fitted(line: string): string {
    // The last column stays free: some terminals go to the next line when it is filled.
    return cut(withUnseenEscaped(line), this.#columns() - 2);
  }

  #columns(): number {
    return screenWidth(this.screen.columns ?? STANDARD_COLUMNS);
  }
}

function secondsText(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}

function roughly(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 55) return `${Math.max(5, Math.ceil(seconds / 5) * 5)} s`;
  return `${Math.ceil(seconds / 60)} min`;
}
