/**
 * Arguments that the compiler accepts, and those it refuses. `npm run check` compiles this file; an
 * error that is expected and does not come fails it. It is never run.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import {
  CopilotPolicySetting,
  OfficeClientConfigurationPatch,
  OfficeClientConfigurationPriorities,
  OfficeConfiguration,
  WindowsOfficeClientConfiguration,
} from "../../provider";

const text = pulumi.output("1");

new WindowsOfficeClientConfiguration("outputs and secrets stand anywhere", {
  displayName: text,
  priority: pulumi.output(1),
  policies: [
    { settingId: "office16;L_A", value: text },
    { settingId: text, value: pulumi.secret("1"), type: text, minVersion: null },
    pulumi.output({ settingId: "office16;L_B", value: { list: [1, text, null] } }),
  ],
  userPreferences: pulumi.secret([{ settingId: "office16;L_A", value: true }]),
  assignments: [text, "11111111-1111-4111-8111-111111111111"],
});

new WindowsOfficeClientConfiguration("groups as objects, and a policy to adopt", {
  displayName: "x",
  assignments: [{ groupId: text }, { target: pulumi.output({ groupId: "g" }) }, text],
  adopt: { id: text },
});

new WindowsOfficeClientConfiguration("a policy to adopt that is named twice", {
  displayName: "x",
  // @ts-expect-error -- either the id or the name
  adopt: { id: "1", name: "x" },
});

new WindowsOfficeClientConfiguration("any JSON object", {
  displayName: "x",
  policies: { deep: [{ text, flag: true, nothing: null }] },
});

new WindowsOfficeClientConfiguration("JSON text", { displayName: "x", policies: text });

/** Settings that several programs share, and that nobody may change. */
const BASELINE = {
  displayName: "x",
  policies: [
    { settingId: "office16;L_A", value: "1", applicablePlatforms: ["Win32"] },
    { settingId: "office16;L_B", value: { list: ["1", [2]] } },
  ],
  userPreferences: { "office16;L_SendFeedback": "0", "office16;L_C": { value: "1" } },
  assignments: ["11111111-1111-4111-8111-111111111111", { groupId: "g" }],
  timeouts: { create: "1m" },
} as const;

new WindowsOfficeClientConfiguration("everything as a constant", BASELINE);

const groups: readonly string[] = BASELINE.assignments.filter((group) => typeof group === "string");

new WindowsOfficeClientConfiguration("a readonly list", { displayName: "x", assignments: groups });

new WindowsOfficeClientConfiguration("a readonly list in an Output, and one that is not", {
  displayName: "x",
  policies: pulumi.output(BASELINE.policies),
  assignments: pulumi.output(groups),
});

new OfficeClientConfigurationPriorities("a readonly order", {
  configurationIds: ["a", text] as const,
});

new OfficeConfiguration("readonly statuses", {
  tenantCheckinStatuses: [
    { userId: "a", wasSuccessful: true, checkinDateTime: "t", appliedPolicies: ["p"] },
  ] as const,
});

const anyText: string = JSON.stringify("x");

new WindowsOfficeClientConfiguration("texts that no list of known ones has", {
  displayName: anyText,
  policies: [{ settingId: anyText, value: anyText, type: anyText }],
  userPreferences: { [anyText]: text },
});

new WindowsOfficeClientConfiguration("a misspelt input", {
  displayName: "x",
  // @ts-expect-error -- it is `priority`
  priorty: 1,
});

new WindowsOfficeClientConfiguration("a misspelt key of a setting", {
  displayName: "x",
  // @ts-expect-error -- it is `valueName`
  policies: [{ settingId: "office16;L_A", value: "1", valuename: "a" }],
});

new WindowsOfficeClientConfiguration("a setting without a value", {
  displayName: "x",
  // @ts-expect-error -- a setting has a value
  policies: [{ settingId: "office16;L_A" }],
});

// @ts-expect-error -- a policy has a name
new WindowsOfficeClientConfiguration("no name", {});

new OfficeConfiguration("only read");

new OfficeConfiguration("outputs and secrets of the singleton", {
  tenantUserCheckinSummary: pulumi.output({ succeededUserCount: 1, failedUserCount: 0 }),
  tenantCheckinStatuses: [
    { userId: text, wasSuccessful: true, checkinDateTime: text, lastTaskName: pulumi.secret("t") },
  ],
});

new OfficeConfiguration("half a summary", {
  // @ts-expect-error -- a summary has both counts
  tenantUserCheckinSummary: { succeededUserCount: 1 },
});

new OfficeClientConfigurationPatch("settings of a policy", {
  configurationId: text,
  policies: [{ settingId: "office16;L_A", value: text }],
});

// @ts-expect-error -- a patch names its policy
new OfficeClientConfigurationPatch("no policy", { description: "x" });

new OfficeClientConfigurationPatch("groups are not patched", {
  configurationId: text,
  // @ts-expect-error -- the API page has no assignments
  assignments: [text],
});

new CopilotPolicySetting("a known setting, and a policy", {
  setting: "microsoft.copilot.allowwebsearch",
  value: "2",
  policyId: text,
});

new CopilotPolicySetting("a known setting with another value", {
  setting: "microsoft.copilot.imagegeneration",
  value: "3",
});

new CopilotPolicySetting("Outputs and secrets of a setting", {
  setting: text,
  value: pulumi.secret("1"),
  timeouts: { create: "1m" },
});

new CopilotPolicySetting("texts that no list of known ones has", {
  setting: anyText,
  value: anyText,
});

new CopilotPolicySetting("a value that is no text", {
  setting: "microsoft.copilot.allowwebsearch",
  // @ts-expect-error -- a value is always a text
  value: 1,
});

// @ts-expect-error -- a setting has a value
new CopilotPolicySetting("no value", { setting: "microsoft.copilot.allowwebsearch" });
