/**
 * Policies of both kinds, and the emulator's manners that the documentation leaves open, for tests of whole lives.
 *
 * @module
 */
import type { EmulatorMode } from "../emulator";

/** A policy of each kind, side by side in one stack. */
export const POLICIES = [
  {
    kind: "WindowsOfficeClientConfiguration",
    type: "#microsoft.graph.windowsOfficeClientConfiguration",
    own: { displayName: "Baseline", priority: 3 },
  },
  {
    kind: "WindowsOfficeClientSecurityConfiguration",
    type: "#microsoft.graph.windowsOfficeClientSecurityConfiguration",
    own: { displayName: "Macros", priority: 7 },
  },
] as const;

type NamedMode = readonly [name: string, mode: Partial<EmulatorMode>];

/** The modes that are furthest apart. */
export const FURTHEST_MODES: readonly NamedMode[] = [
  ["payloads inline, groups in the POST", {}],
  [
    "payloads as streams, groups in the POST ignored, OData's status codes",
    { payloads: "stream", assignmentsInPost: "ignored", successCodes: "odata" },
  ],
];

/** All modes: those that are furthest apart, and two between them. */
export const LIFE_MODES: readonly NamedMode[] = [
  ...FURTHEST_MODES,
  ["payloads inline, groups in the POST ignored", { assignmentsInPost: "ignored" }],
  ["payloads as streams, groups in the POST", { payloads: "stream" }],
];
