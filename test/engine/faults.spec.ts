import { strict as assert } from "node:assert";
import { planOf } from "../faults/cases";
import { END } from "../faults/recovery";
import { runPlan } from "../faults/runPlan";
import type { Verdict } from "../faults/verdict";

const SEED = 20240101;

/** A few of `npm run test:faults`: those that leave unclear whether a request was carried out. */
const TRIED = [
  "create / POST / dropped after, once",
  "create / POST / 504, until retries end",
  "create / POST / truncated, once",
  "create / POST / cut after 9 bytes, once",
  "update / PATCH / 503 with Retry-After, once",
  "update / PATCH / reset after, until retries end",
  "update / PATCH / 502 in HTML, once",
  "refresh / GET / stalled, once",
  "destroy / DELETE / dropped after, until retries end",
  "destroy / DELETE / half closed, once",
  "create / SIGKILL of the provider / moment 1",
  "create / SIGINT once / moment 1",
];

describe("faults", () => {
  it("leave no duplicate, no orphan, no lost change and no secret behind, and strangers as they are", async () => {
    const plan = planOf({ seed: SEED, names: TRIED });
    assert.equal(plan.count, TRIED.length);
    const verdicts: Verdict[] = [];
    const report = (verdict: Verdict) => void verdicts.push(verdict);
    await runPlan(plan, { seed: SEED, report, worlds: 2, limitMinutes: 4 });
    assert.deepEqual(
      verdicts.filter(({ problems }) => problems.length > 0),
      [],
    );
    const cases = verdicts.filter(({ operation }) => operation !== END);
    assert.deepEqual(cases.map(({ name }) => name).sort(), [...TRIED].sort());
  });
});
