import { listing } from "../../provider/catalogue/listing";
import { sameJson } from "../../provider/settings/json";
import { PAYLOAD_NAMES } from "../../provider/settings/names";
import { forEachKnown, known } from "../validate";
import type { OfficePolicy } from "../view/officePolicy";
import type { OfficePolicySetting } from "../view/officePolicySetting";
import { certainlyMeet } from "./meeting";
import { stackRule } from "./rule";

/** Most settings that a message names. */
const MOST_SETTINGS = 10;

export const noConflictingPolicies = stackRule({
  name: "no-conflicting-policies",
  description: "No two policies disagree where neither of them wins.",
  remedy:
    "Give both policies the same value, or different priorities in Cloud Policy, or different users in Intune.",
  checkAll(policies, report) {
    forEachKnown(pairsOf(policies), ([first, second]) => {
      const ground = GROUNDS.find(({ concerns }) => concerns(first) && concerns(second));
      if (ground === undefined) return;
      const meeting = known(() => ground.meet(first, second));
      if (meeting.value === false) return;
      const ids: string[] = [];
      const shared = known(() => addDisagreements(first, second, ids));
      if (ids.length === 0 && shared.unknown === undefined) return;
      if (meeting.unknown !== undefined) throw meeting.unknown;
      if (ids.length > 0) {
        const names = listing([...new Set(ids)], MOST_SETTINGS, "and");
        const others = `It gives other values than "${first.resourceName}" to ${names}`;
        report(`${others}, and ${ground.why}.\n${ground.remedy}`, second.urn);
      }
      if (shared.unknown !== undefined) throw shared.unknown;
    });
  },
});

/** A road on which two policies can meet without a winner. */
interface Ground {
  readonly concerns: (policy: OfficePolicy) => boolean;
  readonly meet: (first: OfficePolicy, second: OfficePolicy) => boolean;
  readonly why: string;
  readonly remedy: string;
}

const GROUNDS: readonly Ground[] = [
  {
    concerns: ({ kind }) => kind !== "IntuneOfficePolicy" && kind !== "CopilotPolicySetting",
    meet: (first, second) => first.priority !== undefined && first.priority === second.priority,
    why: "both have the same priority",
    remedy: "Give them different priorities.",
  },
  {
    concerns: ({ kind }) => kind === "IntuneOfficePolicy",
    meet: certainlyMeet,
    why: "both reach the same users, for whom Intune reports a conflict",
    remedy: "Give both the same values, or exclude the groups of one from the other.",
  },
];

function* pairsOf<Item>(items: readonly Item[]): Generator<readonly [Item, Item]> {
  for (const [place, second] of items.entries()) {
    for (const first of items.slice(0, place)) yield [first, second];
  }
}

/** Adds the settings that both policies have, with different values, in the same input and for the same platform. */
function addDisagreements(first: OfficePolicy, second: OfficePolicy, ids: string[]): void {
  forEachKnown(PAYLOAD_NAMES, (payload) => {
    const own = new Map(first.settingsOf(payload).map((setting) => [keyOf(setting), setting]));
    forEachKnown(second.settingsOf(payload), (setting) => {
      const other = own.get(keyOf(setting));
      if (other !== undefined && !sameJson(other.value, setting.value)) ids.push(setting.id);
    });
  });
}

function keyOf({ id, platform = "" }: OfficePolicySetting): string {
  return `${id}\0${platform.toLowerCase()}`;
}
