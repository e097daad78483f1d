import { withUnseenEscaped } from "../../../provider/text/messageText";

/** Stream for progress: standard error, or a test's. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Moves to the first column and empties the line. Every terminal that Node writes to understands it. */
const EMPTY_LINE = "\r\u001b[K";

/** Steps for each line if there is no terminal. */
const STEPS_A_LINE = 25;

/**
 * Shows how far a long reading is: one changing line on a terminal, otherwise a line from time to time. The total is
 * not known.
 */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #isTerminal: boolean;
  #shown = "";
  #steps = 0;

  constructor(stream: ProgressStream = process.stderr, env: NodeJS.ProcessEnv = process.env) {
    this.#stream = stream;
    this.#isTerminal = stream.isTTY === true && env.TERM !== "dumb";
  }

  /** Counts a step. @param text - How far the reading is. */
  step(text: string): void {
    this.#steps += 1;
    if (this.#isTerminal) {
      this.#shown = withUnseenEscaped(text).slice(0, (this.#stream.columns || 80) - 1);
      this.#stream.write(`${EMPTY_LINE}${this.#shown}`);
    } else if (this.#steps % STEPS_A_LINE === 0) this.#stream.write(`${text}\n`);
  }

  /** Writes a line that stays. */
  line(text: string): void {
    if (this.#shown === "") this.#stream.write(`${text}\n`);
    else this.#stream.write(`${EMPTY_LINE}${text}\n${this.#shown}`);
  }

  /** Removes the changing line. */
  end(): void {
    if (this.#shown !== "") this.#stream.write(EMPTY_LINE);
    this.#shown = "";
  }
}
