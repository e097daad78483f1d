import { createCredential, OfficeConfigurationError } from "../../provider/graph";
import { actualTenant } from "../../provider/graph/actualTenant";
import { type Caller, callerOf, type Grants, grantsOf } from "../../provider/graph/caller";
import { scopeOf } from "../../provider/graph/config/clouds";
import { materialOf } from "../../provider/graph/config/credentialChoice";
import type { CredentialKind, SessionConfig } from "../../provider/graph/config/sessionTypes";
import { SettingSources } from "../../provider/graph/config/settingSources";
import type { CredentialOptions } from "../../provider/graph/credential";
import { microsoftsApp } from "../../provider/graph/microsoftsApps";
import { timeLimit } from "../../provider/graph/timeLimit";
import type { TokenSource } from "../../provider/graph/tokenCache";

/** Time limit of a sign-in in milliseconds. */
const SIGN_IN_MS = 60_000;

/** Time limit of a sign-in in which somebody enters a code: the code's lifetime, in milliseconds. */
const DEVICE_CODE_MS = 15 * 60_000;

/** A sign-in: who asks, for which tenant, and with which rights. */
export interface SignIn extends Grants {
  readonly credential: CredentialKind;
  /** The variable or option that selects the credential; undefined if nothing does. */
  readonly from?: string;
  readonly caller?: Caller["kind"];
  /** Name of the app if it is one of Microsoft's own. */
  readonly microsoftsApp?: string;
  /** GUID of the tenant, if the token or the settings name it. */
  readonly tenantId?: string;
}

/** A sign-in, and its token for clients. */
export interface SignedIn {
  readonly facts: SignIn;
  readonly source: TokenSource;
  /** The token: only to keep it out of texts. */
  readonly secret: string;
}

/** Sources of the settings: the command's options and the environment. */
export interface SettingTexts {
  readonly option: (name: string) => string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Signs in once, for all requests of the doctor.
 *
 * @throws CredentialError without a token, OfficeConfigurationError after the time limit or for another tenant than the
 *   settings name.
 */
export async function signIn(
  config: SessionConfig,
  texts: SettingTexts,
  options: CredentialOptions,
): Promise<SignedIn> {
  const { kind } = config.credential;
  const credential = createCredential(config, options);
  const held = await inTime(credential.getToken(scopeOf(config.cloud)), kind);
  const caller = callerOf(held.token);
  const grants = grantsOf(held.token);
  const { tenantId: configured, cloud, onTenantChange } = config;
  const session = {
    ...(configured !== undefined && { tenantId: configured }),
    cloud,
    onTenantChange,
    credential: kind,
  };
  const tenantId = actualTenant(session, caller);
  const from = sourceOf(kind, texts);
  const ofMicrosoft = microsoftsApp(grants.clientId);
  return {
    facts: {
      ...grants,
      credential: kind,
      ...(from !== undefined && { from }),
      ...(caller.kind !== undefined && { caller: caller.kind }),
      ...(ofMicrosoft !== undefined && { microsoftsApp: ofMicrosoft }),
      ...(tenantId !== undefined && { tenantId }),
    },
    source: { getToken: () => Promise.resolve(held), isRenewable: false },
    secret: held.token,
  };
}

async function inTime<T>(work: Promise<T>, kind: CredentialKind): Promise<T> {
  const ms = kind === "deviceCode" ? DEVICE_CODE_MS : SIGN_IN_MS;
  const limit = timeLimit(ms);
  const ended = new Promise<never>((_, reject) => {
    limit.signal.addEventListener("abort", () => {
      reject(
        new OfficeConfigurationError(
          `Sign-in with the credential "${kind}" did not end within ${ms / 1_000} s.\n` +
            "Check that this machine reaches the login, or choose another credential with --credential.",
        ),
      );
    });
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    limit.release();
  }
}

/** The name of the setting that selects a kind of credential. */
function sourceOf(kind: CredentialKind, { option, env }: SettingTexts): string | undefined {
  const sources = new SettingSources(option, env);
  for (const setting of materialOf(kind)) {
    const found = sources.find(setting);
    if (found !== undefined) return sources.nameOf(setting, found);
  }
  return undefined;
}
