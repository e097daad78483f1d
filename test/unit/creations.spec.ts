import { strict as assert } from "node:assert";
import { Creations } from "../../provider/update/reads/creations";

/** Time that moves on when the test says so. */
class HandClock {
  nowMs = 1_000;
  #sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];

  now = () => this.nowMs;

  sleep = (ms: number) =>
    new Promise<void>((wake) => {
      this.#sleepers.push({ atMs: this.nowMs + ms, wake });
    });

  async pass(ms: number): Promise<void> {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; ) {
      this.nowMs += 1;
      const due = this.#sleepers.filter(({ atMs }) => atMs <= this.nowMs);
      this.#sleepers = this.#sleepers.filter((sleeper) => !due.includes(sleeper));
      for (const { wake } of due) wake();
      await new Promise<void>((done) => setImmediate(done));
    }
  }
}

describe("creations of one moment", () => {
  let clock: HandClock;
  let creations: Creations;
  let gone: string[];

  beforeEach(() => {
    clock = new HandClock();
    creations = new Creations(clock);
    gone = [];
  });

  function create(name: string): () => void {
    let answer = () => {};
    const sent = creations.during(
      () =>
        new Promise<void>((done) => {
          answer = done;
        }),
    );
    void sent.then(() => creations.gathered()).then(() => gone.push(name));
    return () => answer();
  }

  it("wait for those that are under way, and go on together", async () => {
    const [first, second] = [create("A"), create("B")];
    first();
    await clock.pass(100);
    assert.deepEqual(gone, []);
    second();
    await clock.pass(50);
    assert.deepEqual(gone, ["A", "B"]);
  });

  it("wait a short time only where no other is under way", async () => {
    create("A")();
    await clock.pass(50);
    assert.deepEqual(gone, ["A"]);
  });

  it("wait forty milliseconds after the last one, and hardly longer", async () => {
    create("A")();
    await clock.pass(38);
    assert.deepEqual(gone, []);
    await clock.pass(8);
    assert.deepEqual(gone, ["A"]);
  });

  it("wait again in a later moment", async () => {
    create("A")();
    await clock.pass(100);
    create("B")();
    await clock.pass(30);
    assert.deepEqual(gone, ["A"]);
    await clock.pass(20);
    assert.deepEqual(gone, ["A", "B"]);
  });

  it("wait no longer than a quarter of a second for one that takes long", async () => {
    create("slow");
    create("A")();
    await clock.pass(240);
    assert.deepEqual(gone, []);
    await clock.pass(20);
    assert.deepEqual(gone, ["A"]);
  });

  it("wait for nobody where they fill a batch", async () => {
    create("slow");
    for (let number = 0; number < 20; number += 1) create(String(number))();
    await clock.pass(10);
    assert.equal(gone.length, 20);
  });
});
