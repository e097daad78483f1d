/**
 * A local Microsoft Graph for `/officeConfiguration`. Exports only.
 *
 * @module
 */
export { createEmulator } from "./createEmulator";
export type { EmulatorMode, EmulatorPreset } from "./modes";
export type { StoredAssignment, StoredConfiguration, StorePatch } from "./store";
export { Store } from "./store";
export type {
  ConfigurationType,
  Emulator,
  EmulatorCredential,
  EmulatorOptions,
  Fault,
  RequestLogEntry,
  SeedConfiguration,
  Throttle,
} from "./types";
