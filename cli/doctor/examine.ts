import { paths } from "../../provider/api/paths";
import { isPlainObject } from "../../provider/settings/json";
import { oneLine } from "../../provider/text/messageText";
import { type Asked, askRoad, clientOf, type Way } from "./ask";
import { grantOn } from "./grants";
import { nextStep, originOf } from "./nextStep";
import type { Report, RoadReport } from "./report";
import { ROADS } from "./roads";
import type { SignIn } from "./signIn";

/** Longest name of a tenant that is shown, in characters. */
const MAX_NAME = 80;

/** Asks all roads at once, each within its own time limit. */
export async function examine(signIn: SignIn, way: Way): Promise<Report> {
  const [tenantName, ...answers] = await Promise.all([
    nameOfTenant(way),
    ...ROADS.map((road) => askRoad(road, way)),
  ]);
  const roads = ROADS.map((_, place) => roadReport(place, answers, { signIn, way }));
  return {
    doctor: 1,
    graph: originOf(way),
    signIn: { succeeded: true, ...signIn, ...(tenantName !== undefined && { tenantName }) },
    roads,
    isOpen: roads.some(({ isRoad, state }) => isRoad && state === "open"),
  };
}

function roadReport(
  place: number,
  answers: readonly Asked[],
  { signIn, way }: { readonly signIn: SignIn; readonly way: Way },
): RoadReport {
  const [road, verdict] = [ROADS[place], answers[place]?.verdict];
  if (road === undefined || verdict === undefined) throw new Error("a road without its answer");
  const { id, title, path, isRoad } = road;
  const { state, status, code, requestId } = verdict;
  const grant = grantOn(road, signIn);
  const isTokenTaken = answers.some((other) => other.verdict.state === "open");
  return {
    road: id,
    title,
    path,
    state,
    isRoad,
    grant,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(requestId !== undefined && { requestId }),
    next: nextStep(road, verdict, { signIn, grant, isTokenTaken, config: way.config }),
  };
}

/** The tenant's name, if this sign-in may read it. */
async function nameOfTenant(way: Way): Promise<string | undefined> {
  const client = clientOf(way);
  try {
    const { body } = await client.send({
      method: "GET",
      path: `${paths.organization}?$select=displayName`,
      joins: false,
      deadlineMs: client.clock.now() + way.limitMs,
    });
    const tenants: unknown = isPlainObject(body) ? body.value : undefined;
    const tenant: unknown = Array.isArray(tenants) ? tenants[0] : undefined;
    const name = isPlainObject(tenant) ? tenant.displayName : undefined;
    return typeof name === "string" && name !== "" ? oneLine(name, MAX_NAME) : undefined;
  } catch {
    // Only the name is missing: the token still has the tenant's id.
    return undefined;
  }
}
