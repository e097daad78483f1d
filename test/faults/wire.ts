/**
 * A proxy on the wire between the provider and the emulator: what a network does to a connection,
 * which no HTTP server can do to itself.
 *
 * @module
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Fate of a request's connection. */
export type WireFault =
  /** RST before the request reaches the server. */
  | { readonly wire: "reset before" }
  /** RST in place of the answer; the request was carried out. */
  | { readonly wire: "reset after" }
  /** FIN in place of the answer; the request was carried out. */
  | { readonly wire: "half close" }
  /** The answer never comes, and the connection stays open. */
  | { readonly wire: "stall" }
  /** FIN after so many bytes of the answer. */
  | { readonly wire: "cut"; readonly bytes: number };

/** Texts that identify a request: each has to stand in its head or body. */
export interface WireTarget {
  readonly method: string;
  readonly texts: readonly string[];
}

interface Waiting {
  readonly fault: WireFault;
  readonly target: WireTarget;
  strikesLeft: number;
  struck: number;
}

/** Whether a request is of a method, or a batch that has one of it. */
function isFor(method: string, request: string): boolean {
  if (request.startsWith(`${method} `)) return true;
  return request.startsWith("POST /beta/$batch ") && request.includes(`"method":"${method}"`);
}

function isMeant({ method, texts }: WireTarget, request: string): boolean {
  return isFor(method, request) && texts.every((text) => request.includes(text));
}

/** A TCP proxy on loopback in front of one port. */
export class WireProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #waiting: Waiting[] = [];
  #watched: { readonly target: WireTarget; readonly onArrival: () => void }[] = [];

  private constructor(private readonly upstreamPort: number) {
    this.#server = createServer((client) => this.#carry(client));
  }

  /** Starts a proxy on a free port. */
  static async start(upstreamPort: number): Promise<WireProxy> {
    const proxy = new WireProxy(upstreamPort);
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Adds a fault for the first `times` requests that match. Returns how often it has struck. */
  add(fault: WireFault, target: WireTarget, times: number): () => number {
    const entry: Waiting = { fault, target, strikesLeft: times, struck: 0 };
    this.#waiting.push(entry);
    return () => entry.struck;
  }

  /** Calls back once, when the first request that matches arrives: before the server has it. */
  onArrival(target: WireTarget, onArrival: () => void): void {
    this.#watched.push({ target, onArrival });
  }

  /** Takes back the faults that have not struck yet. */
  clear(): void {
    this.#waiting = [];
  }

  /** Ends every connection and the proxy. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #carry(client: Socket): void {
    const server = connect(this.upstreamPort, "127.0.0.1");
    this.#track(client, server);
    this.#track(server, client);
    // The client sends one request at a time: what came since the last answer is that request.
    let request = "";
    let fault: WireFault | undefined;
    let isEnded = false;
    client.on("data", (chunk) => {
      // A request that meets an ended connection never reaches the server, nor the fault of the request before it.
      if (isEnded) return void client.resetAndDestroy();
      request += chunk.toString("latin1");
      this.#tell(request);
      fault ??= this.#take(request);
      if (fault?.wire === "reset before") return void client.resetAndDestroy();
      server.write(chunk);
    });
    server.on("data", (answer) => {
      request = "";
      const chunk = this.#withOwnLinks(answer);
      if (fault === undefined) return void client.write(chunk);
      isEnded = fault.wire !== "stall";
      if (fault.wire === "reset after") client.resetAndDestroy();
      if (fault.wire === "half close") client.end();
      if (fault.wire === "cut") client.end(chunk.subarray(0, fault.bytes));
    });
  }

  /** An answer whose links lead here, as those of a Graph lead to itself: with as many bytes. */
  #withOwnLinks(answer: Buffer): Buffer {
    const theirs = `//127.0.0.1:${this.upstreamPort}/`;
    const own = `${this.url.replace("http:", "")}/`;
    if (theirs.length !== own.length) throw new Error(`${own} is not as long as ${theirs}`);
    return Buffer.from(answer.toString("latin1").replaceAll(theirs, own), "latin1");
  }

  #track(socket: Socket, other: Socket): void {
    this.#sockets.add(socket);
    // Errors here are planted, and are seen at the other end.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      this.#sockets.delete(socket);
      other.destroy();
    });
  }

  #tell(request: string): void {
    const arrived = this.#watched.filter(({ target }) => isMeant(target, request));
    this.#watched = this.#watched.filter((entry) => !arrived.includes(entry));
    for (const { onArrival } of arrived) onArrival();
  }

  #take(request: string): WireFault | undefined {
    const entry = this.#waiting.find(
      ({ target, strikesLeft }) => strikesLeft > 0 && isMeant(target, request),
    );
    if (entry === undefined) return undefined;
    entry.strikesLeft -= 1;
    entry.struck += 1;
    return entry.fault;
  }
}
