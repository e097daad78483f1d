import { strict as assert } from "node:assert";
import type { AuditedChange } from "../../provider/api/auditedChanges";
import { authorInWords, authorOf, type SoughtChange } from "../../provider/api/changeAuthor";
import { auditedChange, minute } from "../auditedChange";

/** A change after which a setting has a value. */
const sets = (minutes: number, by: string, value: string) =>
  auditedChange(minutes, by, { settings: new Map([["a;x", value]]) });

const SOUGHT: SoughtChange = {
  policyId: "P",
  what: { settingId: "a;X", value: "2" },
  afterMs: minute(0),
  untilMs: minute(60),
};

const found = (changes: readonly AuditedChange[], sought: Partial<SoughtChange> = {}) => {
  const author = authorOf({ ...SOUGHT, ...sought }, changes);
  return author && `${author.by}${author.isOfThisChange ? "" : "?"}`;
};

describe("the author of a change", () => {
  // records, who: with a question mark if it may be another change
  const table: [string, AuditedChange[], string | undefined, Partial<SoughtChange>?][] = [
    ["who set the value", [sets(5, "ann", "2")], "ann"],
    ["nobody without records", [], undefined],
    [
      "nobody if another policy was changed",
      [auditedChange(5, "ann", { policyId: "q" })],
      undefined,
    ],
    ["not sure if another setting was changed", [auditedChange(5, "ann")], "ann?"],
    ["not sure if another value was set", [sets(5, "ann", "3")], "ann?"],
    ["not who repeats the value", [sets(5, "ann", "2"), sets(6, "bob", "2")], "ann"],
    ["who set it last", [sets(5, "ann", "2"), sets(6, "bob", "3"), sets(7, "eve", "2")], "eve"],
    [
      "not sure if it was set to another value after that",
      [sets(5, "ann", "2"), sets(6, "bob", "3")],
      "bob?",
    ],
    ["not who set it to something else before", [sets(-2, "us", "4"), sets(5, "ann", "2")], "ann"],
    ["nobody of before the state", [sets(-10, "ann", "2")], undefined],
    [
      "not sure about a record of just before the state",
      [sets(-2, "bob", "2"), sets(5, "ann", "2")],
      "ann?",
    ],
    [
      "who set it in the second of the state",
      [auditedChange(0, "x"), { ...sets(0, "ann", "2"), atMs: minute(0) - 900 }],
      "ann",
    ],
    ["nobody of after the look", [sets(90, "ann", "2")], undefined],
    [
      "who set it before a change that came after the look",
      [sets(5, "ann", "2"), sets(90, "bob", "3")],
      "ann",
    ],
    ["who set it, by a clock that is ahead", [sets(63, "ann", "2")], "ann"],
    [
      "not sure if nobody knows what was before",
      [sets(5, "ann", "2")],
      "ann?",
      { afterMs: undefined },
    ],
    [
      "who set it if the log has what was before",
      [sets(1, "us", "4"), sets(5, "ann", "2")],
      "ann",
      { afterMs: undefined },
    ],
    [
      "not sure of a change that no record shows",
      [sets(5, "ann", "2")],
      "ann?",
      { what: undefined },
    ],
    [
      "who deleted it",
      [sets(4, "bob", "2"), auditedChange(5, "ann", { isDeletion: true })],
      "ann",
      { what: "deletion" },
    ],
    ["not sure if the log has no deletion", [sets(5, "ann", "2")], "ann?", { what: "deletion" }],
  ];
  for (const [name, changes, expected, sought] of table) {
    it(`is ${name}`, () => {
      assert.equal(found(changes, sought), expected);
    });
  }

  it("is found by numbers, flags and lists too", () => {
    const values = [
      ["2", 2],
      ["true", true],
      ["[1]", [1]],
    ] as const;
    for (const [text, value] of values) {
      const what = { settingId: "a;x", value };
      assert.equal(found([sets(5, "ann", text)], { what }), "ann");
    }
    assert.equal(
      found([sets(5, "ann", "2")], { what: { settingId: "a;x", value: undefined } }),
      "ann?",
    );
  });

  it("is found by the policy's own properties", () => {
    const properties = new Map([["priority", "7"] as const]);
    const what = { property: "priority", value: 7 } as const;
    assert.equal(found([auditedChange(5, "ann", { properties })], { what }), "ann");
    assert.equal(
      found([auditedChange(5, "ann", { properties })], { what: { ...what, value: 8 } }),
      "ann?",
    );
  });

  it("is told in words: on one line, with the app, and apps as such", () => {
    const ann = { by: "ann@contoso.example", atMs: minute(0), through: undefined };
    assert.equal(authorInWords(ann), "ann@contoso.example, 2026-11-21 12:00 UTC");
    const app = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    assert.equal(authorInWords({ ...ann, by: app }), `the app ${app}, 2026-11-21 12:00 UTC`);
    assert.equal(
      authorInWords({ ...ann, by: "a\u202e\nb", through: "Admin\ncenter" }),
      "a b in Admin center, 2026-11-21 12:00 UTC",
    );
    assert.ok(authorInWords({ ...ann, by: "x".repeat(5_000) }).length < 200);
  });
});
