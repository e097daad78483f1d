/**
 * The program's side of a dynamic resource with a constant text as its provider.
 *
 * `pulumi.dynamic.Resource` would serialize a provider object, with everything it captures, into the state
 * of every resource. The engine only needs a text that exports a handler, so these resources give it one.
 * Otherwise they equal `pulumi.dynamic.Resource`.
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
  /** GUID of the tenant of the resource; undefined if the credential does not say. */
  readonly tenantId: pulumi.Output<string | undefined>;
}

type Constructor = typeof pulumi.CustomResource;

type ResourceBase<Outputs> = Pick<Constructor, keyof Constructor> &
  (abstract new (
    ...args: ConstructorParameters<Constructor>
  ) => pulumi.CustomResource & DynamicOutputs & Outputs);

/**
 * The base class of the resources: `pulumi.CustomResource` itself, with types for the outputs. No class may
 * stand in between: the SDK records the caller of the class above `CustomResource` as the program's line,
 * and keeps that line in the state.
 */
export function resourceWith<Outputs>(): ResourceBase<Outputs> {
  return pulumi.CustomResource as unknown as ResourceBase<Outputs>;
}

/** Pulumi's name of the type of a resource. */
export function resourceType(kind: string): string {
  return `pulumi-nodejs:dynamic/officeConfiguration:${kind}`;
}

/** Whether an object is a resource of a type, even one made by another copy of this package. */
export function isOfType(value: unknown, type: string): boolean {
  return (
    pulumi.CustomResource.isInstance(value) &&
    (value as { __pulumiType?: unknown }).__pulumiType === type
  );
}

/** Parts of a resource. */
export interface ResourceParts {
  /** Name of the resource class; the runtime finds the provider by it. */
  readonly kind: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /**
   * All properties that the resource can have. Pulumi makes outputs only of listed properties, and a lookup
   * by id lists none.
   */
  readonly properties: readonly string[];
  /** Properties that are always secret. @default none */
  readonly secretOutputs?: readonly string[];
  readonly options: pulumi.CustomResourceOptions | undefined;
  /** Advice on what to use instead of unsupported options. */
  readonly advice?: OptionAdvice;
}

/** Properties that may be promises. */
type Pending<T> = { readonly [Name in keyof T]: T[Name] | Promise<T[Name]> };

/**
 * Identifies a resource, as `ProgramRun.owner` says; undefined if no engine runs the program. A promise,
 * not an Output: an Output would make the resource depend on its parent, which waits for its children.
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

/** A hash of 66 bits: enough to distinguish an organization's resources, and short in every state. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 11);
}

/** Every resource of a program gets its own number. */
let instances = 0;

/**
 * A resource on its way to the engine. `args`: the arguments of `pulumi.CustomResource`. `given`: what the
 * program gave. If the construction fails, throw `traced(error)`; if it succeeds, call `done`.
 *
 * @throws OfficeConfigurationError if an option would do nothing or something unexpected, or the name
 *   holds an Output or a promise.
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
      // A resource that is only read gets its inputs unchanged: the engine keeps them in the state.
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
    // The SDK records four stack traces for each property of each resource, in case its promises never
    // settle. With hundreds of policies, that takes most of a program's time. If the program's
    // transformations run in between, their errors need stack traces.
    if (!runsTransformations(options)) Error.stackTraceLimit = 0;
  }

  /** An error of the construction. If it was thrown without a stack trace, it gets the constructor's. */
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
 * Whether code of the program runs during the construction: transformations of the resource, its parent, or
 * the stack. The SDK's types lack those of a parent.
 */
function runsTransformations(options: pulumi.CustomResourceOptions | undefined): boolean {
  const parent = options?.parent ?? pulumi.runtime.getStackResource();
  const { __transformations: inherited } = (parent ?? {}) as { __transformations?: unknown[] };
  return (options?.transformations ?? []).length + (inherited ?? []).length > 0;
}
