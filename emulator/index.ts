/**
 * A local Microsoft Graph for `/officeConfiguration`. Exports only.
 *
 * @module
 */
export { createEmulator } from "./createEmulator";
export type { StoredAssignment, StoredConfiguration, StorePatch } from "./store";
export { Store } from "./store";
export type {
  ConfigurationType,
  Emulator,
  EmulatorCredential,
  EmulatorMode,
  EmulatorOptions,
  Fault,
  RequestLogEntry,
  SeedConfiguration,
  Throttle,
} from "./types";
