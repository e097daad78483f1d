import { strict as assert } from "node:assert";
import fc from "fast-check";
import { effectsOf, isOrderKnown } from "../../cli/compare/effects";
import type { Entry } from "../../cli/compare/entries";
import { areSame } from "../../cli/compare/sameness";
import type { Audience, Rank } from "../../cli/compare/side";
import { UNKNOWN } from "../../provider/settings/json";

const OPTIONS = { haveSameGroups: true, doOverrule: true };

/** Parts of a policy that sets a setting. */
interface EntryParts {
  readonly value?: unknown;
  readonly groups?: readonly string[];
  readonly kind?: Exclude<Audience["kind"], "groups" | "targets">;
  readonly rank?: Rank | undefined;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

function entryOf({ value = "1", groups = [], kind, rank, attributes }: EntryParts): Entry {
  return {
    policy: {
      name: "P",
      rank,
      audience: kind === undefined ? { kind: "groups", ids: groups } : { kind },
      payloads: { policies: undefined, userPreferences: undefined },
    },
    setting: { value, ...attributes },
    isSecret: false,
    isKnown: value !== UNKNOWN,
  };
}

/** Policies with the priorities 0, 1, … */
function ranked(...parts: EntryParts[]): Entry[] {
  return parts.map((each, place) => entryOf({ rank: { scale: "priority", place }, ...each }));
}

const fates = (entries: readonly Entry[]) =>
  effectsOf(entries).map(({ fate, groups }) => [fate, groups?.join(" ")]);

describe("the effects of a setting", () => {
  it("are all there where policies have different groups", () => {
    assert.deepEqual(fates(ranked({ groups: ["a"] }, { groups: ["b"] })), [
      ["wins", "a"],
      ["wins", "b"],
    ]);
  });

  it("leave a later policy the groups that an earlier one does not have", () => {
    const entries = ranked({ groups: ["a"] }, { groups: ["b", "A"] }, { groups: ["b", "a"] });
    assert.deepEqual(fates(entries), [
      ["wins", "a"],
      ["wins", "b"],
      ["overruled", ""],
    ]);
  });

  it("follow the priorities, not the order of the list", () => {
    const [first, second] = ranked({ value: "1", groups: ["a"] }, { value: "2", groups: ["a"] });
    assert.ok(first && second);
    const values = effectsOf([second, first]).map(({ entry, fate }) => [entry.setting.value, fate]);
    assert.deepEqual(values, [
      ["1", "wins"],
      ["2", "overruled"],
    ]);
  });

  it("are idle where a policy has no group, and overrule nothing then", () => {
    assert.deepEqual(fates(ranked({ groups: [] }, { groups: ["a"] })), [
      ["idle", ""],
      ["wins", "a"],
    ]);
  });

  it("are only the first where sources name no groups", () => {
    assert.deepEqual(fates(ranked({ kind: "source" }, { kind: "source" })), [
      ["wins", undefined],
      ["overruled", undefined],
    ]);
  });

  it("are all there where groups are not said", () => {
    for (const kind of ["unsaid", "others", "unknown"] as const) {
      assert.deepEqual(fates(ranked({ kind }, { kind })), [
        ["wins", undefined],
        ["wins", undefined],
      ]);
    }
  });

  it("overrule nothing where it is not known which policy wins", () => {
    const same = { groups: ["a"] };
    for (const [first, second] of [
      [undefined, undefined],
      [{ scale: "priority", place: 0 }, undefined],
      [
        { scale: "priority", place: 0 },
        { scale: "order", place: 1 },
      ],
      [
        { scale: "priority", place: 0 },
        { scale: "priority", place: 0 },
      ],
    ] as const) {
      const entries = [entryOf({ ...same, rank: first }), entryOf({ ...same, rank: second })];
      assert.equal(isOrderKnown(entries), false);
      assert.deepEqual(fates(entries), [
        ["wins", "a"],
        ["wins", "a"],
      ]);
    }
  });
});

describe("a setting on both sides", () => {
  const rows: [what: string, left: Entry[], right: Entry[], isSame: boolean][] = [
    ["one value for one group", ranked({ groups: ["a"] }), ranked({ groups: ["A"] }), true],
    ["another group", ranked({ groups: ["a"] }), ranked({ groups: ["b"] }), false],
    [
      "groups of one policy, and of two with one value",
      ranked({ groups: ["a", "b"] }),
      ranked({ groups: ["a"] }, { groups: ["b"] }),
      true,
    ],
    [
      "two values in another order, which counts for who is in both groups",
      ranked({ value: "1", groups: ["a"] }, { value: "2", groups: ["b"] }),
      ranked({ value: "2", groups: ["b"] }, { value: "1", groups: ["a"] }),
      false,
    ],
    [
      "a value that nobody gets, because it is overruled",
      ranked({ groups: ["a"] }, { value: "2", groups: ["a"] }),
      ranked({ groups: ["a"] }),
      true,
    ],
    ["no group on one side", ranked({ groups: [] }), ranked({ groups: ["a"] }), false],
    ["no group on both sides", ranked({ groups: [] }), ranked({ groups: [] }), true],
    ["no group, and a source", ranked({ groups: [] }), ranked({ kind: "source" }), true],
    ["no group, and others than groups", ranked({ groups: [] }), ranked({ kind: "others" }), false],
    ["no group, and groups not said", ranked({ groups: [] }), ranked({ kind: "unsaid" }), true],
    [
      "another value for no group, and groups not said",
      ranked({ value: "2", groups: [] }),
      ranked({ kind: "unsaid" }),
      false,
    ],
    [
      "a source, and groups with its value",
      ranked({ kind: "source" }),
      ranked({ groups: ["a"] }, { groups: ["b"] }),
      true,
    ],
    [
      "a source, and a group with another value",
      ranked({ kind: "source" }),
      ranked({ value: "2", groups: ["a"] }, { groups: ["b"] }),
      false,
    ],
    ["a list and its text", ranked({ value: ["1"] }), ranked({ value: '["1"]' }), false],
    [
      "keys in another order",
      ranked({ value: { a: 1, b: 2 } }),
      ranked({ value: { b: 2, a: 1 } }),
      true,
    ],
  ];
  for (const [what, left, right, isSame] of rows) {
    it(`is ${isSame ? "the same" : "different"}: ${what}`, () => {
      assert.equal(areSame({ left, right }, OPTIONS), isSame);
      assert.equal(areSame({ left: right, right: left }, OPTIONS), isSame);
    });
  }

  it("is the same in two tenants if the values are, in their order", () => {
    const left = ranked({ value: "1", groups: ["a"] }, { value: "2", groups: ["b"] });
    const right = ranked({ value: "1", groups: ["x"] }, { value: "2", groups: ["y", "z"] });
    assert.equal(areSame({ left, right }, { ...OPTIONS, haveSameGroups: false }), true);
    const other = {
      left,
      right: right.toReversed().map((each, place) => ({
        ...each,
        policy: { ...each.policy, rank: { scale: "priority", place } as const },
      })),
    };
    assert.equal(areSame(other, { ...OPTIONS, haveSameGroups: false }), false);
  });

  it("is compared without order if one side does not say which policy wins", () => {
    const left = ranked({ value: "1", groups: ["a"] }, { value: "2", groups: ["b"] });
    const right = [entryOf({ value: "2", groups: ["b"] }), entryOf({ value: "1", groups: ["a"] })];
    assert.equal(areSame({ left, right }, OPTIONS), true);
    assert.equal(areSame({ left, right: right.slice(1) }, OPTIONS), false);
  });

  it("has attributes that count if every policy gives them, and a state that always counts", () => {
    const plain = ranked({ groups: ["a"] });
    const withType = (type: string) => ranked({ groups: ["a"], attributes: { type, name: type } });
    assert.equal(
      areSame({ left: withType("REG_SZ"), right: withType("REG_DWORD") }, OPTIONS),
      false,
    );
    assert.equal(areSame({ left: withType("REG_SZ"), right: plain }, OPTIONS), true);
    const disabled = ranked({ groups: ["a"], attributes: { enabled: false } });
    const enabled = ranked({ groups: ["a"], attributes: { enabled: true } });
    assert.equal(areSame({ left: disabled, right: plain }, OPTIONS), false);
    assert.equal(areSame({ left: enabled, right: plain }, OPTIONS), true);
  });

  const GROUPS = ["a", "b", "c"];
  const policies = fc.array(
    fc.record({ value: fc.constantFrom("1", "2"), groups: fc.subarray(GROUPS) }),
    { minLength: 1, maxLength: 4 },
  );
  /** All sets of groups that a user can be in. */
  const users = Array.from({ length: 2 ** GROUPS.length }, (_, bits) =>
    GROUPS.filter((__, place) => (bits >> place) % 2 === 1),
  );
  /** Value that a user gets: that of the first policy that reaches them. */
  const valueFor = (user: readonly string[], parts: readonly EntryParts[]) =>
    parts.find(({ groups = [] }) => groups.some((id) => user.includes(id)))?.value;

  it("is the same exactly if every user gets the same value", () => {
    fc.assert(
      fc.property(policies, policies, (left, right) => {
        const doReach = [left, right].map((side) => side.some(({ groups }) => groups.length > 0));
        fc.pre(doReach[0] === true && doReach[1] === true);
        const expected = users.every((user) => valueFor(user, left) === valueFor(user, right));
        assert.equal(
          areSame({ left: ranked(...left), right: ranked(...right) }, OPTIONS),
          expected,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
