/**
 * Registry keys as sources write them, and as administrative templates do.
 *
 * @module
 */

/** A key by which settings are found. */
export interface KeyForm {
  /** In lower case, without hive. */
  readonly key: string;
  /**
   * Place of the written key.
   *
   * - `policy`: the key that the template names.
   * - `cloud`: where a desktop keeps what Cloud Policy sent it: `Software\Policies\Microsoft\Cloud\Office`.
   * - `preference`: outside of `Software\Policies`, where a user may change the value.
   */
  readonly place: "policy" | "cloud" | "preference";
}

const HIVE = /^(?:hkcu|hklm|hkey_current_user|hkey_local_machine)(?:\\|$)/;

/** A key in lower case, without hive and backslashes at its ends. */
export function bareKey(key: string): string {
  return key
    .toLowerCase()
    .replace(/\\{2,}/g, "\\")
    .replace(/^\\|\\$/g, "")
    .replace(HIVE, "");
}

/** The same without `Wow6432Node`, where 32-bit apps have their values. */
export function plainKey(key: string): string {
  return bareKey(key).replace(/^software\\wow6432node(?=\\|$)/, "software");
}

const POLICIES = "software\\policies\\";
const CLOUD = /^software\\policies\\microsoft\\cloud\\/;
const PREFERENCE = /^software\\microsoft\\/;

/** Forms in which a template may name a key, the likeliest first. @param key - As {@link plainKey} gives it. */
export function keyForms(key: string): KeyForm[] {
  const own: KeyForm = { key, place: key.startsWith(POLICIES) ? "policy" : "preference" };
  if (CLOUD.test(key)) {
    return [own, { key: key.replace(CLOUD, "software\\policies\\microsoft\\"), place: "cloud" }];
  }
  if (!PREFERENCE.test(key)) return [own];
  return [
    own,
    { key: key.replace(PREFERENCE, "software\\policies\\microsoft\\"), place: "preference" },
  ];
}

const VERSION = /(\\office\\)(\d{1,3}\.\d{1,3})(?=\\|$)/;

/** Version of Office in its registry keys since Office 2016. */
const OFFICE_VERSION = "16.0";

/** Another version of Office than that of Cloud Policy which a key is for, such as `15.0`; undefined if there is none. */
export function otherVersion(key: string): string | undefined {
  const version = VERSION.exec(key)?.[2];
  return version === OFFICE_VERSION ? undefined : version;
}

/** The same key for the Office of Cloud Policy. */
export function inOfficeVersion(key: string): string {
  return key.replace(VERSION, `$1${OFFICE_VERSION}`);
}

/** Whether a key is one of Windows, where Office's templates have a few values among others. */
export function isWindowsKey(key: string): boolean {
  return /^software\\(?:policies\\)?microsoft\\(?:windows|internet explorer)(?:\\|$)/.test(key);
}

/** Whether a key is Office's by its name. */
export function isOfficeKey(key: string): boolean {
  return /(?:^|\\)office(?:\\|$)/.test(key);
}
