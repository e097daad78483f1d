/**
 * Sends requests over the network.
 *
 * @module
 */
import type { Dispatcher, RequestInit, Response } from "undici";
import { isLoopback } from "./config/settings";
import { dispatcherOptions, type ProxyAddress, proxyOf, refusedByProxy } from "./proxies";

/** Time limit for opening a connection, in milliseconds. */
const CONNECT_TIMEOUT_MS = 15_000;

/** Sends requests over connections of its own. */
export interface Transport {
  fetch(url: URL, init: RequestInit): Promise<Response>;
  /** Closes idle connections; the others close after their answer. */
  close(): Promise<void>;
}

/**
 * A transport to one host. Uses the proxies of HTTPS_PROXY, ALL_PROXY, HTTP_PROXY and NO_PROXY, and Node's
 * certificate authorities, NODE_EXTRA_CA_CERTS included. Throws {@link ProxyError} if a proxy is misspelt
 * or refuses.
 *
 * Uses undici's own fetch: Node's does not take the dispatcher of another undici, and without one it
 * ignores the proxy variables. Loaded with the first request: a preview sends none.
 */
export function createTransport({ hostname }: URL): Transport {
  let loaded: Promise<Sender> | undefined;
  return {
    fetch: async (url, init) => {
      loaded ??= loadSender(hostname);
      const { fetch, dispatcher, proxy } = await loaded;
      try {
        return await fetch(url, { ...init, dispatcher });
      } catch (error) {
        const status = refusalOfProxy(error);
        if (proxy === undefined || status === undefined) throw error;
        throw refusedByProxy(proxy, status, url.host);
      }
    },
    // Nothing to close if the transport could not be loaded.
    close: async () => (await loaded?.catch(() => undefined))?.dispatcher.close(),
  };
}

/** Sends requests over connections of its own. */
interface Sender {
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>;
  readonly dispatcher: Dispatcher;
  readonly proxy: ProxyAddress | undefined;
}

async function loadSender(hostname: string): Promise<Sender> {
  const { Agent, EnvHttpProxyAgent, fetch } = await import("undici");
  // The caller's signal limits the time of an answer: no second limit here.
  const options = { connect: { timeout: CONNECT_TIMEOUT_MS }, headersTimeout: 0, bodyTimeout: 0 };
  // Requests to this machine bypass the proxy, even if NO_PROXY does not list it.
  const proxy = isLoopback(hostname) ? undefined : proxyOf(process.env);
  const dispatcher =
    proxy === undefined
      ? new Agent(options)
      : new EnvHttpProxyAgent({ ...options, ...dispatcherOptions(proxy) });
  return { fetch, dispatcher, proxy };
}

/** The status with which a proxy refused a tunnel. undici gives it as text, a few causes deep. */
function refusalOfProxy(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
  return status === undefined ? refusalOfProxy(error.cause) : Number(status);
}
