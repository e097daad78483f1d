/**
 * Finds out, before a creation sends anything, who has the name that it wants. If the tenant has the name
 * already, the creation is refused, even if the two policies are identical, unless something proves that the
 * policy is this stack's.
 *
 * @module
 */

import { holdsUnknown, type PlainObject, UNKNOWN } from "../../settings/json";
import { normalName } from "../../settings/label";
import type { CreationRecord } from "../creationRecord";
import type { Creator } from "../creationRecords";
import type { LifecycleContext } from "../lifecycle";
import { findFirst } from "../looks";
import { PLANNED } from "../quiet";
import { type Creation, type Existing, SeveralAlikeError } from "./creation";

/**
 * Greatest age, in milliseconds, of a record without an answer whose request Graph may still be carrying out.
 */
const IN_FLIGHT_MS = 30_000;

/** A policy of the tenant that a creation takes over instead of making a new one. */
export interface TakeOver<Found extends Existing> {
  readonly found: Found;
  /** The proof that the policy is this stack's: `made by this stack's interrupted update of 14:02`. */
  readonly evidence: string;
}

/**
 * Finds the policy that a creation takes over instead of making a new one, or refuses the creation.
 *
 * @returns the policy to take over; undefined if a new one is to be made.
 * @throws OfficeConfigurationError if the name is, or may be, somebody else's.
 */
export async function ownerOfName<Found extends Existing>(
  context: LifecycleContext,
  creation: Creation<Found>,
): Promise<TakeOver<Found> | undefined> {
  const listing = await creation.sharedListing();
  const creator = creatorOf(context);
  const records = creator === undefined ? [] : await context.records.of(creator);
  // The engine may not have announced yet which of these policies belong to the program.
  if (records.length > 0 || namesakes(creation, listing).length > 0) {
    await context.until(context.quiet.settled(PLANNED));
  }
  const recorded = await ofInterruptedUpdate(context, creation, { records, listing });
  if (recorded !== undefined) return recorded;
  const others = namesakes(creation, listing).filter(
    ({ id }) => !isGivenAway(context, creation, id),
  );
  if (others.length === 0 || creation.allowsDuplicates === true) return undefined;
  const kept =
    (await renamedInProgram(context, others)) ?? (await identical(context, creation, others));
  if (kept !== undefined) return kept;
  throw await creation.nameTaken(others);
}

/** The policies of the creation's kind and name. */
export function namesakes<Found extends Existing>(
  { name, nameOf }: Creation<Found>,
  listing: readonly Found[],
): Found[] {
  return listing.filter((found) => nameOf(found) === name);
}

/**
 * Whether a preview can judge a name: all inputs that decide about it must be known.
 *
 * @param deciding - The inputs that decide, unless identical policies are taken over: then all of them do.
 */
export function isNameJudged(
  { takeOver }: Pick<LifecycleContext, "takeOver">,
  inputs: PlainObject,
  deciding: readonly string[],
): boolean {
  if (inputs.adopt !== undefined) return false;
  const names = takeOver === undefined ? deciding : Object.keys(inputs);
  return !names.some((name) => holdsUnknown(inputs[name]));
}

/** The creating resource in this run; undefined if the program does not identify its resources. */
export function creatorOf({ owner, tenantId }: LifecycleContext): Creator | undefined {
  const { key, nonce } = owner ?? {};
  return key === undefined || nonce === undefined ? undefined : { key, nonce, tenantId };
}

/** The other resource of the program that has an object: `the resource "macros"`; undefined if there is none. */
export function ownedByOther(
  { claims, owner: own }: Pick<LifecycleContext, "claims" | "owner">,
  id: string,
): string | undefined {
  const owner = claims.liveOwner(id);
  if (owner === undefined || (owner.key !== undefined && owner.key === own?.key)) return undefined;
  return owner.name === undefined ? "another resource" : `the resource "${owner.name}"`;
}

/** Whether a policy belongs to a resource of the program, and is about to get another name. */
function isGivenAway(
  { claims }: LifecycleContext,
  { displayName }: Pick<Creation<Existing>, "displayName">,
  id: string,
): boolean {
  const owner = claims.liveOwner(id);
  if (owner?.displayName === undefined || owner.displayName === UNKNOWN) return false;
  return normalName(owner.displayName) !== normalName(displayName);
}

/** Finds the policy that an interrupted run on this machine made for this resource. */
async function ofInterruptedUpdate<Found extends Existing>(
  context: LifecycleContext,
  creation: Creation<Found>,
  { records, listing }: { records: readonly CreationRecord[]; listing: readonly Found[] },
): Promise<TakeOver<Found> | undefined> {
  for (const record of records.filter(({ isTaken }) => !isTaken)) {
    const made = await madeBy(context, creation, record, listing);
    const [found, ...more] = made;
    if (more.length > 0) throw new SeveralAlikeError(creation.subject, made);
    if (found !== undefined) return { found, evidence: madeWhen(record, context.clock.now()) };
  }
  return undefined;
}

/** Whether another resource, of any stack, was the last to take the policy over: it did so after the record. */
async function isTakenSince(
  { records, tenantId }: LifecycleContext,
  { owner }: CreationRecord,
  id: string,
): Promise<boolean> {
  const last = await records.lastTaker(tenantId, id);
  return last !== undefined && last.owner !== owner;
}

/** The policies that a record may be about; if the record has an id, only the policy with that id. */
async function madeBy<Found extends Existing>(
  context: LifecycleContext,
  creation: Creation<Found>,
  record: CreationRecord,
  listing: readonly Found[],
): Promise<Found[]> {
  const { subject, isPreview = false } = creation;
  const { id } = record;
  if (id !== undefined) {
    const isElse =
      context.claims.liveOwner(id) !== undefined || (await isTakenSince(context, record, id));
    const found = isElse ? undefined : await creation.find(id);
    return found === undefined ? [] : [found];
  }
  const among = async (listed: readonly Found[]) => {
    const candidates = listed.filter(
      (found) =>
        context.claims.liveOwner(found.id) === undefined &&
        !record.hadBefore(found.id) &&
        record.hasName(creation.nameOf(found)),
    );
    return theFound(candidates, creation, (found) => isOfRecord(record, creation, found));
  };
  const made = await among(listing);
  const mayBeInFlight = context.clock.now() - record.atMs < IN_FLIGHT_MS;
  if (made.length > 0 || isPreview || !mayBeInFlight) return made;
  context.log(`${subject}: looks for the policy that an interrupted update may have made`);
  return (
    (await findFirst(context, async () => {
      const looked = await among(await creation.freshListing());
      return looked.length > 0 ? looked : undefined;
    })) ?? []
  );
}

async function isOfRecord<Found extends Existing>(
  record: CreationRecord,
  creation: Creation<Found>,
  found: Found,
): Promise<boolean> {
  const contents = await creation.contentsOf(found);
  return contents.some((content) => record.hasContent(content));
}

/** The candidates as the tenant has them now, as far as they still match. */
export async function theFound<Found extends Existing>(
  candidates: readonly Found[],
  creation: Pick<Creation<Found>, "find">,
  isIt: (found: Found) => Promise<boolean>,
): Promise<Found[]> {
  const all: Found[] = [];
  for (const { id } of candidates) {
    const current = await creation.find(id);
    if (current !== undefined && (await isIt(current))) all.push(current);
  }
  return all;
}

/**
 * The policy of a resource that was renamed in the program without an alias: the engine then creates the new
 * resource before it deletes the old one. A refresh in this run, or a record, proves that the policy is this
 * stack's.
 */
async function renamedInProgram<Found extends Existing>(
  context: LifecycleContext,
  others: readonly Found[],
): Promise<TakeOver<Found> | undefined> {
  const [found, ...more] = others;
  if (found === undefined || more.length > 0) return undefined;
  const { claims, records } = context;
  if (claims.liveOwner(found.id) !== undefined) return undefined;
  if (claims.has(found.id)) {
    return {
      found,
      evidence: "a resource in this stack's state was this policy, as the refresh shows",
    };
  }
  const creator = creatorOf(context);
  const record = creator && (await records.ofStack(creator, found.id));
  if (record === undefined || (await isTakenSince(context, record, found.id))) return undefined;
  return { found, evidence: "made or adopted by this stack, as a record on this machine shows" };
}

/** The only policy of the name, if it is identical in every property and the configuration allows the take-over. */
async function identical<Found extends Existing>(
  context: LifecycleContext,
  creation: Creation<Found>,
  others: readonly Found[],
): Promise<TakeOver<Found> | undefined> {
  if (context.takeOver !== "identical") return undefined;
  const free = others.filter(({ id }) => !context.claims.has(id));
  const [found, ...more] = await theFound(free, creation, (each) => creation.isWhatIsCreated(each));
  if (found === undefined || more.length > 0) return undefined;
  return { found, evidence: "identical, and officeConfiguration:takeOver is identical" };
}

/** The update that made the policy of a record, in words. Without an answer, that update is known to have been interrupted. */
function madeWhen({ id, atMs }: CreationRecord, nowMs: number): string {
  const moment = shownMoment(atMs, nowMs);
  return id === undefined
    ? `made by this stack's interrupted update of ${moment}`
    : `made by this stack's update of ${moment}, as a record on this machine shows`;
}

/** A moment in local time, with the date if it was another day. */
function shownMoment(ms: number, nowMs: number): string {
  const moment = new Date(ms);
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const isToday = moment.toDateString() === new Date(nowMs).toDateString();
  return isToday ? time : `${moment.toLocaleDateString("en-CA")} ${time}`;
}
