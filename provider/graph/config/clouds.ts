/**
 * The clouds Microsoft Graph runs in.
 *
 * Cloud Policy itself was not offered outside the public cloud in 2022: the others can be chosen,
 * and the service may answer that it is not there.
 *
 * @see https://learn.microsoft.com/graph/deployments
 * @module
 */

/** Names of the clouds, as the setting `cloud` takes them. GCC is part of `public`. */
export const CLOUD_NAMES = ["public", "usgov", "usgovdod", "china"] as const;

/** Name of a cloud. */
export type CloudName = (typeof CLOUD_NAMES)[number];

/** Where a cloud's Graph and login are. */
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

/** Other names of the clouds, those that Terraform's providers take in ARM_ENVIRONMENT. */
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

/** Hosts of Microsoft Entra: their authority may be looked up at Microsoft, others' may not. */
export const MICROSOFT_LOGIN_ORIGINS: ReadonlySet<string> = new Set([
  ...Object.values(CLOUDS).map(({ login }) => login),
  "https://login.microsoft.com",
  "https://login.windows.net",
]);

/** Where a cloud's Graph and login are. */
export function cloudOf(name: CloudName): Cloud {
  return CLOUDS[name];
}

/** The cloud a name or alias stands for, however it is capitalized; undefined if none. */
export function cloudNamed(text: string): CloudName | undefined {
  const name = text.toLowerCase();
  return CLOUD_NAMES.find((known) => known === name) ?? CLOUD_ALIASES[name];
}

/**
 * The scope to ask a token for. It is the cloud's even when another endpoint answers: a token is
 * for an audience, and the audience does not move with the address.
 */
export function scopeOf(name: CloudName): string {
  return `${cloudOf(name).graph}/.default`;
}
