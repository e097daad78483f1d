/**
 * The next step on a road: what its state means for this sign-in, and a link or a command that helps.
 *
 * @module
 */
import { cloudOf } from "../../provider/graph/config/clouds";
import type { SessionConfig } from "../../provider/graph/config/sessionTypes";
import { grantAdvice, ownAppAdvice, permissionsFor } from "../../provider/graph/errors/permissions";
import type { Grant } from "./grants";
import type { Road } from "./roads";
import type { SignIn } from "./signIn";
import type { Verdict } from "./verdict";

/** Facts that a next step depends on, besides the road's state. */
export interface Circumstances {
  readonly signIn: SignIn;
  readonly grant: Grant;
  /** Whether Graph takes the same token on another road. */
  readonly isTokenTaken: boolean;
  readonly config: Pick<SessionConfig, "cloud" | "endpoint" | "authority">;
}

/** The next step on a road. */
export function nextStep(road: Road, verdict: Verdict, given: Circumstances): string {
  const { state, advice } = verdict;
  if (verdict.isOfList && state !== "open" && road.id === "cloudPolicySecurity") {
    return "As Cloud Policy: the policies of both types are in one list.";
  }
  switch (state) {
    case "open":
      return [road.whenOpen, ...ofList(verdict), ...readOnly(road, given)].join(" ");
    case "noPermission":
      return [
        permissionStep(road, verdict, given),
        road.without,
        given.signIn.caller === "user" ? undefined : road.forApps,
      ]
        .filter(Boolean)
        .join(" ");
    case "noLicense":
      return `${advice ?? ""} https://admin.microsoft.com/Adminportal/Home#/licenses`.trim();
    case "closed":
      return [closed(road, verdict), ...otherRoads(road)].join(" ");
    case "notReachable":
      return `${advice ?? "Graph gave no answer in time. Run the doctor again, with a higher --timeout if the network is slow."} \`curl -I ${originOf(given)}\` shows whether this machine reaches it.`;
    case "unclear":
      return advice ?? unclear(verdict);
    case "notAsked":
      return "Not asked: there is no sign-in.";
  }
}

/** The origin of the Graph that is asked. */
export function originOf({ config }: Pick<Circumstances, "config">): string {
  return config.endpoint ?? cloudOf(config.cloud).graph;
}

function ofList({ isOfList }: Verdict): string[] {
  if (isOfList === undefined) return [];
  return [
    "Graph lists policies of both types, and none of one type alone: --probe-writes shows whether it takes this type.",
  ];
}

function readOnly(road: Road, { grant }: Circumstances): string[] {
  const { write } = permissionsFor(road.path);
  if (!road.isRoad || write === undefined) return [];
  if (grant === "read") return [`The token may only read: writing needs ${write}.`];
  if (grant !== "unknown") return [];
  return [`The token does not say whether it may write: that needs ${write}.`];
}

function permissionStep(road: Road, { status, advice }: Verdict, given: Circumstances): string {
  const { grant, signIn, isTokenTaken } = given;
  const { documentedFor, needsIntune } = permissionsFor(road.path);
  if (status === 401) {
    const isOfThisApi = isTokenTaken && needsIntune;
    return isOfThisApi
      ? "Graph takes this token on other roads, and this API refuses it. Others have seen that in tenants without an Intune license: check https://admin.microsoft.com/Adminportal/Home#/licenses"
      : (advice ?? "");
  }
  if (grant === "unknown") return grantAdvice(road.path);
  if (grant === "nothing") {
    return signIn.microsoftsApp === undefined
      ? `${grantAdvice(road.path, signIn.caller)} ${consent(given)}`
      : ownAppAdvice(road.path, signIn.microsoftsApp);
  }
  if (signIn.caller === "user") {
    return "The token has the permission, so the user lacks a role: Intune Administrator, or for Cloud Policy Office Apps Administrator (https://entra.microsoft.com, Roles & admins).";
  }
  return documentedFor === "users"
    ? "The token has the permission, but Microsoft documents it for users only: sign in with `--credential deviceCode`."
    : "The token has the permission, and Graph refuses it all the same. Check that the tenant has an active Intune license (https://admin.microsoft.com/Adminportal/Home#/licenses); a new grant takes some minutes.";
}

const WHERE = "Step 1 of docs/first-tenant.md shows where.";

/** The page on which an administrator grants what the app's registration asks for. */
function consent({ signIn: { tenantId, clientId }, config }: Circumstances): string {
  const { authority, cloud } = config;
  if (tenantId === undefined || clientId === undefined) return WHERE;
  const login = authority ?? cloudOf(cloud).login;
  return `${WHERE} An administrator consents at ${login}/${tenantId}/adminconsent?client_id=${clientId}`;
}

/** A 404 has advice that is about a single object. */
function closed({ path, list }: Road, { status, advice, isOfList }: Verdict): string {
  if (list !== undefined && !isOfList) {
    return "Graph serves policies of the other type and none of this one. No setting of this package changes that.";
  }
  const isAboutObject = status === 404 && advice?.includes("pulumi refresh");
  if (advice !== undefined && !isAboutObject) return advice;
  return `Graph does not serve ${withoutQuery(list ?? path)} to this tenant. No setting of this package changes that.`;
}

function otherRoads({ id }: Road): string[] {
  return id === "cloudPolicy" ? ["docs/roads.md compares the other roads."] : [];
}

function unclear({ status, words }: Verdict): string {
  const said = words === undefined ? "" : ` It says: "${words}".`;
  const answered =
    status === undefined ? "The answer cannot be used." : `Graph answered ${status}.`;
  return `${answered}${said} Run the doctor again later. If it stays so, Microsoft's support needs the request-id.`;
}

function withoutQuery(path: string): string {
  return path.replace(/\?.*$/, "");
}
