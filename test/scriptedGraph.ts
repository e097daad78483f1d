/**
 * A Graph without a network: it writes down what is sent to it, and answers as a test tells it.
 *
 * @module
 */
import { strict as assert } from "node:assert";
import { type RequestInit, Response } from "undici";
import {
  createGraphClient,
  type GraphClient,
  resolveSessionConfig,
  type SessionConfig,
} from "../provider/graph";
import type { Transport } from "../provider/graph/transport";
import { PassingClock } from "./context";

/** Address that Graph claims. */
export const ORIGIN = "https://graph.test";

/** A request that came, or one of a batch. */
export interface Sent {
  readonly method: string;
  /** From the root of the API version, with the query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Answers a request; it may throw what a transport throws. */
export type Answer = (sent: Sent, init: RequestInit) => Response | Promise<Response>;

/** An answer with JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  const all = { "content-type": "application/json", ...headers };
  return () => new Response(JSON.stringify(body), { status, headers: all });
}

/** An answer without a body. */
export function empty(status: number, headers: Record<string, string> = {}): Answer {
  return () => new Response(null, { status, headers });
}

/** No answer, for a reason of the system. */
export function broken(code: string, message = code): Answer {
  return () => Promise.reject(Object.assign(new Error(message), { code }));
}

/** No answer until the request is stopped. */
export const silence: Answer = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    const stop = () => void reject(new Error("aborted"));
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop);
  });

/** Time that passes by itself, and is written down. */
export class WrittenClock extends PassingClock {
  readonly slept: number[] = [];

  override sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(new Error("aborted"));
    this.slept.push(ms);
    return super.sleep(ms);
  }
}

/** Gives the answers one after the other, the last one for ever. */
export class ScriptedGraph implements Transport {
  readonly sent: Sent[] = [];
  readonly addresses: string[] = [];
  readonly said: string[] = [];
  readonly clock = new WrittenClock();
  readonly tokens: string[] = [];
  answers: Answer[] = [];

  /** A client of this Graph, with a new token for everyone who asks. */
  client(settings: Record<string, string> = {}, more: Partial<SessionConfig> = {}): GraphClient {
    const all: Record<string, string> = { endpoint: ORIGIN, accessToken: "unused", ...settings };
    const config = { ...resolveSessionConfig((key) => all[key], {}), ...more };
    const credential = {
      isRenewable: true,
      getToken: () => {
        const token = `token-${this.tokens.length + 1}`;
        this.tokens.push(token);
        return Promise.resolve({ token, expiresOnTimestamp: this.clock.now() + 3_600_000 });
      },
    };
    const log = (line: string) => void this.said.push(line);
    return createGraphClient(config, credential, { transport: this, clock: this.clock, log });
  }

  async fetch(url: URL, init: RequestInit): Promise<Response> {
    const { method = "GET", body } = init;
    this.addresses.push(url.href);
    const path = `${url.pathname.replace(/^\/beta(?=\/)/, "")}${url.search}`;
    const headers = new Headers(init.headers as Record<string, string>);
    const text = body instanceof Uint8Array ? Buffer.from(body).toString() : String(body ?? "");
    const sent = { method, path, headers, body: text };
    this.sent.push(sent);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    return (answer ?? silence)(sent, init);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Method and path of each request that came. */
  get trips(): string[] {
    return this.sent.map(({ method, path }) => `${method} ${path}`);
  }
}

/**
 * Lets time stand still where requests gather for a batch, so that those of one moment travel together
 * however slow the machine is.
 */
export function gatherAtLeisure(): void {
  const { now } = performance;
  beforeEach(() => {
    performance.now = () => 0;
  });
  afterEach(() => {
    performance.now = now;
  });
}

/** Lets everything go on that waits neither for time nor for a network. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
}

/** The error that a call fails with. */
export async function failure(call: Promise<unknown>) {
  const error: unknown = await call.then(
    () => assert.fail("it was answered"),
    (reason: unknown) => reason,
  );
  return error as Error & { code?: string; status?: number; isAmbiguous?: boolean };
}

/** Answers a batch: each of its requests as it would be answered alone. */
export function batched(answer: Answer, order: (ids: unknown[]) => unknown[] = (r) => r): Answer {
  return async ({ body }, init) => {
    const { requests } = JSON.parse(body) as {
      requests: { id: string; method: string; url: string; headers: Record<string, string> }[];
    };
    const responses = await Promise.all(
      requests.map(async ({ id, method, url, headers }) => {
        const sent = { method, path: url, headers: new Headers(headers), body: "" };
        const response = await answer(sent, init);
        const text = await response.text();
        const given = Object.fromEntries(response.headers);
        const item = { id, status: response.status, headers: given };
        return text === "" ? item : { ...item, body: JSON.parse(text) as unknown };
      }),
    );
    return new Response(JSON.stringify({ responses: order(responses) }), {
      headers: { "content-type": "application/json", "request-id": "of-the-batch" },
    });
  };
}
