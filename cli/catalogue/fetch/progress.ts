import { withUnseenEscaped } from "../../../provider/text/messageText";

/** Where progress is shown: standard error, or a test's. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Goes to the first column, and empties the line: understood by every terminal that Node writes to. */
const EMPTY_LINE = "\r\u001b[K";

/** How many steps are one line if there is no terminal. */
const STEPS_A_LINE = 25;

/**
 * Says how far a long reading is: on a terminal in one line that changes, else in a line now and then. How much there
 * is to come is not known.
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

  /** One step more. @param text - How far it is. */
  step(text: string): void {
    this.#steps += 1;
    if (this.#isTerminal) {
      this.#shown = withUnseenEscaped(text).slice(0, (this.#stream.columns || 80) - 1);
      this.#stream.write(`${EMPTY_LINE}${this.#shown}`);
    } else if (this.#steps % STEPS_A_LINE === 0) this.#stream.write(`${text}\n`);
  }

  /** A line that stays. */
  line(text: string): void {
    if (this.#shown === "") this.#stream.write(`${text}\n`);
    else this.#stream.write(`${EMPTY_LINE}${text}\n${this.#shown}`);
  }

  /** Nothing moves any more: the line goes away. */
  end(): void {
    if (this.#shown !== "") this.#stream.write(EMPTY_LINE);
    this.#shown = "";
  }
}
