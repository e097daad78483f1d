/**
 * The creation of an Intune policy: its POST, and the facts by which its policy is recognized.
 *
 * @module
 */
import {
  assignPolicy,
  listConfigurationPolicies,
  type PolicyAnswer,
  readPolicy,
  settingsBody,
} from "../../api/configurationPolicies";
import type { ConfigurationPolicyReader, WholePolicy } from "../../api/configurationPolicyReader";
import { paths } from "../../api/paths";
import { readTarget, targetJson } from "../../api/policyTargets";
import { byDefinition } from "../../intune/comparison";
import type { IntuneSettings } from "../../intune/intuneSettings";
import { writeSettings } from "../../intune/writing";
import { canonicalJson, type PlainObject } from "../../settings/json";
import { normalName } from "../../settings/label";
import { targetsOf, targetText } from "../../settings/policyTargets";
import type { Creation } from "../../update/creation/creation";
import type { LifecycleContext } from "../../update/lifecycle";
import { untilVisible } from "../../update/looks";
import { nameTaken } from "./refusals";
import { valuesOf } from "./stored";

/** Platform and technology of policies with settings of Office. */
export const PLATFORMS = "windows10";
const TECHNOLOGIES = "mdm";

/** A policy to create. */
export interface NewPolicy {
  readonly inputs: PlainObject;
  readonly reader: ConfigurationPolicyReader;
  readonly settings: IntuneSettings;
  /** @default false */
  readonly isPreview?: boolean;
}

/** A policy as a list has it, or with its settings. */
export type FoundPolicy = Pick<WholePolicy, "id" | "policy"> & Partial<WholePolicy>;

/** Kind and name of a policy as one text. Those of other platforms are of other kinds. */
export function nameText(name: unknown, platforms: string | null | undefined = PLATFORMS): string {
  const isForWindows = (platforms ?? PLATFORMS).split(",").includes(PLATFORMS);
  return `${isForWindows ? "intune" : `intune ${platforms}`} ${normalName(name)}`;
}

/** The list of all policies of the tenant, shared by all resources of an update. */
export async function sharedListing(
  { graph, intunePolicies, until }: LifecycleContext,
  { subject }: ConfigurationPolicyReader,
): Promise<FoundPolicy[]> {
  const call = { action: "Listing", subject: "the tenant's Intune policies" };
  const all = intunePolicies.all(() => listConfigurationPolicies(graph.unlimited, call));
  return found(await until(all, `Looking for ${subject}`));
}

function found(policies: readonly PolicyAnswer[]): FoundPolicy[] {
  return policies.map((policy) => ({ id: policy.id, policy }));
}

/** The creation of a policy. */
export function creationOf(context: LifecycleContext, policy: NewPolicy): Creation<FoundPolicy> {
  const { inputs, reader, settings, isPreview = false } = policy;
  const { graph } = context;
  const path = paths.configurationPolicies;
  const { instances } = writeSettings(valuesOf(inputs.policies), settings);
  const contents = createdContents(inputs, instances);
  return {
    subject: reader.subject,
    displayName: inputs.name,
    name: nameText(inputs.name),
    isPreview,
    nameOf: ({ policy: { name, platforms } }) => nameText(name, platforms),
    sharedListing: () => sharedListing(context, reader),
    freshListing: async () =>
      found(await listConfigurationPolicies(graph, reader.call("Looking for"))),
    find: (id) => reader.whole(id, true),
    contents: () => contents,
    contentsOf: (each) => Promise.resolve([foundContent(each, inputs)]),
    isWhatIsCreated: (each) => Promise.resolve(contents.includes(foundContent(each, inputs))),
    post: async () => {
      const body = createBody(inputs, instances);
      const answer = await graph.post(path, body, reader.call("Creating"));
      const created = readPolicy(answer.body);
      return {
        created: created && { id: created.id, policy: created },
        requestId: answer.requestId,
      };
    },
    notUnderstood: (requestId) =>
      reader.notUnderstood("Creating", "POST", path, { requestId, isAmbiguous: true }),
    nameTaken: (others) => Promise.resolve(nameTaken(context, reader, others)),
  };
}

/** Gives a new policy its targets. Sends nothing if it has none. */
export async function assignNew(
  context: LifecycleContext,
  reader: ConfigurationPolicyReader,
  { id, inputs }: { readonly id: string; readonly inputs: PlainObject },
): Promise<void> {
  const targets = (targetsOf(inputs) ?? []).map(targetJson);
  if (targets.length === 0) return;
  await untilVisible(context, () =>
    assignPolicy(context.graph, id, targets, reader.call("Assigning")),
  );
}

function createBody(
  { name, description, roleScopeTagIds }: PlainObject,
  instances: readonly unknown[],
) {
  return {
    name,
    description: description ?? "",
    platforms: PLATFORMS,
    technologies: TECHNOLOGIES,
    ...(roleScopeTagIds !== undefined && { roleScopeTagIds }),
    settings: settingsBody(instances),
  };
}

/** Contents that the policy may have after a creation: with its targets, and without. */
function createdContents(inputs: PlainObject, instances: readonly unknown[]): string[] {
  const { name, description, roleScopeTagIds } = inputs;
  const targets = (targetsOf(inputs) ?? []).map(targetText);
  const whole = { name, description, tags: roleScopeTagIds, instances };
  return [...new Set([targets, []].map((each) => contentText({ ...whole, targets: each })))];
}

/** Content of a policy of the tenant. Scope tags that the program does not give are the service's choice. */
function foundContent({ policy, instances = [], targets = [] }: FoundPolicy, given: PlainObject) {
  const { name, description, roleScopeTagIds } = policy;
  return contentText({
    name,
    description,
    tags: given.roleScopeTagIds === undefined ? undefined : roleScopeTagIds,
    instances,
    targets: targets.map((target) => targetText(readTarget(target) ?? canonicalJson(target))),
  });
}

interface Content {
  readonly name: unknown;
  readonly description: unknown;
  readonly tags: unknown;
  readonly instances: readonly unknown[];
  readonly targets: readonly string[];
}

function contentText({ name, description, tags, instances, targets }: Content): string {
  return canonicalJson({
    name: normalName(name),
    description: typeof description === "string" ? description.toWellFormed() : "",
    tags: Array.isArray(tags) ? tags.map(String).sort() : [],
    settings: Object.fromEntries(byDefinition(instances)),
    count: instances.length,
    targets: [...targets].sort(),
  });
}
