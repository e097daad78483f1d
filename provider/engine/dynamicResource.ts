import * as pulumi from "@pulumi/pulumi";
import { warnOfPlainSecrets } from "./plainSecrets";
import { PROVIDER_KEY, type ProgramRun, providerText, RUN_KEY, TENANT_KEY } from "./providerText";

/** Every resource of a program gets a number of its own. */
let instances = 0;

/**
 * Base class of the resources: a dynamic resource whose provider is a constant text.
 *
 * `pulumi.dynamic.Resource` would serialize a provider object, with everything it captures, into the
 * state of every resource. The engine wants no more than a text that exports a handler, so this class
 * hands it that, and is otherwise what `pulumi.dynamic.Resource` is.
 */
export abstract class DynamicResource extends pulumi.CustomResource {
  /** GUID of the tenant that the resource is in; undefined where the credential does not say. */
  declare readonly tenantId: pulumi.Output<string | undefined>;

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
    warnOfPlainSecrets();
    const text = providerText(kind);
    const properties = {
      ...Object.fromEntries([...names, TENANT_KEY].map((property) => [property, undefined])),
      ...inputs,
      [RUN_KEY]: {
        isPreview: pulumi.runtime.isDryRun(),
        name,
        instance: instances++,
      } satisfies ProgramRun,
      [PROVIDER_KEY]: text,
    };
    super(`pulumi-nodejs:dynamic/officeConfiguration:${kind}`, name, properties, options);
  }
}
