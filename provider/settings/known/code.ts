import { inApps, type Known, ON, ON_IS_0, type Values } from "./known";

const COM_OBJECTS: Values = {
  "0": "do not check",
  "1": "override the kill bit list",
  "2": "strict allow list",
};

/** Trusted places, add-ins, ActiveX and OLE, links: what may run in a document. */
export const CODE_SETTINGS: readonly Known[] = [
  // Trusted locations and documents, add-ins
  ...inApps(
    "access excel ppt proj visio word",
    "L_DisableTrustedLoc",
    "Disable all trusted locations",
    ON,
  ),
  ...inApps(
    "access excel ppt proj visio word",
    "L_AllowTrustedLocationsOnTheNetwork",
    "Allow Trusted Locations on the network",
    ON,
  ),
  ["office16;L_Allowmixofpolicyanduserlocations", "Allow mix of policy and user locations", ON],
  ...inApps(
    "access excel ppt visio word",
    "L_TurnOffTrustedDocuments",
    "Turn off trusted documents",
    ON,
  ),
  ...inApps(
    "access excel ppt visio word",
    "L_TurnOffTrustedDocumentsOnTheNetwork",
    "Turn off Trusted Documents on the network",
    ON,
  ),
  ...inApps(
    "access excel ppt proj pub visio word",
    "L_RequirethatApplicationExtensionsaresigned",
    "Require that application add-ins are signed by Trusted Publisher",
    ON,
  ),
  ...inApps(
    "access excel ppt proj pub visio word",
    "L_DisableTrustBarNotificationforunsigned",
    "Disable Trust Bar Notification for unsigned application add-ins and block them",
    ON,
  ),
  ...inApps("excel ppt word", "L_BlockAllUnmanagedAddins", "Block all unmanaged add-ins", ON),
  [
    "excel16;L_BlockXLLFromInternet;L_BlockXLLFromInternetEnum",
    "Block Excel XLL Add-ins that come from an untrusted source",
    { "0": "warn", "1": "block", "2": "allow" },
  ],
  ["office16;L_AllowUnsecureApps", "Allow Unsecure web add-ins and Catalogs", ON_IS_0],
  ["office16;L_DisableAllCatalogs", "Block Web Add-ins", ON],
  ["office16;L_DisableOfficeStore", "Block the Office Store", ON],
  ["office16;L_RestrictCUCOMAddin", "Block loading of COM/VSTO add-ins registered in HKCU", ON],
  [
    "office16;L_DisableallTrustBarnotificationsfor",
    "Disable all Trust Bar notifications for security issues",
    ON,
  ],
  // ActiveX and OLE
  ["office16;L_DisableAllActiveX", "Disable All ActiveX", ON],
  [
    "office16;L_ActiveXControlInitialization;L_ActiveXControlInitializationcolon",
    "ActiveX Control Initialization (1 to 6)",
  ],
  [
    "office16;L_LoadControlsinForms3;L_LoadControlsinForms3colon",
    "Load Controls in Forms3 (1 to 4)",
  ],
  [
    "office16;L_CheckActiveXObjects;L_CheckActiveXObjectsDropID",
    "Check ActiveX objects",
    COM_OBJECTS,
  ],
  ["office16;L_CheckOLEObjects;L_CheckOLEObjectsDropID", "Check OLE objects", COM_OBJECTS],
  [
    "office16;L_AllowedExtensions;L_allowedextensionsole",
    "Allow file extensions for OLE embedding",
  ],
  [
    "office16;L_BlockedExtensions;L_blockedextensionsole",
    "Block additional file extensions for OLE embedding",
  ],
  ["office16;L_BlockOLEGraph", "Block OLE Graph", ON],
  ["office16;L_BlockOrgChart", "Block OrgChart", ON],
  // Dynamic data exchange, links, programs
  [
    "excel16;L_DisableDDEServerLaunch",
    "Don't allow Dynamic Data Exchange (DDE) server launch in Excel",
    ON,
  ],
  [
    "excel16;L_DisableDDEServerLookup",
    "Don't allow Dynamic Data Exchange (DDE) server lookup in Excel",
    ON,
  ],
  ["word16;L_AllowDDE;L_AllowDDEDropID", "Dynamic Data Exchange", { "1": "limited", "2": "allow" }],
  ["word16;L_UpdateautomaticlinksatOpen", "Update automatic links at Open", ON_IS_0],
  [
    "ppt16;L_RunPrograms;L_Empty",
    "Run Programs",
    { "0": "never", "1": "ask the user", "2": "without asking" },
  ],
  ["ppt16;L_DownloadImages", "Unblock automatic download of linked images", ON],
  ...inApps("ppt word", "L_Makehiddenmarkupvisible", "Make hidden markup visible", ON),
  ["office16;L_BlockInsecureProtocols", "Block Insecure Protocols", ON],
];
