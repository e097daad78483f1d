import { strict as assert } from "node:assert";
import { EventEmitter, once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { endWithEngine } from "../../provider/host/engineGone";

/** A server that an engine could have, and its connections. */
async function engine(): Promise<{ server: Server; sockets: Socket[]; address: string }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.resume())).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, sockets, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe("the provider process without its engine", () => {
  it("ends once the engine's address refuses connections; a closed connection alone does not end it", async () => {
    const { server, sockets, address } = await engine();
    const ended = new Promise<string>((resolve) => {
      const end = () => resolve("ended");
      endWithEngine({ argv: ["--tracing", address], outputs: [], end, pauseMs: 1 });
    });
    await once(server, "connection");
    // As the engine does with idle ones.
    sockets[0]?.destroy();
    const next = await Promise.race([once(server, "connection"), ended]);
    assert.notEqual(next, "ended");
    server.close();
    for (const socket of sockets) socket.destroy();
    assert.equal(await ended, "ended");
  });

  it("goes on if the address was never reached, or is none of this machine's", async () => {
    const { server, address } = await engine();
    server.close();
    await once(server, "close");
    let isEnded = false;
    const end = () => {
      isEnded = true;
    };
    for (const argv of [[address], [], ["192.0.2.1:1"], ["127.0.0.1"], ["127.0.0.1:1 "]]) {
      endWithEngine({ argv, outputs: [], end, pauseMs: 1 });
    }
    const other = await engine();
    endWithEngine({ argv: [other.address], outputs: [], end });
    await once(other.server, "connection");
    assert.equal(isEnded, false);
    other.server.close();
    for (const socket of other.sockets) socket.destroy();
  });

  it("ends at the first failure to write to an output", () => {
    for (const place of [0, 1]) {
      const outputs = [new EventEmitter(), new EventEmitter()] as unknown as NodeJS.WriteStream[];
      let ends = 0;
      endWithEngine({ argv: [], outputs, end: () => (ends += 1) });
      outputs[place]?.emit("error", new Error("EPIPE"));
      assert.equal(ends, 1);
    }
  });
});
