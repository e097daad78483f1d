/**
 * What lookups ask, and what they say when they do not find it.
 *
 * @module
 */
import { z } from "zod";
import { ConfigurationReader } from "../clientConfiguration/reader";
import {
  CONFIGURATION_TYPES,
  type ConfigurationAnswer,
  type ConfigurationKind,
  readConfiguration,
} from "../clientConfiguration/wire";
import { GraphAnswerError, type GraphClient, OfficeConfigurationError, paths } from "../graph";
import { nearestName } from "../nearestName";
import { readOfficeConfiguration } from "../officeConfiguration/wire";
import { show } from "../payload/changes";
import { type PlainObject, propertyPath } from "../payload/json";
import { issueProblems } from "../payload/problems";
import { configurationResult, kindOf, singletonResult } from "./results";
import { lookupGraph } from "./session";
import type {
  GetOfficeClientConfigurationArgs,
  GetOfficeClientConfigurationResult,
  GetOfficeClientConfigurationsArgs,
  GetOfficeConfigurationResult,
} from "./types";

const kinds = Object.keys(CONFIGURATION_TYPES) as ConfigurationKind[];
const kind = z.enum(kinds, { error: `must be ${kinds.join(" or ")}` }).optional();
const text = z
  .string({ error: "must be a text" })
  .min(1, { error: "must not be empty" })
  .optional();

const oneArgs = z
  .strictObject({ id: text, displayName: text, kind })
  .refine(({ id, displayName }) => (id === undefined) !== (displayName === undefined), {
    error: "give either id or displayName",
  });

const manyArgs = z.strictObject({ filter: text, kind });

/** See `getOfficeClientConfiguration`. */
export function clientConfiguration(
  given: GetOfficeClientConfigurationArgs,
): Promise<GetOfficeClientConfigurationResult> {
  return lookUp("getOfficeClientConfiguration", given, async (graph, call) => {
    const args = checked(call, oneArgs, given, ["id", "displayName", "kind"]);
    const found =
      args.id === undefined
        ? await byName(graph, call, String(args.displayName), args.kind)
        : await byId(graph, call, args.id, args.kind);
    return configurationResult(graph, found);
  });
}

/** See `getOfficeClientConfigurations`. */
export function clientConfigurations(
  given: GetOfficeClientConfigurationsArgs,
): Promise<GetOfficeClientConfigurationResult[]> {
  return lookUp("getOfficeClientConfigurations", given, async (graph, call) => {
    const args = checked(call, manyArgs, given, ["filter", "kind"]);
    const found = await list(graph, call, args.filter);
    const wanted = found.filter((item) => args.kind === undefined || kindOf(item) === args.kind);
    return Promise.all(wanted.map((item) => configurationResult(graph, item)));
  });
}

/** See `getOfficeConfiguration`. */
export function officeConfiguration(): Promise<GetOfficeConfigurationResult> {
  return lookUp("getOfficeConfiguration", undefined, async (graph, call) => {
    const { body } = await graph.get(paths.officeConfiguration, { action: call });
    const found = readOfficeConfiguration(body);
    if (found !== undefined) return singletonResult(found);
    const facts = { action: call, method: "GET", path: paths.officeConfiguration };
    throw new GraphAnswerError("is no officeConfiguration", facts);
  });
}

/** Runs a lookup; its errors are shown by the engine as messages, without the program's stack. */
async function lookUp<T>(
  name: string,
  args: object | undefined,
  work: (graph: GraphClient, call: string) => Promise<T>,
): Promise<T> {
  try {
    return await work(await lookupGraph(), `${name}(${args === undefined ? "" : show(args)})`);
  } catch (error) {
    // What `pulumi.RunError.isInstance` looks for; the error stays what it is for who catches it.
    if (error instanceof OfficeConfigurationError) {
      Object.defineProperty(error, "__pulumiRunError", { value: true });
    }
    throw error;
  }
}

function checked<T>(
  call: string,
  schema: z.ZodType<T>,
  given: object,
  names: readonly string[],
): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) =>
    issueProblems([], given as PlainObject, issue, names),
  );
  const list = problems.map(({ path, reason }) => `${propertyPath(path)} ${reason}`.trim());
  throw new OfficeConfigurationError(`${call}: ${list.join("; ")}.`);
}

async function byId(
  graph: GraphClient,
  call: string,
  id: string,
  wanted: ConfigurationKind | undefined,
): Promise<ConfigurationAnswer> {
  const reader = new ConfigurationReader(graph, undefined, { displayName: id });
  const found = await reader.find(id);
  if (found === undefined) {
    throw new OfficeConfigurationError(`${call}: the tenant has no policy with this id.`);
  }
  const actual = kindOf(found);
  if (wanted === undefined || actual === wanted) return found;
  throw new OfficeConfigurationError(
    `${call}: the policy is a ${actual ?? found["@odata.type"]}, not a ${wanted}.`,
  );
}

async function byName(
  graph: GraphClient,
  call: string,
  displayName: string,
  wanted: ConfigurationKind | undefined,
): Promise<ConfigurationAnswer> {
  const all = await list(graph, call);
  const ofKind = all.filter((item) => wanted === undefined || kindOf(item) === wanted);
  const named = ofKind.filter((item) => item.displayName === displayName);
  const [found, ...others] = named;
  if (found === undefined) throw noneNamed(call, displayName, ofKind);
  if (others.length === 0) return found;
  const listed = named.map((item) => `${item.id} (${kindOf(item)}, priority ${item.priority})`);
  throw new OfficeConfigurationError(
    `${call}: ${named.length} policies have this name: ${listed.join(", ")}. Give the id of one of them.`,
  );
}

function noneNamed(
  call: string,
  displayName: string,
  all: readonly ConfigurationAnswer[],
): OfficeConfigurationError {
  const names = all.flatMap((item) => item.displayName ?? []);
  const nearest = nearestName(displayName, names);
  const hint = nearest === undefined ? "" : ` Did you mean ${show(nearest)}?`;
  return new OfficeConfigurationError(
    `${call}: none of the ${all.length} policies that were looked at has this name.${hint}`,
  );
}

/** All policies, with their groups where the service expands them. */
async function list(
  graph: GraphClient,
  call: string,
  filter?: string,
): Promise<ConfigurationAnswer[]> {
  const query = filter === undefined ? "" : `&$filter=${encodeURIComponent(filter)}`;
  const path = `${paths.clientConfigurations}?$expand=assignments${query}`;
  const items = await graph.list(path, { action: call });
  return items.flatMap((item) => readConfiguration(item) ?? []);
}
