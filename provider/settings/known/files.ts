import { inApps, type Known, ON, ON_IS_0, type Values } from "./known";

const NOT_OPENED: Values = { "0": "do not block", "2": "block opening and saving" };

const SAVED: Values = { ...NOT_OPENED, "1": "block saving" };

const OPENED: Values = {
  ...NOT_OPENED,
  "3": "block",
  "4": "open in Protected View",
  "5": "open in Protected View, allow editing",
};

const ALL: Values = { ...SAVED, ...OPENED };

const BLOCKED: Values = {
  "0": "do not open them",
  "1": "open them in Protected View",
  "2": "open them in Protected View, allow editing",
};

/** A policy that blocks a kind of file. The id of its element is the policy's with an ending. */
function fileBlock(app: string, policy: string, files: string, values: Values): Known {
  return [`${app}16;${policy};${policy}DropID`, `File block: ${files}`, values];
}

function elements(policy: string, element: string, name: string, values: Values): Known[] {
  return inApps("excel ppt word", `${policy};${element}`, name, values);
}

/** Protected View, file validation, file block: which files open, and how. */
export const FILE_SETTINGS: readonly Known[] = [
  ...inApps(
    "excel ppt word",
    "L_DoNotOpenFilesFromTheInternetZoneInProtectedView",
    "Do not open files from the internet zone in Protected View",
    ON,
  ),
  ...inApps(
    "excel ppt word",
    "L_DoNotOpenFilesInUnsafeLocationsInProtectedView",
    "Do not open files in unsafe locations in Protected View",
    ON,
  ),
  ...inApps(
    "excel ppt word",
    "L_TurnOffProtectedViewForAttachmentsOpenedFromOutlook",
    "Turn off Protected View for attachments opened from Outlook",
    ON,
  ),
  [
    "excel16;L_EnableDataBaseFileProtectedView",
    "Always open untrusted database files in Protected View",
    ON,
  ],
  [
    "excel16;L_EnableBlockUnsecureQueryFiles",
    "Always prevent untrusted Microsoft Query files from opening",
    ON,
  ],
  ...inApps("excel ppt word", "L_TurnOffFileValidation", "Turn off file validation", ON_IS_0),
  ...elements(
    "L_SetDocumentBehaviorIfFileValidationFails",
    "L_SetDocumentBehaviorIfFileValidationFailsDropID",
    "Set document behavior if file validation fails",
    { "0": "block files", "1": "open in Protected View" },
  ),
  ...elements(
    "L_SetDocumentBehaviorIfFileValidationFails",
    "L_SetDocumentBehaviorIfFileValidationFailsStr3",
    "Set document behavior if file validation fails: allow edit",
    { "0": "yes", "1": "no" },
  ),
  [
    "excel16;L_Forcefileextenstionstomatch;L_Empty",
    "Force file extension to match file type",
    { "0": "allow different", "1": "allow different, but warn", "2": "always match" },
  ],
  [
    "office16;L_TurnOffErrorReportingForFilesThatFailFileValidation",
    "Turn off error reporting for files that fail file validation",
    ON,
  ],
  ...elements(
    "L_SetDefaultFileBlockBehavior",
    "L_SetDefaultFileBlockBehaviorDropID",
    "Set default file block behavior",
    BLOCKED,
  ),
  fileBlock("excel", "L_DBaseIIIANDIVFiles", "dBase III / IV files", NOT_OPENED),
  fileBlock("excel", "L_DifAndSylkFiles", "Dif and Sylk files", SAVED),
  fileBlock(
    "excel",
    "L_Excel2MacrosheetsAndAddInFiles",
    "Excel 2 macrosheets and add-in files",
    OPENED,
  ),
  fileBlock("excel", "L_Excel2Worksheets", "Excel 2 worksheets", OPENED),
  fileBlock(
    "excel",
    "L_Excel3MacrosheetsAndAddInFiles",
    "Excel 3 macrosheets and add-in files",
    OPENED,
  ),
  fileBlock("excel", "L_Excel3Worksheets", "Excel 3 worksheets", OPENED),
  fileBlock(
    "excel",
    "L_Excel4MacrosheetsAndAddInFiles",
    "Excel 4 macrosheets and add-in files",
    OPENED,
  ),
  fileBlock("excel", "L_Excel4Workbooks", "Excel 4 workbooks", OPENED),
  fileBlock("excel", "L_Excel4Worksheets", "Excel 4 worksheets", OPENED),
  fileBlock("excel", "L_Excel95Workbooks", "Excel 95 workbooks", ALL),
  fileBlock(
    "excel",
    "L_Excel9597WorkbooksAndTemplates",
    "Excel 95-97 workbooks and templates",
    OPENED,
  ),
  fileBlock(
    "excel",
    "L_Excel972003WorkbooksAndTemplates",
    "Excel 97-2003 workbooks and templates",
    ALL,
  ),
  fileBlock(
    "excel",
    "L_WebPagesAndExcel2003XMLSpreadsheets",
    "web pages and Excel 2003 XML spreadsheets",
    ALL,
  ),
  fileBlock(
    "ppt",
    "L_PowerPoint972003PresentationsShowsTemplatesandAddInFiles",
    "PowerPoint 97-2003 files",
    ALL,
  ),
  fileBlock("visio", "L_Visio50AndEarlierFiles", "Visio 5.0 or earlier", NOT_OPENED),
  fileBlock("visio", "L_Visio2000Files", "Visio 2000-2002", NOT_OPENED),
  fileBlock("visio", "L_Visio2003Files", "Visio 2003-2010", SAVED),
  fileBlock("word", "L_Word2AndEarlierBinaryDocumentsAndTemplates", "Word 2 and earlier", OPENED),
  fileBlock("word", "L_Word6Pt0BinaryDocumentsAndTemplates", "Word 6.0", OPENED),
  fileBlock("word", "L_Word95BinaryDocumentsAndTemplates", "Word 95", OPENED),
  fileBlock("word", "L_Word97BinaryDocumentsAndTemplates", "Word 97", OPENED),
  fileBlock("word", "L_Word2000BinaryDocumentsAndTemplates", "Word 2000", OPENED),
  fileBlock("word", "L_WordXPBinaryDocumentsAndTemplates", "Word XP", OPENED),
  fileBlock("word", "L_Word2003BinaryDocumentsAndTemplates", "Word 2003", OPENED),
  fileBlock(
    "word",
    "L_Word2007AndLaterBinaryDocumentsAndTemplates",
    "Word 2007 and later binary documents",
    ALL,
  ),
];
