import { strict as assert } from "node:assert";
import { z } from "zod";
import { type InputProblem, problemLine } from "../../provider/settings/inputProblem";
import {
  clientConfigurationSchema,
  INPUT_NAMES,
  inputProblems,
} from "../../provider/settings/inputs/clientConfiguration";
import {
  namedIn,
  patchProblems,
  patchSchema,
} from "../../provider/settings/inputs/clientConfigurationPatch";
import {
  checkinStatusSchema,
  officeConfigurationProblems,
  officeConfigurationSchema,
  userCheckinSummarySchema,
} from "../../provider/settings/inputs/officeConfiguration";
import { prioritiesProblems, prioritiesSchema } from "../../provider/settings/inputs/priorities";
import { settingSchema } from "../../provider/settings/inputs/setting";
import { deadlineOf, durationMs } from "../../provider/settings/inputs/timeouts";
import { type PlainObject, UNKNOWN } from "../../provider/settings/json";

const GROUP = "11111111-2222-3333-4444-555555555555";
const MAX_INT32 = 2_147_483_647;

const lines = (problems: readonly InputProblem[]) => problems.map(problemLine);

const NAME = "displayName must be a text of 1 to 256 characters that is not only white space";
const DESCRIPTION = "description must be a text of at most 2048 characters";
const PRIORITY = "priority must be a whole number from 0 (evaluated first) to 2147483647";
const GROUP_ID =
  "must be a Microsoft Entra group: its id, a GUID such as 11111111-2222-3333-4444-555555555555, or { groupId }, or Graph's { target: { groupId } }";
const ADOPT =
  "adopt must be { id } or { displayName } of the policy to take over, and nothing else";
const DURATION = "must be a duration such as 90s, 10m or 1h30m";

describe("the inputs of a policy", () => {
  const taken: PlainObject[] = [
    { displayName: "a" },
    { displayName: " a " },
    { displayName: "x".repeat(256), description: "", priority: 0 },
    { description: "x".repeat(2048), priority: MAX_INT32 },
    { assignments: [] },
    { assignments: [GROUP, UNKNOWN], policies: UNKNOWN },
    { adopt: { id: "1" } },
    { adopt: { displayName: "a" } },
    { allowDuplicateName: true, includeCheckinData: false },
    { allowDuplicateName: UNKNOWN, priority: UNKNOWN, displayName: UNKNOWN, adopt: UNKNOWN },
    { timeouts: { create: "90s", read: "1h30m", update: "1.5h", delete: UNKNOWN } },
    { policies: { "a;b": "1" }, userPreferences: null },
  ];
  for (const inputs of taken) {
    it(`are taken: ${JSON.stringify(inputs).slice(0, 60)}`, () => {
      assert.deepEqual(lines(inputProblems({ displayName: "a", ...inputs })), []);
    });
  }

  const refused: [PlainObject, ...string[]][] = [
    [{ displayName: undefined }, NAME.replace("displayName", "displayName is required and")],
    [{ displayName: 7 }, NAME],
    [{ displayName: " \n" }, NAME],
    [{ displayName: "x".repeat(257) }, NAME],
    [{ description: 7 }, DESCRIPTION],
    [{ description: "x".repeat(2049) }, DESCRIPTION],
    [{ priority: -1 }, PRIORITY],
    [{ priority: 1.5 }, PRIORITY],
    [{ priority: "1" }, PRIORITY],
    [{ priority: MAX_INT32 + 1 }, PRIORITY],
    [{ assignments: GROUP }, "assignments must be a list of groups"],
    [{ assignments: ["a", 7] }, `assignments[0] ${GROUP_ID}`, `assignments[1] ${GROUP_ID}`],
    [
      { assignments: [GROUP.replace("1", "a"), UNKNOWN, UNKNOWN, GROUP.replace("1", "A")] },
      "assignments[3] is the same group as assignments[0]; each group may be given once",
    ],
    [{ adopt: {} }, ADOPT],
    [{ adopt: { id: "" } }, "adopt.id must not be empty"],
    [{ adopt: { displayName: "" } }, "adopt.displayName must not be empty"],
    [{ adopt: { id: "1", displayName: "a" } }, ADOPT],
    [{ adopt: "1" }, ADOPT],
    [{ allowDuplicateName: "yes" }, "allowDuplicateName must be true or false"],
    [{ includeCheckinData: 1 }, "includeCheckinData must be true or false"],
    [{ timeouts: "1h" }, "timeouts must be an object with some of create, read, update and delete"],
    [{ timeouts: { create: "0s" } }, `timeouts.create ${DURATION}`],
    [{ timeouts: { read: "1" } }, `timeouts.read ${DURATION}`],
    [{ timeouts: { update: "x1h" } }, `timeouts.update ${DURATION}`],
    [{ timeouts: { delete: "1hx" } }, `timeouts.delete ${DURATION}`],
    [{ timeouts: { create: 7 } }, `timeouts.create ${DURATION}`],
    [{ timeouts: { creat: "1h" } }, "timeouts.creat is no known name"],
    [
      { displayname: "a" },
      `displayname is no known name; did you mean "displayName"? (known: ${INPUT_NAMES.join(", ")})`,
    ],
    [{ policies: { $base64: "?" } }, "policies.$base64 must be base64"],
    [{ userPreferences: { $base64: "?" } }, "userPreferences.$base64 must be base64"],
  ];
  for (const [inputs, ...problems] of refused) {
    it(`are refused: ${JSON.stringify(inputs).slice(0, 60)}`, () => {
      assert.deepEqual(lines(inputProblems({ displayName: "a", ...inputs })), problems);
    });
  }
});

describe("the inputs of an order of priorities", () => {
  const LIST = "must be a list of at least one id of a client configuration";

  const table: [PlainObject, ...string[]][] = [
    [{ configurationIds: ["a", "b"] }],
    [{ configurationIds: UNKNOWN }],
    [{ configurationIds: [UNKNOWN, "a", UNKNOWN] }],
    [{ configurationIds: ["a"], timeouts: { create: "1h" } }],
    [{}, `configurationIds is required and ${LIST}`],
    [{ configurationIds: "a" }, `configurationIds ${LIST}`],
    [{ configurationIds: [] }, `configurationIds ${LIST}`],
    [{ configurationIds: [""] }, "configurationIds[0] must be the id of a client configuration"],
    [
      { configurationIds: [7, 7] },
      ...[0, 1].map((at) => `configurationIds[${at}] must be the id of a client configuration`),
    ],
    [
      { configurationIds: ["a", "b", "a", "a"] },
      ...[2, 3].map(
        (at) =>
          `configurationIds[${at}] is the same policy as configurationIds[0]; each may be given once`,
      ),
    ],
    [
      { configurationIds: ["a"], configurationId: "a" },
      'configurationId is no known name; did you mean "configurationIds"? (known: configurationIds, timeouts)',
    ],
  ];
  for (const [inputs, ...problems] of table) {
    it(`are ${problems.length === 0 ? "taken" : "refused"}: ${JSON.stringify(inputs).slice(0, 60)}`, () => {
      assert.deepEqual(lines(prioritiesProblems(inputs)), problems);
    });
  }
});

describe("the inputs of a patch", () => {
  const ID = "must be the id of a client configuration";
  const PATCHABLE = "displayName, description, priority, policies, userPreferences";

  const table: [PlainObject, ...string[]][] = [
    [{ configurationId: "1", displayName: "a" }],
    [{ configurationId: "1", description: "", priority: 0 }],
    [{ configurationId: "1", policies: { "a;b": "1" } }],
    [{ configurationId: UNKNOWN }],
    [{ displayName: "a" }, `configurationId is required and ${ID}`],
    [{ configurationId: "", displayName: "a" }, `configurationId ${ID}`],
    [{ configurationId: 7, displayName: "a" }, `configurationId ${ID}`],
    [
      { configurationId: "1", timeouts: {} },
      `names no property of 1 to patch: give at least one of ${PATCHABLE}`,
    ],
    [{ configurationId: "1", priority: -1 }, PRIORITY],
    [{ configurationId: "1", displayName: "" }, NAME],
    [{ configurationId: "1", policies: { $base64: "?" } }, "policies.$base64 must be base64"],
    [
      { configurationId: "1", userPreferences: { $base64: "?" } },
      "userPreferences.$base64 must be base64",
    ],
    [
      { configurationId: "1", displayName: "a", assignment: [] },
      `assignment is no known name (known: configurationId, ${PATCHABLE}, timeouts)`,
    ],
  ];
  for (const [inputs, ...problems] of table) {
    it(`are ${problems.length === 0 ? "taken" : "refused"}: ${JSON.stringify(inputs).slice(0, 60)}`, () => {
      assert.deepEqual(lines(patchProblems(inputs)), problems);
    });
  }

  it("name the properties of the policy, in the order in which changes are told", () => {
    const inputs = { userPreferences: 1, displayName: 1, configurationId: 1, timeouts: 1 };
    assert.deepEqual(namedIn(inputs), ["displayName", "userPreferences"]);
  });
});

describe("the inputs of the tenant's singleton", () => {
  const summary = { succeededUserCount: 0, failedUserCount: MAX_INT32 };
  const status = { userId: "u", wasSuccessful: true, checkinDateTime: "2026-11-23T10:00:00+01:00" };
  const TIME = "must be an ISO 8601 time with an offset";
  const at = (more: object) => ({ tenantCheckinStatuses: [{ ...status, ...more }] });
  const counted = (more: object) => ({ tenantUserCheckinSummary: { ...summary, ...more } });

  const table: [PlainObject, ...string[]][] = [
    [{}],
    [{ includeCheckinStatuses: true, timeouts: { read: "1s" } }],
    [counted({ "@odata.type": "x" })],
    [at({ "@odata.type": "x", appliedPolicies: ["a"], errorMessage: "" })],
    [at({ checkinDateTime: "2026-11-23T10:00:00.1234567Z" })],
    [{ includeCheckinStatuses: 1 }, "includeCheckinStatuses must be true or false"],
    [{ tenantCheckinStatuses: {} }, "tenantCheckinStatuses must be a list of check-in statuses"],
    [
      counted({ failedUserCount: -1 }),
      "tenantUserCheckinSummary.failedUserCount must not be negative",
    ],
    [
      counted({ failedUserCount: 1.5 }),
      "tenantUserCheckinSummary.failedUserCount must be a whole number",
    ],
    [
      counted({ succeededUserCount: MAX_INT32 + 1 }),
      "tenantUserCheckinSummary.succeededUserCount must be at most 2147483647",
    ],
    [at({ userId: 7 }), "tenantCheckinStatuses[0].userId must be a text"],
    [at({ deviceName: 7 }), "tenantCheckinStatuses[0].deviceName must be a text"],
    [at({ wasSuccessful: "x" }), "tenantCheckinStatuses[0].wasSuccessful must be true or false"],
    [
      at({ checkinDateTime: "2026-11-23T10:00:00" }),
      `tenantCheckinStatuses[0].checkinDateTime ${TIME}`,
    ],
    [
      at({ appliedPolicies: "a" }),
      "tenantCheckinStatuses[0].appliedPolicies must be a list of texts",
    ],
    [at({ appliedPolicies: [7] }), "tenantCheckinStatuses[0].appliedPolicies[0] must be a text"],
    [at({ other: 7 }), "tenantCheckinStatuses[0].other is no known name"],
    [
      { other: 1 },
      "other is no known name (known: tenantUserCheckinSummary, tenantCheckinStatuses, includeCheckinStatuses, timeouts)",
    ],
  ];
  for (const [inputs, ...problems] of table) {
    it(`are ${problems.length === 0 ? "taken" : "refused"}: ${JSON.stringify(inputs).slice(0, 90)}`, () => {
      assert.deepEqual(lines(officeConfigurationProblems(inputs)), problems);
    });
  }
});

describe("a time limit of an input", () => {
  for (const [text, ms] of [
    ["90s", 90_000],
    ["10m", 600_000],
    ["1h30m", 5_400_000],
    ["1.5h", 5_400_000],
    ["250ms", 250],
    ["1s250ms", 1_250],
    ["0.25s", 250],
  ] as const) {
    it(`of ${text} is ${ms} ms`, () => {
      assert.equal(durationMs(text), ms);
    });
  }

  it("ends an operation so long after it began, and no other operation", () => {
    const inputs = { timeouts: { create: "1s", read: UNKNOWN, update: 7 } };
    assert.equal(deadlineOf(inputs, "create", 5_000), 6_000);
    for (const operation of ["read", "update", "delete"] as const) {
      assert.equal(deadlineOf(inputs, operation, 5_000), undefined);
    }
    assert.equal(deadlineOf({}, "create", 5_000), undefined);
    assert.equal(deadlineOf({ timeouts: "1h" }, "create", 5_000), undefined);
  });
});

describe("what programs read of the inputs", () => {
  const schemas: [string, z.ZodObject][] = [
    ["a setting", settingSchema],
    ["a policy", clientConfigurationSchema],
    ["a patch", patchSchema],
    ["an order of priorities", prioritiesSchema],
    ["the tenant's singleton", officeConfigurationSchema],
    ["a summary of check-ins", userCheckinSummarySchema],
    ["a check-in", checkinStatusSchema],
  ];
  for (const [what, schema] of schemas) {
    it(`describes every one of ${what} in a sentence, with its example where it has one`, () => {
      for (const [name, field] of Object.entries(schema.shape)) {
        const inner = field instanceof z.ZodOptional ? (field.unwrap() as z.ZodType) : undefined;
        const { description = "", tsType } = { ...inner?.meta(), ...(field as z.ZodType).meta() };
        assert.match(description, /^\S.{10,}[.]$/, name);
        assert.doesNotMatch(description, /``|^ | {2}/, name);
        assert.notEqual(tsType, "", name);
      }
    });
  }
});
