/**
 * What every resource of this package can do, in words that no engine has a part in: plain values
 * in, plain values out. The dynamic provider is one adapter on top of it.
 *
 * @module
 */
import type { GraphClient } from "./graph";
import type { PlainObject } from "./payload/json";
import type { InputProblem } from "./payload/problems";

/** What a lifecycle needs to work in a tenant. */
export interface LifecycleContext {
  /** The client of the tenant's Graph. */
  readonly graph: GraphClient;
  /** Ids that belong to resources of this update: none of them is what another one lost. */
  readonly claimedIds: Set<string>;
  /** Says something to whoever runs the update: one line, without secrets. */
  readonly log: (line: string) => void;
}

/** A resource as it stands in the tenant and in the state. */
export interface ResourceState {
  readonly id: string;
  readonly outputs: PlainObject;
}

/** What a lifecycle found when it read a resource. */
export interface ReadResult {
  /** All outputs, fresh. */
  readonly outputs: PlainObject;
  /** The inputs that would have made it so. */
  readonly inputs: PlainObject;
}

/** The four verbs of a resource and the questions that come before them. */
export interface Lifecycle {
  /** How lines name a resource: its name on one line, masked where it is a secret. */
  label(known: PlainObject): string;
  /** Every problem of the inputs at once, each with its property path. */
  problems(inputs: PlainObject): InputProblem[];
  /** The names of the inputs that differ; none means there is nothing to do. */
  changedInputs(olds: PlainObject, news: PlainObject): string[];
  /** The changes in words, a line each, with secrets masked. */
  describeChanges(olds: PlainObject, news: PlainObject): string[];
  create(context: LifecycleContext, inputs: PlainObject): Promise<ResourceState>;
  /** @returns undefined if there is no such object any more. */
  read(context: LifecycleContext, id: string, known: PlainObject): Promise<ReadResult | undefined>;
  update(
    context: LifecycleContext,
    id: string,
    olds: PlainObject,
    news: PlainObject,
  ): Promise<PlainObject>;
  delete(context: LifecycleContext, id: string, known: PlainObject): Promise<void>;
}

/**
 * The object exists, but a later step failed: its id and what is known of it must be kept, so that
 * the next update finishes the work instead of beginning anew.
 */
export class PartialFailure extends Error {
  override name = "PartialFailure" as const;

  constructor(
    readonly state: ResourceState,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}
