/**
 * The roads of a profile, as modes and as the permissions of tokens.
 *
 * @module
 */
import type { EmulatorMode } from "../modes";
import type { Played } from "./manners";

/** A road of a profile. */
export interface ProfiledRoad {
  readonly state?: unknown;
  readonly grant?: unknown;
}

/** Roads by their names. */
export type Roads = Readonly<Record<string, ProfiledRoad | undefined>>;

/** Permissions of the roads that have their own, by what a token may do there. */
const PERMISSIONS = {
  cloudPolicy: {
    read: "DeviceManagementConfiguration.Read.All",
    write: "DeviceManagementConfiguration.ReadWrite.All",
  },
  copilot: { read: "CopilotPolicySettings.Read", write: "CopilotPolicySettings.ReadWrite" },
} as const;

/** Permission of a road that older profiles do not have. */
const AUDIT_LOG = "AuditLogsQuery.Read.All";

/** Permissions that no road names. */
const ALWAYS = ["Organization.Read.All"];

/** The states of a road that are a mode of it. */
const STATES: ReadonlyMap<unknown, EmulatorMode["intune"]> = new Map([
  ["open", "open"],
  ["closed", "closed"],
  ["noLicense", "unlicensed"],
]);

/** Plays the states of all roads. @param caller - The kind of sign-in that the profile was made with. */
export function playRoads(roads: Roads, caller: unknown): Played[] {
  return Object.entries(roads).map(([name, road]) => ({
    name: `${name} ${JSON.stringify(road?.state)}`,
    modes: playRoad(name, road ?? {}, { roads, caller }),
  }));
}

/** The permissions of tokens; undefined if the profile does not tell them. */
export function permissionsIn(roads: Roads): readonly string[] | undefined {
  const names = Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[];
  const found = names.map((name) => {
    const grant = roads[name]?.grant;
    if (grant === "nothing") return [];
    return grant === "read" || grant === "write" ? [PERMISSIONS[name][grant]] : undefined;
  });
  const isTold = found.every((permissions) => permissions !== undefined);
  const ofAuditLog = roads.auditLog?.grant === "read" ? [AUDIT_LOG] : [];
  return isTold ? [...found.flat(), ...ofAuditLog, ...ALWAYS] : undefined;
}

interface Whole {
  readonly roads: Roads;
  readonly caller: unknown;
}

function playRoad(
  name: string,
  road: ProfiledRoad,
  { roads, caller }: Whole,
): Partial<EmulatorMode> | undefined {
  switch (name) {
    case "cloudPolicy":
    case "cloudPolicySecurity":
      return playType(name, roads);
    case "intune":
    case "auditLog":
      return playState(name, road);
    case "copilot":
      return playCopilot(road, caller);
    case "groups":
      return playGroups(road);
    // Its state is that of its API, unless the profile's sign-in is of a kind that it refuses.
    case "tenantReports":
      return types(roads).some((type) => road.state === type.state) ? {} : undefined;
    default:
      return undefined;
  }
}

/** The roads of Cloud Policy's two types. Profiles of older versions have one. */
function types({ cloudPolicy = {}, cloudPolicySecurity = cloudPolicy }: Roads): ProfiledRoad[] {
  return [cloudPolicy, cloudPolicySecurity];
}

/** One API serves both types. If only one is closed, the API is open, without that type. */
function playType(
  name: "cloudPolicy" | "cloudPolicySecurity",
  roads: Roads,
): Partial<EmulatorMode> | undefined {
  const [client = {}, security = {}] = types(roads);
  const states = `${String(client.state)}, ${String(security.state)}`;
  if (states === "open, closed") return { cloudPolicy: "open", configurationTypes: "client" };
  if (states === "closed, open") return { cloudPolicy: "open", configurationTypes: "security" };
  return playState("cloudPolicy", name === "cloudPolicy" ? client : security);
}

/** A permission that is missing is missing from the tokens. */
function playState(
  name: "cloudPolicy" | "intune" | "copilot" | "auditLog",
  { state, grant }: ProfiledRoad,
): Partial<EmulatorMode> | undefined {
  const mode = STATES.get(state);
  if (mode !== undefined) return { [name]: mode };
  return state === "noPermission" && grant === "nothing" ? {} : undefined;
}

/** The emulator's token is an app's, unless the profile's was a user's. */
function playCopilot(road: ProfiledRoad, caller: unknown): Partial<EmulatorMode> | undefined {
  if (caller === "user") return playState("copilot", road);
  if (road.state === "open") return { copilot: "open", copilotCallers: "all" };
  return road.state === "noPermission" ? { copilotCallers: "users" } : playState("copilot", road);
}

function playGroups({ state }: ProfiledRoad): Partial<EmulatorMode> | undefined {
  if (state === "open") return { groupReads: "allowed" };
  return state === "noPermission" ? { groupReads: "refused" } : undefined;
}
