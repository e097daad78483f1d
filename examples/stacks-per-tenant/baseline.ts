/**
 * Policies of every tenant. A tenant's own values stand in its stack's configuration.
 */
export interface Policy {
  readonly kind: "general" | "security";
  readonly displayName: string;
  readonly description: string;
  /** Settings that users cannot change, by their id. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The policies, the one that wins first; the keys name the resources. */
export const baseline: Readonly<Record<string, Policy>> = {
  "macro-security": {
    kind: "security",
    displayName: "Macro security",
    description: "Macros from the internet are blocked, others too",
    settings: {
      "word16;L_VBAWarningsPolicy;L_empty19": "4",
      "excel16;L_VBAWarningsPolicy;L_empty4": "4",
      "word16;L_BlockMacroExecutionFromInternet": "1",
      "excel16;L_BlockMacroExecutionFromInternet": "1",
    },
  },
  privacy: {
    kind: "general",
    displayName: "Privacy",
    description: "Required diagnostic data only",
    settings: {
      "office16;L_SendTelemetry;L_SendTelemetryDropID": "1",
      "office16;L_SendFeedback": "0",
    },
  },
  "office-defaults": {
    kind: "general",
    displayName: "Office defaults",
    description: "No Start screen",
    settings: { "office16;L_DisableOfficeStartGlobal": "1" },
  },
};
