/**
 * Looks up client configurations.
 *
 * @module
 */

import type { z } from "zod";
import { type ListQuery, listClientConfigurations } from "../../../api/clientConfigurations";
import { type ConfigurationAnswer, kindOf } from "../../../api/configurationAnswer";
import type { ConfigurationReader } from "../../../api/configurationReader";
import { paths } from "../../../api/paths";
import { GraphAnswerError } from "../../../graph";
import { PAYLOAD_NAMES } from "../../../settings/names";
import { show } from "../../../settings/show";
import { nearestName } from "../../../text/nearestName";
import { LookupError } from "../lookupError";
import type { GetOfficeClientConfigurationResult, OfficeClientConfigurationKind } from "../types";
import type { LookupContext } from "./context";
import { othersFor } from "./others";
import { resultOf } from "./result";
import type { configurationArgs, configurationsArgs } from "./schema";

type Wanted = z.output<typeof configurationArgs>;

/** The policy with an id or a name, with everything that the service says about it. */
export async function findConfiguration(
  context: LookupContext,
  args: Wanted,
): Promise<GetOfficeClientConfigurationResult> {
  const reader = context.reader(args.id ?? args.displayName ?? "");
  const id = args.id ?? (await idOfName(context, args));
  // A list may leave out properties of a single object.
  const found = await reader.find(id);
  if (found === undefined) throw none(context, args, await othersFor(() => list(context)));
  refuseOtherKind(found, args);
  return resultOf(reader, found);
}

/** All policies, or those that match a Graph filter and a kind, by priority and then by id. */
export async function listConfigurations(
  context: LookupContext,
  { filter, kind }: z.output<typeof configurationsArgs>,
): Promise<GetOfficeClientConfigurationResult[]> {
  const all = await list(context, { filter, withGroups: true });
  const wanted = all.filter((found) => kind === undefined || kindOf(found) === kind);
  const results = wanted.map(async (listed) => {
    const reader = readerOf(context, listed);
    const found = await reader.outOfList(listed, PAYLOAD_NAMES);
    // It was deleted after it was listed.
    return found === undefined ? [] : [await resultOf(reader, found)];
  });
  return (await Promise.all(results))
    .flat()
    .sort((a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity) || (a.id < b.id ? -1 : 1));
}

function readerOf(context: LookupContext, found: ConfigurationAnswer): ConfigurationReader {
  return context.reader(found.displayName ?? found.id);
}

/** The policies of the tenant, from all pages. */
async function list(context: LookupContext, query?: ListQuery): Promise<ConfigurationAnswer[]> {
  const call = context.call("Reading", "the tenant's client configurations");
  const { policies, unreadable } = await listClientConfigurations(context.graph, call, query);
  if (unreadable === 0) return policies;
  throw new GraphAnswerError("holds something that is no client configuration: it has no id", {
    ...call,
    method: "GET",
    path: paths.clientConfigurations,
  });
}

/**
 * The id of the policy with a name. Compares the names here: the service may not filter by them, and if the
 * name does not exist, the message needs the other names.
 */
async function idOfName(context: LookupContext, args: Wanted): Promise<string> {
  const all = await list(context);
  const named = all.filter(({ displayName }) => displayName === args.displayName);
  const ofKind = named.filter((found) => args.kind === undefined || kindOf(found) === args.kind);
  const [only, ...others] = ofKind;
  if (only === undefined) throw none(context, args, all);
  if (others.length > 0) throw several(context, args, ofKind);
  return only.id;
}

function none(
  context: LookupContext,
  { id, displayName, kind }: Wanted,
  all: readonly ConfigurationAnswer[] | undefined,
): LookupError {
  const asked =
    id === undefined
      ? `the display name ${context.show(displayName ?? "")}`
      : `the id ${context.show(id)}`;
  const count = all === undefined ? "" : `; it has ${counted(all.length)}`;
  const ofOtherKind = (all ?? []).filter((found) => found.displayName === displayName);
  const lines = [
    `The tenant has no ${kind ?? "policy"} with ${asked}${count}.`,
    ...ofOtherKind.map((found) => `${listed(found)} has that name, but is of another kind.`),
    ...(ofOtherKind.length === 0 ? nearest(context, displayName, all ?? []) : []),
    "A policy that this same program creates is looked up with getOfficeClientConfigurationOutput and its option dependsOn.",
  ];
  return new LookupError(lines.join("\n"), { code: "NOT_FOUND" });
}

/** Suggests a similar name. Not for a secret name: a similar name would almost reveal it. */
function nearest(
  { isSecret }: LookupContext,
  displayName: string | undefined,
  all: readonly ConfigurationAnswer[],
): string[] {
  if (displayName === undefined || isSecret) return [];
  const names = all.flatMap((found) => found.displayName ?? []);
  const near = nearestName(displayName, names);
  return near === undefined
    ? []
    : [`The nearest name is ${show(near)}; names are compared exactly.`];
}

function several(
  context: LookupContext,
  { displayName }: Wanted,
  found: readonly ConfigurationAnswer[],
): LookupError {
  const name = context.show(displayName ?? "");
  const lines = found.map((item) => `- ${listed(item)}`);
  return new LookupError(
    `${counted(found.length)} have the display name ${name}:\n${lines.join("\n")}\nGive the id of the one that is meant, in place of its name.`,
    { code: "SEVERAL_FOUND" },
  );
}

function counted(count: number): string {
  return count === 1 ? "1 policy" : `${count} policies`;
}

function listed(found: ConfigurationAnswer): string {
  return `${found.id} (${kindName(found)}, priority ${found.priority ?? "unknown"})`;
}

function refuseOtherKind(found: ConfigurationAnswer, { id, kind }: Wanted): void {
  if (kind === undefined || kindOf(found) === kind) return;
  const what = id === undefined ? "The policy of that name" : "The policy with that id";
  throw new LookupError(
    `${what} is a ${kindName(found)}, not a ${kind}. Give the kind that it is, or none.`,
    { code: "OTHER_KIND" },
  );
}

/** The kind of a policy for a message; if it is neither kind, the service's name of its type. */
function kindName(found: ConfigurationAnswer): OfficeClientConfigurationKind | string {
  return kindOf(found) ?? show(found["@odata.type"] ?? "policy of no type");
}
