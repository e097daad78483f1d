/**
 * The roads on which settings reach a tenant's users, and what else commands read there.
 *
 * @module
 */
import { paths } from "../../provider/api/paths";
import { isPlainObject } from "../../provider/settings/json";

/** Name of a road in JSON and in profiles. */
export const ROAD_IDS = [
  "cloudPolicy",
  "cloudPolicySecurity",
  "tenantReports",
  "intune",
  "copilot",
  "groups",
  "auditLog",
] as const;

/** Name of a road in JSON and in profiles. */
export type RoadId = (typeof ROAD_IDS)[number];

/** A road. */
export interface Road {
  readonly id: RoadId;
  readonly title: string;
  /** The GET that tries it: from the root of beta, or with another version; with its query. */
  readonly path: string;
  /** The list that has its policies and others': this package reads that one. Undefined if it is `path`. */
  readonly list?: string;
  /** Whether settings can be deployed on it. The others only help. */
  readonly isRoad: boolean;
  /** Whether a success has the form of this API's answers. */
  readonly isAnswer: (body: unknown) => boolean;
  /** The next step if it is open. */
  readonly whenOpen: string;
  /** Advice for somebody without it. Empty for a road on which settings can be deployed. */
  readonly without?: string;
  /** Advice for an app on its own. */
  readonly forApps?: string;
}

const isCollection = (body: unknown) => isPlainObject(body) && Array.isArray(body.value);

/** A setting that every tenant is documented to have. */
const COPILOT_SETTING = "microsoft.copilot.allowwebsearch";

/** All of them, in the order in which they are shown. */
export const ROADS: readonly Road[] = [
  {
    id: "cloudPolicy",
    title: "Cloud Policy",
    path: paths.clientConfigurationsOf("client"),
    list: paths.clientConfigurations,
    isRoad: true,
    isAnswer: isCollection,
    whenOpen:
      "Write `new WindowsOfficeClientConfiguration(…)`: docs/first-tenant.md, step 2. Or take over what the tenant has: `npx office-configuration export --out policies`.",
  },
  {
    id: "cloudPolicySecurity",
    title: "Cloud Policy (security)",
    path: paths.clientConfigurationsOf("security"),
    list: paths.clientConfigurations,
    isRoad: true,
    isAnswer: isCollection,
    whenOpen:
      "Write `new WindowsOfficeClientSecurityConfiguration(…)`: Graph's other type of policy, with the same inputs.",
  },
  {
    id: "tenantReports",
    title: "Tenant reports",
    path: paths.officeConfiguration,
    isRoad: false,
    isAnswer: (body) => isPlainObject(body) && !Array.isArray(body.value),
    whenOpen: "getOfficeConfiguration and the resource OfficeConfiguration can read.",
    without: "Only getOfficeConfiguration and the resource OfficeConfiguration need it.",
    forApps:
      "Microsoft documents it for users, not for apps on their own: sign in with `--credential deviceCode`.",
  },
  {
    id: "intune",
    title: "Intune",
    path: paths.configurationPolicies,
    isRoad: true,
    isAnswer: isCollection,
    whenOpen:
      "Write `new IntuneOfficePolicy(…)`, with the same settings: docs/roads.md has a program, and the catalogue that it needs.",
  },
  {
    id: "copilot",
    title: "Copilot",
    path: paths.copilotPolicySetting(COPILOT_SETTING),
    isRoad: true,
    isAnswer: (body) => isPlainObject(body) && ("value" in body || "policyId" in body),
    whenOpen:
      "Write `new CopilotPolicySetting(…)`: docs/copilot.md has a program and the known settings.",
  },
  {
    id: "groups",
    title: "Groups",
    path: `${paths.groups}?$top=1&$select=id`,
    isRoad: false,
    isAnswer: isCollection,
    whenOpen: "`export` can name groups in comments.",
    without: "Only `export` uses it, to name groups in comments.",
  },
  {
    id: "auditLog",
    title: "Audit log",
    path: paths.auditLogQueries,
    isRoad: false,
    isAnswer: isCollection,
    whenOpen: "Drift can name who changed a policy: docs/drift.md has the setting.",
    without: "Only drift uses it, to name who changed a policy: docs/drift.md.",
  },
];
