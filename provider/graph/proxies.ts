/**
 * The proxy for requests that leave this machine. The libraries for Graph and for sign-in read the proxy
 * variables differently, and neither accepts an address without a scheme, as other tools do. Both get the
 * address that is read here.
 *
 * @module
 */
import { SignInProblem } from "./errors/signInProblem";

/** Variables that name the proxy of https requests, the strongest first, as in curl. */
const VARIABLES = [
  "https_proxy",
  "HTTPS_PROXY",
  "all_proxy",
  "ALL_PROXY",
  "http_proxy",
  "HTTP_PROXY",
];

/** Supported schemes of a proxy. */
const PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:", "socks:", "socks5:"]);

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** The proxy of an environment. The user and the password are secret. */
export interface ProxyAddress {
  /** Name of the variable that names it. */
  readonly variable: string;
  /** Scheme, host and port: `http://proxy.example.test:8080`. */
  readonly origin: string;
  /** Decoded; empty if there is none. */
  readonly user: string;
  readonly password: string;
}

/** A proxy is misspelt, or rejects a request: nothing has been sent. */
export class ProxyError extends SignInProblem {
  override name = "ProxyError";
  readonly code = "PROXY";
}

/**
 * The proxy for https requests; hosts of NO_PROXY bypass it.
 *
 * @returns undefined if the environment names none.
 * @throws ProxyError if the value is not the address of a proxy. Never shows the value.
 */
export function proxyOf(env: NodeJS.ProcessEnv): ProxyAddress | undefined {
  for (const variable of VARIABLES) {
    const value = env[variable]?.trim() ?? "";
    const text = SCHEME.test(value) ? value : `http://${value}`;
    // ALL_PROXY with a scheme other than http(s) has never applied to these requests.
    const isOther = variable.toLowerCase() === "all_proxy" && !/^https?:/i.test(text);
    if (value !== "" && !isOther) return parsed(variable, text);
  }
  return undefined;
}

function parsed(variable: string, text: string): ProxyAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // In a password, an unescaped `#`, `/` or `?` ends the host too early.
  const rest = `${url?.pathname}${url?.search}${url?.hash}`;
  if (
    url === undefined ||
    !PROTOCOLS.has(url.protocol) ||
    url.hostname === "" ||
    rest.includes("@")
  ) {
    throw new ProxyError(
      `${variable} is not the address of a proxy: it must be http://host:port or http://user:password@host:port, ` +
        "with the special characters of user and password percent-encoded",
    );
  }
  return {
    variable,
    origin: `${url.protocol}//${url.host}`,
    user: decoded(url.username),
    password: decoded(url.password),
  };
}

/** Decodes percent signs; those that encode nothing stay, because the libraries would fail on them. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A proxy in undici's form. */
export function dispatcherOptions({ origin, user, password }: ProxyAddress) {
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  const hasUser = user !== "" || password !== "";
  return { httpProxy: origin, httpsProxy: origin, ...(hasUser && { token: `Basic ${basic}` }) };
}

/**
 * A proxy in the Azure SDK's form.
 *
 * @throws ProxyError for a SOCKS proxy: the Azure SDK would speak HTTP to it.
 */
export function proxySettings({ variable, origin, user, password }: ProxyAddress) {
  const url = new URL(origin);
  if (url.protocol.startsWith("socks")) {
    throw new ProxyError(
      `${variable} names a SOCKS proxy, which sign-in cannot use: name an HTTP proxy, or give a ready token (officeConfiguration:accessToken)`,
    );
  }
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  return {
    host: `${url.protocol}//${url.hostname}`,
    port,
    ...(user !== "" && { username: encodeURIComponent(user) }),
    ...(password !== "" && { password: encodeURIComponent(password) }),
  };
}

/** The error for a proxy that answers a request itself. */
export function refusedByProxy(proxy: ProxyAddress, status: number, host: string): ProxyError {
  const { variable, origin, user } = proxy;
  const named = `the proxy ${origin} (${variable})`;
  if (status !== 407) {
    return new ProxyError(
      `${named} does not let requests through to ${host} (${status}): have it allow that host, or put the host into NO_PROXY`,
    );
  }
  const [scheme, address] = origin.split("//");
  return new ProxyError(
    user === ""
      ? `${named} wants a user and a password (407): set ${variable} to ${scheme}//user:password@${address}, special characters percent-encoded`
      : `${named} refuses the user and the password that ${variable} gives (407): check them, and that their special characters are percent-encoded`,
  );
}
