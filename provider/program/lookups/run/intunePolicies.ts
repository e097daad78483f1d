/**
 * Looks up policies of Intune's settings catalogue.
 *
 * @module
 */
import type { z } from "zod";
import {
  isForWindows,
  listAllPolicies,
  type PolicyAnswer,
} from "../../../api/configurationPolicies";
import type { WholePolicy } from "../../../api/configurationPolicyReader";
import { paths } from "../../../api/paths";
import { GraphAnswerError } from "../../../graph";
import { nearestName } from "../../../text/nearestName";
import { LookupError } from "../lookupError";
import type { GetIntuneOfficePolicyResult } from "../types";
import type { LookupContext } from "./context";
import { hasOffice, intuneResult } from "./intuneResult";
import { othersFor } from "./others";
import type { intunePoliciesArgs, intunePolicyArgs } from "./schema";

type Wanted = z.output<typeof intunePolicyArgs>;

/** The policy with an id or a name. */
export async function findIntunePolicy(
  context: LookupContext,
  args: Wanted,
): Promise<GetIntuneOfficePolicyResult> {
  // A catalogue that is missing is said before anything is asked.
  const settings = context.intune();
  const id = args.id ?? (await idOfName(context, args.name ?? ""));
  const reader = context.intuneReader(args.name ?? args.id ?? "");
  const found = await reader.whole(id, true);
  if (found === undefined) throw none(context, args, await othersFor(() => list(context)));
  return intuneResult(found, settings).result;
}

/** All policies with a setting of Office, or those that match a Graph filter and have a setting; by name, then by id. */
export async function listIntunePolicies(
  context: LookupContext,
  { filter, settingId }: z.output<typeof intunePoliciesArgs>,
): Promise<GetIntuneOfficePolicyResult[]> {
  const settings = context.intune();
  const listed = await list(context, filter);
  const wanted = listed.filter(({ settingCount }) => settingCount !== 0);
  const read = await Promise.all(wanted.map((policy) => readWhole(context, policy)));
  return read
    .flatMap((found) => (found === undefined ? [] : [intuneResult(found, settings)]))
    .filter(({ result, lines }) =>
      settingId === undefined ? hasOffice(lines) : hasSetting(result, settingId),
    )
    .map(({ result }) => result)
    .sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}

/** @returns undefined if the policy was deleted after it was listed. */
function readWhole(
  context: LookupContext,
  { id, name }: PolicyAnswer,
): Promise<WholePolicy | undefined> {
  return context.intuneReader(name ?? id).whole(id, true);
}

function hasSetting(
  { policies, otherSettings }: GetIntuneOfficePolicyResult,
  settingId: string,
): boolean {
  const wanted = settingId.toLowerCase();
  const ids = [
    ...policies.map((setting) => setting.settingId),
    ...otherSettings.flatMap(({ settingIds = [] }) => settingIds),
  ];
  return ids.some((id) => id.toLowerCase() === wanted);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The policies of the tenant for Windows, each once: one can move to a later page meanwhile. */
async function list(context: LookupContext, filter?: string): Promise<PolicyAnswer[]> {
  const call = context.call("Reading", "the tenant's Intune policies");
  const { policies, unreadable } = await listAllPolicies(context.graph, call, filter);
  if (unreadable > 0) {
    throw new GraphAnswerError("holds something that is no policy: it has no id", {
      ...call,
      method: "GET",
      path: paths.configurationPolicies,
    });
  }
  const ofWindows = policies.filter(isForWindows);
  return [...new Map(ofWindows.map((policy) => [policy.id.toLowerCase(), policy])).values()];
}

async function idOfName(context: LookupContext, name: string): Promise<string> {
  const all = await list(context);
  const named = all.filter((policy) => policy.name === name);
  const [only, ...rest] = named;
  if (only === undefined) throw none(context, { name }, all);
  if (rest.length === 0) return only.id;
  const lines = named.map(({ id }) => `- ${id}`).join("\n");
  throw new LookupError(
    `${counted(named.length)} have the name ${context.show(name)}:\n${lines}\nGive the id of the one that is meant, in place of its name.`,
    { code: "SEVERAL_FOUND" },
  );
}

function none(
  context: LookupContext,
  { id, name }: Wanted,
  all: readonly PolicyAnswer[] | undefined,
): LookupError {
  const asked =
    id === undefined ? `the name ${context.show(name ?? "")}` : `the id ${context.show(id)}`;
  const count = all === undefined ? "" : `; it has ${counted(all.length)} for Windows`;
  // A name near to a secret one is nearly the secret.
  const names = context.isSecret ? [] : (all ?? []).flatMap((policy) => policy.name ?? []);
  const near = name === undefined ? undefined : nearestName(name, names);
  const lines = [
    `The tenant has no Intune policy with ${asked}${count}.`,
    ...(near === undefined
      ? []
      : [`The nearest name is ${context.show(near)}; names are compared exactly.`]),
    "A policy that this same program creates is looked up with getIntuneOfficePolicyOutput and its option dependsOn.",
  ];
  return new LookupError(lines.join("\n"), { code: "NOT_FOUND" });
}

function counted(count: number): string {
  return count === 1 ? "1 policy" : `${count} policies`;
}
