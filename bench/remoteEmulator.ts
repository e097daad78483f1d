/**
 * The parent's side of an emulator in a process of its own.
 *
 * @module
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Emulator, EmulatorOptions } from "../emulator";

/** Requests to an emulator since the last count, and the contents of its tenant. */
export interface RequestCounts {
  /** Requests as Graph counts them: each of a batch, and not the batch. */
  readonly requests: number;
  /** Requests as the network has them: a batch is one. */
  readonly roundTrips: number;
  /** Answers with status 429. */
  readonly throttled: number;
  /** Writes that were carried out. */
  readonly writes: number;
  /** From the arrival of the first of them to the end of the last, in seconds. */
  readonly writeSeconds: number;
  /** Policies in the tenant now. */
  readonly policies: number;
}

/** First message of an emulator once it runs. */
export type EmulatorFacts = Pick<Emulator, "url" | "accessToken" | "tenantId" | "certificate">;

/** An emulator in a process of its own. */
export class RemoteEmulator {
  private constructor(
    private readonly child: ChildProcess,
    private readonly facts: EmulatorFacts,
  ) {}

  get url(): string {
    return this.facts.url;
  }

  get accessToken(): string {
    return this.facts.accessToken;
  }

  get tenantId(): string {
    return this.facts.tenantId;
  }

  /** The certificate to trust, PEM, with `tls`. */
  get certificate(): string | undefined {
    return this.facts.certificate;
  }

  /** Starts one. Its options travel as JSON: no clock and no ids. */
  static async start(options: EmulatorOptions = {}): Promise<RemoteEmulator> {
    const child = fork(join(__dirname, "emulatorProcess.ts"), [JSON.stringify(options)], {
      execArgv: ["--require", "ts-node/register/transpile-only"],
    });
    return new RemoteEmulator(child, await answerOf<EmulatorFacts>(child));
  }

  /** Counts what came since the last count. */
  async count(): Promise<RequestCounts> {
    const answer = answerOf<RequestCounts>(this.child);
    this.child.send("count");
    return answer;
  }

  /** Ends it. */
  async close(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.disconnect();
    await ended;
  }
}

/** The next message; an emulator that ends instead is an error, not a wait without end. */
async function answerOf<T>(child: ChildProcess): Promise<T> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    return await Promise.race([
      once(child, "message", { signal }).then(([message]) => message as T),
      once(child, "exit", { signal }).then(([code]) => {
        throw new Error(`The emulator's process ended with code ${code} before it answered.`);
      }),
    ]);
  } finally {
    waiting.abort();
  }
}
