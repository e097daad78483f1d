/**
 * A POST that makes one object, not two.
 *
 * Graph has no key by which it could recognize a repeated POST. So, after a lost answer, the provider reads the
 * tenant before it sends the POST again. It recognizes the policy of the lost POST by two facts: the policy was
 * not there before, and it has the whole content that was sent.
 *
 * @module
 */

import { GraphHttpError, isAmbiguous } from "../../graph";
import type { LifecycleContext } from "../lifecycle";
import { findFirst } from "../looks";
import { type Creation, type Existing, SeveralAlikeError } from "./creation";
import { creatorOf, namesakes, theFound } from "./nameOwner";

/** Greatest number of times that a POST is sent if its answers are lost. */
const MAX_POSTS = 3;

/** Creates the object, with a record of the creation on this machine. */
export async function createOnce<Found extends Existing>(
  context: LifecycleContext,
  creation: Creation<Found>,
): Promise<Found> {
  const listing = await creation.sharedListing();
  const before = listing.map(({ id }) => id);
  const { records, owner, claims } = context;
  const creator = creatorOf(context);
  if (creator !== undefined) {
    const { name } = creation;
    await records.begin(creator, { name, contents: creation.contents(), before });
  }
  const had = new Set(before.map((id) => id.toLowerCase()));
  const sent = { mayBeMade: false };
  try {
    const created = await post(context, creation, had, sent);
    claims.take(created.id, owner);
    if (creator !== undefined) await records.made(creator.nonce, created.id);
    return created;
  } catch (error) {
    // A refused creation made nothing, so its record goes. The next run needs the record of any other failure.
    if (!sent.mayBeMade && GraphHttpError.isInstance(error)) await records.drop(creator?.nonce);
    throw error;
  }
}

async function post<Found extends Existing>(
  context: LifecycleContext,
  creation: Creation<Found>,
  before: ReadonlySet<string>,
  sent: { mayBeMade: boolean },
): Promise<Found> {
  for (let attempt = 1; ; attempt += 1) {
    let isAnswered = false;
    try {
      const { created: named, requestId } = await creation.post();
      isAnswered = true;
      const created = named ?? (await orUnread(context, creation, before, requestId));
      if (attempt > 1) await tellOfTwins(context, creation, before, created.id);
      return created;
    } catch (error) {
      if (!isAmbiguous(error) || isAnswered) throw error;
      sent.mayBeMade = true;
      const look = () => lookAgain(context, creation, before);
      const made = await orLost(error, context, creation, look);
      if (made !== undefined) return made;
      if (attempt >= MAX_POSTS) throw error;
      const waitMs = GraphHttpError.isInstance(error) ? error.retryAfterMs : undefined;
      await orLost(error, context, creation, () => context.wait(waitMs ?? 0, "Sending it again"));
    }
  }
}

/** Finds a created policy whose answer does not name it. @throws GraphAnswerError if it is not found. */
async function orUnread<Found extends Existing>(
  context: LifecycleContext,
  creation: Creation<Found>,
  before: ReadonlySet<string>,
  requestId: string | undefined,
): Promise<Found> {
  const unread = creation.notUnderstood(requestId);
  const look = () => lookAgain(context, creation, before);
  const found = await orLost(unread, context, creation, look);
  if (found === undefined) throw unread;
  return found;
}

/** Goes on after a lost answer. If that fails, it throws the error of the lost answer. */
async function orLost<T>(
  lost: unknown,
  context: LifecycleContext,
  { subject }: Pick<Creation<Existing>, "subject">,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SeveralAlikeError) throw error;
    const [reason] = String(error instanceof Error ? error.message : error).split("\n");
    context.log(`${subject}: it is not known whether it was created: ${reason}`);
    throw lost;
  }
}

async function lookAgain<Found extends Existing>(
  context: LifecycleContext,
  creation: Creation<Found>,
  before: ReadonlySet<string>,
): Promise<Found | undefined> {
  const { subject } = creation;
  return findFirst(context, async (time) => {
    if (time === 1) {
      context.log(
        `${subject}: the answer was lost; looks for the policy that the request may have made`,
      );
    }
    const made = await madeSince(context, creation, before);
    const [found, ...more] = made;
    if (more.length > 0) throw new SeveralAlikeError(subject, made);
    if (found === undefined) return undefined;
    context.log(`${subject}: the answer was lost, but the request made ${found.id}`);
    return found;
  });
}

/** The policies that are new, belong to no resource, and have the whole content that was sent. */
async function madeSince<Found extends Existing>(
  context: LifecycleContext,
  creation: Creation<Found>,
  before: ReadonlySet<string>,
): Promise<Found[]> {
  const candidates = namesakes(creation, await creation.freshListing()).filter(
    ({ id }) => !before.has(id.toLowerCase()) && !context.claims.has(id),
  );
  const made = await theFound(candidates, creation, (found) => creation.isWhatIsCreated(found));
  // Checked again: meanwhile another resource of this run may have got its answer, and this policy.
  return made.filter(({ id }) => !context.claims.has(id));
}

/**
 * Names policies that a lost POST made after all, but that the tenant listed only after all looks. They are not
 * deleted, because somebody else may have made them.
 */
async function tellOfTwins<Found extends Existing>(
  context: LifecycleContext,
  creation: Creation<Found>,
  before: ReadonlySet<string>,
  createdId: string,
): Promise<void> {
  try {
    for (const { id } of await madeSince(context, creation, before)) {
      if (id.toLowerCase() === createdId.toLowerCase()) continue;
      context.log(
        `${creation.subject}: the tenant also has ${id}, with the same content. A request whose answer was lost may have made it: delete it if nobody needs it.`,
      );
    }
  } catch {
    // The creation has succeeded; this message is not worth failing it.
  }
}
