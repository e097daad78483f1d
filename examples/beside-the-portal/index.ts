/**
 * Policies as code in a tenant where others use the portal: one of theirs is taken over, one is
 * patched, and all are put in an order.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  getOfficeClientConfigurationOutput,
  getOfficeClientConfigurationsOutput,
  OfficeClientConfigurationPatch,
  OfficeClientConfigurationPriorities,
  OfficeConfiguration,
  WindowsOfficeClientConfiguration,
  WindowsOfficeClientSecurityConfiguration,
} from "pulumi-office-configuration";

const config = new pulumi.Config();

/** A group of the tenant: the id of a Microsoft Entra group. */
const pilots = config.get("pilotsGroupId") ?? "3f0c2e5a-7c1d-4a43-9b8e-6a1d2f4c5b60";

// A policy of our own. Groups may be ids, or Graph's assignment objects.
const privacy = new WindowsOfficeClientConfiguration("privacy", {
  displayName: "Privacy",
  policies: [{ settingId: "office16;L_SendFeedback", value: "0" }],
  assignments: [{ target: { groupId: pilots } }],
});

// A policy that was made in the portal becomes ours. Only what differs is sent.
const macros = new WindowsOfficeClientSecurityConfiguration("macros", {
  adopt: { displayName: "Macro security" },
  displayName: "Macro security",
  description: "Managed as code",
});

// Another one stays theirs: we only say who has reviewed it. Deleting the patch puts back what was there.
const defaults = getOfficeClientConfigurationOutput({ displayName: "Office defaults" });
new OfficeClientConfigurationPatch("defaults-reviewed", {
  configurationId: defaults.id,
  description: "Reviewed by the platform team",
});

// The order in which they win. Policies that are not named keep their priorities.
const order = new OfficeClientConfigurationPriorities("order", {
  configurationIds: [macros.configurationId, privacy.configurationId, defaults.id],
});

// The tenant's own object: read only, which needs no user's sign-in.
const tenant = new OfficeConfiguration("tenant");

export const checkins = tenant.tenantUserCheckinSummary;
export const ranking = order.configurations.apply((found) =>
  found.map(({ displayName, priority }) => `${priority} ${displayName}`),
);
export const policies = getOfficeClientConfigurationsOutput(
  {},
  { dependsOn: [privacy, macros] },
).apply((found) => found.length);
