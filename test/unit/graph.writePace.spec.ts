import { strict as assert } from "node:assert";
import { Response } from "undici";
import { ThrottleGate } from "../../emulator/graph/faults";
import { paths } from "../../provider/api/paths";
import {
  type Clock,
  createGraphClient,
  GraphNoAnswerError,
  resolveSessionConfig,
} from "../../provider/graph";

const LATENCY_MS = 50;

/** Time goes on to the next that sleeps once nothing else happens. */
class VirtualClock implements Clock {
  #nowMs = Date.now();
  readonly #sleeping: { untilMs: number; wake: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleeping.push({ untilMs: this.#nowMs + ms, wake });
    });
  }

  random(): number {
    return 0;
  }

  /** Lets time go on until some work is done. @returns how long it took, in milliseconds. */
  async until(work: Promise<unknown>): Promise<number> {
    const startedMs = this.#nowMs;
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      // Everything that can go on without time does.
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
      this.#sleeping.sort((a, b) => a.untilMs - b.untilMs);
      const next = this.#sleeping.shift();
      if (next === undefined) continue;
      this.#nowMs = Math.max(this.#nowMs, next.untilMs);
      next.wake();
    }
    await done;
    return this.#nowMs - startedMs;
  }
}

interface Tenant {
  /** The tenant's write limit; undefined for none. */
  readonly takes?: number;
  readonly perSeconds?: number;
  readonly writeLimit?: string;
}

/** Sends writes, eight at a time as the engine does. */
async function write(count: number, { takes, perSeconds = 20, writeLimit }: Tenant) {
  const clock = new VirtualClock();
  const said: string[] = [];
  const throttle = { limit: takes ?? Number.POSITIVE_INFINITY, perSeconds, writesOnly: true };
  const gate = new ThrottleGate(throttle, () => new Date(clock.now()));
  let refused = 0;
  const transport = {
    fetch: async () => {
      await clock.sleep(LATENCY_MS);
      const waitSeconds = gate.refuse("POST");
      if (waitSeconds === undefined) return new Response(null, { status: 204 });
      refused += 1;
      const headers = { "retry-after": String(waitSeconds) };
      return new Response(null, { status: 429, headers });
    },
    close: () => Promise.resolve(),
  };
  const settings: Record<string, string | undefined> = {
    endpoint: "http://127.0.0.1:1",
    accessToken: "token",
    writeLimit,
  };
  const config = resolveSessionConfig((key) => settings[key], {});
  const credential = {
    isRenewable: false,
    getToken: () => Promise.resolve({ token: "token", expiresOnTimestamp: Infinity }),
  };
  const log = (line: string) => void said.push(line);
  const client = createGraphClient(config, credential, { transport, clock, log });
  let begun = 0;
  const worker = async () => {
    while (begun < count) {
      begun += 1;
      await client.post(paths.clientConfigurations, {}, { subject: "a policy" });
    }
  };
  const ms = await clock.until(Promise.all(Array.from({ length: 8 }, worker)));
  return { ms, refused, said };
}

describe("writes", () => {
  it("wait for nothing while the tenant takes them all", async () => {
    const { ms, refused, said } = await write(500, {});
    assert.equal(refused, 0);
    assert.deepEqual(said, []);
    assert.ok(ms <= (500 / 8 + 1) * LATENCY_MS, `${ms} ms`);
  });

  for (const takes of [100, 60, 40]) {
    it(`keep to what a tenant takes once it has refused some: ${takes} in 20 s`, async () => {
      const { ms, refused, said } = await write(500, { takes });
      const leastMs = (Math.ceil(500 / takes) - 1) * 20_000;
      assert.ok(ms >= leastMs && ms <= 1.1 * leastMs, `${ms} ms, at least ${leastMs}`);
      // Those in flight when the first is refused; and those that try whether it takes more by now.
      const raised = takes === 100 ? 0 : leastMs / 20_000;
      assert.ok(refused >= 1 && refused <= 8 + 8 * raised, `${refused} refused`);
      assert.match(said.join("\n"), /Waiting \d+ s, until \d\d:\d\d:\d\d UTC\. POST of a policy: /);
    });
  }

  it("meet no refusal where the limit is given", async () => {
    const { ms, refused, said } = await write(500, { takes: 100, writeLimit: "100/20s" });
    assert.equal(refused, 0);
    assert.ok(ms >= 80_000 && ms <= 88_000, `${ms} ms`);
    assert.match(said.join("\n"), /the tenant takes 100 writes in 20 s\./);
    assert.ok(said.length <= 8, said.join("\n"));
  });

  it("end where their turn comes after their deadline", async () => {
    const clock = new VirtualClock();
    const transport = {
      fetch: () => Promise.resolve(new Response(null, { status: 204 })),
      close: () => Promise.resolve(),
    };
    const settings: Record<string, string> = {
      endpoint: "http://127.0.0.1:1",
      accessToken: "token",
      writeLimit: "1/20s",
    };
    const client = createGraphClient(
      resolveSessionConfig((key) => settings[key], {}),
      {
        isRenewable: false,
        getToken: () => Promise.resolve({ token: "token", expiresOnTimestamp: Infinity }),
      },
      { transport, clock },
    );
    await client.delete(paths.clientConfiguration("1"));
    await assert.rejects(
      client.delete(paths.clientConfiguration("2"), { deadlineMs: clock.now() + 10_000 }),
      (error) =>
        GraphNoAnswerError.isInstance(error) &&
        error.code === "DEADLINE" &&
        /the tenant takes 1 write in 20 s, so this one has to wait until/.test(error.message),
    );
  });
});
