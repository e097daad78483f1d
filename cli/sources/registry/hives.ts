import { basename, dirname, resolve } from "node:path";
import type { Hive } from "../source";

/** A key with its hive apart. */
export interface PlacedKey {
  readonly hive: Hive;
  /** Key without its hive. */
  readonly key: string;
  /** First part of the key below `HKEY_USERS`: the user that it is of. */
  readonly user?: string;
}

const MACHINE = /^(?:HKEY_LOCAL_MACHINE|HKLM)$/i;
const CURRENT_USER = /^(?:HKEY_CURRENT_USER|HKCU)$/i;
const USERS = /^(?:HKEY_USERS|HKU)$/i;

/** Accounts of services, and the profile that new users start from. */
const NO_USER = /^(?:\.DEFAULT|S-1-5-(?:18|19|20))$/i;

/**
 * A key that begins with its hive, in short or in full. Under `HKEY_USERS` there is a key for each user: the SID, or the
 * name that an administrator gave to a loaded profile.
 *
 * @returns a clause that says why if it is neither a user's nor the computer's.
 */
export function placedKey(path: string): PlacedKey | string {
  const [root = "", ...rest] = path.split("\\");
  if (MACHINE.test(root)) return { hive: "machine", key: rest.join("\\") };
  if (CURRENT_USER.test(root)) return { hive: "user", key: rest.join("\\") };
  if (!USERS.test(root))
    return `${root === "" ? "it" : root} is neither a user's nor the computer's part of the registry`;
  const [user = "", ...key] = rest;
  if (NO_USER.test(user)) return `${user} is the profile of no person`;
  if (/^software$/i.test(user) || /_Classes$/i.test(user) || user === "")
    return "it lies below HKEY_USERS and outside of any user's settings";
  return { hive: "user", key: key.join("\\"), user };
}

/** Hive of the settings in a folder of Group Policy by its name; undefined for other folders. */
export function hiveOfFolder(name: string): Hive | undefined {
  switch (name.toLowerCase()) {
    case "user":
      return "user";
    case "machine":
    case "computer":
      return "machine";
    default:
      return undefined;
  }
}

/**
 * Hive by a folder above a file.
 *
 * @param levels - Folders up from the file: 1 is the one that it is in.
 */
export function hiveOfPath(path: string, levels: number): Hive | undefined {
  let folder = resolve(path);
  for (let level = 0; level < levels; level += 1) folder = dirname(folder);
  return hiveOfFolder(basename(folder));
}
