import { resourceType } from "../../provider/program/dynamicResource";

const KINDS = [
  "WindowsOfficeClientConfiguration",
  "WindowsOfficeClientSecurityConfiguration",
  "OfficeClientConfigurationPatch",
  "IntuneOfficePolicy",
  "CopilotPolicySetting",
] as const;

/** Class of a resource with settings of Office. */
export type OfficePolicyKind = (typeof KINDS)[number];

const BY_TYPE: ReadonlyMap<string, OfficePolicyKind> = new Map(
  KINDS.map((kind) => [resourceType(kind), kind]),
);

/** The kind of a resource, by Pulumi's name of its type; undefined if it has no settings of Office. */
export function kindOf(type: string): OfficePolicyKind | undefined {
  return BY_TYPE.get(type);
}
