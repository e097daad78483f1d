/**
 * One program, many tenants: the shared baseline, with what a tenant's stack says otherwise.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  WindowsOfficeClientConfiguration,
  WindowsOfficeClientSecurityConfiguration,
} from "pulumi-office-configuration";
import { baseline } from "./baseline";

const config = new pulumi.Config();

/** The group that all policies are for: the id of a Microsoft Entra group of the tenant. */
const everyone = config.require("everyone");

/** Values of this tenant, by policy and setting. */
const ownSettings = config.getObject<Record<string, Record<string, string>>>("settings") ?? {};

/** Policies of the baseline that this tenant does not get. */
const without = config.getObject<string[]>("without") ?? [];

for (const name of [...Object.keys(ownSettings), ...without]) {
  if (!(name in baseline))
    throw new Error(`The stack names "${name}": baseline.ts has no such policy.`);
}

const kinds = {
  general: WindowsOfficeClientConfiguration,
  security: WindowsOfficeClientSecurityConfiguration,
};

const policies = Object.entries(baseline)
  .filter(([name]) => !without.includes(name))
  .map(([name, { kind, displayName, description, settings }], priority) => {
    const values = { ...settings, ...ownSettings[name] };
    return new kinds[kind](name, {
      displayName,
      description,
      priority,
      assignments: [everyone],
      policies: Object.entries(values).map(([settingId, value]) => ({ settingId, value })),
    });
  });

/** The ids in this tenant, and the tenant that they are in. */
export const configurationIds = policies.map(({ configurationId }) => configurationId);
export const tenantId = policies[0]?.tenantId;
