/**
 * A local Microsoft Graph for `/officeConfiguration`. Exports only.
 *
 * @module
 */
export { createEmulator } from "./createEmulator";
export type { EmulatorMode, EmulatorPreset } from "./modes";
export type { ConfigurationType, SeedConfiguration } from "./seed";
export type { StoredAssignment, StoredConfiguration, StorePatch } from "./store";
export { Store } from "./store";
export type {
  Emulator,
  EmulatorCredential,
  EmulatorOptions,
  Fault,
  RequestLogEntry,
  Throttle,
} from "./types";
