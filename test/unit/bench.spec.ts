import { strict as assert } from "node:assert";
import { verdictsOf } from "../../bench/bars";
import type { SubjectName } from "../../bench/contestant";
import type { Sample } from "../../bench/measure";
import { barsTable, pageOf, tableOf } from "../../bench/page";
import { plotOf } from "../../bench/plots";
import { cellsOf, spreadOf } from "../../bench/statistics";
import type { WritesFigures } from "../../bench/writes";

function sample(values: Partial<Sample>): Sample {
  return {
    subject: "floor",
    size: 100,
    latencyMs: 50,
    phase: "refresh",
    run: 0,
    seconds: 2,
    requests: 0,
    roundTrips: 0,
    peakRssBytes: undefined,
    stateBytes: undefined,
    ...values,
  };
}

const SAMPLES: Sample[] = [
  sample({ run: 0, seconds: 2 }),
  sample({ run: 1, seconds: 4 }),
  sample({ run: 0, subject: "ours", seconds: 3, requests: 100, roundTrips: 6 }),
  sample({ run: 1, subject: "ours", seconds: 4, requests: 100, roundTrips: 6 }),
];

describe("the figures of the benchmark", () => {
  it("are medians with their extremes", () => {
    assert.deepEqual(spreadOf([3, 1, 2]), { median: 2, least: 1, most: 3 });
    assert.deepEqual(spreadOf([4, 1]), { median: 2.5, least: 1, most: 4 });
    assert.throws(() => spreadOf([]), RangeError);
  });

  it("are ratios to the floor of the same run", () => {
    const [floor, ours] = cellsOf(SAMPLES);
    assert.deepEqual(floor?.ratio, { median: 1, least: 1, most: 1 });
    assert.deepEqual(ours?.ratio, { median: 1.25, least: 1, most: 1.5 });
    assert.deepEqual(ours?.seconds, { median: 3.5, least: 3, most: 4 });
  });

  it("are held against the bars, each way", () => {
    const isMet = (samples: Sample[]) =>
      verdictsOf(cellsOf(samples)).map((verdict) => verdict.isMet);
    assert.deepEqual(isMet(SAMPLES), [true, true]);
    const slow = SAMPLES.map((item) =>
      item.subject === "ours" ? { ...item, seconds: 9, roundTrips: 7 } : item,
    );
    assert.deepEqual(isMet(slow), [false, false]);
    const small = SAMPLES.map((item) => ({ ...item, size: 20 }));
    assert.deepEqual(isMet(small), []);
  });

  it("have the bytes of the state held against the floor's", () => {
    const withState = (bytes: number) =>
      verdictsOf(
        cellsOf([
          sample({ stateBytes: 1_000 }),
          sample({ subject: "ours", stateBytes: 1_000 + bytes }),
        ]),
      ).find(({ what }) => what.includes("bytes"));
    assert.equal(withState(400)?.isMet, true);
    assert.equal(withState(401)?.isMet, false);
  });

  it("stand in tables and in a page", () => {
    const cells = cellsOf(SAMPLES);
    assert.match(
      tableOf(cells, 100, 50),
      /\| refresh \| ours \| 3\.5 \(3\.0–4\.0\) s \| 1\.25 \(1\.00–1\.50\) \| 100 \| 6 \| not measured \|/,
    );
    assert.match(
      barsTable(cells),
      /\| refresh, 100 policies, 50 ms: time \| 1\.25 \| 1\.30 x the floor \| met \|/,
    );
    const plan = { sizes: [100], latencies: [50], runs: 2 };
    const facts = { command: "c", day: "d", machine: "m", versions: "v", commit: "x" };
    const writes: WritesFigures[] = [
      {
        way: "in batches",
        writes: 40,
        inFlight: 20,
        latencyMs: 50,
        seconds: 0.5,
        roundTrips: 2,
        requests: 40,
      },
    ];
    const page = pageOf(cells, writes, { plan, facts });
    assert.match(page, /\| in batches \| 40 \| 20 \| 50 ms \| 0\.50 s \| 40 \| 2 \|/);
    assert.match(page, /^# Benchmark\n[\s\S]*\n\*\*100 policies\*\*\n/);
    assert.doesNotMatch(page, /Terraform/);
    const peer = { provider: "p", terraform: "t" };
    const withPeer = pageOf(cells, writes, { plan: { ...plan, peer }, facts });
    assert.match(withPeer, /\*\*peer\*\*: Terraform/);
  });

  it("are drawn with a panel for each phase, on logarithmic scales", () => {
    const at = (subject: SubjectName, phase: string, size: number, value: number) => {
      return { subject, phase, size, value };
    };
    const plot = plotOf(
      [
        at("ours", "refresh", 1_000, 100),
        at("ours", "refresh", 10, 1),
        at("ours", "refresh", 100, 10),
        at("floor", "refresh", 10, 0),
        at("naive", "destroy", 10, 7),
      ],
      "seconds",
    );
    assert.match(plot, /^<svg [^>]+>\n<title>seconds<\/title>/);
    // From the lower left to the upper right, with the middle in the middle.
    assert.match(plot, /<path d="M14 180L135 90L256 0"\/>/);
    assert.equal(plot.match(/<rect /g)?.length, 1);
    for (const text of ["refresh", "ours", "1000", "1", "10", "100"])
      assert.match(plot, new RegExp(`>${text}</text>`));
    assert.doesNotMatch(plot, /floor|naive|destroy|NaN|undefined/);
  });
});
