/**
 * Copilot's settings that Graph's API is documented to support, by their ids. Microsoft documents the ids and names, and
 * not the values: these are those that CIPP writes to its tenants, where the values of web search and of image
 * generation were compared with the admin center. Any other id, and any other value, is passed on.
 *
 * @see https://learn.microsoft.com/microsoft-365/copilot/extensibility/api/admin-settings/resources/copilotpolicysetting
 * @see https://github.com/CyberDrain/CIPP/pull/196
 * @module
 */
import { ownValue } from "./json";

/** A setting of Copilot. */
export interface CopilotSetting {
  /** Its name on Microsoft's page. */
  readonly name: string;
  /** Meanings of its values, by value. */
  readonly values: Readonly<Record<string, string>>;
}

/** The settings by their ids. */
export const COPILOT_SETTINGS: Readonly<Record<string, CopilotSetting>> = {
  "microsoft.copilot.allowinadmincenters": {
    name: "Control Admin Copilot availability in Microsoft 365 Admin Center",
    values: { "1": "available", "0": "not available" },
  },
  "microsoft.copilot.allowwebsearch": {
    name: "Allow web search in Copilot",
    values: {
      "0": "on everywhere",
      "1": "off everywhere",
      "2": "off in Copilot's work mode, on in Copilot Chat",
    },
  },
  "microsoft.copilot.blockaccesstoopenfiles": {
    name: "Block Copilot Access to Open Content",
    values: { "1": "blocked", "0": "not blocked" },
  },
  "microsoft.copilot.copilotchatpinning": {
    name: "Pin Microsoft 365 Copilot Chat",
    values: { "1": "pinned", "0": "not pinned" },
  },
  "microsoft.copilot.imagegeneration": {
    name: "Control access to Designer Image Generation",
    values: { "0": "on", "1": "off" },
  },
};

/** The setting with an id; undefined if it is not known. */
export function copilotSetting(id: unknown): CopilotSetting | undefined {
  return typeof id === "string" ? (ownValue(COPILOT_SETTINGS, id) as CopilotSetting) : undefined;
}

/** The meaning of a setting's value; undefined if it is not known. */
export function meaningOf(id: unknown, value: unknown): string | undefined {
  const values = copilotSetting(id)?.values ?? {};
  return typeof value === "string" ? (ownValue(values, value) as string | undefined) : undefined;
}
