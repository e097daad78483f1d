/**
 * Whose a name is that a creation wants, before anything is sent. A name that the tenant has already is
 * refused, however alike the other policy is, unless something shows that the policy is this stack's.
 *
 * @module
 */

import type { ConfigurationAnswer } from "../../api/configurationAnswer";
import type { ConfigurationReader } from "../../api/configurationReader";
import { holdsUnknown, type PlainObject, UNKNOWN } from "../../settings/json";
import type { CreationRecord } from "../../update/creationRecord";
import type { Creator } from "../../update/creationRecords";
import type { LifecycleContext } from "../../update/lifecycle";
import { findFirst } from "../../update/looks";
import { PLANNED } from "../../update/quiet";
import { freshListing, sharedListing } from "./listing";
import { nameTaken, SeveralAlikeError } from "./refusals";
import { foundContents, isWhatIsCreated, nameText, normalName } from "./whole";

/**
 * Age up to which a record without an answer may be of a request that is still being carried out, in
 * milliseconds.
 */
const IN_FLIGHT_MS = 30_000;

/** A policy to create. */
export interface Creation {
  readonly inputs: PlainObject;
  readonly reader: ConfigurationReader;
  readonly type: string;
  /** A preview creates nothing, and waits for nothing. @default false */
  readonly isPreview?: boolean;
}

/** A policy that is there, and that a creation takes over in place of making one. */
export interface TakeOver {
  readonly found: ConfigurationAnswer;
  /** How it is known to be this stack's: `made by this stack's interrupted update of 14:02`. */
  readonly evidence: string;
}

/**
 * Finds the policy that a creation takes over in place of making one, or refuses its name.
 *
 * @returns the policy to take over; undefined where one is to be made.
 * @throws OfficeConfigurationError where the name is somebody else's, or may be.
 */
export async function ownerOfName(
  context: LifecycleContext,
  creation: Creation,
): Promise<TakeOver | undefined> {
  const listing = await sharedListing(context, creation.reader);
  const creator = creatorOf(context);
  const records = creator === undefined ? [] : await context.records.of(creator);
  // The engine may not have told yet which of them the program has.
  if (records.length > 0 || namesakes(creation, listing).length > 0) {
    await context.until(context.quiet.settled(PLANNED));
  }
  const recorded = await ofInterruptedUpdate(context, creation, { records, listing });
  if (recorded !== undefined) return recorded;
  const others = namesakes(creation, listing).filter(
    ({ id }) => !isGivenAway(context, creation, id),
  );
  if (others.length === 0 || creation.inputs.allowDuplicateName === true) return undefined;
  const kept =
    (await renamedInProgram(context, others)) ?? (await identical(context, creation, others));
  if (kept !== undefined) return kept;
  throw await nameTaken(context, creation.reader, { inputs: creation.inputs, others });
}

/** A preview judges a name only where all that decides about it is known. */
export function isNameJudged({ takeOver }: LifecycleContext, inputs: PlainObject): boolean {
  const { displayName, adopt, allowDuplicateName } = inputs;
  if (typeof displayName !== "string" || adopt !== undefined) return false;
  const deciding = takeOver === undefined ? { displayName, allowDuplicateName } : inputs;
  return !holdsUnknown(deciding);
}

/** The policies of the creation's kind and name. */
export function namesakes(
  { type, inputs }: Creation,
  listing: readonly ConfigurationAnswer[],
): ConfigurationAnswer[] {
  const wanted = nameText(type, inputs.displayName);
  return listing.filter(
    (found) => nameText(found["@odata.type"] ?? type, found.displayName) === wanted,
  );
}

/** Who creates in this run; undefined where the program does not tell who its resources are. */
export function creatorOf({ owner, tenantId }: LifecycleContext): Creator | undefined {
  const { key, nonce } = owner ?? {};
  return key === undefined || nonce === undefined ? undefined : { key, nonce, tenantId };
}

/** Whether a policy is a resource of the program that is about to get another name. */
function isGivenAway({ claims }: LifecycleContext, { inputs }: Creation, id: string): boolean {
  const owner = claims.liveOwner(id);
  if (owner?.displayName === undefined || owner.displayName === UNKNOWN) return false;
  return normalName(owner.displayName) !== normalName(inputs.displayName);
}

/** Finds the policy that an interrupted run, on this machine, made for this very resource. */
async function ofInterruptedUpdate(
  context: LifecycleContext,
  creation: Creation,
  {
    records,
    listing,
  }: { records: readonly CreationRecord[]; listing: readonly ConfigurationAnswer[] },
): Promise<TakeOver | undefined> {
  for (const record of records.filter(({ isTaken }) => !isTaken)) {
    const made = await madeBy(context, creation, record, listing);
    const [found, ...more] = made;
    if (more.length > 0) throw new SeveralAlikeError(creation.reader.subject, made);
    if (found !== undefined) return { found, evidence: madeWhen(record) };
  }
  return undefined;
}

/** Whether another resource, of whatever stack, has taken a policy over since. */
async function isTakenSince(
  { records, tenantId }: LifecycleContext,
  { owner, atMs }: CreationRecord,
  id: string,
): Promise<boolean> {
  const last = await records.lastTaker(tenantId, id);
  return last !== undefined && last.owner !== owner && last.atMs >= atMs;
}

/** The policies that a record may be about; where it has an id, that one or none. */
async function madeBy(
  context: LifecycleContext,
  creation: Creation,
  record: CreationRecord,
  listing: readonly ConfigurationAnswer[],
): Promise<ConfigurationAnswer[]> {
  const { reader, isPreview = false } = creation;
  const { id } = record;
  if (id !== undefined) {
    const isElse =
      context.claims.liveOwner(id) !== undefined || (await isTakenSince(context, record, id));
    const found = isElse ? undefined : await reader.find(id);
    return found === undefined ? [] : [found];
  }
  const among = async (listed: readonly ConfigurationAnswer[]) => {
    const candidates = listed.filter(
      (found) =>
        context.claims.liveOwner(found.id) === undefined &&
        !record.hadBefore(found.id) &&
        record.hasName(nameText(found["@odata.type"] ?? creation.type, found.displayName)),
    );
    return theFound(candidates, reader, (found) => isOfRecord(record, creation, found));
  };
  const made = await among(listing);
  const mayBeInFlight = context.clock.now() - record.atMs < IN_FLIGHT_MS;
  if (made.length > 0 || isPreview || !mayBeInFlight) return made;
  context.log(`${reader.subject}: looks for the policy that an interrupted update may have made`);
  const list = () => freshListing(context, reader);
  return (
    (await findFirst(context, async () => {
      const looked = await among(await list());
      return looked.length > 0 ? looked : undefined;
    })) ?? []
  );
}

async function isOfRecord(
  record: CreationRecord,
  { reader, inputs }: Creation,
  found: ConfigurationAnswer,
): Promise<boolean> {
  const contents = await foundContents(reader, found, inputs);
  return contents.some((content) => record.hasContent(content));
}

/** The candidates that are still what they were, as the tenant has them now. */
export async function theFound(
  candidates: readonly ConfigurationAnswer[],
  reader: ConfigurationReader,
  isIt: (found: ConfigurationAnswer) => Promise<boolean>,
): Promise<ConfigurationAnswer[]> {
  const all: ConfigurationAnswer[] = [];
  for (const { id } of candidates) {
    const current = await reader.find(id);
    if (current !== undefined && (await isIt(current))) all.push(current);
  }
  return all;
}

/**
 * The policy of a resource that has another name in the program now, without an alias: the engine then
 * creates before it deletes. A refresh in this run, or a record, shows that the policy is this stack's.
 */
async function renamedInProgram(
  context: LifecycleContext,
  others: readonly ConfigurationAnswer[],
): Promise<TakeOver | undefined> {
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

/** Where the configuration wants it: the one policy of the name, if it is identical in whole. */
async function identical(
  context: LifecycleContext,
  { inputs, reader }: Creation,
  others: readonly ConfigurationAnswer[],
): Promise<TakeOver | undefined> {
  if (context.takeOver !== "identical") return undefined;
  const free = others.filter(({ id }) => !context.claims.has(id));
  const [found, ...more] = await theFound(free, reader, (each) =>
    isWhatIsCreated(reader, each, inputs),
  );
  if (found === undefined || more.length > 0) return undefined;
  return { found, evidence: "identical, and officeConfiguration:takeOver is identical" };
}

/** Who made the policy of a record. That the update was interrupted is known where no answer came. */
function madeWhen({ id, atMs }: CreationRecord): string {
  const moment = shownMoment(atMs);
  return id === undefined
    ? `made by this stack's interrupted update of ${moment}`
    : `made by this stack's update of ${moment}, as a record on this machine shows`;
}

/** A moment as a user remembers it: the local time, with the date where it was another day. */
function shownMoment(ms: number): string {
  const moment = new Date(ms);
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const isToday = moment.toDateString() === new Date().toDateString();
  return isToday ? time : `${moment.toLocaleDateString("en-CA")} ${time}`;
}
