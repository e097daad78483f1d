/**
 * The types of settings in a program. Without a catalogue, every id and value is allowed. With the
 * `office-settings.d.ts` that `office-configuration catalogue build` writes, only the catalogue's ids and
 * values are.
 *
 * These types decide how long a program with hundreds of settings takes to compile. TypeScript finds a
 * setting by its id, without trying all others, only if every object type in the union has `settingId` as a
 * literal, and nothing else in `OfficePayload` has elements.
 *
 * @module
 */
import type * as pulumi from "@pulumi/pulumi";
import type {
  JsonInput,
  OfficeSettingOptions,
  StoredOfficePayload,
  UncheckedOfficePayload,
  UncheckedOfficeSettingArgs,
} from "./args.generated";

/**
 * The settings of a catalogue, by their ids: `office-settings.d.ts` adds them. Empty without that file.
 *
 * @see docs/catalogue.md
 */
// biome-ignore lint/suspicious/noEmptyInterface: a user's office-settings.d.ts adds to it
export interface OfficeSettings {}

/**
 * The same settings by the type of their values: `office-settings.d.ts` adds them, numbered. TypeScript gives up
 * ("too complex to represent") if a list mixes a thousand object types with others.
 */
// biome-ignore lint/suspicious/noEmptyInterface: a user's office-settings.d.ts adds to it
export interface OfficeSettingGroups {}

/** A number, or its text: the service takes texts. */
export type OfficeNumber = number | `${number}`;

/** A value that is known later, or secret. The compiler does not check its text. */
export type LaterOfficeSettingValue =
  | pulumi.OutputInstance<string | number | boolean>
  | Promise<string | number | boolean>;

/** A setting of the catalogue, and the values it can have. */
export interface CheckedOfficeSettingArgs<Id, Value> extends OfficeSettingOptions {
  /** Id of a setting in the catalogue. `uncheckedSetting` takes any other id. */
  readonly settingId: Id;
  /** Value of the setting: one of the catalogue's. */
  readonly value: Value | LaterOfficeSettingValue;
}

declare const unchecked: unique symbol;

/** A setting that came through `uncheckedSetting`. */
export interface UncheckedOfficeSetting {
  readonly settingId?: undefined;
  readonly [unchecked]: symbol;
}

type SettingOfGroup<Group> = Group extends { readonly id: infer Id; readonly value: infer Value }
  ? CheckedOfficeSettingArgs<Id, Value>
  : never;

type SettingOfCatalogue = {
  readonly [Place in keyof OfficeSettingGroups]: SettingOfGroup<OfficeSettingGroups[Place]>;
}[keyof OfficeSettingGroups];

/** One setting of a policy. With a catalogue, its id and value must be the catalogue's. */
export type OfficeSettingArgs = [keyof OfficeSettings] extends [never]
  ? UncheckedOfficeSettingArgs
  : SettingOfCatalogue | UncheckedOfficeSetting;

/** A setting of any id among those of a list. */
export type LetThrough = [keyof OfficeSettings] extends [never]
  ? UncheckedOfficeSettingArgs
  : UncheckedOfficeSetting;

type MapOfCatalogue = {
  readonly [Id in keyof OfficeSettings]?:
    | OfficeSettings[Id]
    | LaterOfficeSettingValue
    | (OfficeSettingOptions & { readonly value: OfficeSettings[Id] | LaterOfficeSettingValue });
};

type LaterOfficePayload =
  | pulumi.OutputInstance<UncheckedOfficePayload>
  | pulumi.OutputInstance<StoredOfficePayload | undefined>
  | Promise<UncheckedOfficePayload>;

/**
 * The settings of a policy: a list of settings, or an object keyed by setting id, like the outputs
 * (`{ "office16;L_SendFeedback": "0" }`). Anything else is passed on unchanged: an object of other JSON
 * values, or JSON text. With a catalogue, other JSON must be under `$json`, and text under `$text`.
 */
export type OfficePayload = [keyof OfficeSettings] extends [never]
  ? pulumi.Input<UncheckedOfficePayload>
  :
      | readonly OfficeSettingArgs[]
      | MapOfCatalogue
      | { readonly $json: JsonInput }
      | { readonly $text: pulumi.Input<string> }
      | LaterOfficePayload
      | undefined;

/** A setting with keys that the reference does not have. */
export type OpenOfficeSettingArgs = UncheckedOfficeSettingArgs & {
  readonly [key: string]: JsonInput | undefined;
};

/**
 * A setting whose id or value is not in the catalogue of `office-settings.d.ts`, or with keys of the
 * service's own, for a list. It is sent unchanged.
 *
 * @example
 * ```typescript
 * policies: [
 *   { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: "4" },
 *   uncheckedSetting({ settingId: "office16;L_BrandNew", value: "1" }),
 * ],
 * ```
 */
export function uncheckedSetting(
  setting: pulumi.Input<UncheckedOfficeSettingArgs | OpenOfficeSettingArgs>,
): LetThrough {
  return setting as LetThrough;
}

/**
 * Settings whose ids or values are not in the catalogue of `office-settings.d.ts`: spread them into a map,
 * or use them as the map. They are sent unchanged.
 *
 * @example
 * ```typescript
 * policies: {
 *   "excel16;L_VBAWarningsPolicy;L_empty4": "4",
 *   ...uncheckedSettings({ "office16;L_BrandNew": "1" }),
 * },
 * ```
 */
export function uncheckedSettings(
  settings: Readonly<Record<string, JsonInput>>,
): Readonly<Record<never, never>> {
  return settings;
}
