import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import { requestIdOf } from "./answer";
import { type BatchRequest, batchBody, MAX_BATCH_REQUESTS, readBatch } from "./batch";
import { callOf, contextOf, GraphCall, within } from "./call";
import type { Clock } from "./clock";
import { answeredByLook, looksFirst, lookThenSend, withLook } from "./lookFirst";
import { TransportFailure } from "./sendMiddleware";

/** A batch leaves when no request has joined for this long, in milliseconds. */
const GATHER_QUIET_MS = 4;

/** Longest time that a request waits for others to join it, in milliseconds. */
const GATHER_MOST_MS = 20;

/** Statuses of a whole batch that apply to each of its requests. Each of them is then tried again. */
const MEANT_FOR_EACH: ReadonlySet<number> = new Set([401, 429, 502, 503, 504]);

/** After this many batches in a row without a readable answer, batching pauses. */
const REFUSALS_TO_REST = 3;

/** Length of that pause, in milliseconds. */
const REST_MS = 60_000;

/** A request that waits for others to join it. */
interface Member {
  readonly context: Context;
  readonly call: GraphCall;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Sends requests of the same moment together, as one `$batch`; sends a single request as it is. Each
 * request gets its own answer (status, headers, Retry-After), which the middleware above it handles. If a
 * whole batch fails, its requests are sent one by one.
 */
export class BatchMiddleware implements Middleware {
  #next: Middleware | undefined;
  #gathered: Member[] = [];
  #timer: NodeJS.Timeout | undefined;
  #firstMs = 0;
  /** Batches in a row that were refused. */
  #refusals = 0;
  /** Time at which batching starts again, in milliseconds since the epoch. */
  #restUntilMs = 0;

  constructor(
    private readonly batch: URL,
    private readonly clock: Clock,
  ) {}

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const call = callOf(context);
    if (!call.mayJoin) return this.#next?.execute(context);
    if (this.clock.now() < this.#restUntilMs) return this.#sendAlone(context, call);
    const travelled = new Promise<void>((done, fail) => {
      this.#gather({ context, call, done, fail });
    });
    await within(call, travelled);
  }

  #gather(member: Member): void {
    const nowMs = performance.now();
    const size = sizeOf(distinct([...this.#gathered, member]));
    if (size > MAX_BATCH_REQUESTS) this.#depart();
    if (this.#gathered.length === 0) this.#firstMs = nowMs;
    this.#gathered.push(member);
    clearTimeout(this.#timer);
    const isFull = size === MAX_BATCH_REQUESTS;
    const leftMs = Math.min(GATHER_QUIET_MS, this.#firstMs + GATHER_MOST_MS - nowMs);
    if (isFull || leftMs <= 0) this.#depart();
    else this.#timer = setTimeout(() => this.#depart(), leftMs);
  }

  /** Sends the gathered requests. Settles every member, and never throws. */
  #depart(): void {
    const members = this.#gathered.filter(({ call }) => !call.signal.aborted);
    this.#gathered = [];
    const groups = distinct(members);
    const sent = sizeOf(groups) > 1 ? this.#together(groups) : this.#alone(members);
    sent.catch((error: unknown) => members.forEach(({ fail }) => void fail(error)));
  }

  /** Sends each member separately. */
  async #alone(members: readonly Member[]): Promise<void> {
    await Promise.all(
      members.map(async ({ context, call, done, fail }) => {
        try {
          await this.#sendAlone(context, call);
          done();
        } catch (error) {
          fail(error);
        }
      }),
    );
  }

  async #sendAlone(context: Context, call: GraphCall): Promise<void> {
    const middleware = this.#next;
    if (middleware === undefined || !looksFirst(call)) return middleware?.execute(context);
    await lookThenSend(context, call, { middleware, clock: this.clock });
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
    const [first] = members;
    const requestId = first && requestIdOf(first.call, headers);
    const text = status === 200 ? await response.text() : "";
    const answers = readBatch(text, requestId);
    this.#noteRefusal(answers.size === 0);
    const unanswered = placed(groups).filter(({ group, look, place }) => {
      for (const { context, call, done } of group) {
        const answer = answerTo(call, answers.get(look)?.(), answers.get(place)?.());
        if (answer === undefined) return true;
        context.response = answer;
        done();
      }
      return false;
    });
    await this.#alone(unanswered.flatMap(({ group }) => group));
  }

  /** One refused batch may be due to its contents; several in a row mean that this Graph has no batches. */
  #noteRefusal(isRefused: boolean): void {
    this.#refusals = isRefused ? this.#refusals + 1 : 0;
    if (this.#refusals >= REFUSALS_TO_REST) this.#restUntilMs = this.clock.now() + REST_MS;
  }

  /** @returns the answer to the batch, or that there is none. @throws TransportFailure */
  async #send(
    groups: readonly (readonly Member[])[],
    members: readonly Member[],
  ): Promise<Response | "each alone"> {
    const requests = placed(groups).flatMap((group) => requestsOf(group, this.batch));
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

/** Groups members with the same request: one request answers them all. */
function distinct(members: readonly Member[]): Member[][] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const { method, url } = member.call;
    const key = `${method} ${url.href} ${headersOf(member).accept ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()];
}

/** Members with one request, and the positions of its answer and of its look's; -1 if it has no look. */
interface Placed {
  readonly group: readonly Member[];
  readonly look: number;
  readonly place: number;
}

function placed(groups: readonly (readonly Member[])[]): Placed[] {
  let size = 0;
  return groups.map((group) => {
    const look = group.some(({ call }) => looksFirst(call)) ? size++ : -1;
    return { group, look, place: size++ };
  });
}

/** Number of requests that the groups need. */
function sizeOf(groups: readonly (readonly Member[])[]): number {
  return (placed(groups).at(-1)?.place ?? -1) + 1;
}

/** The answer to a request of a batch; undefined if the request must be sent separately. */
function answerTo(
  call: GraphCall,
  look: Response | undefined,
  answer: Response | undefined,
): Response | undefined {
  if (!looksFirst(call)) return answer;
  if (look === undefined) return undefined;
  const early = answeredByLook(call, look);
  if (early !== undefined) return early;
  // The look failed for good: delete the object unseen.
  return answer === undefined || answer.status === 424 ? undefined : withLook(call, answer);
}

function requestsOf({ group: [member], look }: Placed, batch: URL): BatchRequest[] {
  if (member === undefined) return [];
  const { call } = member;
  const root = batch.pathname.replace(/\/\$batch$/, "");
  const { authorization: _, ...own } = lowerCase(headersOf(member));
  const headers = { ...own, "client-request-id": call.clientRequestId };
  const relative = ({ pathname, search }: URL) => `${pathname.slice(root.length)}${search}`;
  const request = { method: call.method, url: relative(call.url), headers };
  if (call.look === undefined) return [request];
  return [
    { method: "GET", url: relative(call.look), headers },
    { ...request, dependsOn: [String(look)] },
  ];
}

/** Headers of the batch itself: the session's token, and the sender. */
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
