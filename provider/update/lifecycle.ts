/**
 * Operations of every resource of this package, free of any engine: plain values
 * in, plain values out. The dynamic provider is one adapter on top of it.
 *
 * @module
 */

import type { Clock, GraphClient } from "../graph";
import type { Difference } from "../settings/differences";
import type { InputProblem } from "../settings/inputProblem";
import type { PlainObject } from "../settings/json";
import type { Claims, Owner } from "./claims";
import type { CreationRecords } from "./creationRecords";
import type { PriorityMoves } from "./priorities/priorityMoves";
import type { Quiet } from "./quiet";
import type { TenantReads } from "./reads/tenantReads";

/** Work shared by all resources of an update, whether or not it calls the tenant. */
export interface SharedWork {
  /** Which objects of the tenant belong to which resource. */
  readonly claims: Claims;
  /** The priorities that this update changes, gathered so that they change together. */
  readonly priorities: PriorityMoves;
  /** Whether the engine is still telling what it is about to do. */
  readonly quiet: Quiet;
  /** Their reads of the tenant, made together. */
  readonly reads: TenantReads;
  /** This machine's records of interrupted creations. */
  readonly records: CreationRecords;
}

/** Everything a lifecycle needs to work in a tenant. */
export interface LifecycleContext extends SharedWork {
  /** The client of the tenant's Graph. */
  readonly graph: GraphClient;
  /** Says something to whoever runs the update: one line, without secrets. */
  readonly log: (line: string) => void;
  /** Time and chance. */
  readonly clock: Clock;
  /** When the operation must have ended, in milliseconds since the epoch; undefined: no limit. */
  readonly deadlineMs: number | undefined;
  /** Aborts when the operation is cancelled or its time is up. */
  readonly signal: AbortSignal;
  /**
   * Waits. A lifecycle has no other way to: so its limit holds.
   *
   * @param ms - How long, in milliseconds.
   * @param doing - What is being done, as the beginning of an error: `Looking for it`.
   * @throws OperationEndedError at once if the operation would end before.
   */
  wait(ms: number, doing?: string): Promise<void>;
  /**
   * Waits for work that several operations share, which goes on without this one.
   *
   * @throws OperationEndedError when the operation ends before.
   */
  until<T>(work: Promise<T>, doing?: string): Promise<T>;
  /** Who the resource is that is worked on. @default nobody knows */
  readonly owner?: Owner;
  /** The GUID of the tenant; undefined where neither token nor settings say it. */
  readonly tenantId?: string | undefined;
  /** Whether a creation takes over a policy that nobody knows to be this stack's. @default never */
  readonly takeOver?: "identical";
}

/** A resource as it stands in the tenant and in the state. */
export interface ResourceState {
  readonly id: string;
  readonly outputs: PlainObject;
}

/** Result of reading a resource. */
export interface ReadResult {
  /** All outputs, fresh. */
  readonly outputs: PlainObject;
  /** The inputs that would have made it so; undefined leaves those in the state as they are. */
  readonly inputs?: PlainObject;
}

/** Something that only one resource of a stack may have. */
export interface ExclusiveUse {
  /** The same for all resources that must not stand side by side. */
  readonly key: string;
  /** Where the problem is, if another resource has it. */
  readonly path: readonly PropertyKey[];
  /** The problem in words, given the name of that other resource. */
  readonly reason: (owner: string) => string;
  /** Whether only a resource that the state does not have yet is refused. @default false */
  readonly onlyNew?: boolean;
  /** Whether this resource may share it all the same. @default false */
  readonly isShared?: boolean;
}

/** The four verbs of a resource and the questions that come before them. */
export interface Lifecycle {
  /** Name of an object of this kind in messages: `client configuration`. */
  readonly noun: string;
  /**
   * How lines name a resource: its name on one line, masked where it is a secret.
   *
   * @param news - The resource as it shall be. @default as it is
   */
  label(known: PlainObject, news?: PlainObject): string;
  /** Inputs of any form that is understood, in the form in which they are stored. @default as given */
  stored?(inputs: PlainObject): PlainObject;
  /** Every problem of the stored inputs at once, each with its property path. */
  problems(inputs: PlainObject): InputProblem[];
  /** Uses that no other resource of the stack may share. @returns none by default. */
  exclusiveUses?(inputs: PlainObject): ExclusiveUse[];
  /** Whether an object is one resource's alone, so that another one's must not be deleted. @default false */
  readonly isSoleOwner?: boolean;
  /** The id of an object that a creation with these inputs would take over, as far as it is known. */
  adoptedId?(inputs: PlainObject): string | undefined;
  /**
   * All that differs between the outputs in the state and the inputs of the program, or the outputs that a
   * refresh has found; none means there is nothing to do.
   */
  differences(olds: PlainObject, news: PlainObject): Difference[];
  /** Tells what an update is about to change, before any update begins. */
  planned?(shared: SharedWork, id: string, olds: PlainObject, news: PlainObject): void;
  /** Whether a preview tells the properties of a creation for which `describeCreation` has no lines. @default false */
  readonly tellsCreation?: boolean;
  /** Findings and changes of a creation, a line each; asked in a preview, and only reads. */
  describeCreation?(context: LifecycleContext, inputs: PlainObject): Promise<string[]>;
  /** Whether `describeCreation` asks for nothing but whether names are free. @default false */
  asksOnlyForNames?(inputs: PlainObject): boolean;
  /**
   * @param inputs - As a program writes them, or as `stored` returns them.
   * @throws PartialFailure if the object exists and is not complete.
   */
  create(context: LifecycleContext, inputs: PlainObject): Promise<ResourceState>;
  /** @returns undefined if there is no such object any more. */
  read(context: LifecycleContext, id: string, known: PlainObject): Promise<ReadResult | undefined>;
  /**
   * @param olds - The outputs in the state.
   * @param news - Inputs as a program writes them, or as `stored` returns them.
   * @returns all outputs.
   * @throws PartialFailure if the object may have been changed in part.
   */
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
