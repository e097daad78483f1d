import { strict as assert } from "node:assert";
import fc from "fast-check";
import { compareSides } from "../../cli/compare/comparison";
import { comparisonJson } from "../../cli/compare/json";
import { comparisonMarkdown } from "../../cli/compare/markdown";
import type { Side } from "../../cli/compare/side";
import { comparisonText } from "../../cli/compare/text";
import type { LeftKind } from "../../cli/convert/resolution";
import { MAX_COMMENT } from "../../cli/markdown";
import { glossaryOf } from "../../provider/catalogue/glossary";
import { anySide, intuneTenant, sideOf, type TestPolicy, targetsOf } from "../comparedSides";
import { hostileTexts } from "../hostileTexts";
import { CATALOGUE, ID } from "../inventedCatalogue";

const GLOSSARY = glossaryOf(CATALOGUE);
const GROUPS = [1, 2, 3, 4, 5, 6].map((digit) => `${digit}1111111-1111-4111-8111-111111111111`);

const compared = (left: Side, right: Side) => compareSides({ left, right }, GLOSSARY);

function of(left: readonly TestPolicy[], right: readonly TestPolicy[]) {
  return compared(sideOf(left, { title: "tenant A" }), sideOf(right, { title: "stack b" }));
}

const left = [
  { name: "IT", policies: { [ID.macroLevel]: "4" }, groups: GROUPS.slice(0, 1) },
  { name: "All", policies: { [ID.macroLevel]: "2", [ID.minutes]: "5" }, groups: GROUPS },
];
const right = [
  { name: "One", policies: { [ID.macroLevel]: "4", [ID.block]: "1" }, groups: GROUPS },
];

const text = (width: number) => comparisonText(of(left, right), GLOSSARY, width);

describe("a comparison on a screen", () => {
  it("has a section for each outcome, in the words of the catalogue", () => {
    assert.equal(
      text(80),
      `left   tenant A, 2 policies
right  stack b, 1 policy

only left (1)
  AutoSave > Minutes (Excel)
    excel16;L_AutoSave;L_Minutes
    left  "5": "All" (priority 1) for the groups
          11111111-1111-4111-8111-111111111111,
          21111111-1111-4111-8111-111111111111,
          31111111-1111-4111-8111-111111111111,
          41111111-1111-4111-8111-111111111111 and 2 more

only right (1)
  Block macros from the internet (Excel)
    excel16;L_BlockMacros
    right  Enabled (1): "One" (priority 0) for the groups
           11111111-1111-4111-8111-111111111111,
           21111111-1111-4111-8111-111111111111,
           31111111-1111-4111-8111-111111111111,
           41111111-1111-4111-8111-111111111111 and 2 more

different (1)
  Macro Notification (Excel)
    excel16;L_Macros;L_Level
    left   Disable all (4): "IT" (priority 0) for the group
           11111111-1111-4111-8111-111111111111
           Disable with notification (2): "All" (priority 1) for the groups
           21111111-1111-4111-8111-111111111111,
           31111111-1111-4111-8111-111111111111,
           41111111-1111-4111-8111-111111111111,
           51111111-1111-4111-8111-111111111111 and 1 more
    right  Disable all (4): "One" (priority 0) for the groups
           11111111-1111-4111-8111-111111111111,
           21111111-1111-4111-8111-111111111111,
           31111111-1111-4111-8111-111111111111,
           41111111-1111-4111-8111-111111111111 and 2 more

note: where a side has several values, a user gets the first one whose group
      they are in

3 settings: 1 different, 1 only left, 1 only right, 0 the same.`,
    );
  });

  it("says in one line that all is the same", () => {
    const result = comparisonText(of(right, right), GLOSSARY, 80);
    assert.match(result, /\n\nThe same: 2 settings\.$/);
  });

  it("lists what was not compared by its reason, and notes", () => {
    const line = (kind: LeftKind, place: string, reason: string) => {
      const [key = "", valueName = ""] = place.split("!");
      return { source: "Baseline", kind, key, valueName, reason };
    };
    const side = sideOf([], {
      notes: ["cut"],
      left: [
        line("machine", "office\\x!y", "it is for the computer"),
        line("value", "office\\level!z", "the setting does not take it"),
        line("machine", "office\\x!z", "it is for the computer"),
        line("foreign", "Software\\Policies\\Microsoft\\Edge\\a!1", "it is not a value of Office"),
        line("foreign", "Software\\Policies\\Microsoft\\Edge\\b!2", "it is not a value of Office"),
      ],
    });
    const comparison = compared(side, sideOf([]));
    assert.equal(
      comparisonText(comparison, GLOSSARY, 80).split("\n\n").slice(1).join("\n\n"),
      `not read as a setting (1)
  left, "Baseline": the setting does not take it
      office\\level\\z

nothing to compare (4)
  left, "Baseline": it is for the computer
      office\\x\\y
      office\\x\\z
  left, "Baseline": it is not a value of Office
      Software\\Policies\\Microsoft\\Edge (2)

note: left: cut

As far as read, the same: 0 settings. 1 more could not be read as settings.`,
    );
    const markdown = comparisonMarkdown(comparison, GLOSSARY);
    assert.match(
      markdown,
      /^### nothing to compare \(4\)\n\n- left, "Baseline": it is for the computer\n {2}- office\\\\x\\\\y$/m,
    );
    const { unclear, others } = JSON.parse(comparisonJson(comparison, GLOSSARY)) as Record<
      string,
      unknown[]
    >;
    assert.deepEqual([unclear?.length, others?.length], [1, 4]);
  });

  it("masks secrets, and says what is not known, overruled, disabled or of another type", () => {
    const isSecret = (_: string, key: string) => key === "a;Secret";
    const full = (type: string, enabled: boolean) => [
      { settingId: "a;Secret", value: "planted" },
      { settingId: "a;Type", value: "1", type, enabled },
    ];
    const result = comparisonText(
      of(
        [{ policies: full("REG_SZ", false), isSecret }, { policies: { "a;Type": "9" } }],
        [{ policies: { "a;Secret": "other" } }, { policies: full("REG_DWORD", true).slice(1) }],
      ),
      GLOSSARY,
      120,
    );
    assert.doesNotMatch(result, /planted|other/);
    assert.match(result, /left {3}\[secret\]: "P0"/);
    assert.match(result, /left {3}"1", disabled: "P0".*\n {11}overruled: "9": "P1"/);
  });

  for (const width of [80, 120]) {
    it(`keeps to ${width} columns, but for words that are longer`, () => {
      fc.assert(
        fc.property(anySide, anySide, (a, b) => {
          for (const line of comparisonText(compared(a, b), GLOSSARY, width).split("\n")) {
            const isOneWord = !line
              .trim()
              .replace(/^(?:left|right|note:?) +/, "")
              .includes(" ");
            assert.ok([...line].length <= width || isOneWord, line);
          }
        }),
      );
    });
  }

  it("shows hostile texts without what steers a terminal, in every form", () => {
    for (const hostile of hostileTexts(300).filter((each) => each.length < 20_000)) {
      const policies = { [`a;${hostile}`]: hostile, "b;B": { value: "1", name: hostile } };
      const side = sideOf([{ name: hostile, policies, groups: [hostile] }], {
        title: hostile.slice(0, 50),
      });
      const targets = targetsOf({ groupId: hostile }, { excludedGroupId: hostile });
      const other = intuneTenant({ name: hostile, policies: { "b;B": "2" }, audience: targets });
      const comparison = compared(side, other);
      const shown = [
        comparisonText(comparison, GLOSSARY, 80),
        comparisonMarkdown(comparison, GLOSSARY),
      ];
      for (const each of shown)
        assert.doesNotMatch(each, /(?!\n|\u200c|\u200d)[\p{Cc}\p{Cf}\u2028\u2029]/u);
      assert.doesNotThrow(() => JSON.parse(comparisonJson(comparison, GLOSSARY)));
    }
  });
});

describe("a comparison as Markdown", () => {
  const markdown = (a: readonly TestPolicy[], b: readonly TestPolicy[]) =>
    comparisonMarkdown(of(a, b), GLOSSARY);

  it("has a table for each outcome", () => {
    const lines = markdown(left, right).split("\n");
    assert.equal(lines[0], "**left**: tenant A<br>**right**: stack b");
    assert.equal(lines[2], "**3 settings: 1 different, 1 only left, 1 only right, 0 the same.**");
    assert.deepEqual(
      lines.filter((line) => line.startsWith("###")),
      ["### only left (1)", "### only right (1)", "### different (1)"],
    );
    const row = lines.find((line) => line.startsWith("| Macro"));
    assert.match(
      row ?? "",
      /^\| Macro Notification .*<br>excel16;L\\_Macros;L\\_Level \| Disable all .*<br>Disable with .* \| Disable all .* \|$/,
    );
  });

  it("neither mentions users nor makes markup of names", () => {
    const name = '@octocat <img src=x> | `x` #1 [a](https://x.example) "&amp;';
    const shown = markdown([{ name, policies: { "a;A": name } }], []);
    assert.doesNotMatch(shown, /@octocat|<img|[^\\]\[a|https:\/\/x|[^\\]#1/);
    const row = shown.split("\n").find((line) => line.startsWith("| a;A")) ?? "";
    assert.equal(row.match(/(?<!\\)\|/g)?.length, 4);
  });

  it("fits a comment, and says what it leaves out", () => {
    const policies = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, number) => [`a;L_${number}`, "x".repeat(number % 50)]),
    );
    const shown = markdown([{ policies }], []);
    assert.ok(shown.length <= MAX_COMMENT, String(shown.length));
    const rows = shown.match(/^\| a;L/gm)?.length ?? 0;
    assert.ok(rows > 300);
    assert.match(shown, new RegExp(`\nLeft out, because .*: ${3_000 - rows} settings\\. `));
    assert.doesNotMatch(markdown(left, right), /Left out/);
  });
});

describe("a comparison as JSON", () => {
  it("has the values, their policies and groups, and numbers", () => {
    const json = JSON.parse(comparisonJson(of(left, right), GLOSSARY)) as {
      readonly counts: unknown;
      readonly settings: readonly { readonly outcome: string; readonly left: unknown[] }[];
    };
    assert.deepEqual(json.counts, {
      onlyLeft: 1,
      onlyRight: 1,
      different: 1,
      unknown: 0,
      same: 0,
      unclear: 0,
      others: 0,
    });
    const setting = json.settings.find(({ outcome }) => outcome === "different");
    assert.deepEqual(setting?.left[0], {
      policy: "IT",
      policyId: null,
      rank: { scale: "priority", place: 0 },
      value: "4",
      label: "Disable all",
      fate: "wins",
      groups: [GROUPS[0]],
      audience: "groups",
    });
  });

  it("leaves out values that are secret", () => {
    const isSecret = () => true;
    const comparison = of([{ policies: { "a;A": "planted" }, isSecret }], []);
    const json = comparisonJson(comparison, GLOSSARY);
    assert.doesNotMatch(json, /planted|"value"/);
    assert.match(json, /"isSecret": true/);
  });
});
