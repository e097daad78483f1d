/**
 * Configurations that are not Cloud Policy's, as they are read: a GPO, a `.reg` file, a policy of Intune. Reading needs no
 * catalogue; `cli/convert/` finds the settings that the entries mean.
 *
 * @module
 */

import type { PolicyTarget } from "../../provider/settings/policyTargets";

/** A configuration that was read: one GPO, one file, one policy. */
export interface Source {
  /** As its author called it: the name of the GPO or of the policy; else the name of the file. One line. */
  readonly name: string;
  readonly description?: string;
  /** Path as the command line names it, with the place inside a folder. */
  readonly path: string;
  readonly kind: SourceKind;
  /** GPO that it is a copy of, if it tells. */
  readonly gpo?: GpoIdentity;
  /** In the order of the source. A later entry for the same place wins, as it does where the source is applied. */
  readonly entries: readonly SourceEntry[];
  /** Ids of Microsoft Entra groups that it is assigned to; undefined if the source does not say. */
  readonly groups?: readonly string[];
  /**
   * Targets of a policy of Intune's, all of them; undefined if the source has none, or one that no program can write.
   * Then `conditions` are about those that Cloud Policy does not have.
   */
  readonly targets?: readonly PolicyTarget[];
  /**
   * Conditions under which the source applies, which a policy of Cloud Policy cannot carry: a WMI filter, security
   * filtering, loopback processing, an assignment filter. A clause or a name each, to stand behind a colon: `the WMI filter
   * "Laptops"`, `its settings for users are turned off`.
   */
  readonly conditions: readonly string[];
  /** Sentences about parts that could not be read. */
  readonly notes: readonly string[];
}

/** The GPO that a source is a copy of, and the time of the copy. */
export interface GpoIdentity {
  /** Id of the GPO and its domain, in small letters: some ids are the same in every domain. */
  readonly id: string;
  /** Time of a backup, as it is written: `2026-03-01T12:00:00`. */
  readonly backupTime?: string;
}

/** Kinds of sources, by what a person calls them. */
export type SourceKind =
  | "GPO backup"
  | "GPO folder"
  | "registry.pol"
  | "GPO report"
  | "resultant set of policy"
  | "Group Policy Preferences"
  | "LGPO text"
  | "registry export"
  | "Office Deployment Tool configuration"
  | "Intune settings catalogue policy"
  | "Intune administrative template"
  | "Intune custom profile"
  | "list of settings";

export type SourceEntry = RegistryEntry | SettingEntry | DefinitionEntry | NamedEntry | UnreadEntry;

/** A registry value, or an instruction to delete some. */
export interface RegistryEntry {
  readonly form: "registry";
  readonly hive: Hive;
  /** Key without its hive, in the letters of the source: `Software\Policies\Microsoft\Office\16.0\Excel\Security`. */
  readonly key: string;
  /** Without `**del.` and the like. Empty for the default value of a key, and for instructions about a whole key. */
  readonly valueName: string;
  readonly action: RegistryAction;
  /** Undefined for deletions. */
  readonly data?: RegistryData;
  /** Id of the setting, if the source names it: an Office Deployment Tool configuration may. Not checked. */
  readonly settingId?: string;
}

/**
 * Instruction of a registry entry.
 *
 * - `set`: sets the value.
 * - `setIfMissing`: sets the value if the computer has none (`**soft.`).
 * - `delete`: deletes the value (`**del.`, `"name"=-`).
 * - `deleteValues`: deletes all values of the key (`**delvals.`).
 * - `deleteKey`: deletes the key with its subkeys (`**DeleteKeys`, `[-HKEY…]`).
 */
export type RegistryAction = "set" | "setIfMissing" | "delete" | "deleteValues" | "deleteKey";

export type Hive = "user" | "machine";

/** Data of a registry value by its type. Numbers are decimal texts, so that a QWORD stays exact. */
export type RegistryData =
  | { readonly type: "REG_DWORD" | "REG_QWORD"; readonly value: string }
  /** Environment variables in a `REG_EXPAND_SZ` are not expanded. */
  | { readonly type: "REG_SZ" | "REG_EXPAND_SZ"; readonly value: string }
  | { readonly type: "REG_MULTI_SZ"; readonly value: readonly string[] }
  /** Other data, which no setting has. `type` is for messages: `REG_BINARY`, `type 8`. */
  | { readonly type: "other"; readonly name: string };

/** A setting of Cloud Policy by its id. */
export interface SettingEntry {
  readonly form: "setting";
  readonly settingId: string;
  readonly value: string;
}

/** A setting of a policy of Intune's settings catalogue, with its children: an object of `settings[].settingInstance`. */
export interface DefinitionEntry {
  readonly form: "definition";
  readonly instance: unknown;
}

/** A policy by the names that an editor of templates shows, in the language of its author. */
export interface NamedEntry {
  readonly form: "named";
  readonly hive: Hive;
  /** Display name of the policy. */
  readonly policy: string;
  /** Display names of its categories, from the top. Empty if the source does not say. */
  readonly category: readonly string[];
  readonly state: "enabled" | "disabled" | "notConfigured";
  /** Its elements, in the order of the source. */
  readonly elements: readonly NamedElement[];
}

/** An element of a policy, by its label. */
export interface NamedElement {
  /** Empty if the source gives none. */
  readonly label: string;
  /** Undefined if the source does not give the value in a form that can be read. */
  readonly value: NamedValue | undefined;
}

export type NamedValue =
  /** Label of an item of a list. */
  | { readonly kind: "item"; readonly label: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: string }
  | { readonly kind: "checked"; readonly isChecked: boolean }
  /** Value of an element, where the source does not tell a text from an item of a list. */
  | { readonly kind: "written"; readonly value: string }
  | { readonly kind: "list" };

/** A part of a source that says something and cannot be read as an entry. It is never dropped without a word. */
export interface UnreadEntry {
  readonly form: "unread";
  /** Place in the source, as its format names places. */
  readonly place: string;
  /** A clause: `its data is cut short`. */
  readonly reason: string;
}
