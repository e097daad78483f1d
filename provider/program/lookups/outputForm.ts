/**
 * The Output form of a lookup: waits for the resources behind its arguments and for its dependencies.
 *
 * @module
 */

import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./lookUp";
import { LookupError } from "./lookupError";
import type { LookupOutputOptions } from "./options";
import type { LookupName, LookupResult } from "./request";

/**
 * Runs a lookup once its arguments are known and all resources behind them exist. Until then, in a preview,
 * the result is unknown and no request is sent. The result is secret if an argument is.
 */
export function lookUpOutput<Name extends LookupName>(
  name: Name,
  args: unknown,
  { dependsOn, ...options }: LookupOutputOptions = {},
): pulumi.Output<LookupResult<Name>> {
  const given = pulumi.output(args);
  const made = pulumi.all([given, existing(name, given, dependsOn)]);
  return made.apply(async ([known]) => {
    const isSecret = await pulumi.isSecret(given);
    return lookUp(name, { args: known, options, isSecret });
  }) as pulumi.Output<LookupResult<Name>>;
}

/** The ids of all resources that must exist; unknown in a preview until all of them do. */
function existing(
  name: LookupName,
  given: pulumi.Output<unknown>,
  dependsOn: LookupOutputOptions["dependsOn"],
): pulumi.Output<unknown> {
  const named = pulumi.output([dependsOn]) as pulumi.Output<unknown[]>;
  return named.apply(async (values) => {
    const explicit = values.flat().filter((value) => value !== undefined);
    if (!explicit.every((item) => pulumi.Resource.isInstance(item))) {
      throw new LookupError(`${name}: the option dependsOn must be a resource or a list of them.`, {
        code: "INVALID_ARGUMENTS",
      });
    }
    const resources = [...explicit, ...(await resourcesOf(given)), ...(await resourcesOf(named))];
    return pulumi.all(idsOf(await withChildren(resources)));
  });
}

/**
 * The resources behind an Output. The SDK makes its own invokes wait for them too; its types lack this
 * method.
 */
async function resourcesOf(output: pulumi.Output<unknown>): Promise<pulumi.Resource[]> {
  const { allResources } = output as { allResources?: () => Promise<Set<pulumi.Resource>> };
  return [...((await allResources?.()) ?? [])];
}

/**
 * The resources, and everything inside the components among them. The SDK's types lack both properties:
 * `__data` resolves when a component has been built, `__childResources` are its children.
 */
async function withChildren(resources: Iterable<pulumi.Resource>): Promise<Set<pulumi.Resource>> {
  const all = new Set(resources);
  // The set grows during the loop: added items are visited later in the same loop.
  for (const resource of all) {
    if (!pulumi.ComponentResource.isInstance(resource)) continue;
    const component = resource as unknown as {
      __data?: Promise<unknown>;
      __childResources?: Set<pulumi.Resource>;
    };
    await component.__data;
    for (const child of component.__childResources ?? []) all.add(child);
  }
  return all;
}

function idsOf(resources: Iterable<pulumi.Resource>): pulumi.Output<pulumi.ID>[] {
  return [...resources].flatMap((resource) =>
    pulumi.CustomResource.isInstance(resource) ? [resource.id] : [],
  );
}
