/**
 * The policies that every tenant gets. A stack is a tenant; what differs between tenants stands in
 * the stack's configuration.
 */
import * as pulumi from "@pulumi/pulumi";
import {
  WindowsOfficeClientConfiguration,
  WindowsOfficeClientSecurityConfiguration,
} from "pulumi-office-configuration";

const config = new pulumi.Config();

/** The groups whose members get the policies: ids of Microsoft Entra groups. */
const everyone = config.get("everyoneGroupId") ?? "3f0c2e5a-7c1d-4a43-9b8e-6a1d2f4c5b60";
const finance = config.get("financeGroupId") ?? "9a4b7d21-0e6f-4c58-8d3a-1b2c3d4e5f60";

/** 1 enables all macros, 2 asks the user, 3 allows signed macros only, 4 disables all. */
const excelMacros = config.get("excelMacros") ?? "2";

/** Macro security: what users cannot change. */
const macros = new WindowsOfficeClientSecurityConfiguration("macro-security", {
  displayName: "Macro security",
  description: "Macros from the internet are blocked; in Excel, others ask",
  priority: 0,
  assignments: [everyone],
  policies: [
    { settingId: "word16;L_VBAWarningsPolicy;L_empty19", value: "4" },
    { settingId: "excel16;L_VBAWarningsPolicy;L_empty4", value: excelMacros },
    { settingId: "ppt16;L_VBAWarningsPolicy;L_empty3", value: "4" },
    { settingId: "word16;L_BlockMacroExecutionFromInternet", value: "1" },
    { settingId: "excel16;L_BlockMacroExecutionFromInternet", value: "1" },
    { settingId: "ppt16;L_BlockMacroExecutionFromInternet", value: "1" },
    { settingId: "access16;L_BlockMacroExecutionFromInternet", value: "1" },
  ],
});

/** Privacy: diagnostic data at the level "required", no optional connected experiences. */
const privacy = new WindowsOfficeClientConfiguration("privacy", {
  displayName: "Privacy",
  description: "Required diagnostic data only",
  priority: 1,
  assignments: [everyone],
  policies: [
    {
      settingId: "office16;L_SendTelemetry;L_SendTelemetryDropID",
      value: "1",
      type: "REG_DWORD",
      valueName: "sendtelemetry",
    },
    { settingId: "office16;L_OptionalConnectedExperiences", value: "2" },
    { settingId: "office16;L_SendFeedback", value: "0" },
  ],
});

/** Defaults: no Start screen and no LinkedIn for everyone, and an AutoRecover interval that a user may change. */
const defaults = new WindowsOfficeClientConfiguration("office-defaults", {
  displayName: "Office defaults",
  priority: 2,
  assignments: [everyone, finance],
  policies: [
    { settingId: "office16;L_DisableOfficeStartGlobal", value: "1" },
    { settingId: "office16;L_AllowLinkedInFeatures", value: "0" },
  ],
  userPreferences: [
    { settingId: "excel16;L_AutoRecovertime;L_SaveAutoRecoverinfoevery", value: "5" },
  ],
});

export const configurationIds = [macros.id, privacy.id, defaults.id];
