/**
 * Policies of a tenant in Intune's settings catalogue, read to the last setting and the last assignment.
 *
 * @module
 */
import {
  isForWindows,
  listAllPolicies,
  type PolicyAnswer,
} from "../../provider/api/configurationPolicies";
import {
  ConfigurationPolicyReader,
  type WholePolicy,
} from "../../provider/api/configurationPolicyReader";
import type { GraphClient } from "../../provider/graph";
import { policyLabel } from "../../provider/settings/label";

/** The policies read, and those that could not be taken. */
export interface IntuneContent {
  /** Policies for Windows, of all products, with those made from templates; by name. */
  readonly policies: readonly WholePolicy[];
  /** Policies for other platforms, by name. They have no settings of Office's templates, and are not read further. */
  readonly others: readonly PolicyAnswer[];
  /** A line for what is no policy. */
  readonly notes: readonly string[];
}

/** Reads every policy of a tenant for Windows. Sends only GETs. */
export async function readIntune(graph: GraphClient): Promise<IntuneContent> {
  const call = { action: "Reading", subject: "the tenant's Intune policies" };
  const { policies: listed, unreadable } = await listAllPolicies(graph, call);
  // A policy that somebody makes meanwhile can move another one to a page that is read later.
  const policies = [...new Map(listed.map((each) => [each.id.toLowerCase(), each])).values()];
  const ofWindows = policies.filter(isForWindows);
  // The session keeps the number of requests in flight within its bounds.
  const whole = await Promise.all(ofWindows.map((each) => readWhole(graph, each)));
  return {
    policies: whole.filter((each) => each !== undefined).sort((a, b) => byName(a.policy, b.policy)),
    others: policies.filter((each) => !isForWindows(each)).sort(byName),
    notes: unreadable > 0 ? [`${unreadable} objects are left out: they have no id`] : [],
  };
}

/** @returns undefined if the policy has been deleted since it was listed. */
async function readWhole(
  graph: GraphClient,
  { id, name }: PolicyAnswer,
): Promise<WholePolicy | undefined> {
  const reader = new ConfigurationPolicyReader(graph, policyLabel({ displayName: name ?? id }));
  const found = await reader.whole(id, true);
  // A service may write the id in other letters in each answer.
  return found && { ...found, id };
}

function byName(a: PolicyAnswer, b: PolicyAnswer): number {
  return (a.name ?? "").localeCompare(b.name ?? "", "en") || (a.id < b.id ? -1 : 1);
}
