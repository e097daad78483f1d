/**
 * How bytes leave this process.
 *
 * @module
 */
import type { Dispatcher, RequestInit, Response } from "undici";
import { isLoopback } from "./config/settings";
import { dispatcherOptions, type ProxyAddress, proxyOf, refusedByProxy } from "./proxies";

/** How long a connection may take to come about, in milliseconds. */
const CONNECT_TIMEOUT_MS = 15_000;

/** Sends requests over connections of its own. */
export interface Transport {
  fetch(url: URL, init: RequestInit): Promise<Response>;
  /** Closes idle connections; those in use close when their answer is there. */
  close(): Promise<void>;
}

/**
 * A transport to one host. Proxies are those of HTTPS_PROXY, ALL_PROXY, HTTP_PROXY and NO_PROXY;
 * certificate authorities those of Node, NODE_EXTRA_CA_CERTS included. A proxy that is misspelt, or
 * refuses, is a {@link ProxyError}.
 *
 * undici's own fetch, because Node's does not take the dispatcher of another undici, and without
 * one it minds no proxy variables. Loaded with the first request: a preview sends none.
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
    // A transport that could not be loaded has nothing to close.
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
  // The time of an answer is bounded by the caller's signal: a second clock would only surprise.
  const options = { connect: { timeout: CONNECT_TIMEOUT_MS }, headersTimeout: 0, bodyTimeout: 0 };
  // A server on this machine is not behind a proxy, even where NO_PROXY forgets to say so.
  const proxy = isLoopback(hostname) ? undefined : proxyOf(process.env);
  const dispatcher =
    proxy === undefined
      ? new Agent(options)
      : new EnvHttpProxyAgent({ ...options, ...dispatcherOptions(proxy) });
  return { fetch, dispatcher, proxy };
}

/** The status with which a proxy refused a tunnel: undici says it in words, a few causes deep. */
function refusalOfProxy(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
  return status === undefined ? refusalOfProxy(error.cause) : Number(status);
}
