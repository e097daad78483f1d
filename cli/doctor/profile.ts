/**
 * A tenant's profile: a file that tells how its service behaves, for the emulator and for bug reports. It has no name, id
 * or content of the tenant: all values are numbers, true or false, or words of this package.
 *
 * @module
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { CLOUD_NAMES } from "../../provider/graph";
import { ownVersion } from "../ownPackage";
import { manners } from "./manners/schema";
import type { Report } from "./report";
import { ROAD_IDS } from "./roads";
import { ROAD_STATES } from "./verdict";

const road = z.strictObject({
  state: z.enum(ROAD_STATES),
  grant: z.enum(["write", "read", "nothing", "unknown"]),
  /** HTTP status of the answer. */
  status: z.int().min(100).max(999).optional(),
});

/** A tenant's profile. */
export const tenantProfile = z.strictObject({
  /** Version of this form. */
  tenantProfile: z.literal(1),
  /** Version of the package that wrote it. */
  package: z.string().regex(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/),
  cloud: z.enum([...CLOUD_NAMES, "another"]),
  caller: z.enum(["app", "user", "unknown"]),
  roads: z.strictObject(Object.fromEntries(ROAD_IDS.map((id) => [id, road]))),
  manners,
});

/** A tenant's profile. */
export type TenantProfile = z.infer<typeof tenantProfile>;

/** The profile in a report; undefined without a sign-in. @param cloud - Name of the cloud, if it is Microsoft's own. */
export function profileOf(
  { signIn, roads, manners: seen }: Report,
  cloud: TenantProfile["cloud"],
): TenantProfile | undefined {
  if (!signIn.succeeded || seen === undefined) return undefined;
  return tenantProfile.parse({
    tenantProfile: 1,
    package: ownVersion(),
    cloud,
    caller: signIn.caller ?? "unknown",
    roads: Object.fromEntries(
      roads.map(({ road: id, state, grant, status }) => [
        id,
        { state, grant, ...(status !== undefined && { status }) },
      ]),
    ),
    manners: seen,
  });
}

/**
 * Checks that a profile can be written to a file, before anything is asked.
 *
 * @throws TypeError if the file is something other than an earlier profile.
 */
export function checkProfileFile(file: string): void {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return;
    throw new TypeError(`--write-profile ${file} cannot be written: ${code}`);
  }
  if (/^\s*\{\s*"tenantProfile"\s*:/.test(text)) return;
  throw new TypeError(
    `--write-profile ${file} is something other than a tenant's profile: name another file`,
  );
}

/** Writes a profile, whole or not at all. */
export function writeProfile(file: string, profile: TenantProfile): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(profile, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
