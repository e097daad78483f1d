import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runFetch } from "../../cli/catalogue/fetch/command";
import { type KeptPage, KeptPages } from "../../cli/catalogue/fetch/keptPages";
import { officeDefinitions, savedAnswer } from "../../cli/catalogue/fetch/office";
import { Progress } from "../../cli/catalogue/fetch/progress";

const READING = {
  origin: "https://graph.test",
  tenantId: "11111111-1111-4111-8111-111111111111",
  path: "/definitions",
};

const page = (number: number, isLast = false): KeptPage => ({
  read: 10 * number,
  definitions: [{ id: `é${number}` }],
  next: isLast ? undefined : new URL(`https://graph.test/beta/next?${number}`),
});

describe("pages that are kept for the next run", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "office-configuration-"));
    file = join(folder, "new", "out.json.partial");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** The pages of an earlier run, as the next one finds them. */
  const again = (reading = READING, nowMs = Date.now()) => {
    const kept = new KeptPages(file, reading);
    return { kept, useless: kept.resume(nowMs) };
  };
  const begin = (...pages: KeptPage[]) => {
    const kept = new KeptPages(file, READING);
    for (const one of pages) kept.add(one);
    return kept;
  };
  const factsOf = ({ count, read, definitions, next, isWhole }: KeptPages) => ({
    count,
    read,
    definitions,
    next: next?.href,
    isWhole,
  });

  it("are none at first, and no file", () => {
    const { kept, useless } = again();
    assert.deepEqual(factsOf(kept), {
      count: 0,
      read: 0,
      definitions: [],
      next: undefined,
      isWhole: false,
    });
    assert.equal(useless, undefined);
    assert.throws(() => readFileSync(file), { code: "ENOENT" });
  });

  it("lead on to the page that is missing", () => {
    const facts = factsOf(begin(page(1), page(2)));
    assert.deepEqual(facts, {
      count: 2,
      read: 30,
      definitions: [{ id: "é1" }, { id: "é2" }],
      next: "https://graph.test/beta/next?2",
      isWhole: false,
    });
    const { kept, useless } = again();
    assert.deepEqual([factsOf(kept), useless], [facts, undefined]);
    kept.add(page(3, true));
    assert.deepEqual(factsOf(again().kept), factsOf(begin(page(1), page(2), page(3, true))));
    assert.equal(again().kept.isWhole, true);
  });

  it("lose half a line that a killed run leaves, wherever it was cut, and nothing else", () => {
    begin(page(1), page(2));
    const whole = readFileSync(file);
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(file, whole.subarray(0, length));
      const { kept } = again();
      assert.equal(
        kept.count,
        whole.subarray(0, length).filter((byte) => byte === 10).length <= 1 ? 0 : 1,
      );
      for (const next of [page(1), page(2), page(3, true)].slice(kept.count)) kept.add(next);
      assert.deepEqual(again().kept.definitions, [{ id: "é1" }, { id: "é2" }, { id: "é3" }]);
    }
  });

  it("end before a line that does not follow the one before it", () => {
    begin(page(1));
    const lines = readFileSync(file, "utf8").split("\n");
    const third = lines[1]?.replace('"page":1', '"page":3') ?? "";
    for (const bad of [
      third,
      '{"page":2,"read":1,"next":null,"definitions":[{}]}',
      "{}",
      '{"page":2}',
      "null",
    ]) {
      writeFileSync(file, `${lines[0]}\n${lines[1]}\n${bad}\n${third}\n`);
      const { kept } = again();
      assert.equal(kept.count, 1);
      kept.add(page(2));
      assert.equal(again().kept.count, 2);
    }
  });

  it("of another tenant or another Graph are refused, and stay", () => {
    begin(page(1));
    const before = readFileSync(file);
    for (const [reading, message] of [
      [
        { ...READING, tenantId: "22222222-2222-4222-8222-222222222222" },
        /partial was begun in the tenant 1{8}-\S+ \(https:\/\/graph\.test\), and this is the tenant 2{8}-\S+ \(https:\/\/graph\.test\)\. Delete it, or give another --out$/,
      ],
      [
        { ...READING, origin: "https://graph.other" },
        /and this is .* \(https:\/\/graph\.other\)\./,
      ],
      [{ ...READING, tenantId: undefined }, /and this is a tenant without a known id/],
    ] as const) {
      assert.throws(() => again(reading as typeof READING), { name: "TypeError", message });
    }
    assert.deepEqual(readFileSync(file), before);
  });

  for (const next of [
    "https://elsewhere.test/next",
    "http://graph.test/next",
    "https://user@graph.test/next",
    "https://:pass@graph.test/next",
    "next",
  ]) {
    it(`are refused if the file leads to ${next}`, () => {
      begin(page(1));
      const text = readFileSync(file, "utf8").replace(page(1).next?.href ?? "", next);
      writeFileSync(file, text);
      assert.throws(() => again(), {
        name: "TypeError",
        message:
          /partial leads to another address than https:\/\/graph\.test: no token is sent there/,
      });
    });
  }

  it("are refused if the file is another one, and stay", () => {
    begin(page(1));
    for (const text of ["notes", "notes\n", '{"value":[]}\n', '{"settingDefinitions":2}\n']) {
      writeFileSync(file, text);
      assert.throws(() => again(), { name: "TypeError", message: /is no file of this command/ });
      assert.equal(readFileSync(file, "utf8"), text);
    }
    rmSync(file);
    assert.throws(() => new KeptPages(folder, READING).resume(0), {
      name: "TypeError",
      message: /cannot be read: EISDIR/,
    });
  });

  it("are of no use after a day, or with another size", () => {
    begin(page(1));
    const other = again({ ...READING, path: "/definitions?$top=5" });
    assert.equal(other.useless, "has pages of another size");
    assert.deepEqual([other.kept.count, again().useless], [0, undefined]);
    begin(page(1));
    const day = 24 * 60 * 60;
    utimesSync(file, 1_000, 1_000);
    assert.equal(again(READING, (1_000 + day) * 1_000).kept.count, 1);
    utimesSync(file, 1_000, 1_000);
    assert.equal(again(READING, (1_001 + day) * 1_000).useless, "is older than a day");
    assert.throws(() => readFileSync(file), { code: "ENOENT" });
  });

  it("are gone when they are cleared", () => {
    const kept = begin(page(1));
    appendFileSync(file, "half");
    kept.clear();
    assert.equal(kept.count, 0);
    assert.throws(() => readFileSync(file), { code: "ENOENT" });
    kept.clear();
  });
});

describe("Office's setting definitions", () => {
  const path = "/Config/calc16v2~Policy~L_Calc/L_A";

  it("are those with a path of Office's templates", () => {
    const office = [
      { id: "a", offsetUri: path, other: null },
      { id: "b", offsetUri: "Config/word16v7.updates.2~policy~L_Word/L_A" },
      { id: "c", offsetUri: "/Config/office16~Policy~L_Office/L_A" },
    ];
    const others = [
      { id: "d", offsetUri: "/Config/browser~Policy~x/L_A" },
      { id: "e", offsetUri: "/Config/Update/L16" },
      { id: "f", offsetUri: null },
      { id: 7, offsetUri: path },
      { offsetUri: path },
      null,
      "text",
    ];
    assert.deepEqual(officeDefinitions([...office, ...others]), office);
  });

  it("are written once each, by id, one a line", () => {
    const [first, second] = [{ id: "a", old: 1 }, { id: "B" }];
    const { text, count } = savedAnswer([first, second, { id: "a" }]);
    assert.equal(text, '{"value":[\n{"id":"B"},\n{"id":"a"}\n]}\n');
    assert.equal(count, 2);
    assert.deepEqual(JSON.parse(savedAnswer([]).text), { value: [] });
  });
});

describe("the progress of a long reading", () => {
  function stream(facts: { isTTY?: boolean; columns?: number }) {
    const written: string[] = [];
    return { written, stream: { ...facts, write: (text: string) => written.push(text) } };
  }

  it("is one line of a terminal, no wider than that, below all other lines", () => {
    const { written, stream: terminal } = stream({ isTTY: true, columns: 10 });
    const progress = new Progress(terminal, {});
    progress.line("begins");
    progress.step("page 1 of many");
    progress.line("waits");
    progress.end();
    progress.end();
    progress.line("ends");
    assert.deepEqual(written, [
      "begins\n",
      "\r\u001b[Kpage 1 of",
      "\r\u001b[Kwaits\npage 1 of",
      "\r\u001b[K",
      "ends\n",
    ]);
  });

  it("has 80 columns on a terminal that does not say how many it has", () => {
    for (const facts of [{}, { columns: 0 }]) {
      const { written, stream: terminal } = stream({ isTTY: true, ...facts });
      new Progress(terminal, {}).step("x".repeat(100));
      assert.deepEqual(written, [`\r\u001b[K${"x".repeat(79)}`]);
    }
  });

  for (const [what, facts, env] of [
    ["there is no terminal", {}, {}],
    ["the terminal can do nothing", { isTTY: true }, { TERM: "dumb" }],
  ] as const) {
    it(`is a line for 25 pages if ${what}`, () => {
      const { written, stream: file } = stream(facts);
      const progress = new Progress(file, env);
      for (let number = 1; number <= 60; number += 1) progress.step(`page ${number}`);
      progress.line("waits");
      progress.end();
      assert.deepEqual(written, ["page 25\n", "page 50\n", "waits\n"]);
    });
  }
});

describe("office-configuration catalogue fetch", () => {
  for (const [options, message] of [
    [{ out: "" }, /^--out must name a file$/],
    [{ out: tmpdir() }, /^--out \S+ is a folder: name a file$/],
    [{ pageSize: "0" }, /^--page-size must be a whole number from 1 to 100, not '0'$/],
    [{ pageSize: "101" }, /not '101'$/],
    [{ pageSize: "ten" }, /not 'ten'$/],
  ] as const) {
    it(`is refused with ${JSON.stringify(options)}`, async () => {
      await assert.rejects(runFetch(options), { name: "TypeError", message });
    });
  }
});
