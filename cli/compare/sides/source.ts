import type { Catalogue } from "../../../provider/catalogue/catalogue";
import { oneLine } from "../../../provider/text/messageText";
import type { ResolvedPolicy } from "../../convert/resolution";
import { resolveSources } from "../../convert/resolve";
import { readSources } from "../../sources/read";
import type { Source } from "../../sources/source";
import type { Audience, Side, SidePolicy } from "../side";

/** Most paths that notes name. */
const MOST_NAMED = 10;

/**
 * Reads a file or folder of settings: a GPO backup, a `.reg` file, a policy of Intune. Of several sources the first wins.
 *
 * @throws SourceReadError if it holds none.
 */
export function sourceSide(path: string, catalogue: Catalogue): Side {
  const skipped: string[] = [];
  const sources = readSources(path, {
    onSkipped: (place, reason) => skipped.push(oneLine(`${place} ${reason}, and is left out`)),
  });
  const { policies, left, conflicts } = resolveSources(sources, catalogue);
  const [first] = policies;
  return {
    title:
      first !== undefined && policies.length === 1
        ? `${first.source.kind} "${oneLine(first.source.name)}"`
        : `${policies.length.toLocaleString("en")} sources in ${oneLine(path)}`,
    policies: policies.map((policy, place) => ({
      ...sidePolicy(policy),
      ...(policies.length > 1 && { rank: { scale: "order", place } }),
    })),
    left,
    notes: [
      ...policies.flatMap(notesOf),
      ...conflicts.map(({ settingId, values: [winner] }) =>
        oneLine(`sources disagree about ${settingId}: the value of "${winner?.source}" counts`),
      ),
      ...firstOf(skipped),
    ],
  };
}

function firstOf(notes: readonly string[]): string[] {
  const more = notes.length - MOST_NAMED;
  const rest = more > 0 ? [`${more.toLocaleString("en")} more paths are left out`] : [];
  return [...notes.slice(0, MOST_NAMED), ...rest];
}

function sidePolicy({ source, settings }: ResolvedPolicy): SidePolicy {
  const payloadOf = (name: string) => {
    const own = settings.filter(({ payload }) => payload === name);
    if (own.length === 0) return undefined;
    return Object.fromEntries(own.map(({ settingId, value }) => [settingId, value]));
  };
  return {
    name: source.name,
    audience: audienceOf(source),
    payloads: { policies: payloadOf("policies"), userPreferences: payloadOf("userPreferences") },
  };
}

/** Targets of Intune's are compared as such, unless they are groups alone. */
function audienceOf({ targets, groups, conditions }: Source): Audience {
  const isOfGroups = targets?.every((target) => "groupId" in target && target.filter === undefined);
  if (targets !== undefined && isOfGroups !== true) return { kind: "targets", targets, unread: 0 };
  if (groups === undefined) return { kind: "source" };
  // Whoever a condition names, such as all users with a filter that cannot be read.
  const isOfOthers = groups.length === 0 && conditions.length > 0;
  return isOfOthers ? { kind: "others" } : { kind: "groups", ids: groups };
}

function notesOf({ source: { name, targets, conditions: all, notes } }: ResolvedPolicy): string[] {
  const conditions = targets === undefined ? all : [];
  const whose = `"${oneLine(name)}"`;
  return [
    ...conditions.map((condition) => `${whose} has a condition that is not compared: ${condition}`),
    ...notes.map((note) => `${whose}: ${note}`),
  ];
}
