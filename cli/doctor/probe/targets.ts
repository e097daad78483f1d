/**
 * The policies that probes make, one kind a road. They are assigned to nobody, so they reach nobody.
 *
 * @module
 */
import { paths } from "../../../provider/api/paths";
import type { PlainObject } from "../../../provider/settings/json";
import type { ProbedRoad } from "./records";

/** Beginning of every description of a probe's policy. */
const DESCRIPTION = "Made by office-configuration doctor --probe-writes, which deletes it again.";

/** A kind of policy that a probe makes. */
export interface ProbeTarget {
  readonly road: ProbedRoad;
  readonly title: string;
  readonly collection: string;
  readonly item: (id: string) => string;
  /** Name of the property that holds the name. */
  readonly nameProperty: "displayName" | "name";
  /** Bodies of a POST. A later one is tried if the service refuses the one before it with 400. */
  readonly bodies: (name: string) => readonly PlainObject[];
  /** The type that a PATCH may have to name; undefined if the API has only one. */
  readonly type?: string;
  /** Properties of a created policy whose form the probe looks at. */
  readonly payload?: string;
  /** The place where a person finds the policy. */
  readonly portal: string;
}

/** Types of Cloud Policy's policies. */
const TYPES = {
  cloudPolicy: "#microsoft.graph.windowsOfficeClientConfiguration",
  cloudPolicySecurity: "#microsoft.graph.windowsOfficeClientSecurityConfiguration",
} as const;

/** A payload in the form that this package writes, with a setting that every version of Office has. */
const PAYLOAD = Buffer.from(
  JSON.stringify([{ settingId: "office16;L_SendFeedback", value: "0" }]),
).toString("base64");

function cloudPolicy(road: keyof typeof TYPES, title: string): ProbeTarget {
  const type = TYPES[road];
  return {
    road,
    title,
    collection: paths.clientConfigurations,
    item: paths.clientConfiguration,
    nameProperty: "displayName",
    bodies: (displayName) => {
      const plain = { "@odata.type": type, displayName, description: descriptionOf("made") };
      return [{ ...plain, policyPayload: PAYLOAD }, plain];
    },
    type,
    payload: "policyPayload",
    portal: "https://config.office.com, Customization > Policy Management",
  };
}

const INTUNE: ProbeTarget = {
  road: "intune",
  title: "Intune",
  collection: paths.configurationPolicies,
  item: paths.configurationPolicy,
  nameProperty: "name",
  bodies: (name) => [
    {
      name,
      description: descriptionOf("made"),
      platforms: "windows10",
      technologies: "mdm",
      roleScopeTagIds: ["0"],
      settings: [],
    },
  ],
  portal: "https://intune.microsoft.com, Devices > Configuration",
};

/** The targets of all roads on which policies can be made. Copilot's settings reach users at once: none is probed. */
export const PROBE_TARGETS: readonly ProbeTarget[] = [
  cloudPolicy("cloudPolicy", "Cloud Policy"),
  cloudPolicy("cloudPolicySecurity", "Cloud Policy (security)"),
  INTUNE,
];

/** The description of a probe's policy after a step. */
export function descriptionOf(step: string): string {
  return `${DESCRIPTION} (${step})`;
}

/** Whether a policy has a probe's description. */
export function hasProbeDescription({ description }: PlainObject): boolean {
  return typeof description === "string" && description.startsWith(DESCRIPTION);
}

/** Instructions for a person who deletes a policy of a probe. */
export function howToDelete(target: ProbeTarget, origin: string, id: string | undefined): string {
  const again =
    "`npx office-configuration doctor --probe-writes` on this machine offers to delete it";
  // A command is to be copied into a shell: only a plain id goes into it.
  const isPlain = id !== undefined && /^[\w-]+$/.test(id);
  const rest = isPlain
    ? `, \`az rest --method delete --url ${origin}/beta${target.item(id)}\` deletes it`
    : "";
  return `${again}${rest}; in the portal it is at ${target.portal}.`;
}
