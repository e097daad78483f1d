/**
 * Lookups that the compiler accepts, and those it refuses, as `arguments.ts` does for resources.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import {
  getOfficeClientConfiguration,
  getOfficeClientConfigurationOutput,
  getOfficeClientConfigurations,
  getOfficeClientConfigurationsOutput,
  getOfficeConfiguration,
  getOfficeConfigurationOutput,
  WindowsOfficeClientConfiguration,
  WindowsOfficeClientSecurityConfiguration,
} from "../../provider";

const text = pulumi.output("1");

/** A lookup's result can be given to a resource, awaited or as an Output. */
export async function feedsResources(): Promise<void> {
  const found = await getOfficeClientConfiguration({ displayName: "x" });
  new WindowsOfficeClientConfiguration("awaited", {
    displayName: found.displayName,
    description: found.description,
    policies: found.policies,
    userPreferences: found.userPreferences,
    assignments: found.assignments,
  });
  for (const { kind, id } of await getOfficeClientConfigurations({ filter: "priority eq 0" })) {
    if (kind === "WindowsOfficeClientConfiguration") WindowsOfficeClientConfiguration.get(id, id);
  }
  const { tenantCheckinStatuses } = await getOfficeConfiguration();
  tenantCheckinStatuses?.map(({ lastTaskName }) => lastTaskName?.length);
}

const made = new WindowsOfficeClientConfiguration("made", { displayName: "x" });
const found = getOfficeClientConfigurationOutput(
  { id: made.id, kind: "WindowsOfficeClientConfiguration" },
  { dependsOn: [made, pulumi.output(made)] },
);
new WindowsOfficeClientSecurityConfiguration("output", {
  displayName: found.displayName,
  policies: found.policies,
  userPreferences: found.userPreferences,
  assignments: found.assignments,
});
getOfficeClientConfigurationsOutput(pulumi.output({ filter: text }), { dependsOn: made });
getOfficeClientConfigurationsOutput({}, { dependsOn: [made] as const });
getOfficeConfigurationOutput({}, { dependsOn: Promise.resolve(made) });

// @ts-expect-error -- one of `id` and `displayName` is given
void getOfficeClientConfiguration({});

// @ts-expect-error -- one of the two, not both
void getOfficeClientConfiguration({ id: "1", displayName: "x" });

// @ts-expect-error -- an Output needs the Output form
void getOfficeClientConfiguration({ id: text });

// @ts-expect-error -- it is `displayName`
void getOfficeClientConfiguration({ dispalyName: "x" });

// @ts-expect-error -- only the Output form waits
void getOfficeClientConfigurations({}, { dependsOn: made });
