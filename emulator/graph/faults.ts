import type { Fault, Throttle } from "../types";
import { errorBody, intuneMessage, type RequestIds } from "./errors";

/** Faults as data: which fault a request gets, and how many times are left. */
export class Faults {
  #waiting: { readonly fault: Fault; skips: number; strikes: number }[] = [];

  /** Adds a fault. Throws TypeError if a server cannot answer with its status. */
  add(fault: Fault): void {
    const { status = 200 } = fault;
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new TypeError(`A fault cannot answer with the status ${status}.`);
    }
    this.#waiting.push({ fault, skips: fault.after ?? 0, strikes: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault for this request; taking it uses it once. */
  take(method: string, path: string, body = ""): Fault | undefined {
    const target = `${method} ${path}`;
    for (const entry of this.#waiting) {
      if (entry.strikes <= 0 || !isMatch(entry.fault.match, target)) continue;
      if (!body.includes(entry.fault.holds ?? "")) continue;
      if (entry.skips > 0) {
        entry.skips -= 1;
        continue;
      }
      entry.strikes -= 1;
      return entry.fault;
    }
    return undefined;
  }
}

/** Statuses whose answers have no body. */
const BODILESS = [204, 205, 304];

function isMatch(pattern: string, target: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(target);
}

/** The answer of a fault that replaces the request's; undefined if the fault lets the request through. */
export function faultyAnswer(fault: Fault, ids: RequestIds): Response | undefined {
  if (fault.status === undefined && fault.body === undefined) return undefined;
  const status = fault.status ?? 200;
  const message = fault.message ?? "A fault of the emulator.";
  const body =
    fault.body ??
    JSON.stringify(
      errorBody(
        fault.code ?? defaultCode(status),
        fault.intuneStyle ? intuneMessage(message, ids) : message,
        ids,
      ),
    );
  const headers = new Headers({
    "Content-Type": fault.contentType ?? "application/json",
    ...fault.headers,
  });
  if (fault.retryAfterSeconds !== undefined) {
    headers.set("Retry-After", String(fault.retryAfterSeconds));
  }
  return new Response(BODILESS.includes(status) ? null : body, { status, headers });
}

function defaultCode(status: number): string {
  const codes: Record<number, string> = {
    401: "InvalidAuthenticationToken",
    403: "accessDenied",
    404: "ResourceNotFound",
    429: "TooManyRequests",
    503: "serviceNotAvailable",
  };
  return codes[status] ?? "generalException";
}

/** Counts requests in a sliding window, and says how long the next one must wait. */
export class ThrottleGate {
  readonly #times: number[] = [];

  constructor(
    private readonly throttle: Throttle,
    private readonly clock: () => Date,
  ) {}

  /** Seconds to wait before the next request; undefined if this one may pass. */
  refuse(method: string): number | undefined {
    if (this.throttle.writesOnly && ["GET", "HEAD"].includes(method)) return undefined;
    const now = this.clock().getTime();
    const windowMs = this.throttle.perSeconds * 1000;
    while ((this.#times[0] ?? now) <= now - windowMs) this.#times.shift();
    if (this.#times.length < this.throttle.limit) {
      this.#times.push(now);
      return undefined;
    }
    return Math.max(1, Math.ceil(((this.#times[0] ?? now) + windowMs - now) / 1000));
  }

  reset(): void {
    this.#times.length = 0;
  }
}
