import { z } from "zod";
import { SCALARS } from "./scalars";

/** The concrete types of a client configuration, which can be created. */
export const CONFIGURATION_TYPES = [
  "#microsoft.graph.windowsOfficeClientConfiguration",
  "#microsoft.graph.windowsOfficeClientSecurityConfiguration",
] as const;

/** A concrete type of a client configuration. */
export type ConfigurationType = (typeof CONFIGURATION_TYPES)[number];

/**
 * A client configuration that the emulator has from the start. Its priority is the next free one by
 * default. A payload is any JSON, stored as UTF-8 text.
 */
export const seedConfiguration = z.strictObject({
  ...SCALARS,
  type: z.enum(CONFIGURATION_TYPES).optional(),
  displayName: z.string(),
  policies: z.unknown().optional(),
  userPreferences: z.unknown().optional(),
  groupIds: z.array(z.string()).readonly().optional(),
});

/** A client configuration that the emulator has from the start. */
export type SeedConfiguration = Readonly<z.input<typeof seedConfiguration>>;
