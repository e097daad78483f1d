/**
 * Differences between a tenant and the state that its stack left, policy by policy.
 *
 * @module
 */
import { idKey } from "../../provider/api/configurationAnswer";
import { sameGroups } from "../../provider/settings/differences";
import type { Glossary } from "../../provider/settings/glossary";
import type { PayloadName } from "../../provider/settings/names";
import { targetText } from "../../provider/settings/policyTargets";
import { type ComparedSetting, compareSides } from "../compare/comparison";
import { placeKey, settingsOfSide } from "../compare/entries";
import type { Side, SideName, SidePolicy } from "../compare/side";
import { titleOf, valueWords } from "../compare/words";
import { type AuditReading, driftAuthor, soughtSetting } from "./authors";
import type { Drift } from "./model";
import { byId } from "./secrets";
import { orNull, shownPolicy, shownText } from "./shown";

/** Drift of a tenant. */
export interface TenantDrift {
  readonly lines: readonly Drift[];
  /** Keys of the places of the settings that drifted. */
  readonly places: ReadonlySet<string>;
  /** Number of values that could not be compared: a state keeps secrets encrypted. */
  readonly notCompared: number;
  /** Number of values that a policy of Intune's lacks, or has in a form that was not read. */
  readonly unclear: number;
}

interface Context {
  readonly glossary: Glossary;
  /** Places of settings whose values are not shown. */
  readonly secrets: ReadonlySet<string>;
  /** Undefined if the tenant's audit log was not asked. */
  readonly audit?: AuditReading | undefined;
}

/** Compares what a stack manages with its tenant. Policies of others are no drift. */
export function driftOf(code: Side, live: Side, context: Context): TenantDrift {
  const found = byId(live);
  const lines: Drift[] = [];
  const places: string[] = [];
  let notCompared = 0;
  let unclear = 0;
  for (const policy of code.policies) {
    if (policy.id === undefined) continue;
    const [now] = found.get(idKey(policy.id)) ?? [];
    if (now === undefined) {
      lines.push(gone(policy, context));
      places.push(...settingsOfSide({ policies: [policy] }, false).entries.keys());
      continue;
    }
    const settings = driftedSettings(policy, now, context.glossary);
    const known = settings.filter(({ outcome }) => outcome !== "unknown");
    notCompared += settings.length - known.length;
    // Where Intune has values that were not read, what is missing may be one of them.
    const hasUnread = (now.unread?.unclear ?? 0) > 0;
    const drifted = known.filter(({ outcome }) => !hasUnread || outcome !== "onlyLeft");
    unclear += known.length - drifted.length;
    places.push(...drifted.map(placeKey));
    lines.push(
      ...drifted.map((setting) => ofSetting(setting, policy, now, context)),
      ...ofGroups(policy, now, context),
      ...ofTargets(policy, now, context),
      ...ofPriority(policy, now, context),
    );
  }
  return { lines, places: new Set(places), notCompared, unclear };
}

/** The settings of a policy that are not as the stack left them. */
function driftedSettings(code: SidePolicy, live: SidePolicy, glossary: Glossary) {
  const sides = { left: alone(code), right: alone(live) };
  return compareSides(sides, glossary).settings.filter(
    ({ outcome, payload }) =>
      outcome !== "same" && (outcome !== "onlyRight" || isWhole(code, payload)),
  );
}

/** Whether a stack manages all settings of a payload: not those that the program does not give, or does not name. */
function isWhole({ road, isPatch, payloads }: SidePolicy, payload: PayloadName): boolean {
  return road !== "intune" && isPatch !== true && payloads[payload] !== undefined;
}

/** A side of one policy, whoever gets it. */
function alone(policy: SidePolicy): Side {
  const policies = [{ ...policy, audience: { kind: "unsaid" } as const }];
  return { title: "", policies, left: [], notes: [] };
}

function ofSetting(
  compared: ComparedSetting,
  code: SidePolicy,
  live: SidePolicy,
  { glossary, secrets, audit }: Context,
): Drift {
  const { payload, key } = compared;
  const isSecret = compared.isSecret || secrets.has(placeKey(compared));
  const setting = { ...compared, isSecret };
  const words = (side: SideName) => {
    const [effect] = setting.effects[side];
    return effect === undefined ? null : shownText(valueWords(setting, effect, glossary));
  };
  return {
    ...aboutPolicy(code, live),
    what: "setting",
    payload,
    key: shownText(key),
    name: shownText(titleOf(setting)),
    code: words("left"),
    live: words("right"),
    author: driftAuthor(soughtSetting(compared), code, audit),
  };
}

function ofGroups(code: SidePolicy, live: SidePolicy, { audit }: Context): Drift[] {
  if (code.audience.kind !== "groups") return [];
  const before = code.audience.ids;
  const { audience } = live;
  if (audience.kind === "unknown") return [];
  const after = audience.kind === "groups" ? audience.ids : undefined;
  if (after !== undefined && sameGroups(before, after)) return [];
  const now = after === undefined ? "others than groups too" : listed(after);
  const author = driftAuthor(undefined, code, audit);
  return [{ ...other(code, live, "groups"), code: listed(before), live: now, author }];
}

/** Targets of Intune's. Those in forms that a program cannot write are not its stack's. */
function ofTargets(code: SidePolicy, live: SidePolicy, { audit }: Context): Drift[] {
  if (code.audience.kind !== "targets" || live.audience.kind !== "targets") return [];
  const [before = [], after = []] = [code.audience, live.audience].map(({ targets }) =>
    [...new Set(targets.map(targetText))].sort(),
  );
  if (before.join() === after.join()) return [];
  const author = driftAuthor(undefined, code, audit);
  const texts = { code: listed(before, "nobody"), live: listed(after, "nobody") };
  return [{ ...other(code, live, "groups"), ...texts, author }];
}

function listed(groups: readonly string[], nobody = "no group"): string {
  return groups.length === 0 ? nobody : groups.map(shownText).join(", ");
}

function ofPriority(code: SidePolicy, live: SidePolicy, { audit }: Context): Drift[] {
  const [before, after] = [code.rank, live.rank];
  if (before?.scale !== "priority" || after?.scale !== "priority") return [];
  if (before.place === after.place) return [];
  // An order of policies has changed it later than the state saw the policy: a record of before may have any priority.
  const what =
    before.isOfOrder === true ? undefined : { property: "priority" as const, value: after.place };
  const author = driftAuthor(what, code, audit);
  const places = { code: String(before.place), live: String(after.place) };
  return [{ ...other(code, live, "priority"), ...places, author }];
}

function gone(policy: SidePolicy, { audit }: Context): Drift {
  const author = driftAuthor("deletion", policy, audit);
  return { ...other(policy, undefined, "policy"), code: "managed", live: null, author };
}

function other(
  code: SidePolicy,
  live: SidePolicy | undefined,
  what: "groups" | "policy" | "priority",
) {
  return { ...aboutPolicy(code, live), what, payload: null, key: null, name: NAMES[what] };
}

const NAMES = { groups: "Groups", policy: "The policy itself", priority: "Priority" } as const;

function aboutPolicy(code: SidePolicy, live: SidePolicy | undefined) {
  return {
    road: code.road ?? null,
    policy: shownPolicy(code),
    policyId: orNull(code.id),
    policyModified: orNull(live?.lastModified),
  };
}
