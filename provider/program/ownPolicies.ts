/**
 * The policies that a program declares: what else in the program must not decide over them. On a first
 * deployment only the program knows, as ids come with the creation.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";

/** A policy that is a resource of the program. */
export interface OwnPolicy {
  /** Its name in the program. */
  readonly name: string;
  /** Whether it decides its own priority. */
  readonly hasPriority: boolean;
}

const byResource = new WeakMap<object, OwnPolicy>();
const byId = new WeakMap<object, OwnPolicy>();

/** Remembers a policy that a program declares. */
export function noteOwnPolicy(resource: pulumi.CustomResource, policy: OwnPolicy): void {
  byResource.set(resource, policy);
  byId.set(resource.id, policy);
}

/** The policy whose `id` or `configurationId` an input is; undefined if it is none of the program's. */
export function ownPolicyOf(id: unknown): OwnPolicy | undefined {
  return pulumi.Output.isInstance(id) ? byId.get(id) : undefined;
}

/** The policies that an Output was made of. */
export function ownPoliciesBehind(value: unknown): OwnPolicy[] {
  if (!pulumi.Output.isInstance(value)) return [];
  // The SDK declares it for itself alone.
  const { resources } = value as { resources?: () => ReadonlySet<object> };
  return [...(resources?.() ?? [])].flatMap((resource) => byResource.get(resource) ?? []);
}
