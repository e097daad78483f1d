/** The concrete types of a client configuration: those that can be made. */
export const CONFIGURATION_TYPES = [
  "#microsoft.graph.windowsOfficeClientConfiguration",
  "#microsoft.graph.windowsOfficeClientSecurityConfiguration",
] as const;

/** A concrete type of a client configuration. */
export type ConfigurationType = (typeof CONFIGURATION_TYPES)[number];

/** A client configuration that the emulator holds from the start. */
export interface SeedConfiguration {
  readonly type?: ConfigurationType;
  readonly displayName: string;
  readonly description?: string;
  /** Default: the next free one. */
  readonly priority?: number;
  /** Any JSON; stored as its UTF-8 text. */
  readonly policies?: unknown;
  readonly userPreferences?: unknown;
  readonly groupIds?: readonly string[];
}
