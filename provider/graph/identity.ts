import type { TokenCredential, TokenCredentialOptions } from "@azure/identity";
import { checkCertificate } from "./certificate";
import { cloudOf, MICROSOFT_LOGIN_ORIGINS } from "./config/clouds";
import type { SessionConfig } from "./config/sessionTypes";
import { azurePipelinesToken, gitHubToken } from "./oidc";
import { type ProxyError, proxyOf, proxySettings, refusedByProxy } from "./proxies";
import type { Log } from "./types";

/** Origin of the login that a session asks for tokens. */
export function loginOf({ authority, cloud }: SessionConfig): string {
  return authority ?? cloudOf(cloud).login;
}

const azureSdk = () => import("@azure/identity");

/** The library that signs in. */
export type AzureSdk = Awaited<ReturnType<typeof azureSdk>>;

/**
 * The Azure SDK's credential for a session's settings.
 *
 * Loaded with the first token: the library takes longer to load than everything else, and a session that
 * has a given token, or is never used, does not need it.
 *
 * @param load - Loads the Azure SDK.
 * @throws SignInProblem if a proxy is misspelt or a certificate's file is unusable. `getToken` fails with a
 *   SignInProblem if a proxy refuses.
 */
export async function loadIdentity(
  config: SessionConfig,
  log: Log = () => {},
  load: () => Promise<AzureSdk> = azureSdk,
): Promise<TokenCredential> {
  // The CLI is a separate program with the same environment.
  const proxy = config.credential.kind === "azureCli" ? undefined : proxyOf(process.env);
  if (proxy === undefined) return credentialOf(config, {}, { log, load });
  let refusal: ProxyError | undefined;
  const policy: PipelinePolicy = {
    name: "refusedByProxy",
    sendRequest: async (request, next) => {
      const answer = await next(request);
      if (answer.status !== 407) return answer;
      refusal = refusedByProxy(proxy, answer.status, new URL(request.url).host);
      throw refusal;
    },
  };
  const additionalPolicies = [{ policy, position: "perCall" as const }];
  const network = { proxyOptions: proxySettings(proxy), additionalPolicies };
  const credential = await credentialOf(config, network, { log, load });
  return {
    getToken: async (scopes, options) => {
      refusal = undefined;
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        // The library turns the errors of its pipeline into "network_error".
        throw refusal ?? error;
      }
    },
  };
}

type PipelinePolicy = NonNullable<TokenCredentialOptions["additionalPolicies"]>[number]["policy"];

/** @param network - How the library sends its requests. */
async function credentialOf(
  config: SessionConfig,
  network: TokenCredentialOptions,
  { log, load }: { readonly log: Log; readonly load: () => Promise<AzureSdk> },
): Promise<TokenCredential> {
  const azure = await load();
  const { credential } = config;
  const authorityHost = loginOf(config);
  // Microsoft knows only its own logins: looking up another one there would fail.
  const options = {
    authorityHost,
    disableInstanceDiscovery: !MICROSOFT_LOGIN_ORIGINS.has(authorityHost),
    ...network,
  };
  switch (credential.kind) {
    case "clientSecret": {
      const { tenantId, clientId, clientSecret } = credential;
      return new azure.ClientSecretCredential(tenantId, clientId, clientSecret, options);
    }
    case "clientCertificate": {
      const { tenantId, clientId, clientCertificatePath, clientCertificatePassword } = credential;
      await checkCertificate({ path: clientCertificatePath, password: clientCertificatePassword });
      const certificate = {
        certificatePath: clientCertificatePath,
        ...(clientCertificatePassword && { certificatePassword: clientCertificatePassword }),
      };
      return new azure.ClientCertificateCredential(tenantId, clientId, certificate, options);
    }
    case "workloadIdentity": {
      const { tenantId, clientId, federatedTokenFile, federatedToken } = credential;
      if (federatedTokenFile !== undefined) {
        return new azure.WorkloadIdentityCredential({
          ...options,
          tenantId,
          clientId,
          tokenFilePath: federatedTokenFile,
        });
      }
      const given = () => Promise.resolve(federatedToken ?? "");
      return new azure.ClientAssertionCredential(tenantId, clientId, given, options);
    }
    case "githubActions": {
      const { tenantId, clientId } = credential;
      const fetchToken = () => gitHubToken(credential);
      return new azure.ClientAssertionCredential(tenantId, clientId, fetchToken, options);
    }
    case "azurePipelines": {
      // The library's AzurePipelinesCredential reads only SYSTEM_OIDCREQUESTURI.
      const { tenantId, clientId } = credential;
      const fetchToken = () => azurePipelinesToken(credential);
      return new azure.ClientAssertionCredential(tenantId, clientId, fetchToken, options);
    }
    case "managedIdentity":
      return new azure.ManagedIdentityCredential({
        ...network,
        ...(credential.clientId !== undefined && { clientId: credential.clientId }),
      });
    case "azureCli":
      return new azure.AzureCliCredential(
        credential.tenantId ? { tenantId: credential.tenantId } : {},
      );
    case "deviceCode": {
      const { kind: _, ...identity } = credential;
      const userPromptCallback = ({ message }: { message: string }) => log(message);
      return new azure.DeviceCodeCredential({ ...options, ...identity, userPromptCallback });
    }
    case "default": {
      const { tenantId, clientId } = credential;
      return new azure.DefaultAzureCredential({
        ...options,
        ...(tenantId !== undefined && { tenantId }),
        ...(clientId !== undefined && {
          managedIdentityClientId: clientId,
          workloadIdentityClientId: clientId,
        }),
      });
    }
    case "accessToken":
      throw new Error("a given token needs no credential of the Azure SDK");
  }
}
