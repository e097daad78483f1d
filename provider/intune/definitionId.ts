/**
 * Ids of Intune's definitions of Office's settings, as far as they tell by themselves what they define.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationsettingdefinition?view=graph-rest-beta
 * @module
 */

/** A definition of a policy of Office's templates, or of an element of one, by its id. */
export interface DefinitionId {
  readonly scope: "user" | "machine";
  /** First part of the ids of the template's settings: `excel16`. */
  readonly app: string;
  /** Version of the template, as Intune counts: `v2`, `v2.updates.2`. Empty if the id has none. */
  readonly version: string;
  /**
   * Names of the last category, of the policy, and of the element if it is one's, in lower case and joined by `_`:
   * `l_trustcenter_l_vbawarningspolicy`. Where a name ends is not told, as names have `_` too.
   */
  readonly names: string;
}

/** `user_vendor_msft_policy_config_excel16v2~policy~l_microsoftofficeexcel~l_security_l_macros`. */
const OFFICE = /^(user|device)_vendor_msft_policy_config_([a-z]+16)([^~]*)~policy~(.+)$/;

/** Longest id that is read, in UTF-16 units. The longest of Office has 400. */
const MAX_LENGTH = 1024;

/** Parts of an id; undefined if it is of another product. */
export function parseDefinitionId(id: string): DefinitionId | undefined {
  if (id.length > MAX_LENGTH) return undefined;
  const [, scope, app, version = "", path] = OFFICE.exec(id.toLowerCase()) ?? [];
  if (app === undefined || path === undefined) return undefined;
  return {
    scope: scope === "device" ? "machine" : "user",
    app,
    version,
    names: path.slice(path.lastIndexOf("~") + 1),
  };
}

/**
 * The order of two versions of a template: below 0 if the first is the earlier one. `v2` is before `v2.updates.2`, which
 * is before `v10`.
 */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/**
 * Mark of a policy that Intune defines once more, to show it inside of another one. Such a copy writes the same registry
 * value as the policy without the mark.
 */
const COPY_MARK = /_v\d+(?=_|$)/;

/** Names of a definition, without the mark of a copy if they have one. */
export function withoutCopyMark(names: string): string {
  return names.replace(COPY_MARK, "");
}
