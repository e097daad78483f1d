import { strict as assert } from "node:assert";
import type { Catalogue, CatalogueSetting } from "../../provider/catalogue/catalogue";
import { glossaryOf } from "../../provider/catalogue/glossary";
import { difference, payloadDifferences } from "../../provider/settings/differences";
import { wordsOf } from "../../provider/settings/glossary";
import { UNKNOWN } from "../../provider/settings/json";
import {
  creationInWords,
  driftInWords,
  inWords,
  tenantChangesInWords,
} from "../../provider/settings/words";
import { CATALOGUE, ID } from "../inventedCatalogue";

const GLOSSARY = glossaryOf(CATALOGUE);
const none = () => false;
const all = () => true;

function changes(before: unknown, after: unknown, isSecret = none, name = "policies") {
  return payloadDifferences(name, before, after, isSecret);
}

describe("a change in the words of a catalogue", () => {
  const table: [what: string, before: object, after: object, line: string][] = [
    [
      "reads like the portal, with its id at the end",
      { [ID.macroLevel]: "2" },
      { [ID.macroLevel]: "4" },
      `x: Macro Notification (Excel): Disable with notification (2) => Disable all (4) [${ID.macroLevel}]`,
    ],
    [
      "shows a value as it is if it has no label",
      { [ID.macroLevel]: "2" },
      { [ID.macroLevel]: "9" },
      `x: Macro Notification (Excel): Disable with notification (2) => "9" [${ID.macroLevel}]`,
    ],
    [
      "names an element after its policy",
      { [ID.minutes]: "5" },
      { [ID.minutes]: UNKNOWN },
      `x: AutoSave > Minutes (Excel): "5" => (known after apply) [${ID.minutes}]`,
    ],
    [
      "names what comes",
      {},
      { [ID.block]: "1" },
      `x: + Block macros from the internet (Excel): Enabled (1) [${ID.block}]`,
    ],
    [
      "names what goes",
      { [ID.block]: "0" },
      {},
      `x: - Block macros from the internet (Excel): Disabled (0) [${ID.block}]`,
    ],
    [
      "is as without a catalogue if that lacks the setting",
      { a: "1" },
      { a: "2" },
      'x: a "1" => "2"',
    ],
    [
      "labels a number",
      { [ID.block]: 0 },
      { [ID.block]: "1" },
      `x: Block macros from the internet (Excel): Disabled (0) => Enabled (1) [${ID.block}]`,
    ],
    [
      "finds no label by a name that every object has",
      {},
      { [ID.block]: "constructor" },
      `x: + Block macros from the internet (Excel): "constructor" [${ID.block}]`,
    ],
    [
      "knows a setting of a platform",
      {},
      { [`${ID.block}@Win32`]: { value: "1", platform: "Win32" } },
      `x: + Block macros from the internet (Excel): Enabled (1) [${ID.block}@Win32]`,
    ],
    [
      "labels the value alone of all that changes",
      { [ID.block]: { value: "1", app: "1" } },
      { [ID.block]: { value: "0", app: "0" } },
      `x: Block macros from the internet (Excel): Enabled (1) => Disabled (0), app "1" => "0" [${ID.block}]`,
    ],
  ];
  for (const [what, before, after, line] of table) {
    it(what, () => assert.deepEqual(inWords("x", changes(before, after), GLOSSARY), [line]));
  }

  it("tells no label of a secret value", () => {
    const shown = (before: object, after: object) =>
      inWords("x", changes(before, after, all), GLOSSARY)[0]?.replace(` [${ID.block}]`, "");
    const subject = "Block macros from the internet (Excel):";
    assert.equal(
      shown({ [ID.block]: "1" }, { [ID.block]: "0" }),
      `x: ${subject} [secret] => [secret] (changed)`,
    );
    assert.equal(shown({}, { [ID.block]: "0" }), `x: + ${subject} [secret]`);
    assert.equal(shown({ [ID.block]: "0" }, {}), `x: - ${subject} [secret]`);
  });

  it("says of drift and of user preferences what they are", () => {
    const differences = changes({ [ID.block]: "1" }, { [ID.block]: "0" }, none, "userPreferences");
    assert.deepEqual(driftInWords("x", differences, GLOSSARY), [
      `x: userPreferences Block macros from the internet (Excel): Enabled (1) => Disabled (0) [${ID.block}] (changed in the tenant)`,
    ]);
    const secret = changes({ [ID.block]: "1" }, { [ID.block]: "0" }, all);
    assert.deepEqual(driftInWords("x", secret, GLOSSARY), [
      `x: Block macros from the internet (Excel): [secret] => [secret] [${ID.block}] (changed in the tenant)`,
    ]);
  });

  it("says what somebody else has changed", () => {
    const path = ["policies", ID.block] as const;
    const both = { ...difference(path, "settings", { old: "1", next: "0" }), isKept: false };
    const added = { ...difference(path, "settings", { old: undefined, next: "0" }), isKept: true };
    assert.deepEqual(
      tenantChangesInWords("x", [both, added, { ...both, isSecret: true }], GLOSSARY),
      [
        `x: Block macros from the internet (Excel) was changed in the tenant since, Enabled (1) => Disabled (0); the program's value is written [${ID.block}]`,
        `x: Block macros from the internet (Excel) Disabled (0) was added in the tenant since, and is kept; a refresh shows it [${ID.block}]`,
        `x: Block macros from the internet (Excel) was changed in the tenant since, [secret] => [secret]; the program's value is written [${ID.block}]`,
      ],
    );
  });
});

describe("the words of a key", () => {
  it("are those of its id, which may hold what looks like a platform", () => {
    const glossary = (id: string) => (["a;b", "a;b@c"].includes(id) ? { name: id } : undefined);
    const names = ["a;b", "a;b@c", "a;b@d", "a@b;c", "x"].map(
      (key) => wordsOf(glossary, key)?.name,
    );
    assert.deepEqual(names, ["a;b", "a;b@c", "a;b", undefined, undefined]);
  });
});

describe("a creation in words", () => {
  const many = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`a;${String(at).padStart(3, "0")}`, "1"]),
    );
  const created = (policies: object, userPreferences: object) =>
    creationInWords("x", [
      ...changes({}, policies),
      ...changes({}, userPreferences, none, "userPreferences"),
      difference(["priority"], "value", { old: undefined, next: 1 }),
    ]);

  it("shows twenty settings, and says how many more there are", () => {
    const twenty = created(many(20), {});
    assert.deepEqual([twenty.length, twenty.at(-1)], [22, "x: priority (none) => 1"]);
    const one = created(many(20), { b: "1" });
    assert.deepEqual(one.slice(-2), [
      "x: priority (none) => 1",
      "x: and 1 more setting (--diff lists all)",
    ]);
    const more = created(many(100), many(40));
    assert.deepEqual(
      [more.length, more.at(-1)],
      [23, "x: and 120 more settings (--diff lists all)"],
    );
  });
});

describe("the words of a catalogue", () => {
  const wordsFor = (setting: Partial<CatalogueSetting>, more: Catalogue["settings"] = {}) => {
    const whole = { name: "N", scope: "user", kind: "toggle", ...setting } as CatalogueSetting;
    return glossaryOf({ ...CATALOGUE, settings: { a: whole, ...more } })("a");
  };

  it("are none for an id that it does not have", () => {
    assert.equal(GLOSSARY("constructor"), undefined);
    assert.equal(GLOSSARY("a"), undefined);
    assert.equal(wordsFor({ name: " \n" }), undefined);
  });

  it("are short, and on one line, whatever the file holds", () => {
    const hostile = `\u001b[2J\n\u202e${"x".repeat(10_000)}`;
    const words = wordsFor({ name: hostile, app: hostile, values: { "1": hostile, "2": "" } });
    const texts = [words?.name ?? "", ...Object.values(words?.labels ?? {})];
    for (const text of texts) {
      assert.ok(text.length <= 115, text);
      assert.doesNotMatch(text, /\p{Cc}|\p{Cf}/u);
    }
    assert.deepEqual(Object.keys(words?.labels ?? {}), ["1"]);
    assert.deepEqual(wordsFor({ values: { "1": " " } }), { name: "N" });
  });

  it("name an element after its policy, if that has another name", () => {
    const policy = { name: "P", scope: "user", kind: "policy", app: "Word" } as const;
    assert.equal(wordsFor({ policy: "p" }, { p: policy })?.name, "P > N (Word)");
    assert.equal(wordsFor({ policy: "p", name: "P:" }, { p: policy })?.name, "P (Word)");
    assert.equal(wordsFor({ policy: "p", name: "" }, { p: policy })?.name, "P (Word)");
    assert.equal(wordsFor({ policy: "gone", app: "" })?.name, "N");
    const long = { ...policy, name: "p".repeat(60) };
    assert.equal(wordsFor({ policy: "p" }, { p: long })?.name, `${"p".repeat(50)}… > N (Word)`);
    assert.equal(wordsFor({ policy: "p", name: "" }, { p: long })?.name, `${long.name} (Word)`);
  });
});
