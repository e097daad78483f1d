import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import { requestIdOf } from "./answer";
import { batchBody, MAX_BATCH_REQUESTS, readBatch } from "./batch";
import { callOf, contextOf, GraphCall, within } from "./call";
import type { Clock } from "./clock";
import { TransportFailure } from "./sendMiddleware";

/** When no request has joined for so long, those that are there are sent; in milliseconds. */
const GATHER_QUIET_MS = 4;

/** No request waits longer for others to join it, in milliseconds. */
const GATHER_MOST_MS = 20;

/** Statuses of a batch as a whole that mean each of its requests, which is then tried again. */
const MEANT_FOR_EACH: ReadonlySet<number> = new Set([401, 429, 502, 503, 504]);

/** A request that waits for others to join it. */
interface Member {
  readonly context: Context;
  readonly call: GraphCall;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Lets requests that come at one moment travel together, as one `$batch`; a request that is alone goes
 * as it is. Each keeps its own answer: a status, headers and Retry-After, for what stands above in
 * the chain. Where a batch as a whole goes wrong, its requests are sent one by one.
 */
export class BatchMiddleware implements Middleware {
  #next: Middleware | undefined;
  #gathered: Member[] = [];
  #timer: NodeJS.Timeout | undefined;
  #firstMs = 0;
  /** Whether this Graph has batches, as far as is known. */
  #isServed = true;

  constructor(
    private readonly batch: URL,
    private readonly clock: Clock,
  ) {}

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const call = callOf(context);
    if (!call.mayJoin || !this.#isServed) return this.#next?.execute(context);
    const travelled = new Promise<void>((done, fail) => {
      this.#gather({ context, call, done, fail });
    });
    await within(call, travelled);
  }

  #gather(member: Member): void {
    const nowMs = performance.now();
    if (this.#gathered.length === 0) this.#firstMs = nowMs;
    this.#gathered.push(member);
    clearTimeout(this.#timer);
    const isFull = distinct(this.#gathered).length >= MAX_BATCH_REQUESTS;
    const leftMs = Math.min(GATHER_QUIET_MS, this.#firstMs + GATHER_MOST_MS - nowMs);
    if (isFull || leftMs <= 0) this.#depart();
    else this.#timer = setTimeout(() => this.#depart(), leftMs);
  }

  /** Sends what was gathered. It settles every member, and never throws. */
  #depart(): void {
    const members = this.#gathered.filter(({ call }) => !call.signal.aborted);
    this.#gathered = [];
    const groups = distinct(members);
    const sent = groups.length > 1 ? this.#together(groups) : this.#alone(members);
    sent.catch((error: unknown) => members.forEach(({ fail }) => void fail(error)));
  }

  /** Sends each member by itself. */
  async #alone(members: readonly Member[]): Promise<void> {
    await Promise.all(
      members.map(async ({ context, done, fail }) => {
        try {
          await this.#next?.execute(context);
          done();
        } catch (error) {
          fail(error);
        }
      }),
    );
  }

  async #together(groups: readonly (readonly Member[])[]): Promise<void> {
    const members = groups.flat();
    const response = await this.#send(groups, members);
    if (response === "each alone") return this.#alone(members);
    const { status, headers } = response;
    if (MEANT_FOR_EACH.has(status)) {
      for (const { context, done } of members) {
        context.response = new Response(null, { status, headers });
        done();
      }
      return;
    }
    if ([400, 404, 405, 501].includes(status)) this.#isServed = false;
    const [first] = members;
    const requestId = first && requestIdOf(first.call, headers);
    const text = status === 200 ? await response.text() : "";
    const answers = readBatch(text, requestId);
    const unanswered = groups.filter((group, place) => {
      const answer = answers.get(place);
      if (answer === undefined) return true;
      for (const { context, done } of group) {
        context.response = answer();
        done();
      }
      return false;
    });
    await this.#alone(unanswered.flat());
  }

  /** @returns the answer to the batch, or that it cannot be had. @throws TransportFailure */
  async #send(
    groups: readonly (readonly Member[])[],
    members: readonly Member[],
  ): Promise<Response | "each alone"> {
    const requests = groups.flatMap(([member]) => (member ? [requestOf(member, this.batch)] : []));
    const deadlineMs = Math.max(...members.map(({ call }) => call.deadlineMs));
    const { signal, stop } = whenAllEnd(members);
    const call = new GraphCall(
      { method: "POST", url: this.batch, path: "/$batch" },
      { deadlineMs, signal },
      this.clock,
    );
    const context = contextOf(call, {
      method: "POST",
      headers: { ...sharedHeaders(members), "content-type": "application/json" },
      body: batchBody(requests),
    });
    try {
      await this.#next?.execute(context);
      return context.response ?? "each alone";
    } catch (error) {
      if (error instanceof TransportFailure) throw error;
      return "each alone";
    } finally {
      call.close();
      stop();
    }
  }
}

/** Members that ask for the same, together: one request answers them all. */
function distinct(members: readonly Member[]): Member[][] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const { method, url } = member.call;
    const key = `${method} ${url.href} ${headersOf(member).accept ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()];
}

function requestOf(member: Member, batch: URL) {
  const { call } = member;
  const root = batch.pathname.replace(/\/\$batch$/, "");
  const { authorization: _, ...headers } = lowerCase(headersOf(member));
  return {
    method: call.method,
    url: `${call.url.pathname.slice(root.length)}${call.url.search}`,
    headers: { ...headers, "client-request-id": call.clientRequestId },
  };
}

/** What the batch itself is sent with: the session's token, and who sends. */
function sharedHeaders(members: readonly Member[]): Record<string, string> {
  const [first] = members;
  const { authorization = "", sdkversion } = first ? lowerCase(headersOf(first)) : {};
  return {
    accept: "application/json",
    authorization,
    ...(sdkversion !== undefined && { sdkversion }),
  };
}

function headersOf({ context }: Member): Record<string, string> {
  return (context.options?.headers ?? {}) as Record<string, string>;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** A signal that aborts when the last of the members has ended. */
function whenAllEnd(members: readonly Member[]) {
  const controller = new AbortController();
  const check = () => {
    if (members.every(({ call }) => call.signal.aborted)) controller.abort();
  };
  for (const { call } of members) call.signal.addEventListener("abort", check);
  const stop = () => {
    for (const { call } of members) call.signal.removeEventListener("abort", check);
  };
  return { signal: controller.signal, stop };
}
