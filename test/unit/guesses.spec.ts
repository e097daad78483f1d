import { strict as assert } from "node:assert";
import { Guesses } from "../../provider/update/reads/guesses";

const ids = Array.from({ length: 300 }, (_, place) => `id-${place}`);

describe("guesses of what is asked for next", () => {
  it("are those that nobody has asked for, in their order", () => {
    const guesses = new Guesses();
    for (const id of ["id-0", "id-2"]) guesses.ask(id);
    assert.deepEqual(guesses.next(ids, 3), ["id-1", "id-3", "id-4"]);
    assert.deepEqual(guesses.next(ids, 1), ["id-5"]);
  });

  it("end where none was right", () => {
    const guesses = new Guesses();
    assert.equal(guesses.next(ids, 20).length, 16);
    assert.deepEqual(guesses.next(ids, 20), []);
    guesses.ask("another");
    assert.deepEqual(guesses.next(ids, 20), []);
  });

  it("are more where they were right", () => {
    const guesses = new Guesses();
    const counts = [1, 2, 3, 4, 5].map(() => {
      const some = guesses.next(ids, 100);
      for (const id of some) guesses.ask(id);
      return some.length;
    });
    assert.deepEqual(counts, [16, 24, 36, 54, 81]);
  });

  it("are wrong in one of three at most, and the first sixteen", () => {
    const guesses = new Guesses();
    let made = 0;
    let right = 0;
    for (let round = 0; round < 100; round += 1) {
      const some = guesses.next(ids, 20);
      made += some.length;
      for (const id of some.filter((_, place) => place % 2 === 0)) {
        guesses.ask(id);
        right += 1;
      }
    }
    assert.ok(made - right <= 16 + right / 2, `${made} made, ${right} right`);
  });
});
