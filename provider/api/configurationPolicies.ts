/**
 * Policies of Intune's settings catalogue, as typed functions.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfigv2-devicemanagementconfigurationpolicy?view=graph-rest-beta
 * @module
 */
import { z } from "zod";
import type { GraphCallOptions, GraphClient } from "../graph";
import { orGone } from "./orGone";
import { paths } from "./paths";

/** Properties may be null where they are empty. */
const policySchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  description: z.string().nullish(),
  platforms: z.string().nullish(),
  technologies: z.string().nullish(),
  roleScopeTagIds: z.array(z.string()).nullish(),
  settingCount: z.number().nullish(),
  lastModifiedDateTime: z.string().nullish(),
  templateReference: z
    .looseObject({
      templateId: z.string().nullish(),
      templateDisplayName: z.string().nullish(),
    })
    .nullish(),
});

/** A policy in an answer, without its settings and assignments. */
export type PolicyAnswer = z.infer<typeof policySchema>;

/** The body of a POST or a PUT. */
export interface PolicyBody {
  readonly name: string;
  readonly description: string;
  readonly platforms: string;
  readonly technologies: string;
  /** Absent in a POST: the service chooses them. */
  readonly roleScopeTagIds?: readonly string[];
  readonly templateReference?: unknown;
  readonly settings: readonly { readonly settingInstance: unknown }[];
}

/** Target of an assignment, in Graph's JSON. */
export interface TargetJson {
  readonly "@odata.type": string;
  readonly [property: string]: unknown;
}

/** Reads a policy; undefined if it is none. */
export function readPolicy(item: unknown): PolicyAnswer | undefined {
  return policySchema.safeParse(item).data;
}

/** The policies of a list. */
export interface ListedPolicies {
  readonly policies: readonly PolicyAnswer[];
  /** Number of objects that are no policies: they have no id, or a property of another type. */
  readonly unreadable: number;
}

/**
 * The policies of the tenant, of all products and platforms, from all pages.
 *
 * @param filter - A `$filter` of Graph. @default all policies
 */
export async function listAllPolicies(
  graph: GraphClient,
  call: GraphCallOptions,
  filter?: string,
): Promise<ListedPolicies> {
  const query = filter === undefined ? "" : `?$filter=${encodeURIComponent(filter)}`;
  const items = await graph.list(`${paths.configurationPolicies}${query}`, call);
  const policies = items.flatMap((item) => readPolicy(item) ?? []);
  return { policies, unreadable: items.length - policies.length };
}

/** The policies of the tenant, without objects that are none. */
export async function listConfigurationPolicies(
  graph: GraphClient,
  call: GraphCallOptions,
): Promise<readonly PolicyAnswer[]> {
  const { policies } = await listAllPolicies(graph, call);
  return policies;
}

/** Whether a policy is for Windows, as far as it says: only Windows has settings of Office's templates. */
export function isForWindows({ platforms }: Pick<PolicyAnswer, "platforms">): boolean {
  return platforms == null || platforms.split(",").includes("windows10");
}

/** The name, or else the id, of the template that a policy was made from; undefined if there is none. */
export function templateOf({
  templateReference,
}: Pick<PolicyAnswer, "templateReference">): string | undefined {
  const { templateId, templateDisplayName } = templateReference ?? {};
  return templateId == null || templateId === "" ? undefined : (templateDisplayName ?? templateId);
}

/** Settings as a body has them. */
export function settingsBody(instances: readonly unknown[]): PolicyBody["settings"] {
  return instances.map((settingInstance) => ({
    "@odata.type": "#microsoft.graph.deviceManagementConfigurationSetting",
    settingInstance,
  }));
}

/** Changes what a PATCH can change. It refuses settings. */
export async function patchPolicy(
  graph: GraphClient,
  id: string,
  body: Partial<Pick<PolicyBody, "name" | "description" | "roleScopeTagIds">>,
  call: GraphCallOptions,
): Promise<void> {
  await graph.patch(paths.configurationPolicy(id), body, call);
}

/**
 * Replaces a policy with all its settings. Microsoft does not document this PUT; the body must have everything that
 * is to stay.
 */
export async function putPolicy(
  graph: GraphClient,
  id: string,
  body: PolicyBody,
  call: GraphCallOptions,
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(body));
  await graph.put(paths.configurationPolicy(id), bytes, {
    ...call,
    contentType: "application/json",
  });
}

/** Replaces all targets of a policy. */
export async function assignPolicy(
  graph: GraphClient,
  id: string,
  targets: readonly TargetJson[],
  call: GraphCallOptions,
): Promise<void> {
  const assignments = targets.map((target) => ({ target }));
  await graph.post(
    paths.assignConfigurationPolicy(id),
    { assignments },
    { ...call, safeToRepeat: true },
  );
}

/**
 * Reads a policy, then deletes it, in one round trip if Graph has batches.
 *
 * @returns the policy as it was found; undefined if it was already gone, or could be deleted but not read.
 */
export async function deletePolicy(
  graph: GraphClient,
  id: string,
  call: GraphCallOptions,
): Promise<PolicyAnswer | undefined> {
  const path = paths.configurationPolicy(id);
  const answer = await orGone(graph.delete(path, { ...call, lookFirst: path }));
  return readPolicy(answer?.body);
}
