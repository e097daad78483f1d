import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import { callOf, type GraphCall, within } from "./call";
import type { TokenCache } from "./tokenCache";

/**
 * Adds the session's token to requests to its own Graph. If Graph refuses the token, asks once for a fresh
 * one.
 *
 * The library's AuthenticationHandler compares https hosts with a list and ignores their port. It would
 * leave an emulator on http without a token, and give one to another port of a listed host. It also does
 * not handle 401.
 */
export class AuthenticationMiddleware implements Middleware {
  #next: Middleware | undefined;

  constructor(
    private readonly tokens: TokenCache,
    private readonly origin: string,
  ) {}

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const call = callOf(context);
    if (call.url.origin !== this.origin) {
      throw new TypeError("a request to a host that is not the session's Graph");
    }
    const token = await within(call, this.tokens.get());
    await this.#send(context, call, token);
    if (context.response?.status !== 401) return;
    const other = await within(call, this.tokens.replace(token));
    if (other !== undefined) await this.#send(context, call, other);
  }

  async #send(context: Context, call: GraphCall, token: string): Promise<void> {
    call.keepSecret(token);
    const headers = { ...(context.options?.headers as Record<string, string> | undefined) };
    context.options = {
      ...context.options,
      headers: { ...headers, Authorization: `Bearer ${token}` },
    };
    await this.#next?.execute(context);
  }
}
