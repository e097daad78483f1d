import { inApps, type Known, ON, type Values } from "./known";

const MACROS: Values = {
  "1": "enable all macros",
  "2": "disable all with notification",
  "3": "disable all but digitally signed ones",
  "4": "disable all without notification",
};

const SCAN: Values = {
  "0": "scan encrypted macros",
  "1": "scan if there is anti-virus software",
  "2": "load macros without scanning",
};

const VBA_WARNINGS = "VBA Macro Notification Settings";

/** Macros. */
export const MACRO_SETTINGS: readonly Known[] = [
  ["access16;L_VBAWarningsPolicy;L_Empty", VBA_WARNINGS, MACROS],
  ["excel16;L_VBAWarningsPolicy;L_empty4", "Macro Notification Settings", MACROS],
  ["ppt16;L_VBAWarningsPolicy;L_empty3", VBA_WARNINGS, MACROS],
  ["proj16;L_VBAWarningsPolicy;L_Empty", VBA_WARNINGS, MACROS],
  ["pub16;L_VBAWarningsPolicy;L_empty0", VBA_WARNINGS, MACROS],
  ["visio16;L_VBAWarningsPolicy;L_Empty", VBA_WARNINGS, MACROS],
  ["word16;L_VBAWarningsPolicy;L_empty19", VBA_WARNINGS, MACROS],
  ...inApps(
    "access excel ppt proj pub visio word",
    "L_BlockMacroExecutionFromInternet",
    "Block macros from running in Office files from the internet",
    ON,
  ),
  [
    "excel16;L_VBAWarningsPolicy;L_XL4WarningPolicy",
    "Enable Excel 4.0 macros when VBA macros are enabled",
    ON,
  ],
  ["excel16;L_XL4KillSwitchPolicy", "Prevent Excel from running XLM macros", ON],
  [
    "excel16;L_DeterminewhethertoforceencryptedExcel;L_DeterminewhethertoforceencryptedExcelDropID",
    "Scan encrypted macros in Excel Open XML workbooks",
    SCAN,
  ],
  [
    "ppt16;L_Determinewhethertoforceencryptedppt;L_DeterminewhethertoforceencryptedpptDropID",
    "Scan encrypted macros in PowerPoint Open XML presentations",
    SCAN,
  ],
  [
    "word16;L_DeterminewhethertoforceencryptedWord;L_DeterminewhethertoforceencryptedWordDropID",
    "Scan encrypted macros in Word Open XML documents",
    SCAN,
  ],
  ...inApps(
    "excel ppt word",
    "L_TrustaccesstoVisualBasicProject",
    "Trust access to Visual Basic Project",
    ON,
  ),
  [
    "office16;L_AutomationSecurity;L_SettheAutomationSecuritylevel",
    "Automation Security: macros of programs that control Office",
    { "1": "enabled", "2": "as in the app", "3": "disabled" },
  ],
  [
    "office16;L_MacroRuntimeScanScope;L_MacroRuntimeScanScopeEnum",
    "Macro Runtime Scan Scope",
    {
      "0": "no document",
      "1": "documents of low trust",
      "2": "all documents",
    },
  ],
  ["office16;L_ForceRuntimeAVScan", "Force Runtime AV Scan", ON],
  ["office16;L_disablevbaforofficeapplications319", "Disable VBA for Office applications", ON],
  [
    "office16;L_BlockMOTWMacroInTrustedOrSigned",
    "Block all internet macros, also of trusted locations and publishers",
    ON,
  ],
  ["office16;L_BlockVBAMacroTrustedDocument", "Turn off Trusted Documents for VBA macros", ON],
  ["office16;L_OnlyTrustVBASignatureV3", "Only trust VBA macros that use V3 signatures", ON],
  [
    "office16;L_RequireAlwaysOnMacroSig",
    "Require trusted publisher signatures for macros that are always loaded",
    ON,
  ],
  [
    "office16;L_AllowVbaIntranetRefs",
    "Allow VBA to load type libraries by path from untrusted intranet locations",
    ON,
  ],
  [
    "office16;L_DisableStrictVbaRefsSecurityPolicy",
    "Disable additional checks of VBA library references that may be unsafe",
    ON,
  ],
  [
    "pub16;L_PublisherAutomationSecurityLevel;L_Empty",
    "Publisher Automation Security Level",
    { "1": "low (enabled)", "2": "by UI (prompted)", "3": "high (disabled)" },
  ],
  ["visio16;L_EnableMicrosoftVisualBasicforApplicationsproject", "Enable VBA project creation", ON],
  ["visio16;L_LoadMicrosoftVisualBasicforApplicationsprojectsf", "Load VBA projects from text", ON],
];
