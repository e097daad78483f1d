/**
 * A local Microsoft Graph for Cloud Policy, Intune's settings catalogue and Copilot's settings. Exports only.
 *
 * @module
 */
export { CopilotStore } from "./copilot/copilotStore";
export { createEmulator } from "./createEmulator";
export type { SeedPolicy } from "./deviceManagement/policySeed";
export type { StoredPolicy } from "./deviceManagement/policyStore";
export { PolicyStore } from "./deviceManagement/policyStore";
export type { EmulatorMode, EmulatorPreset } from "./modes";
export type { ConfigurationType, SeedConfiguration } from "./officeConfiguration/seed";
export type {
  StoredAssignment,
  StoredConfiguration,
  StorePatch,
} from "./officeConfiguration/store";
export { Store } from "./officeConfiguration/store";
export { type PlayedProfile, playProfile } from "./profile/play";
export { AuditLog, type LoggedPerson } from "./security/auditLog";
export type {
  EmulatedGroup,
  Emulator,
  EmulatorCredential,
  EmulatorOptions,
  Fault,
  RequestLogEntry,
  Throttle,
} from "./types";
