/**
 * TypeScript's language server, which editors start.
 *
 * @module
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

/** Bound of one answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 120_000;

interface Answer {
  readonly type: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

export class TypeScriptServer {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #sequence = 0;
  #text = "";

  /** @param server - Path of `tsserver.js`. */
  constructor(server: string, folder: string) {
    this.#child = spawn(process.execPath, [server, "--disableAutomaticTypingAcquisition"], {
      cwd: folder,
    });
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => this.#receive(text));
    this.#child.stderr.resume();
  }

  /** Opens a file. */
  open(file: string, fileContent: string): void {
    this.#send("open", { file, fileContent });
  }

  /** Names that are offered at a place; lines and columns count from 1. */
  async completions(file: string, line: number, offset: number): Promise<string[]> {
    const answer = await this.#ask("completionInfo", { file, line, offset });
    const { entries = [] } = (answer.body ?? {}) as { entries?: { name: string }[] };
    return entries.map(({ name }) => name);
  }

  close(): void {
    this.#child.kill();
  }

  #send(command: string, args: object): number {
    this.#sequence += 1;
    const request = { seq: this.#sequence, type: "request", command, arguments: args };
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.#sequence;
  }

  #ask(command: string, args: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sequence = this.#send(command, args);
      const timer = setTimeout(
        () => reject(new Error(`tsserver has not answered ${command} in ${ANSWER_TIMEOUT_MS} ms`)),
        ANSWER_TIMEOUT_MS,
      );
      this.#waiting.set(sequence, (answer) => {
        clearTimeout(timer);
        if (answer.success === true) resolve(answer);
        else reject(new Error(`tsserver refused ${command}: ${answer.message ?? ""}`));
      });
    });
  }

  /** Messages are a line each, after a header that says how long they are. */
  #receive(text: string): void {
    this.#text += text;
    const lines = this.#text.split("\n");
    this.#text = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith("{")) continue;
      const answer = JSON.parse(line) as Answer;
      if (answer.type !== "response" || answer.request_seq === undefined) continue;
      this.#waiting.get(answer.request_seq)?.(answer);
      this.#waiting.delete(answer.request_seq);
    }
  }
}
