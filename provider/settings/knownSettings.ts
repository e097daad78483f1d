/**
 * Names of well-known settings of the Cloud Policy service, as the admin centre shows them: the
 * security, privacy and Office settings of most baselines. All are user settings, since Cloud
 * Policy serves no others. More names come from the tenant, or from a catalogue.
 *
 * @see https://learn.microsoft.com/microsoft-365-apps/security/internet-macros-blocked
 * @see https://learn.microsoft.com/microsoft-365-apps/privacy/manage-privacy-controls
 */
export const KNOWN_SETTINGS: Readonly<Record<string, string>> = {
  "access16;L_BlockMacroExecutionFromInternet":
    "Block macros from running in Office files from the internet",
  "access16;L_VBAWarningsPolicy": "VBA Macro Notification Settings",
  "access16;L_VBAWarningsPolicy;L_Empty": "VBA Macro Notification Settings",
  "excel16;L_AutoRecovertime": "AutoRecover time",
  "excel16;L_AutoRecovertime;L_SaveAutoRecoverinfoevery": "Save AutoRecover info every (minutes)",
  "excel16;L_BlockMacroExecutionFromInternet":
    "Block macros from running in Office files from the internet",
  "excel16;L_VBAWarningsPolicy": "Macro Notification Settings",
  "excel16;L_VBAWarningsPolicy;L_empty4": "Macro Notification Settings",
  "excel16;L_VBAWarningsPolicy;L_XL4WarningPolicy":
    "Enable Excel 4.0 macros when VBA macros are enabled",
  "excel16;L_DisableTrustBarNotificationforunsigned":
    "Disable Trust Bar Notification for unsigned application add-ins and block them",
  "office16;L_ActiveXControlInitialization": "ActiveX Control Initialization",
  "office16;L_AllowLinkedInFeatures": "Show LinkedIn features in Office applications",
  "office16;L_AutomationSecurity": "Automation Security",
  "office16;L_CopilotPinning": "Pin Microsoft 365 Copilot Chat",
  "office16;L_DisableOfficeStartGlobal":
    "Disable the Office Start screen for all Office applications",
  "office16;L_EmailCollection": "Allow Microsoft to follow up on feedback submitted by users",
  "office16;L_EncryptDocumentProperties": "Encrypt document properties",
  "office16;L_Loop": "Create and view Loop files in Microsoft apps that support Loop",
  "office16;L_Loop_App": "Create Loop workspaces in Loop",
  "office16;L_MacroRuntimeScanScope": "Macro Runtime Scan Scope",
  "office16;L_OptionalConnectedExperiences":
    "Allow the use of additional optional connected experiences in Office",
  "office16;L_Screenshot":
    "Allow users to include screenshots and attachments when they submit feedback to Microsoft",
  "office16;L_SendFeedback": "Allow users to submit feedback to Microsoft",
  "office16;L_SendTelemetry":
    "Configure the level of client software diagnostic data sent by Office to Microsoft",
  "office16;L_SendTelemetry;L_SendTelemetryDropID": "Level",
  "outlk16;L_Encryptallemailmessages": "Encrypt all e-mail messages",
  "ppt16;L_BlockMacroExecutionFromInternet":
    "Block macros from running in Office files from the internet",
  "ppt16;L_VBAWarningsPolicy": "VBA Macro Notification Settings",
  "ppt16;L_VBAWarningsPolicy;L_empty3": "VBA Macro Notification Settings",
  "ppt16;L_DisableTrustBarNotificationforunsigned":
    "Disable Trust Bar Notification for unsigned application add-ins and block them",
  "proj16;L_BlockMacroExecutionFromInternet":
    "Block macros from running in Office files from the internet",
  "proj16;L_VBAWarningsPolicy": "VBA Macro Notification Settings",
  "proj16;L_VBAWarningsPolicy;L_Empty": "VBA Macro Notification Settings",
  "pub16;L_BlockMacroExecutionFromInternet":
    "Block macros from running in Office files from the internet",
  "pub16;L_VBAWarningsPolicy": "VBA Macro Notification Settings",
  "pub16;L_VBAWarningsPolicy;L_empty0": "VBA Macro Notification Settings",
  "visio16;L_BlockMacroExecutionFromInternet":
    "Block macros from running in Office files from the internet",
  "visio16;L_VBAWarningsPolicy": "VBA Macro Notification Settings",
  "visio16;L_VBAWarningsPolicy;L_Empty": "VBA Macro Notification Settings",
  "word16;L_AllowDDE": "Dynamic Data Exchange",
  "word16;L_BlockMacroExecutionFromInternet":
    "Block macros from running in Office files from the internet",
  "word16;L_VBAWarningsPolicy": "VBA Macro Notification Settings",
  "word16;L_VBAWarningsPolicy;L_empty19": "VBA Macro Notification Settings",
  "word16;L_DisableTrustBarNotificationforunsigned":
    "Disable Trust Bar Notification for unsigned application add-ins and block them",
};

const ON_OFF = { "1": "on", "0": "off" };

const MACROS = {
  "1": "enable all macros",
  "2": "disable all with notification",
  "3": "disable all but digitally signed ones",
  "4": "disable all without notification",
};

/**
 * Values of some of them, as the administrative templates have them. Those that are not here are not
 * known: a policy with elements has no value of its own, and each toggle has its own pair of values.
 *
 * @see docs/settings.md
 */
export const KNOWN_VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "access16;L_BlockMacroExecutionFromInternet": ON_OFF,
  "excel16;L_BlockMacroExecutionFromInternet": ON_OFF,
  "ppt16;L_BlockMacroExecutionFromInternet": ON_OFF,
  "visio16;L_BlockMacroExecutionFromInternet": ON_OFF,
  "word16;L_BlockMacroExecutionFromInternet": ON_OFF,
  "excel16;L_VBAWarningsPolicy;L_empty4": MACROS,
  "ppt16;L_VBAWarningsPolicy;L_empty3": MACROS,
  "word16;L_VBAWarningsPolicy;L_empty19": MACROS,
  "office16;L_SendTelemetry;L_SendTelemetryDropID": {
    "1": "required diagnostic data",
    "2": "optional diagnostic data",
    "3": "neither",
  },
  "office16;L_OptionalConnectedExperiences": { "1": "on", "2": "off" },
  "office16;L_SendFeedback": ON_OFF,
  "office16;L_DisableOfficeStartGlobal": { "1": "hide it", "0": "show it" },
};
