import { strict as assert } from "node:assert";
import { closeSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { handlesOf } from "../../bench/processFigures";

const describeOnLinux = process.platform === "linux" ? describe : describe.skip;

describeOnLinux("the handles of a process", () => {
  const open = () => {
    const found = handlesOf(process.pid);
    assert.ok(found);
    return found;
  };

  it("counts a file among the handles, and not among the sockets", () => {
    const before = open();
    const file = openSync(__filename, "r");
    try {
      assert.deepEqual(open(), { handles: before.handles + 1, sockets: before.sockets });
    } finally {
      closeSync(file);
    }
  });

  it("counts a listening socket in both", async () => {
    const before = open();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      assert.deepEqual(open(), { handles: before.handles + 1, sockets: before.sockets + 1 });
    } finally {
      server.close();
    }
  });

  it("is not known of a process that has ended", () => {
    assert.equal(handlesOf(2 ** 30), undefined);
  });
});
