import * as pulumi from "@pulumi/pulumi";
import type { LookupOutputOptions } from "./types";

/**
 * The Output form of a lookup: it is asked once its arguments are known and what it depends on
 * exists. In a preview that may be never; then the result is not known.
 */
export function outputForm<Args, Result>(
  lookup: (args: Args) => Promise<Result>,
  args: pulumi.Input<pulumi.Unwrap<Args>> | object,
  { dependsOn = [] }: LookupOutputOptions,
): pulumi.Output<Result> {
  const resources = pulumi.output(dependsOn as object) as pulumi.Output<unknown>;
  const existing = resources.apply((found) =>
    pulumi.all([found].flat().map((resource) => markOf(resource as pulumi.Resource))),
  );
  return pulumi
    .all([pulumi.output(args), existing])
    .apply(([known]) => lookup(known as Args)) as pulumi.Output<Result>;
}

/** What is known of a resource once it exists: a component has no id, only its name in the stack. */
function markOf(resource: pulumi.Resource): pulumi.Output<string> {
  return pulumi.CustomResource.isInstance(resource) ? resource.id : resource.urn;
}
