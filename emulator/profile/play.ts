/**
 * Plays a tenant's profile, which `office-configuration doctor --write-profile` has written: turns the states of its roads
 * and the manners of its service into options of an emulator.
 *
 * @module
 */
import { z } from "zod";
import type { EmulatorMode } from "../modes";
import type { EmulatorOptions } from "../types";
import { type Played, playManners } from "./manners";
import { permissionsIn, playRoads, type Roads } from "./roads";

/** Options that play a profile, and what of it the emulator cannot play. */
export interface PlayedProfile {
  readonly options: Pick<EmulatorOptions, "mode" | "permissions" | "caller">;
  /** Parts of the profile that the emulator cannot play: `intune.etags true`. */
  readonly unplayed: readonly string[];
}

const profile = z.looseObject({
  tenantProfile: z.literal(1),
  caller: z.unknown().optional(),
  roads: z.record(z.string(), z.looseObject({})).default({}),
  manners: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/**
 * Reads a profile.
 *
 * @throws TypeError if it is no profile, or one of another version.
 */
export function playProfile(json: unknown): PlayedProfile {
  const { data } = profile.safeParse(json);
  if (data === undefined) {
    throw new TypeError(
      "it is no tenant's profile of version 1, as `doctor --write-profile` writes it",
    );
  }
  const { caller, manners } = data;
  const roads: Roads = data.roads;
  const permissions = permissionsIn(roads);
  const { mode, unplayed } = joined([
    ...playRoads(roads, caller),
    ...Object.entries(manners).flatMap(([api, values]) => playManners(api, values)),
  ]);
  return {
    options: {
      mode,
      ...(permissions !== undefined && { permissions }),
      ...((caller === "app" || caller === "user") && { caller }),
    },
    unplayed,
  };
}

/** All modes. If two APIs differ in a mode that they share, the first one is played. */
function joined(parts: readonly Played[]): {
  readonly mode: Partial<EmulatorMode>;
  readonly unplayed: string[];
} {
  let mode: Partial<EmulatorMode> = {};
  const unplayed: string[] = [];
  for (const { name, modes } of parts) {
    if (modes === undefined || contradicts(mode, modes)) unplayed.push(name);
    else mode = { ...mode, ...modes };
  }
  return { mode, unplayed };
}

function contradicts(mode: Partial<EmulatorMode>, modes: Partial<EmulatorMode>): boolean {
  return Object.entries(modes).some(
    ([name, value]) => name in mode && mode[name as keyof EmulatorMode] !== value,
  );
}
