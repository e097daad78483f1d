import { strict as assert } from "node:assert";
import fc from "fast-check";
import { type Overlap, overlapOf } from "../../cli/compare/roads/overlap";
import type { Audience } from "../../cli/compare/side";
import type { PolicyTarget } from "../../provider/settings/policyTargets";
import { targetsOf as targets } from "../comparedSides";

const groups = (...ids: string[]): Audience => ({ kind: "groups", ids });

const ALL_USERS = { all: "users" } as const;
const ALL_DEVICES = { all: "devices" } as const;
const FILTER = { include: "f" } as const;

describe("two policies", () => {
  const cases: readonly (readonly [what: string, a: Audience, b: Audience, overlap: Overlap])[] = [
    ["of one group reach its members", groups("a"), targets({ groupId: "A" }), "yes"],
    ["of two groups may have a member in common", groups("a"), targets({ groupId: "b" }), "may"],
    ["of a group and of all users reach its members", groups("a"), targets(ALL_USERS), "yes"],
    ["of a group and of all devices reach its members", groups("a"), targets(ALL_DEVICES), "yes"],
    ["of all users and all devices meet", targets(ALL_USERS), targets(ALL_DEVICES), "yes"],
    [
      "may meet where a filter leaves out computers",
      groups("a"),
      targets({ ...ALL_USERS, filter: FILTER }),
      "may",
    ],
    [
      "may meet where one of a group has a filter",
      groups("a"),
      targets({ groupId: "a", filter: { exclude: "f" } }),
      "may",
    ],
    [
      "do not meet where all users but the group get the other one",
      groups("a"),
      targets(ALL_USERS, { excludedGroupId: "A" }),
      "no",
    ],
    [
      "may meet where all devices but those of the group get the other one: an exclusion of users may not count",
      groups("a"),
      targets(ALL_DEVICES, { excludedGroupId: "a" }),
      "may",
    ],
    [
      "may meet where another group is excluded, whose members may be the same",
      groups("a"),
      targets(ALL_USERS, { excludedGroupId: "b" }),
      "may",
    ],
    [
      "may meet where an excluded group is one of several",
      groups("a", "b"),
      targets(ALL_USERS, { excludedGroupId: "a" }),
      "may",
    ],
    [
      "may meet where another group than the excluded one gets the other one",
      groups("a"),
      targets({ groupId: "b" }, { excludedGroupId: "a" }),
      "may",
    ],
    [
      "do not meet where the other one is for a group that it excludes too",
      groups("a"),
      targets({ groupId: "b" }, { excludedGroupId: "b" }),
      "no",
    ],
    [
      "of all users but some, and of all users, meet",
      targets(ALL_USERS, { excludedGroupId: "a" }),
      targets(ALL_USERS),
      "yes",
    ],
    [
      "meet if one part of their audiences does",
      groups("a", "b"),
      targets({ groupId: "c" }, { groupId: "b" }),
      "yes",
    ],
    ["do not meet if one has no group", groups(), targets(ALL_USERS), "no"],
    [
      "do not meet if one only excludes groups",
      groups("a"),
      targets({ excludedGroupId: "b" }),
      "no",
    ],
    ["do not meet if one has no target", { kind: "unknown" }, targets(), "no"],
    [
      "may meet if a target cannot be read",
      groups("a"),
      { kind: "targets", targets: [], unread: 1 },
      "may",
    ],
    ...(["others", "source", "unsaid", "unknown"] as const).map(
      (kind) =>
        [`may meet if it is not told who gets one: ${kind}`, { kind }, groups("a"), "may"] as const,
    ),
  ];

  for (const [what, a, b, overlap] of cases) {
    it(what, () => {
      assert.equal(overlapOf(a, b), overlap);
      assert.equal(overlapOf(b, a), overlap);
    });
  }

  it("never miss a user who is in both", () => {
    const group = fc.constantFrom("a", "b", "c");
    const audience = fc.uniqueArray(
      fc.oneof(
        fc.record({ groupId: group }),
        fc.record({ excludedGroupId: group }),
        fc.constant(ALL_USERS),
      ),
      { maxLength: 4 },
    );
    const gets = (user: readonly string[], given: readonly PolicyTarget[]) =>
      given.some((each) => "all" in each || ("groupId" in each && user.includes(each.groupId))) &&
      !given.some((each) => "excludedGroupId" in each && user.includes(each.excludedGroupId));
    fc.assert(
      fc.property(fc.subarray(["a", "b", "c"]), audience, audience, (user, a, b) => {
        const doesGetBoth = gets(user, a) && gets(user, b);
        assert.ok(!doesGetBoth || overlapOf(targets(...a), targets(...b)) !== "no");
      }),
    );
  });
});
