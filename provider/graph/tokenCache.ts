import type { AccessToken } from "@azure/identity";
import type { Clock } from "./clock";
import type { SessionCredential } from "./credential";

/** How long before its end a token is replaced at most, in milliseconds. */
const REFRESH_AHEAD_MS = 5 * 60_000;

/** A short-lived token is used for this part of its life before it is replaced. */
const USED_PART = 0.75;

/** The part of a credential that a session needs. */
export type TokenSource = Pick<SessionCredential, "getToken"> & { readonly isRenewable?: boolean };

interface HeldToken extends AccessToken {
  readonly refreshAtMs: number;
}

/** Keeps a session's token: everybody who asks at the same moment shares one fetch. */
export class TokenCache {
  #held: HeldToken | undefined;
  #pending: Promise<string> | undefined;

  constructor(
    private readonly source: TokenSource,
    private readonly scope: string,
    private readonly clock: Pick<Clock, "now">,
  ) {}

  /** A token that is valid for some time yet. */
  async get(): Promise<string> {
    const held = this.#held;
    if (held !== undefined && this.clock.now() < held.refreshAtMs) return held.token;
    try {
      return await this.#fetch(false);
    } catch (error) {
      // It was to be replaced ahead of time: until its end there is another try with every call.
      if (held !== undefined && this.clock.now() < held.expiresOnTimestamp) return held.token;
      throw error;
    }
  }

  /**
   * A token in the place of one that Graph refused.
   *
   * @returns undefined if there is no other.
   */
  async replace(refused: string): Promise<string | undefined> {
    if (this.#held !== undefined && this.#held.token !== refused) return this.get();
    if (this.source.isRenewable === false) return undefined;
    const fresh = await this.#fetch(true);
    return fresh === refused ? undefined : fresh;
  }

  /** The token that is in use, so that it can be kept out of messages. */
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
