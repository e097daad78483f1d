/**
 * Identity tokens of CI services, which Microsoft Entra exchanges for its own.
 *
 * @see https://docs.github.com/actions/reference/security/oidc
 * @see https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create
 * @module
 */
import { z } from "zod";
import { createTransport } from "./transport";

/** The address at which a service issues tokens, and the authorization it requires. */
interface OidcRequest {
  readonly oidcRequestUrl: string;
  readonly oidcRequestToken: string;
}

/** The audience that Microsoft Entra expects in a token to exchange. */
const AUDIENCE = "api://AzureADTokenExchange";

const AZURE_DEVOPS_API_VERSION = "7.1";

/** Time limit of a CI service, in milliseconds. */
const OIDC_TIMEOUT_MS = 30_000;

/** An identity token of the GitHub Actions job this runs in. */
export async function gitHubToken({
  oidcRequestUrl,
  oidcRequestToken,
}: OidcRequest): Promise<string> {
  const url = new URL(oidcRequestUrl);
  url.searchParams.set("audience", AUDIENCE);
  const answer = await ask("GitHub Actions", "GET", url, oidcRequestToken);
  const { success, data } = z.object({ value: z.string().min(1) }).safeParse(answer);
  if (!success) throw new Error("GitHub Actions answered without an identity token");
  return data.value;
}

/** An identity token for a service connection of the Azure DevOps pipeline this runs in. */
export async function azurePipelinesToken({
  oidcRequestUrl,
  oidcRequestToken,
  azureServiceConnectionId,
}: OidcRequest & { readonly azureServiceConnectionId: string }): Promise<string> {
  const url = new URL(oidcRequestUrl);
  url.searchParams.set("api-version", AZURE_DEVOPS_API_VERSION);
  url.searchParams.set("serviceConnectionId", azureServiceConnectionId);
  const answer = await ask("Azure DevOps", "POST", url, oidcRequestToken);
  const { success, data } = z.object({ oidcToken: z.string().min(1) }).safeParse(answer);
  if (!success) throw new Error("Azure DevOps answered without an identity token");
  return data.oidcToken;
}

async function ask(service: string, method: string, url: URL, token: string): Promise<unknown> {
  const transport = createTransport(url);
  try {
    const response = await transport.fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        "content-type": "application/json",
        // Otherwise Azure DevOps sends a browser's login page, with status 203 or 302.
        "x-tfs-fedauthredirect": "Suppress",
      },
      // The token is for this service only: do not follow to another.
      redirect: "error",
      signal: AbortSignal.timeout(OIDC_TIMEOUT_MS),
    });
    if (response.status !== 200) {
      throw new Error(`${service} refused an identity token with status ${response.status}`);
    }
    return (await response.json()) as unknown;
  } finally {
    await transport.close();
  }
}
