/**
 * The table of all kinds of resources. The provider process serves them, the generator makes argument types and
 * the reference from them, and tests go through them.
 *
 * @module
 */
import type { z } from "zod";
import { clientConfigurationSchema } from "../settings/inputs/clientConfiguration";
import { patchSchema } from "../settings/inputs/clientConfigurationPatch";
import { copilotPolicySettingSchema } from "../settings/inputs/copilotPolicySetting";
import { intuneOfficePolicySchema } from "../settings/inputs/intuneOfficePolicy";
import { officeConfigurationSchema } from "../settings/inputs/officeConfiguration";
import { prioritiesSchema } from "../settings/inputs/priorities";
import type { Lifecycle } from "../update/lifecycle";
import { ClientConfigurationLifecycle } from "./clientConfiguration/lifecycle";
import { PatchLifecycle } from "./clientConfigurationPatch/lifecycle";
import { CopilotPolicySettingLifecycle } from "./copilotPolicySetting/lifecycle";
import { IntuneOfficePolicyLifecycle } from "./intuneOfficePolicy/lifecycle";
import { OfficeConfigurationLifecycle } from "./officeConfiguration/lifecycle";
import { PrioritiesLifecycle } from "./priorities/lifecycle";

/** A kind of resource. */
export interface ResourceKind {
  /** Its inputs. */
  readonly inputs: z.ZodObject;
  readonly lifecycle: () => Lifecycle;
}

/** The kinds of resources by the names of their classes, which are part of every state. */
export const RESOURCES = {
  WindowsOfficeClientConfiguration: {
    inputs: clientConfigurationSchema,
    lifecycle: () => new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration"),
  },
  WindowsOfficeClientSecurityConfiguration: {
    inputs: clientConfigurationSchema,
    lifecycle: () => new ClientConfigurationLifecycle("WindowsOfficeClientSecurityConfiguration"),
  },
  OfficeClientConfigurationPriorities: {
    inputs: prioritiesSchema,
    lifecycle: () => new PrioritiesLifecycle(),
  },
  OfficeClientConfigurationPatch: {
    inputs: patchSchema,
    lifecycle: () => new PatchLifecycle(),
  },
  IntuneOfficePolicy: {
    inputs: intuneOfficePolicySchema,
    lifecycle: () => new IntuneOfficePolicyLifecycle(),
  },
  OfficeConfiguration: {
    inputs: officeConfigurationSchema,
    lifecycle: () => new OfficeConfigurationLifecycle(),
  },
  CopilotPolicySetting: {
    inputs: copilotPolicySettingSchema,
    lifecycle: () => new CopilotPolicySettingLifecycle(),
  },
} as const satisfies Record<string, ResourceKind>;

/** Name of the class of a resource. */
export type ResourceName = keyof typeof RESOURCES;
