/**
 * The types of settings in a program. Without a catalogue any id and value will do. With the `office-settings.d.ts`
 * that `office-configuration catalogue build` writes, an id and its values are those of the catalogue.
 *
 * These types decide how long a program of hundreds of settings takes to compile. TypeScript finds a setting by its id without trying each of the others only while every object type in the
 * union has `settingId` as a literal, and while nothing else in `OfficePayload` has elements.
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

/** A number, or its text: the service takes texts. */
export type OfficeNumber = number | `${number}`;

/** A value that is known later, or secret. Its text is not checked by the compiler. */
export type LaterOfficeSettingValue =
  | pulumi.OutputInstance<string | number | boolean>
  | Promise<string | number | boolean>;

/** A setting of the catalogue, and the values it can have. */
export interface CheckedOfficeSettingArgs<Id, Value> extends OfficeSettingOptions {
  /** Id of the setting: one of the catalogue's. `uncheckedSetting` takes any other. */
  readonly settingId: Id;
  /** Value of the setting: one of those that the catalogue has for it. */
  readonly value: Value | LaterOfficeSettingValue;
}

declare const unchecked: unique symbol;

/** A setting that `uncheckedSetting` has let through. */
export interface UncheckedOfficeSetting {
  readonly settingId?: undefined;
  readonly [unchecked]: symbol;
}

type SettingOfCatalogue = {
  readonly [Id in keyof OfficeSettings]: CheckedOfficeSettingArgs<Id, OfficeSettings[Id]>;
}[keyof OfficeSettings];

/** One setting of a policy. With a catalogue, one of its settings with one of that setting's values. */
export type OfficeSettingArgs = [keyof OfficeSettings] extends [never]
  ? UncheckedOfficeSettingArgs
  : SettingOfCatalogue | UncheckedOfficeSetting;

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
 * The settings of a policy: a list of settings, or an object keyed by setting id, the form of the outputs
 * (`{ "office16;L_SendFeedback": "0" }`). Anything else is passed on as it is: an object of other JSON
 * values, or JSON text. With a catalogue, other JSON stands under `$json`, text under `$text`.
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

/**
 * A setting with an id or a value that the catalogue in `office-settings.d.ts` does not have, among those of a list.
 * It is sent as it is given.
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
  setting: pulumi.Input<UncheckedOfficeSettingArgs>,
): OfficeSettingArgs {
  return setting as OfficeSettingArgs;
}

/**
 * Settings with ids or values that the catalogue in `office-settings.d.ts` does not have: spread into a map, or in
 * place of one. They are sent as they are given.
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
