import { type Known, ON, ON_IS_0, type Values } from "./known";

const PROMPT: Values = {
  "0": "deny",
  "1": "ask the user",
  "2": "approve",
  "3": "ask if the computer is not secure",
};

function prompt(policy: string, when: string): Known {
  const name = `Configure Outlook object model prompt ${when}`;
  return [`outlk16;${policy};${policy}_Setting`, name, PROMPT];
}

/** Outlook. */
export const OUTLOOK_SETTINGS: readonly Known[] = [
  [
    "outlk16;L_OutlookSecurityMode;L_OutlookSecurityPolicy",
    "Outlook Security Mode",
    {
      "0": "Outlook's default",
      "1": "form in the public folder Outlook Security Settings",
      "2": "form in the public folder Outlook 10 Security Settings",
      "3": "policies",
    },
  ],
  [
    "outlk16;L_SecurityLevelOutlook;L_SecurityLevel",
    "Security setting for macros",
    {
      "1": "no check",
      "2": "always warn",
      "3": "warn of signed ones, disable others",
      "4": "disable all without warning",
    },
  ],
  [
    "outlk16;L_Applymacrosecuritysettings",
    "Apply macro security settings to macros, add-ins and additional actions",
    ON,
  ],
  prompt("L_OOMAddressBook", "when accessing an address book"),
  prompt("L_OOMAddressAccess", "when reading address information"),
  prompt("L_OOMFormula", "when reading the Formula of a UserProperty"),
  prompt("L_OOMMeetingTaskRequest", "when responding to meeting and task requests"),
  prompt("L_OOMSaveAs", "when executing Save As"),
  prompt("L_OOMSend", "when sending mail"),
  [
    "outlk16;L_OnExecuteCustomActionOOM;L_OnExecuteCustomActionOOM_Setting",
    "Set Outlook object model custom actions execution prompt",
    PROMPT,
  ],
  [
    "outlk16;L_ConfigureAddInTrustLevel;L_empty28",
    "Configure Add-In Trust Level",
    {
      "0": "trust all, or as Exchange says",
      "1": "trust all that are installed",
      "2": "trust none that is installed",
    },
  ],
  [
    "outlk16;L_AllowActiveXOneOffForms;L_empty29",
    "Allow Active X One Off Forms",
    { "0": "Outlook's controls only", "1": "safe controls", "2": "all controls" },
  ],
  ["outlk16;L_EnableScriptsInOneOffForms", "Allow scripts in one-off Outlook forms", ON],
  ["outlk16;L_AllowUsersToLowerAttachments", "Allow users to demote attachments to Level 2", ON],
  ["outlk16;L_Level1Attachments", "Display Level 1 attachments", ON],
  [
    "outlk16;L_NoPromptLevel1Close",
    "Do not prompt about Level 1 attachments when closing an item",
    ON,
  ],
  [
    "outlk16;L_NoPromptLevel1Send",
    "Do not prompt about Level 1 attachments when sending an item",
    ON,
  ],
  [
    "outlk16;L_Level1AddFilePolicy;L_AdditionalExtensions",
    "Add file extensions to block as Level 1",
  ],
  [
    "outlk16;L_Level1RemoveFilePolicy;L_RemovedExtensions",
    "Remove file extensions blocked as Level 1",
  ],
  [
    "outlk16;L_Level2AddFilePolicy;L_additionalextensions23",
    "Add file extensions to block as Level 2",
  ],
  [
    "outlk16;L_Level2RemoveFilePolicy;L_removedextensions25",
    "Remove file extensions blocked as Level 2",
  ],
  ["outlk16;L_ShowOLEPackageObj", "Display OLE package objects", ON],
  [
    "outlk16;L_UseProtectedViewForAttachmentsReceivedFromInternalSenders",
    "Use Protected View for attachments received from internal senders",
    ON,
  ],
  ["outlk16;L_Blockexternalcontent", "Display pictures and external content in HTML e-mail", ON],
  [
    "outlk16;L_PermitdownloadofcontentfromSafeSenderandRecipientlists",
    "Automatically download content for e-mail from Safe Senders and Safe Recipients",
    ON,
  ],
  [
    "outlk16;L_Permitdownloadofcontentfromsafezones",
    "Do not permit download of content from safe zones",
    ON_IS_0,
  ],
  ["outlk16;L_BlockTrustedZones", "Block Trusted Zones", ON_IS_0],
  ["outlk16;L_BlockInternet", "Include Internet in Safe Zones for Automatic Picture Download", ON],
  ["outlk16;L_BlockIntranet", "Include Intranet in Safe Zones for Automatic Picture Download", ON],
  [
    "outlk16;L_Enablelinksinemailmessages",
    "Allow hyperlinks in suspected phishing e-mail messages",
    ON,
  ],
  [
    "outlk16;L_DisableRememberPasswordcheckboxforInternetEmailsettingsdialo",
    "Disable 'Remember password' for Internet e-mail accounts",
    ON_IS_0,
  ],
  ["outlk16;L_Encryptallemailmessages", "Encrypt all e-mail messages", ON],
  [
    "outlk16;L_Minimumencryptionsettings;L_Minimumkeysizeinbits",
    "Minimum encryption settings: key size in bits",
  ],
  [
    "outlk16;L_RetrievingCRLsCertificateRevocationLists;L_empty31",
    "Retrieving CRLs (Certificate Revocation Lists)",
    { "0": "system default", "1": "always when online", "2": "never" },
  ],
  [
    "outlk16;L_SignatureWarning;L_signaturewarning30",
    "Signature Warning",
    { "0": "the user decides", "1": "always warn", "2": "never warn" },
  ],
  [
    "outlk16;L_Missingrootcertificates;L_Indicateamissingrootcertificateasan",
    "Missing root certificates",
    { "0": "neither error nor warning", "1": "warning", "2": "error" },
  ],
];
