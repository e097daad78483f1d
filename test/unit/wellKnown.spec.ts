import { strict as assert } from "node:assert";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KNOWN_SETTINGS, KNOWN_VALUES } from "../../provider/settings/knownSettings";

const ROOT = join(__dirname, "..", "..");

/** Names of machine settings in office16.admx that guides use: a program would give them in vain. */
const MACHINE = [
  "L_CopilotDeviceCodeTabPreInstall",
  "L_DeferUpdateDays",
  "L_EnableAutomaticUpdates",
  "L_HideEnableDisableUpdates",
  "L_HideUpdateNotifications",
  "L_PreventBingInstall",
  "L_PreventTeamsInstall",
  "L_RestrictActiveXInstall",
  "L_UpdateBlockVersion",
  "L_UpdateBranch",
  "L_UpdateChannelSelectorMachine",
  "L_UpdateDeadline",
  "L_UpdatePath",
  "L_UpdateTargetVersion",
];

function machineNamesIn(text: string): string[] {
  return MACHINE.filter((name) => new RegExp(`\\b${name}\\b`, "i").test(text));
}

describe("the settings that the package knows", () => {
  const ids = Object.keys(KNOWN_SETTINGS);

  it("are no machine settings, which Cloud Policy does not take", () => {
    assert.deepEqual(machineNamesIn(ids.join("\n")), []);
  });

  it("are as many as the docs say, and few enough to choose from", () => {
    assert.ok(ids.length <= 300);
    for (const page of ["settings.md", "export.md"]) {
      const text = readFileSync(join(ROOT, "docs", page), "utf8").replaceAll("\n", " ");
      assert.match(text, new RegExp(`\\b${ids.length} well-known`), page);
    }
  });

  it("have an id and a name that can be shown beside it", () => {
    for (const [id, name] of Object.entries(KNOWN_SETTINGS)) {
      assert.match(id, /^(?:access|excel|office|outlk|ppt|proj|pub|visio|word)16;\w+(?:;\w+)?$/);
      assert.match(name, /^[\x20-\x7e]{3,90}$/, id);
      assert.doesNotMatch(name, /[`*@]|[:.]$/, id);
    }
  });

  it("are each there once, with values that all have a meaning", () => {
    const texts = globSync("provider/settings/known/*.ts", { cwd: ROOT }).map((file) =>
      readFileSync(join(ROOT, file), "utf8"),
    );
    const written = texts.join("\n").match(/"[a-z]+16;[^"]+"/g) ?? [];
    assert.equal(new Set(written).size, written.length);
    for (const [id, values] of Object.entries(KNOWN_VALUES)) {
      assert.ok(id in KNOWN_SETTINGS, id);
      assert.ok(Object.keys(values).length >= 2, id);
      for (const meaning of Object.values(values)) assert.match(meaning, /^[\x20-\x7e]{2,60}$/, id);
    }
  });

  it("have no policy beside its elements, which have the values", () => {
    const parents = new Set(ids.map((id) => id.split(";").slice(0, 2).join(";")));
    const elements = ids.filter((id) => id.split(";").length === 3);
    for (const id of elements) assert.ok(!ids.includes(id.replace(/;[^;]+$/, "")), id);
    assert.ok(parents.size > 100);
  });
});

describe("the README, the docs and the examples", () => {
  const files = globSync(["README.md", "docs/**/*.md", "examples/**/*.{ts,md,json,yaml}"], {
    cwd: ROOT,
    exclude: ["**/node_modules/**"],
  });

  it("use no machine setting", () => {
    assert.ok(files.length > 20);
    for (const file of files) {
      assert.deepEqual(machineNamesIn(readFileSync(join(ROOT, file), "utf8")), [], file);
    }
  });
});
