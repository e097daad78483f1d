import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BEFORE, leftBehind } from "../../scripts/demoCosts";
import { isWatched } from "../../scripts/demoStack";
import type { Engine } from "../../scripts/engine/index";

describe("the demo", () => {
  const folder = "/caches/engine";
  const sources = {
    explicit: /leaves nothing behind/,
    path: /leaves nothing behind/,
    cache:
      /nothing new behind\. An earlier run left the engine \(250 MB\).*\n {2}\/caches\/engine\n/,
    installer: /^The demo leaves the engine \(250 MB\).*\n {2}\/caches\/engine\n/,
    go: /Go loaded and built for it \(3\.3 GB\).*\nthe engine \(250 MB\).*\n {2}\/caches\/engine\n/,
  } satisfies Record<Engine["source"], RegExp>;

  for (const [source, says] of Object.entries(sources)) {
    it(`says what stays where the engine is from: ${source}`, () => {
      assert.match(leftBehind({ source: source as Engine["source"], folder }), says);
    });
  }

  it("gives the figures of the engine's page, before and after", () => {
    const page = readFileSync(join(__dirname, "../../docs/development/engine.md"), "utf8");
    const said = [BEFORE, leftBehind({ source: "go", folder })].join(" ");
    const figures = said.match(/[\d.]+ [GM]B/g) ?? [];
    assert.equal(figures.length, 4);
    for (const figure of figures) assert.ok(page.includes(figure), figure);
  });

  it("shows what Pulumi prints only where somebody watches, or asks for it", () => {
    assert.equal(isWatched({ isTTY: true }, {}), true);
    assert.equal(isWatched({}, {}), false);
    assert.equal(isWatched({}, { DEMO_VERBOSE: "1" }), true);
  });
});
