/**
 * Lets programs that speak to internet hosts reach a server of this machine.
 *
 * @module
 */
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A proxy that leads every host to one port of this machine, and remembers the requested hosts. */
export class TunnelProxy {
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #tunnels = new Set<Socket>();

  constructor(port: number) {
    this.#server = createServer();
    this.#server.on("connect", (request, socket) => {
      this.asked.push(request.url ?? "");
      this.#tunnels.add(socket as Socket);
      socket.on("close", () => this.#tunnels.delete(socket as Socket));
      const target = connect(port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        target.pipe(socket).pipe(target);
      });
      target.on("error", () => socket.destroy());
      socket.on("error", () => target.destroy());
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const tunnel of this.#tunnels) tunnel.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
