import { PAYLOAD_NAMES } from "../../provider/settings/names";
import { forEachKnown } from "../validate";
import type { OfficePolicySetting } from "../view/officePolicySetting";
import { policyRule } from "./rule";

/** The notification settings for macros: the policy itself, and its elements. */
const MACRO_SETTING = /^(access|excel|ppt|proj|pub|visio|word)16;L_VBAWarningsPolicy(?:;|$)/i;

const BLOCK = /^\w+16;L_BlockMacroExecutionFromInternet$/i;

export const macrosFromInternetBlocked = policyRule({
  name: "macros-from-internet-blocked",
  description: "A policy that configures macros of an app blocks those from the Internet there.",
  remedy:
    'Give the policy the setting L_BlockMacroExecutionFromInternet of the app with the value "1", in policies and not in userPreferences.',
  check(policy, report) {
    const known: OfficePolicySetting[] = [];
    const read = PAYLOAD_NAMES.map(
      (payload) => () => void known.push(...policy.settingsOf(payload)),
    );
    const judge = () => {
      const blocks = known.filter(({ id }) => BLOCK.test(id));
      const values = blocks
        .filter((block) => !isRepeated(block, blocks))
        .map((block) => () => reportOn(report, blockProblem(block)));
      forEachKnown([...values, () => reportMissing(blocks)], (part) => part());
    };
    const reportMissing = (blocks: readonly OfficePolicySetting[]) => {
      // A block in it would do, so nothing is missing until it is known.
      policy.settingsOf("policies");
      const given = new Set(blocks.map(({ id }) => id.toLowerCase()));
      for (const [block, { id }] of neededBlocks(known)) {
        if (given.has(block.toLowerCase())) continue;
        report(
          `It sets ${id}, and does not block macros from the Internet.\nAdd ${block} with the value "1" to policies.`,
        );
      }
    };
    forEachKnown([...read, judge], (part) => part());
  },
});

function reportOn(report: (message: string) => void, problem: string | undefined): void {
  if (problem !== undefined) report(problem);
}

/** Whether a preference is also a setting that the user cannot change: that one decides. */
function isRepeated({ id, payload }: OfficePolicySetting, all: readonly OfficePolicySetting[]) {
  return (
    payload !== "policies" && all.some((other) => other.payload === "policies" && other.id === id)
  );
}

function blockProblem({ id, payload, value }: OfficePolicySetting): string | undefined {
  if (value !== "1") return `${id} lets macros from the Internet run.\nSet ${id} to "1".`;
  if (payload === "policies") return undefined;
  return `${id} is a preference, which the user can change.\nMove ${id} to policies.`;
}

/** Ids of the settings that block, each with a setting that makes it necessary. */
function neededBlocks(settings: readonly OfficePolicySetting[]): Map<string, OfficePolicySetting> {
  return new Map(
    settings.flatMap((setting): [string, OfficePolicySetting][] => {
      const app = MACRO_SETTING.exec(setting.id)?.[1];
      return app === undefined ? [] : [[`${app}16;L_BlockMacroExecutionFromInternet`, setting]];
    }),
  );
}
