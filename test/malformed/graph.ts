/**
 * A Graph without a network, which gives the answers it is told, however odd they are.
 *
 * @module
 */
import { Response } from "undici";
import { createGraphClient, type GraphClient, resolveSessionConfig } from "../../provider/graph";
import type { Transport } from "../../provider/graph/transport";
import type { LifecycleContext } from "../../provider/update/lifecycle";
import { PassingClock, testContext } from "../context";

/** Address that Graph claims. */
export const ORIGIN = "http://127.0.0.1:1";

/** Text in every piece of the session's token; it must stand in no message. */
export const MARK = "S3CR3T";

/** The session's token: opaque, and longer than what messages show, so that a piece is found too. */
export const TOKEN = Array.from({ length: 120 }, (_, at) => `${MARK}${at}`).join("-");

/** More requests than the longest chain that may be followed: beyond, something does not end. */
const MOST_REQUESTS = 12_000;

/** Graph's answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Statuses whose answers have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** Gives the answers one after the other, then all of them again. */
export class HostileGraph implements Transport {
  /** Number of requests. */
  count = 0;
  /** Requests to anywhere else than this Graph. */
  readonly astray: string[] = [];
  /** Lines for whoever runs the update. */
  readonly said: string[] = [];
  readonly client: GraphClient;
  readonly #clock = new PassingClock();

  constructor(private readonly answer: (number: number, url: URL) => Answer) {
    const settings: Record<string, string> = { endpoint: ORIGIN, accessToken: TOKEN };
    const config = resolveSessionConfig((key) => ({ ...settings, maxRetries: "2" })[key], {});
    const credential = {
      isRenewable: false,
      getToken: () => Promise.resolve({ token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 }),
    };
    const log = (line: string) => void this.said.push(line);
    const options = { transport: this, clock: this.#clock, log };
    this.client = createGraphClient(config, credential, options);
  }

  fetch(url: URL): Promise<Response> {
    if (url.origin !== ORIGIN) this.astray.push(url.href);
    this.count += 1;
    if (this.count > MOST_REQUESTS) throw new RangeError(`${MOST_REQUESTS} requests and no end`);
    const { status, headers, body } = this.answer(this.count - 1, url);
    return Promise.resolve(
      new Response(BODILESS.has(status) ? null : body, { status, headers: { ...headers } }),
    );
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Context of a lifecycle. */
  context(): LifecycleContext {
    const log = (line: string) => void this.said.push(line);
    return testContext({ graph: this.client, log, clock: this.#clock });
  }
}

/** An answer with JSON and a request id, as Graph gives them. */
export function json(body: unknown, headers: Record<string, string> = {}, status = 200): Answer {
  return {
    status,
    headers: { "content-type": "application/json", "request-id": "r-1", ...headers },
    body: JSON.stringify(body),
  };
}

/** A Graph that answers every request alike. */
export function always(answer: Answer): HostileGraph {
  return new HostileGraph(() => answer);
}
