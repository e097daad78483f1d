/**
 * A POST that makes one object, not two.
 *
 * Graph has no key by which a repeated POST would be known as the same. So the tenant is looked at
 * before the first POST, for what an update that was killed has left, and again after an answer was
 * lost, before anything is sent again.
 *
 * @module
 */
import {
  isAmbiguous,
  isGraphHttpError,
  isNotFound,
  OfficeConfigurationError,
  paths,
} from "../graph";
import type { LifecycleContext } from "../lifecycle";
import type { PlainObject } from "../payload/json";
import { PLANNED } from "../quiet";
import { freshListing, sharedListing } from "./listing";
import type { ConfigurationReader } from "./reader";
import { type ConfigurationAnswer, readConfiguration } from "./wire";

/** How often a POST is sent at the most when its answers are lost. */
const MAX_POSTS = 3;

/**
 * Waits before each look for what a lost answer made, in milliseconds, a quarter of a minute in all: a
 * list may lag behind.
 */
const LOOK_DELAYS_MS = [0, 1_000, 2_000, 4_000, 8_000];

/**
 * Waits before each further try to reach a new object, in milliseconds: half a minute in all. Graph
 * is eventually consistent; that this API is too is assumed.
 */
export const VISIBLE_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** What is to be created, and how to know it again. */
export interface Creation {
  readonly body: PlainObject;
  readonly reader: ConfigurationReader;
  /** Says if an object of the same type and name is what this creation would make. */
  readonly isSame: (found: ConfigurationAnswer) => Promise<boolean>;
  /** Whether another object of the same type and name may stand beside it. */
  readonly allowsTwin: boolean;
}

/**
 * Creates the object, or finds the one that an earlier, interrupted creation made.
 *
 * @throws OfficeConfigurationError if the tenant has another object of the same type and name.
 */
export async function createOnce(
  context: LifecycleContext,
  creation: Creation,
): Promise<ConfigurationAnswer> {
  const listing = await sharedListing(context, creation.reader);
  const { made: left, other } = await findTwins(context, creation, listing);
  if (left !== undefined) {
    context.log(
      `${creation.reader.subject}: taken over ${left.id}, which an interrupted update made`,
    );
    return left;
  }
  if (other !== undefined && !creation.allowsTwin) throw nameTaken(creation, other);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const call = creation.reader.call("Creating");
      const { body } = await context.graph.post(paths.clientConfigurations, creation.body, call);
      const created = readConfiguration(body) ?? (await lookAgain(context, creation));
      if (created !== undefined) {
        claim(context, created);
        if (attempt > 1) await tellOfTwins(context, creation);
        return created;
      }
      throw creation.reader.notUnderstood("Creating", "POST", paths.clientConfigurations);
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      const made = await orLost(error, context, creation, () => lookAgain(context, creation));
      if (made !== undefined) return made;
      if (attempt >= MAX_POSTS) throw error;
      const waitMs = isGraphHttpError(error) ? error.retryAfterMs : undefined;
      await orLost(error, context, creation, () => context.wait(waitMs ?? 0, "Sending it again"));
    }
  }
}

/** Goes on after a lost answer. Where that fails, the error is still that of the lost answer. */
async function orLost<T>(
  lost: unknown,
  context: LifecycleContext,
  { reader }: Creation,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split("\n");
    context.log(`${reader.subject}: whether it was created is not known: ${reason}`);
    throw lost;
  }
}

/** Works on an object that was just made, and tries again for a while where it is not visible yet. */
export async function untilVisible<T>(
  { wait }: Pick<LifecycleContext, "wait">,
  work: () => Promise<T>,
): Promise<T> {
  for (const delayMs of VISIBLE_DELAYS_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await wait(delayMs, "Waiting for what was just created");
    }
  }
  return work();
}

function claim({ claims }: LifecycleContext, found: ConfigurationAnswer): ConfigurationAnswer {
  claims.take(found.id);
  return found;
}

async function lookAgain(
  context: LifecycleContext,
  creation: Creation,
): Promise<ConfigurationAnswer | undefined> {
  const { subject } = creation.reader;
  for (const [look, delayMs] of LOOK_DELAYS_MS.entries()) {
    if (look === 1)
      context.log(`${subject}: the answer was lost; looks for some time for what it made`);
    await context.wait(delayMs, "Looking for what was created");
    const listing = await freshListing(context, creation.reader);
    const { made } = await findTwins(context, creation, listing);
    if (made === undefined) continue;
    context.log(`${subject}: the answer was lost, ${made.id} is what it made`);
    return made;
  }
  return undefined;
}

/**
 * Names what a lost answer has made after all, where the tenant listed it only after all looks. It is
 * not deleted: somebody else may have made it.
 */
async function tellOfTwins(
  context: LifecycleContext,
  { body, reader, isSame }: Creation,
): Promise<void> {
  try {
    const listing = await freshListing(context, reader);
    for (const twin of namesakes(context, body, listing)) {
      if (!(await isSame(twin))) continue;
      context.log(
        `${reader.subject}: the tenant has ${twin.id} as well, of the same content. An answer that was lost may have made it: delete it if it is nobody's.`,
      );
    }
  } catch {
    // The policy is made, and that it is must not be lost for this.
  }
}

/** Objects of the same type and name: the one that this creation made, and one that it did not. */
interface Twins {
  readonly made?: ConfigurationAnswer;
  readonly other?: ConfigurationAnswer;
}

async function findTwins(
  context: LifecycleContext,
  { body, reader, isSame }: Creation,
  listing: readonly ConfigurationAnswer[],
): Promise<Twins> {
  // What looks like left over may be another resource, of which the engine has yet to tell.
  if (namesakes(context, body, listing).length > 0)
    await context.until(context.quiet.settled(PLANNED));
  let other: ConfigurationAnswer | undefined;
  for (const candidate of namesakes(context, body, listing)) {
    const current = await reader.find(candidate.id);
    // Asked again: another resource may have taken it in the meantime.
    if (current === undefined || context.claims.has(current.id)) continue;
    const isMade = await isSame(current);
    if (isMade && !context.claims.has(current.id)) return { made: claim(context, current) };
    other ??= current;
  }
  return other === undefined ? {} : { other };
}

/** The objects of the same type and name that no resource of the stack is. */
function namesakes(
  { claims }: LifecycleContext,
  { displayName, "@odata.type": type }: PlainObject,
  listing: readonly ConfigurationAnswer[],
): ConfigurationAnswer[] {
  return listing.filter(
    (found) =>
      found.displayName === displayName && found["@odata.type"] === type && !claims.has(found.id),
  );
}

function nameTaken({ reader }: Creation, twin: ConfigurationAnswer): OfficeConfigurationError {
  return new OfficeConfigurationError(
    `${reader.subject}: the tenant has another policy of this name and kind, ${twin.id} (priority ${twin.priority ?? "none"}). ` +
      `Nothing was made. To take it over, give adopt: { id: "${twin.id}" }. To have two of one name, give allowDuplicateName: true.`,
  );
}
