/**
 * The program's side of a dynamic resource whose provider is a constant text.
 *
 * `pulumi.dynamic.Resource` would serialize a provider object, with everything it captures, into the
 * state of every resource. The engine wants no more than a text that exports a handler, so the
 * resources hand it that, and are otherwise what `pulumi.dynamic.Resource` is.
 *
 * @module
 */

import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { OfficeConfigurationError } from "../graph/errors/officeConfigurationError";
import { PROVIDER_KEY, type ProgramRun, RUN_KEY, TENANT_KEY } from "../settings/keys";
import { isOutputText } from "../settings/outputText";
import { markBrokenEntries } from "./brokenText";
import { warnOfConfiguration } from "./configurationWarnings";
import { whenDeclared } from "./declared";
import { providerText } from "./providerText";
import { checkOptions, type OptionAdvice } from "./resourceOptions";

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

/** Pulumi's name of the type of a resource. */
export function resourceType(kind: string): string {
  return `pulumi-nodejs:dynamic/officeConfiguration:${kind}`;
}

/** Whether an object is a resource of a type, be it made by another copy of this package. */
export function isOfType(value: unknown, type: string): boolean {
  return (
    pulumi.CustomResource.isInstance(value) &&
    (value as { __pulumiType?: unknown }).__pulumiType === type
  );
}

/** Parts of a resource. */
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
  /** Advice in place of options that the resource cannot have. */
  readonly advice?: OptionAdvice;
}

/** Properties that may come later. */
type Pending<T> = { readonly [Name in keyof T]: T[Name] | Promise<T[Name]> };

/**
 * Stands for who a resource is, as `ProgramRun.owner` says; nothing in a program that no engine runs. A
 * promise and no output: an output would make the resource depend on its parent, which waits for its
 * children.
 */
async function ownerOf(name: string, type: string, parent?: pulumi.Resource) {
  try {
    const stack = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()];
    const urn = await new Promise<string>((resolve) => {
      pulumi.createUrn(name, type, parent).apply(resolve);
    });
    return `${digest(JSON.stringify(stack))}.${digest(urn)}`;
  } catch {
    return undefined;
  }
}

/** 66 bits: enough to tell the resources of an organization apart, and short in every state. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 11);
}

/** Every resource of a program gets a number of its own. */
let instances = 0;

/**
 * A resource on its way to the engine: `args` are what `pulumi.CustomResource` is constructed with,
 * `given` is what the program gave, `traced` is what to throw where that fails, and `done` is to be
 * called where it does not.
 *
 * @throws OfficeConfigurationError if an option would do nothing, or not what it says, or the name is no name.
 */
export class Registration {
  readonly args: ConstructorParameters<Constructor>;
  readonly given: Pick<ResourceParts, "name" | "inputs" | "options">;
  readonly #stackTraceLimit = Error.stackTraceLimit;

  constructor(parts: ResourceParts) {
    const { kind, name, inputs, properties, secretOutputs = [], options } = parts;
    warnOfConfiguration();
    if (isOutputText(name)) {
      throw new OfficeConfigurationError(
        `${kind}: the name of a resource must be known, and this one holds an Output or a promise.`,
      );
    }
    checkOptions(parts);
    const props = {
      ...Object.fromEntries([...properties, TENANT_KEY].map((property) => [property, undefined])),
      ...markBrokenEntries(inputs),
      // A resource that is only read gets its inputs as they are: the engine keeps them in the state.
      ...(options?.id === undefined && {
        [RUN_KEY]: whenDeclared({
          isPreview: pulumi.runtime.isDryRun(),
          name,
          instance: instances++,
          owner: ownerOf(name, resourceType(kind), options?.parent),
        } satisfies Pending<ProgramRun>),
      }),
      [PROVIDER_KEY]: providerText(kind),
    };
    const secret = [...secretOutputs, ...(options?.additionalSecretOutputs ?? [])];
    const all = { ...options, ...(secret.length > 0 && { additionalSecretOutputs: secret }) };
    this.given = { name, inputs, options };
    this.args = [resourceType(kind), name, props, all];
    // The SDK notes four stack traces for each property of each resource, in case its promises are
    // never settled: of a program with hundreds of policies that is most of the time it takes. Where
    // a transformation of the program runs in between, its errors need their stack traces.
    if (!runsTransformations(options)) Error.stackTraceLimit = 0;
  }

  /** An error on the way; one that was thrown without a stack trace gets the constructor's. */
  traced(error: unknown): unknown {
    this.done();
    if (error instanceof Error && !/\n\s+at /.test(error.stack ?? "")) {
      Error.captureStackTrace(error, this.traced);
    }
    return error;
  }

  done(): void {
    Error.stackTraceLimit = this.#stackTraceLimit;
  }
}

/**
 * Whether code of the program runs while the resource is constructed: its own transformations, its
 * parent's, or the stack's. The SDK's types leave out those of a parent.
 */
function runsTransformations(options: pulumi.CustomResourceOptions | undefined): boolean {
  const parent = options?.parent ?? pulumi.runtime.getStackResource();
  const { __transformations: inherited } = (parent ?? {}) as { __transformations?: unknown[] };
  return (options?.transformations ?? []).length + (inherited ?? []).length > 0;
}
