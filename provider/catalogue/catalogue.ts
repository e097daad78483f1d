/**
 * A catalogue of settings: what each setting is called, and which values it takes. `office-configuration catalogue
 * build` writes it as `office-settings.json` from the administrative templates (ADMX) that a user has.
 *
 * @see docs/catalogue.md
 */
export interface Catalogue {
  /** Form of the file. A file with another version is not read. */
  readonly version: typeof CATALOGUE_VERSION;
  /** Files that it was built from, in the order of the command line; templates by file name. */
  readonly sources: readonly CatalogueSource[];
  /** Settings by their ids: `excel16;L_VBAWarningsPolicy;L_empty4`. Case matters. */
  readonly settings: Readonly<Record<string, CatalogueSetting>>;
}

export const CATALOGUE_VERSION = 1;

/** Name of the file, in the folder of a Pulumi project. */
export const CATALOGUE_FILE = "office-settings.json";

/** Command that makes or renews the file. */
export const BUILD_COMMAND = "office-configuration catalogue build --admx <folder>";

/** Commands that make a catalogue with Intune's definitions, as a sentence for messages. */
export const DEFINE_ADVICE = `Read them from the tenant (office-configuration catalogue fetch), and build the catalogue with them: ${BUILD_COMMAND} --intune intune-settings.json.`;

/** A file that settings were taken from. */
export interface CatalogueSource {
  readonly kind: "admx" | "csv" | "intune";
  /** File name without its folder: `excel16.admx`. */
  readonly file: string;
  /** Folder of the texts that were used, in lower case: `de-de`. Undefined if there were none. */
  readonly language?: string;
  /** The template's own number: `1.0`. */
  readonly revision?: string;
  /** Number of the catalogue's settings that came from it. */
  readonly settings: number;
}

/**
 * Kind of a setting.
 *
 * - `toggle`: a policy with a value of its own: those of "Enabled" and "Disabled", often not 1 and 0. A few have
 *   elements as well.
 * - `policy`: a policy without a value of its own: each of its elements is a setting with its own id.
 * - `enum`: an element with a list of values, all of them in `values`.
 * - `boolean`: a check box. Its values are those of "Yes" and "No".
 * - `decimal`: a whole number from `min` to `max`.
 * - `text`: a text of at most `maxLength` characters.
 * - `multiText`: several lines of text.
 * - `list`: any number of texts, with or without names. Whether Cloud Policy takes lists is not known.
 * - `unknown`: a setting that no template describes. Its values are not known, unless `values` lists them.
 */
export type SettingKind = (typeof SETTING_KINDS)[number];

export const SETTING_KINDS = [
  "toggle",
  "policy",
  "enum",
  "boolean",
  "decimal",
  "text",
  "multiText",
  "list",
  "unknown",
] as const;

/** One setting: a policy of a template, or an element of one. */
export interface CatalogueSetting {
  /** As the admin centre shows it. An element without a label has its policy's name. One line. */
  readonly name: string;
  /**
   * Cloud Policy takes user settings only. Policies for both are `user`, and so are settings that only a list of
   * Cloud Policy's own ids names.
   */
  readonly scope: "user" | "machine";
  readonly kind: SettingKind;
  /**
   * Labels of the allowed values, by value: `{ "4": "Disable all without notification" }`. Undefined: not known,
   * or any.
   */
  readonly values?: Readonly<Record<string, string>>;
  /**
   * Value of a toggle that is enabled, and of a check box that is ticked. Undefined: not known, or that state deletes
   * the registry value.
   */
  readonly on?: string;
  /** Value of a toggle that is disabled, and of a check box that is not ticked. Undefined: as for `on`. */
  readonly off?: string;
  /**
   * One state of a toggle, check box or enum has no value, because Group Policy deletes the registry value then.
   * How Cloud Policy writes that state is not known: `values` may lack it.
   */
  readonly deletes?: true;
  /**
   * Registry values that Group Policy sets beside this one, in some state: `software\policies\calc\level`. Whether
   * Cloud Policy sets them is not known.
   */
  readonly alsoSets?: readonly string[];
  /** Least number that a `decimal` takes. Undefined: 0. */
  readonly min?: number;
  /** Greatest number that a `decimal` takes. Undefined: the greatest of its registry type. */
  readonly max?: number;
  /** Most characters of a `text`, of each line of a `multiText`. Undefined: not limited. */
  readonly maxLength?: number;
  /** Whether the element must have a value if its policy is enabled. Undefined: it need not. */
  readonly required?: boolean;
  /** Registry key without its hive: `software\policies\microsoft\office\16.0\excel\security`. Undefined: not known. */
  readonly key?: string;
  /** Name of the registry value. Undefined for lists and for kind `policy`. */
  readonly valueName?: string;
  /** Registry type of the value. Undefined: not known, or the setting has no value. */
  readonly type?: RegistryType;
  /** The place in the tree of policies, from the top: `Microsoft Excel 2016 > Excel Options > Security`. */
  readonly category?: string;
  /** The app in words, to tell apart settings with the same name: `Excel`, `Office`. */
  readonly app?: string;
  /** Id of the policy that an element belongs to. Undefined for policies. */
  readonly policy?: string;
  /** Help of the policy, as its author wrote it, with line feeds. Elements have none: their policy has it. */
  readonly help?: string;
  /** The same setting in Intune's settings catalogue, for users. Undefined: not known, or Intune has none. */
  readonly intune?: IntuneDefinition;
  /** Source of a setting that no template has. Undefined: a template has it. */
  readonly source?: "csv" | "intune";
}

/** A setting as Intune's settings catalogue defines it. */
export interface IntuneDefinition {
  /** `user_vendor_msft_policy_config_excel16v2~policy~l_microsoftofficeexcel~l_save_l_autosave`. */
  readonly id: string;
  /** Form of its value. Undefined: that of the setting's kind. */
  readonly form?: IntuneForm;
  /**
   * Ids of its options by their values; those of a state are `0` and `1`. Undefined: each is the definition's id, `_` and
   * the value in lower case.
   */
  readonly options?: Readonly<Record<string, string>>;
  /** Its policy can be enabled without it. */
  readonly optional?: true;
  /** Definitions of other policies that must be set inside of this one if it is enabled. */
  readonly requires?: readonly string[];
}

export type IntuneForm = (typeof INTUNE_FORMS)[number];

/** `texts`: a list of texts. `pairs`: a list of names with values. */
export const INTUNE_FORMS = ["choice", "integer", "string", "texts", "pairs"] as const;

export type RegistryType = (typeof REGISTRY_TYPES)[number];

export const REGISTRY_TYPES = [
  "REG_DWORD",
  "REG_QWORD",
  "REG_SZ",
  "REG_EXPAND_SZ",
  "REG_MULTI_SZ",
] as const;

/** A setting by its id; undefined if the catalogue does not have it. Ids such as `constructor` are safe. */
export function settingOf(catalogue: Catalogue, id: string): CatalogueSetting | undefined {
  return Object.hasOwn(catalogue.settings, id) ? catalogue.settings[id] : undefined;
}
