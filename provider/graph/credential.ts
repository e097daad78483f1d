/**
 * Tokens for Graph, from the session's credential of any kind.
 *
 * @module
 */
import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/identity";
import type { CredentialKind, SessionConfig } from "./config/sessionTypes";
import { credentialError } from "./credentialFailure";
import { loadIdentity, loginOf } from "./identity";
import type { Log } from "./types";

/** Options of a new credential. */
export interface CredentialOptions {
  /** Tells the user how to sign in (device code). @default Says nothing. */
  readonly log?: Log;
  /** Makes the credential that asks Microsoft Entra. @default the credential of the Azure SDK */
  readonly load?: typeof loadIdentity;
}

/** A credential that can return a token which is not cached. */
export interface SessionCredential extends TokenCredential {
  readonly kind: CredentialKind;
  /** Whether it can return a token other than the one it gave. */
  readonly isRenewable: boolean;
  /**
   * @param options - `isFresh`: not a token from a cache.
   * @throws CredentialError
   */
  getToken(
    scopes: string | string[],
    options?: GetTokenOptions & { readonly isFresh?: boolean },
  ): Promise<AccessToken>;
}

/** Makes the credential of a session. It loads and requests nothing before the first token. */
export function createCredential(
  config: SessionConfig,
  { log, load = loadIdentity }: CredentialOptions = {},
): SessionCredential {
  const { credential } = config;
  if (credential.kind === "accessToken") return givenToken(credential.accessToken);
  /** One sign-in serves many tokens, also after one could not be had. */
  let kept: Promise<TokenCredential> | undefined;
  const made = () => {
    const loading = load(config, log);
    // Try again next time: the load may succeed then.
    loading.catch(() => {
      if (kept === loading) kept = undefined;
    });
    return loading;
  };
  return {
    kind: credential.kind,
    isRenewable: true,
    async getToken(scopes, { isFresh = false, ...options } = {}) {
      try {
        kept ??= made();
        // The library caches tokens in the credential and offers no way around its cache.
        const asked = isFresh ? made() : kept;
        const token = await (await asked).getToken(scopes, options);
        if (token === null) throw new Error("no token was given");
        kept = asked;
        return token;
      } catch (error) {
        throw credentialError(credential, error, loginOf(config));
      }
    },
  };
}

function givenToken(token: string): SessionCredential {
  return {
    kind: "accessToken",
    isRenewable: false,
    // The expiry is unknown; Graph reports it with 401.
    getToken: () => Promise.resolve({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
  };
}
