/**
 * Tokens for Graph, from whichever kind of credential a session has.
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
  /** Says what a user has to do to sign in (device code). @default Says nothing. */
  readonly log?: Log;
  /** Makes what asks Microsoft Entra. @default the credential of the Azure SDK */
  readonly load?: typeof loadIdentity;
}

/** A credential that can be asked for a token nobody has seen before. */
export interface SessionCredential extends TokenCredential {
  readonly kind: CredentialKind;
  /** Whether it can give another token than the one it gave. */
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

/** Makes the credential of a session. Nothing is loaded or asked before the first token is. */
export function createCredential(
  config: SessionConfig,
  { log, load = loadIdentity }: CredentialOptions = {},
): SessionCredential {
  const { credential } = config;
  if (credential.kind === "accessToken") return givenToken(credential.accessToken);
  /** Who has signed in may be asked for many tokens, also after one could not be had. */
  let kept: Promise<TokenCredential> | undefined;
  const made = () => {
    const loading = load(config, log);
    // Try again next time: loading may work then.
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
        // The library caches tokens in the credential and has no way to pass its cache by.
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
    // Nobody said when it expires; Graph does, with 401.
    getToken: () => Promise.resolve({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
  };
}
