/**
 * What the stored provider text names and the engine's provider process loads. The names of these
 * exports are part of every state file; see `engine/providerText.ts`.
 *
 * @module
 */

import { DynamicProvider } from "./host/adapters/dynamic";
import { ProviderProcess } from "./host/providerProcess";
import { ClientConfigurationLifecycle } from "./resources/clientConfiguration/lifecycle";
import { PatchLifecycle } from "./resources/clientConfigurationPatch/lifecycle";
import { OfficeConfigurationLifecycle } from "./resources/officeConfiguration/lifecycle";
import { PrioritiesLifecycle } from "./resources/priorities/lifecycle";

const providerProcess = new ProviderProcess();

/** Provider of `WindowsOfficeClientConfiguration`. */
export const WindowsOfficeClientConfiguration = new DynamicProvider(
  new ClientConfigurationLifecycle("WindowsOfficeClientConfiguration"),
  providerProcess,
);

/** Provider of `WindowsOfficeClientSecurityConfiguration`. */
export const WindowsOfficeClientSecurityConfiguration = new DynamicProvider(
  new ClientConfigurationLifecycle("WindowsOfficeClientSecurityConfiguration"),
  providerProcess,
);

/** Provider of `OfficeClientConfigurationPriorities`. */
export const OfficeClientConfigurationPriorities = new DynamicProvider(
  new PrioritiesLifecycle(),
  providerProcess,
);

/** Provider of `OfficeClientConfigurationPatch`. */
export const OfficeClientConfigurationPatch = new DynamicProvider(
  new PatchLifecycle(),
  providerProcess,
);

/** Provider of `OfficeConfiguration`. */
export const OfficeConfiguration = new DynamicProvider(
  new OfficeConfigurationLifecycle(),
  providerProcess,
);
