import * as pulumi from "@pulumi/pulumi";
import { DRY_RUN_KEY, PROVIDER_KEY, providerText } from "./providerText";

/**
 * Base class of the resources: a dynamic resource whose provider is a constant text.
 *
 * `pulumi.dynamic.Resource` would serialize a provider object, with everything it captures, into the
 * state of every resource. The engine wants no more than a text that exports a handler, so this class
 * hands it that, and is otherwise what `pulumi.dynamic.Resource` is.
 */
export abstract class DynamicResource extends pulumi.CustomResource {
  /**
   * @param kind - The name of the class, which is the name of its provider in the runtime.
   * @param names - All properties that the resource can have.
   */
  protected constructor(
    kind: string,
    name: string,
    inputs: Record<string, unknown>,
    names: readonly string[],
    options: pulumi.CustomResourceOptions | undefined,
  ) {
    const text = providerText(kind);
    const properties = {
      ...Object.fromEntries(names.map((property) => [property, undefined])),
      ...inputs,
      ...(pulumi.runtime.isDryRun() && { [DRY_RUN_KEY]: true }),
      [PROVIDER_KEY]: text,
    };
    super(`pulumi-nodejs:dynamic/officeConfiguration:${kind}`, name, properties, options);
  }
}
