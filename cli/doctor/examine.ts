import { paths } from "../../provider/api/paths";
import { isPlainObject } from "../../provider/settings/json";
import { oneLine } from "../../provider/text/messageText";
import { type Asked, askRoad, clientOf, type Way } from "./ask";
import { grantOn } from "./grants";
import { learnManners } from "./manners/learn";
import { type Circumstances, nextStep, originOf } from "./nextStep";
import { askTypes } from "./policyTypes";
import type { Report, RoadReport } from "./report";
import { ROADS, type Road } from "./roads";
import type { SignIn } from "./signIn";
import type { Verdict } from "./verdict";

/** Longest name of a tenant that is shown, in characters. */
const MAX_NAME = 80;

/** Asks all roads at once, each within its own time limit, then learns the manners of those that are open. */
export async function examine(signIn: SignIn, way: Way): Promise<Report> {
  const [tenantName, asked] = await Promise.all([nameOfTenant(way), askAll(way)]);
  const isTokenTaken = asked.some(([, { verdict }]) => verdict.state === "open");
  const roads = asked.map(([road, { verdict }]) => {
    const grant = grantOn(road, signIn);
    const given = { signIn, grant, isTokenTaken, config: way.config };
    return roadReport(road, verdict, given);
  });
  const answers = new Map(asked.map(([{ id }, answer]) => [id, answer]));
  return {
    doctor: 1,
    graph: originOf(way),
    signIn: { succeeded: true, ...signIn, ...(tenantName !== undefined && { tenantName }) },
    roads,
    isOpen: roads.some(({ isRoad, state }) => isRoad && state === "open"),
    manners: await learnManners(answers, way.limitMs),
  };
}

/** All roads and their answers, in the order in which they are shown. */
async function askAll(way: Way): Promise<(readonly [Road, Asked])[]> {
  const types = ROADS.filter(({ list }) => list !== undefined);
  const ofTypes = askTypes(types, way);
  return Promise.all(
    ROADS.map(async (road) => {
      const ofType = types.includes(road) ? (await ofTypes)[types.indexOf(road)] : undefined;
      return [road, ofType ?? (await askRoad(road, way))] as const;
    }),
  );
}

function roadReport(road: Road, verdict: Verdict, given: Circumstances): RoadReport {
  const { id, title, path, isRoad } = road;
  const { state, status, code, requestId } = verdict;
  return {
    road: id,
    title,
    path,
    state,
    isRoad,
    grant: given.grant,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(requestId !== undefined && { requestId }),
    next: nextStep(road, verdict, given),
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
