import { type Known, ON, ON_IS_0, type Values } from "./known";

const CONNECTED: Values = { "1": "on", "2": "off" };

/** Privacy, encryption, and settings that many policies have. */
export const OFFICE_SETTINGS: readonly Known[] = [
  [
    "office16;L_SendTelemetry;L_SendTelemetryDropID",
    "Configure the level of client software diagnostic data sent by Office to Microsoft",
    { "1": "required diagnostic data", "2": "optional diagnostic data", "3": "neither" },
  ],
  [
    "office16;L_ConnectedOfficeExperiences",
    "Allow the use of connected experiences in Office",
    CONNECTED,
  ],
  [
    "office16;L_OfficeExperiencesAnlayzingContent",
    "Allow the use of connected experiences in Office that analyze content",
    CONNECTED,
  ],
  [
    "office16;L_OfficeExperiencesDownloadingContent",
    "Allow the use of connected experiences in Office that download online content",
    CONNECTED,
  ],
  [
    "office16;L_OptionalConnectedExperiences",
    "Allow the use of additional optional connected experiences in Office",
    CONNECTED,
  ],
  ["office16;L_SendFeedback", "Allow users to submit feedback to Microsoft", ON],
  [
    "office16;L_SendSurvey",
    "Allow users to receive and respond to in-product surveys from Microsoft",
    ON,
  ],
  [
    "office16;L_Screenshot",
    "Allow users to include screenshots and attachments when they submit feedback to Microsoft",
    ON,
  ],
  [
    "office16;L_LogCollection",
    "Allow users to include log files and relevant content samples with feedback to Microsoft",
    ON,
  ],
  ["office16;L_EmailCollection", "Allow Microsoft to follow up on feedback submitted by users", ON],
  ["office16;L_AllowLinkedInFeatures", "Show LinkedIn features in Office applications", ON],
  ["office16;L_DisableOptinWizard", "Disable Opt-in Wizard on first run", ON],
  [
    "office16;L_EnableCustomerExperienceImprovementProgram",
    "Enable Customer Experience Improvement Program",
    ON,
  ],
  ["office16;L_Sendcustomerdata", "Send personal information", ON],
  [
    "office16;L_UpdateReliabilityPolicy",
    "Automatically receive small updates to improve reliability",
    ON,
  ],
  ["office16;L_EncryptDocumentProperties", "Encrypt document properties", ON],
  [
    "office16;L_Protectdocumentmetadataforpasswordprotected",
    "Protect document metadata for password protected files",
    ON,
  ],
  [
    "office16;L_Encryptiontypeforpasswordprotectedofficeopen;L_Encryptiontypecolon",
    "Encryption type for password protected Office Open XML files",
  ],
  [
    "office16;L_Encryptiontypeforpasswordprotectedoffice972003;L_encryptiontypecolon318",
    "Encryption type for password protected Office 97-2003 files",
  ],
  ["office16;L_DisablepasswordtoopenUI", "Disable password to open UI", ON],
  ["office16;L_TurnOffPDFEncryptionSettingUI", "Turn off PDF encryption setting UI", ON_IS_0],
  [
    "office16;L_DisableOfficeStartGlobal",
    "Disable the Office Start screen for all Office applications",
    { "1": "hide it", "0": "show it" },
  ],
  [
    "excel16;L_AutoRecovertime;L_SaveAutoRecoverinfoevery",
    "AutoRecover time: save AutoRecover info every (minutes)",
  ],
  // Settings that exist in the cloud only: no template has them.
  ["office16;L_CopilotPinning", "Pin Microsoft 365 Copilot Chat"],
  ["office16;L_Loop", "Create and view Loop files in Microsoft apps that support Loop"],
  ["office16;L_Loop_App", "Create and view Loop workspaces in Loop"],
];
