import { z } from "zod";

/** @param offered - Type of the values that an editor offers; any other text is accepted too. */
const text = (description: string, example: string, offered?: string) =>
  z
    .string({ error: "must be a text" })
    .min(1, { error: "must not be empty" })
    .max(1024, { error: "must be at most 1024 characters long" })
    .meta({
      description: `${description} For example \`${example}\`.`,
      ...(offered !== undefined && { tsType: `pulumi.Input<${offered} | (string & {})>` }),
    });

const REGISTRY_TYPES =
  '"REG_DWORD" | "REG_SZ" | "REG_EXPAND_SZ" | "REG_MULTI_SZ" | "REG_QWORD" | "REG_BINARY"';

const flag = (description: string) =>
  z.boolean({ error: "must be true or false" }).meta({ description });

const nullableText = (description: string) =>
  z.string({ error: "must be a text or null" }).nullable().meta({ description });

/** Made once: making it takes a hundred times longer than using it. */
const jsonSchema = z.json();

/**
 * One setting of a payload. The payload's schema is not published. The first six keys are those of the
 * service's check-in answer; the others are those of its audit log, in camel case.
 *
 * @see https://learn.microsoft.com/microsoft-365-apps/admin-center/overview-cloud-policy
 */
export const settingSchema = z
  .strictObject({
    settingId: text(
      "Id of the setting: the administrative template, a semicolon and the policy; for a part of a policy another semicolon and the part.",
      "excel16;L_VBAWarningsPolicy;L_empty4",
      "keyof KnownOfficeSettings",
    ),
    value: z
      .unknown()
      .refine((value) => jsonSchema.safeParse(value).success, {
        error: "must be a JSON value: a text, a number, true, false, null, a list or an object",
      })
      .meta({
        tsType: "KnownOfficeSettings[keyof KnownOfficeSettings] | JsonInput",
        description:
          'Value of the setting. The service writes texts: a number is sent as its text, as in `"4"`, true as `"1"` and false as `"0"`.',
      }),
    type: text("Registry type of the value.", "REG_DWORD", REGISTRY_TYPES).optional(),
    valueName: text("Name of the registry value.", "vbawarnings").optional(),
    app: text("Administrative template of the setting.", "office16").optional(),
    platform: text(
      "Platform the setting is for; one setting may be given once for each platform.",
      "Win32",
    ).optional(),
    applicablePlatforms: z
      .array(z.string({ error: "must be a text" }), { error: "must be a list of texts" })
      .optional()
      .meta({ description: "Platforms the setting can apply to." }),
    allowOverride: flag("Whether the user may change the value.").optional(),
    class: text("Class of the setting.", "User").optional(),
    docVersion: text("Version of the setting's description.", "1.0").optional(),
    enabled: flag("Whether the setting is enabled.").optional(),
    isVersionNeutral: text(
      "Whether the setting is the same for every version of Office.",
      "False",
    ).optional(),
    key: text("Registry key below the template's root.", "common\\loop").optional(),
    maxVersion: nullableText("Highest version of Office the setting applies to.").optional(),
    minVersion: nullableText("Lowest version of Office the setting applies to.").optional(),
    name: text(
      "Name of the setting as the admin center shows it.",
      "VBA Macro Notification",
    ).optional(),
    parentSettingId: text(
      "Id of the setting this one belongs to.",
      "office16;L_Loop_App",
    ).optional(),
    regKeyFullPath: text("Full registry path.", "microsoft\\office\\16.0\\common\\loop").optional(),
    version: nullableText("Version of the setting.").optional(),
  })
  .meta({ description: "One setting of a policy." });

/** The keys that a setting may have. */
export const SETTING_KEYS: readonly string[] = Object.keys(settingSchema.shape);
