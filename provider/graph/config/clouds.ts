/**
 * The clouds Microsoft Graph runs in.
 *
 * In 2022, Microsoft offered Cloud Policy in the public cloud only. You can choose another cloud, but its
 * service may answer that the API is not there.
 *
 * @see https://learn.microsoft.com/graph/deployments
 * @module
 */

/** Names of the clouds, as the setting `cloud` takes them. GCC is part of `public`. */
export const CLOUD_NAMES = ["public", "usgov", "usgovdod", "china"] as const;

/** Name of a cloud. */
export type CloudName = (typeof CLOUD_NAMES)[number];

/** Addresses of a cloud's Graph and login. */
export interface Cloud {
  /** Origin of Graph, without a path. */
  readonly graph: string;
  /** Origin of Microsoft Entra's login. */
  readonly login: string;
}

const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: { graph: "https://graph.microsoft.com", login: "https://login.microsoftonline.com" },
  usgov: { graph: "https://graph.microsoft.us", login: "https://login.microsoftonline.us" },
  usgovdod: { graph: "https://dod-graph.microsoft.us", login: "https://login.microsoftonline.us" },
  china: {
    graph: "https://microsoftgraph.chinacloudapi.cn",
    login: "https://login.chinacloudapi.cn",
  },
};

/** Other names of the clouds: those of ARM_ENVIRONMENT in Terraform's providers. */
export const CLOUD_ALIASES: Readonly<Record<string, CloudName>> = {
  global: "public",
  azurepublic: "public",
  azurecloud: "public",
  usgovernment: "usgov",
  usgovernmentl4: "usgov",
  azureusgovernment: "usgov",
  gcchigh: "usgov",
  usgovernmentl5: "usgovdod",
  dod: "usgovdod",
  azurechina: "china",
  azurechinacloud: "china",
};

/** Hosts of Microsoft Entra. Only their authority is looked up at Microsoft. */
export const MICROSOFT_LOGIN_ORIGINS: ReadonlySet<string> = new Set([
  ...Object.values(CLOUDS).map(({ login }) => login),
  "https://login.microsoft.com",
  "https://login.windows.net",
]);

/** Addresses of a cloud's Graph and login. */
export function cloudOf(name: CloudName): Cloud {
  return CLOUDS[name];
}

/** The cloud of a name or alias in any capitalization; undefined if there is none. */
export function cloudNamed(text: string): CloudName | undefined {
  const name = text.toLowerCase();
  return CLOUD_NAMES.find((known) => known === name) ?? CLOUD_ALIASES[name];
}

/**
 * The scope to ask a token for. It belongs to the cloud even if another endpoint answers: a token is for an
 * audience, which does not depend on the address.
 */
export function scopeOf(name: CloudName): string {
  return `${cloudOf(name).graph}/.default`;
}
