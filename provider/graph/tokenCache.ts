import type { AccessToken } from "@azure/identity";
import type { Clock } from "./clock";
import type { SessionCredential } from "./credential";

/** A token is replaced at most this long before its expiry, in milliseconds. */
const REFRESH_AHEAD_MS = 5 * 60_000;

/** Part of its lifetime after which a short-lived token is replaced. */
const USED_PART = 0.75;

/** The part of a credential that the cache needs. */
export type TokenSource = Pick<SessionCredential, "getToken"> & { readonly isRenewable?: boolean };

interface HeldToken extends AccessToken {
  readonly refreshAtMs: number;
}

/** Keeps a session's token. Concurrent callers share one fetch. */
export class TokenCache {
  #held: HeldToken | undefined;
  #pending: Promise<string> | undefined;

  constructor(
    private readonly source: TokenSource,
    private readonly scope: string,
    private readonly clock: Pick<Clock, "now">,
  ) {}

  /** A token that stays valid for some time. */
  async get(): Promise<string> {
    const held = this.#held;
    if (held !== undefined && this.clock.now() < held.refreshAtMs) return held.token;
    try {
      return await this.#fetch(false);
    } catch (error) {
      // Replacing it early failed: use it until it expires, and try again with every call.
      if (held !== undefined && this.clock.now() < held.expiresOnTimestamp) return held.token;
      throw error;
    }
  }

  /**
   * A token to replace one that Graph refused.
   *
   * @returns undefined if there is none.
   */
  async replace(refused: string): Promise<string | undefined> {
    if (this.#held !== undefined && this.#held.token !== refused) return this.get();
    if (this.source.isRenewable === false) return undefined;
    const fresh = await this.#fetch(true);
    return fresh === refused ? undefined : fresh;
  }

  /** The current token, so that it can be kept out of messages. */
  get held(): string | undefined {
    return this.#held?.token;
  }

  #fetch(isFresh: boolean): Promise<string> {
    this.#pending ??= this.#hold(isFresh).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #hold(isFresh: boolean): Promise<string> {
    const token = await this.source.getToken(this.scope, { isFresh });
    const now = this.clock.now();
    const lifeMs = token.expiresOnTimestamp - now;
    const refreshAtMs = Math.max(
      token.expiresOnTimestamp - REFRESH_AHEAD_MS,
      now + lifeMs * USED_PART,
    );
    this.#held = { ...token, refreshAtMs };
    return token.token;
  }
}
