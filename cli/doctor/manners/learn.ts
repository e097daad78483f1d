import { paths } from "../../../provider/api/paths";
import { OfficeConfigurationError } from "../../../provider/graph";
import type { Asked } from "../ask";
import type { RoadId } from "../roads";
import { batchMannersOf } from "./batch";
import { cloudPolicyMannersOf } from "./cloudPolicy";
import { intuneMannersOf } from "./intune";
import { Reads } from "./reads";
import { type Manners, type Seen, withNotSeen } from "./schema";

/**
 * Learns the manners of the roads that are open, by reading more. What fails is not seen.
 *
 * @param limitMs - Time limit for each API.
 */
export async function learnManners(
  answers: ReadonlyMap<RoadId, Asked>,
  limitMs: number,
): Promise<Manners> {
  const open = (id: RoadId) => {
    const asked = answers.get(id);
    return asked?.verdict.state === "open" ? asked : undefined;
  };
  const [cloudPolicyRoad, intuneRoad] = [
    open("cloudPolicy") ?? open("cloudPolicySecurity"),
    open("intune"),
  ];
  const learn = <Api extends keyof Manners>(
    road: Asked | undefined,
    work: (reads: Reads, page: unknown) => Promise<Seen<Api>>,
  ) => orNothing(road && (() => work(new Reads(road.client, limitMs), road.body)));
  const [cloudPolicy, intune, batch] = await Promise.all([
    learn<"cloudPolicy">(cloudPolicyRoad, (reads, page) =>
      cloudPolicyMannersOf(reads, page, cloudPolicyRoad?.alone),
    ),
    learn<"intune">(intuneRoad, intuneMannersOf),
    learn<"batch">(cloudPolicyRoad ?? intuneRoad, (reads) =>
      batchMannersOf(
        reads,
        `${cloudPolicyRoad === undefined ? paths.configurationPolicies : paths.clientConfigurations}?$top=1`,
      ),
    ),
  ]);
  return {
    cloudPolicy: withNotSeen("cloudPolicy", cloudPolicy),
    intune: withNotSeen("intune", intune),
    batch: withNotSeen("batch", batch),
    cloudPolicyWrites: withNotSeen("cloudPolicyWrites", {}),
    intuneWrites: withNotSeen("intuneWrites", {}),
  };
}

/** An answer that nobody can use, such as an id that no path can have, leaves all of an API's manners unseen. */
async function orNothing<T extends object>(
  work: (() => Promise<T>) | undefined,
): Promise<T | Record<string, never>> {
  try {
    return (await work?.()) ?? {};
  } catch (error) {
    if (!OfficeConfigurationError.isInstance(error)) throw error;
    return {};
  }
}
