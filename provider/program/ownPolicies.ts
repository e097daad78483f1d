/**
 * The policies that a program declares, so that nothing else in the program changes the same properties. On
 * a first deployment only the program knows them: their ids come with the creation.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";

/** A policy that is a resource of the program. */
export interface OwnPolicy {
  /** Its name in the program. */
  readonly name: string;
  /** Whether the program gives it a priority. */
  readonly hasPriority: boolean;
}

const byResource = new WeakMap<object, OwnPolicy>();
const byId = new WeakMap<object, OwnPolicy>();

/** Remembers a policy that a program declares. */
export function noteOwnPolicy(resource: pulumi.CustomResource, policy: OwnPolicy): void {
  byResource.set(resource, policy);
  byId.set(resource.id, policy);
}

/** The program's policy whose `id` or `configurationId` the input is; undefined if there is none. */
export function ownPolicyOf(id: unknown): OwnPolicy | undefined {
  return pulumi.Output.isInstance(id) ? byId.get(id) : undefined;
}

/** The policies behind an Output. */
export function ownPoliciesBehind(value: unknown): OwnPolicy[] {
  if (!pulumi.Output.isInstance(value)) return [];
  // The SDK declares it as internal.
  const { resources } = value as { resources?: () => ReadonlySet<object> };
  return [...(resources?.() ?? [])].flatMap((resource) => byResource.get(resource) ?? []);
}
