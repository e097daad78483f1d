/**
 * The program's side of a dynamic resource whose provider is a constant text.
 *
 * `pulumi.dynamic.Resource` would serialize a provider object, with everything it captures, into the
 * state of every resource. The engine wants no more than a text that exports a handler, so the
 * resources hand it that, and are otherwise what `pulumi.dynamic.Resource` is.
 *
 * @module
 */
import * as pulumi from "@pulumi/pulumi";
import { warnOfPlainSecrets } from "./plainSecrets";
import { PROVIDER_KEY, type ProgramRun, providerText, RUN_KEY, TENANT_KEY } from "./providerText";

/** Outputs of every resource. */
export interface DynamicOutputs {
  /** GUID of the tenant that the resource is in; undefined where the credential does not say. */
  readonly tenantId: pulumi.Output<string | undefined>;
}

type Constructor = typeof pulumi.CustomResource;

type ResourceBase<Outputs> = Pick<Constructor, keyof Constructor> &
  (abstract new (
    ...args: ConstructorParameters<Constructor>
  ) => pulumi.CustomResource & DynamicOutputs & Outputs);

/**
 * The base of a class of resources: `pulumi.CustomResource` itself, with types for the outputs. No
 * class may stand between the two: the SDK takes what calls the class above `CustomResource` for the
 * line of the program, and keeps that line in the state.
 */
export function resourceWith<Outputs>(): ResourceBase<Outputs> {
  return pulumi.CustomResource as unknown as ResourceBase<Outputs>;
}

/** What a resource is made of. */
export interface ResourceParts {
  /** The name of the class, which is the name of its provider in the runtime. */
  readonly kind: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /**
   * All properties that the resource can have. Pulumi makes outputs only of the properties it is told
   * of, and a lookup by id gives none.
   */
  readonly properties: readonly string[];
  /** Those of them that are always secret. @default none */
  readonly secretOutputs?: readonly string[];
  readonly options: pulumi.CustomResourceOptions | undefined;
}

/** Every resource of a program gets a number of its own. */
let instances = 0;

/**
 * A resource on its way to the engine: `args` are what `pulumi.CustomResource` is constructed with,
 * `traced` is what to throw where that fails, and `done` is to be called in any case.
 */
export class Registration {
  readonly args: ConstructorParameters<Constructor>;
  readonly #stackTraceLimit = Error.stackTraceLimit;

  constructor({ kind, name, inputs, properties, secretOutputs = [], options }: ResourceParts) {
    warnOfPlainSecrets();
    const props = {
      ...Object.fromEntries([...properties, TENANT_KEY].map((property) => [property, undefined])),
      ...inputs,
      [RUN_KEY]: {
        isPreview: pulumi.runtime.isDryRun(),
        name,
        instance: instances++,
      } satisfies ProgramRun,
      [PROVIDER_KEY]: providerText(kind),
    };
    const secret = [...secretOutputs, ...(options?.additionalSecretOutputs ?? [])];
    const all = { ...options, ...(secret.length > 0 && { additionalSecretOutputs: secret }) };
    this.args = [`pulumi-nodejs:dynamic/officeConfiguration:${kind}`, name, props, all];
    // The SDK notes four stack traces for each property of each resource, in case its promises are
    // never settled: of a program with hundreds of policies that is most of the time it takes.
    Error.stackTraceLimit = 0;
  }

  /** An error of the SDK, with the stack trace that it could not have. */
  traced(error: unknown): unknown {
    this.done();
    if (error instanceof Error) Error.captureStackTrace(error, this.traced);
    return error;
  }

  done(): void {
    Error.stackTraceLimit = this.#stackTraceLimit;
  }
}
