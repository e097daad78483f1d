/**
 * Operations of every resource of this package, free of any engine: plain values
 * in, plain values out. The dynamic provider is one adapter on top of it.
 *
 * @module
 */

import type { PolicyAnswer } from "../api/configurationPolicies";
import type { Clock, GraphClient } from "../graph";
import type { IntuneSettings } from "../intune/intuneSettings";
import type { Difference } from "../settings/differences";
import type { Glossary } from "../settings/glossary";
import type { InputProblem } from "../settings/inputProblem";
import type { PlainObject } from "../settings/json";
import type { Claims, Owner } from "./claims";
import type { CreationRecords } from "./creationRecords";
import type { PriorityMoves } from "./priorities/priorityMoves";
import type { Quiet } from "./quiet";
import type { SharedList } from "./reads/sharedList";
import type { TenantReads } from "./reads/tenantReads";

/** Work shared by all resources of an update, whether or not it calls the tenant. */
export interface SharedWork {
  /** Register of the objects of the tenant that belong to a resource. */
  readonly claims: Claims;
  /** The list of the tenant's Intune policies. */
  readonly intunePolicies: SharedList<PolicyAnswer>;
  /** The priorities that this update changes, gathered so that they change together. */
  readonly priorities: PriorityMoves;
  /** Tells when the engine has announced all that it is about to do. */
  readonly quiet: Quiet;
  /** The resources' reads of the tenant, made together. */
  readonly reads: TenantReads;
  /** This machine's records of interrupted creations. */
  readonly records: CreationRecords;
}

/** Everything a lifecycle needs to work in a tenant. */
export interface LifecycleContext extends SharedWork {
  /** The client of the tenant's Graph. */
  readonly graph: GraphClient;
  /** Shows one line, without secrets, to the user who runs the update. */
  readonly log: (line: string) => void;
  /** The time, and random numbers. */
  readonly clock: Clock;
  /** When the operation must have ended, in milliseconds since the epoch; undefined: no limit. */
  readonly deadlineMs: number | undefined;
  /** Aborts when the operation is cancelled or its time is up. */
  readonly signal: AbortSignal;
  /**
   * Waits. A lifecycle may wait in no other way: so its time limit holds.
   *
   * @param ms - How long, in milliseconds.
   * @param doing - What is being done, as the beginning of an error: `Looking for it`.
   * @throws OperationEndedError at once if the operation would end before the wait does.
   */
  wait(ms: number, doing?: string): Promise<void>;
  /**
   * Waits for work that several operations share. The work goes on if this operation ends.
   *
   * @throws OperationEndedError when the operation ends before the work does.
   */
  until<T>(work: Promise<T>, doing?: string): Promise<T>;
  /** Words of settings, for messages. @default none */
  readonly glossary?: Glossary;
  /**
   * The stack's catalogue, by Intune's definitions. @default none
   *
   * @throws CatalogueError if there is no catalogue with such definitions.
   */
  readonly intune?: () => IntuneSettings;
  /** The resource of this operation. @default unknown */
  readonly owner?: Owner;
  /** The GUID of the tenant; undefined if neither token nor settings say it. */
  readonly tenantId?: string | undefined;
  /** Whether a creation may take over a policy without proof that it is this stack's. @default never */
  readonly takeOver?: "identical";
}

/** A resource as it stands in the tenant and in the state. */
export interface ResourceState {
  readonly id: string;
  readonly outputs: PlainObject;
}

/** Result of reading a resource. */
export interface ReadResult {
  /** All outputs, as the tenant has them now. */
  readonly outputs: PlainObject;
  /** The inputs that give these outputs; undefined leaves the inputs in the state as they are. */
  readonly inputs?: PlainObject;
}

/** Preview of a creation: the policy it would find, and the changes. */
export interface CreationPreview {
  /** A line for each thing to tell. */
  readonly lines: string[];
  /** The object that it would take over, in the form of inputs; undefined if it would make a new one. */
  readonly current?: PlainObject;
}

/** Something that only one resource of a stack may have. */
export interface ExclusiveUse {
  /** The same for all resources of which a stack may have only one. */
  readonly key: string;
  /** Path of the input at fault, if another resource has the use already. */
  readonly path: readonly PropertyKey[];
  /** The problem in words. `owner`: the name of the other resource. */
  readonly reason: (owner: string) => string;
  /** Whether only new resources are refused, and those in the state are not. @default false */
  readonly onlyNew?: boolean;
  /** Whether this resource may share the use. @default false */
  readonly isShared?: boolean;
}

/** The four operations of a resource, and the questions that come before them. */
export interface Lifecycle {
  /** Name of an object of this kind in messages: `client configuration`. */
  readonly noun: string;
  /** The input with the object's name in the tenant. @default `displayName` */
  readonly nameInput?: string;
  /**
   * The name of a resource in messages: on one line, masked if it is a secret.
   *
   * @param news - The resource after the change. @default the same as before
   */
  label(known: PlainObject, news?: PlainObject): string;
  /** Converts inputs, in any form that a program may write, to their stored form. @default as given */
  stored?(inputs: PlainObject): PlainObject;
  /** Names of the inputs that hold settings, which a catalogue can check. @default none */
  readonly payloads?: readonly string[];
  /** All problems of the stored inputs, each with its property path. */
  problems(inputs: PlainObject): InputProblem[];
  /** Settings that Intune cannot have, by the stack's catalogue. Only resources whose settings go there have this. */
  intuneProblems?(inputs: PlainObject, settings: IntuneSettings): InputProblem[];
  /** Doubts about inputs without problems, each a clause on one line. They are shown, and refuse nothing. @default none */
  doubts?(inputs: PlainObject): string[];
  /** Uses that no other resource of the stack may share. @returns none by default. */
  exclusiveUses?(inputs: PlainObject): ExclusiveUse[];
  /** The id under which the tenant's audit log has changes of this object. @default it has none */
  auditedId?(id: string, outputs: PlainObject): string | undefined;
  /** Whether an object has one resource only, so that no other resource may delete it. @default false */
  readonly isSoleOwner?: boolean;
  /** The id of the object that a creation with these inputs would take over, if the inputs say it. */
  adoptedId?(inputs: PlainObject): string | undefined;
  /**
   * All differences between the outputs in the state and the inputs of the program, or the outputs that a
   * refresh has found. Without differences there is nothing to do.
   */
  differences(olds: PlainObject, news: PlainObject): Difference[];
  /** Tells what an update is about to change, before any update begins. */
  planned?(shared: SharedWork, id: string, olds: PlainObject, news: PlainObject): void;
  /** Whether a preview tells the properties of a creation for which `describeCreation` has no lines. @default false */
  readonly tellsCreation?: boolean;
  /** Describes what a creation would find and change. Called in previews; it only reads. */
  describeCreation?(context: LifecycleContext, inputs: PlainObject): Promise<CreationPreview>;
  /** Whether a creation with these inputs takes over an object that exists already. @default never */
  takesOver?(inputs: PlainObject): boolean;
  /** Whether `describeCreation` only checks that names are free. @default false */
  asksOnlyForNames?(inputs: PlainObject): boolean;
  /**
   * @param inputs - As a program writes them, or as `stored` returns them.
   * @throws PartialFailure if the object exists but is not complete.
   */
  create(context: LifecycleContext, inputs: PlainObject): Promise<ResourceState>;
  /** @returns undefined if the object is gone. */
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
 * The object exists, but a later step failed. The engine must keep its id and known outputs, so that the
 * next update finishes the work instead of starting again.
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
