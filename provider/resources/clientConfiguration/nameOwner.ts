/**
 * Finds out, before a creation sends anything, who has the name that it wants. If the tenant has the name
 * already, the creation is refused, even if the two policies are identical, unless something proves that the
 * policy is this stack's.
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
 * Greatest age, in milliseconds, of a record without an answer whose request Graph may still be carrying out.
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

/** A policy of the tenant that a creation takes over instead of making a new one. */
export interface TakeOver {
  readonly found: ConfigurationAnswer;
  /** The proof that the policy is this stack's: `made by this stack's interrupted update of 14:02`. */
  readonly evidence: string;
}

/**
 * Finds the policy that a creation takes over instead of making a new one, or refuses the creation.
 *
 * @returns the policy to take over; undefined if a new one is to be made.
 * @throws OfficeConfigurationError if the name is, or may be, somebody else's.
 */
export async function ownerOfName(
  context: LifecycleContext,
  creation: Creation,
): Promise<TakeOver | undefined> {
  const listing = await sharedListing(context, creation.reader);
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
  if (others.length === 0 || creation.inputs.allowDuplicateName === true) return undefined;
  const kept =
    (await renamedInProgram(context, others)) ?? (await identical(context, creation, others));
  if (kept !== undefined) return kept;
  throw await nameTaken(context, creation.reader, { inputs: creation.inputs, others });
}

/** Whether a preview can judge a name: all inputs that decide about it must be known. */
export function isNameJudged({ takeOver }: LifecycleContext, inputs: PlainObject): boolean {
  const { displayName, adopt, allowDuplicateName } = inputs;
  if (adopt !== undefined) return false;
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

/** The creating resource in this run; undefined if the program does not identify its resources. */
export function creatorOf({ owner, tenantId }: LifecycleContext): Creator | undefined {
  const { key, nonce } = owner ?? {};
  return key === undefined || nonce === undefined ? undefined : { key, nonce, tenantId };
}

/** Whether a policy belongs to a resource of the program, and is about to get another name. */
function isGivenAway({ claims }: LifecycleContext, { inputs }: Creation, id: string): boolean {
  const owner = claims.liveOwner(id);
  if (owner?.displayName === undefined || owner.displayName === UNKNOWN) return false;
  return normalName(owner.displayName) !== normalName(inputs.displayName);
}

/** Finds the policy that an interrupted run on this machine made for this resource. */
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

/** The candidates as the tenant has them now, as far as they still match. */
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
 * The policy of a resource that was renamed in the program without an alias: the engine then creates the new
 * resource before it deletes the old one. A refresh in this run, or a record, proves that the policy is this
 * stack's.
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

/** The only policy of the name, if it is identical in every property and the configuration allows the take-over. */
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

/** Which update made the policy of a record. Without an answer, that update is known to have been interrupted. */
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
