import { OfficeConfigurationError } from "../../graph";

/** An object of the tenant, as a creation looks at it. */
export interface Existing {
  readonly id: string;
}

/** An object to create, of a kind for which Graph has no key that would recognize a repeated POST. */
export interface Creation<Found extends Existing> {
  /** Name of the object in messages: `client configuration "Baseline"`. */
  readonly subject: string;
  /** The name that the program gives it. */
  readonly displayName: unknown;
  /** Its kind and name as one text, the same for all spellings that look the same. */
  readonly name: string;
  /** Whether the tenant may have others of this name. @default false */
  readonly allowsDuplicates?: boolean;
  /** A preview creates nothing, and waits for nothing. @default false */
  readonly isPreview?: boolean;
  /** Kind and name of an object of the tenant, as `name` has them. */
  nameOf(found: Found): string;
  /** The objects of the tenant, by one list for all creations of an update. */
  sharedListing(): Promise<readonly Found[]>;
  /** The objects of the tenant as they are now. */
  freshListing(): Promise<readonly Found[]>;
  /** One object with all that the comparisons need; undefined if it is gone. */
  find(id: string): Promise<Found | undefined>;
  /** All contents that the object may have, depending on how far the creation comes. */
  contents(): readonly string[];
  /** Contents of an object of the tenant, for a comparison with `contents`. */
  contentsOf(found: Found): Promise<readonly string[]>;
  /** Whether an object of the tenant has the whole content that the creation makes. */
  isWhatIsCreated(found: Found): Promise<boolean>;
  /** Sends the POST. */
  post(): Promise<Posted<Found>>;
  /** The error for an answer to the POST that names no object. */
  notUnderstood(requestId: string | undefined): Error;
  /** The error for a name that other objects have. */
  nameTaken(others: readonly Found[]): Promise<Error>;
}

/** The answer to a POST. */
export interface Posted<Found extends Existing> {
  /** Undefined if the answer does not name the object. */
  readonly created: Found | undefined;
  readonly requestId: string | undefined;
}

/** The error for a creation that may have made any of several objects. */
export class SeveralAlikeError extends OfficeConfigurationError {
  constructor(subject: string, found: readonly Existing[]) {
    const ids = found.map(({ id }) => id).join(" and ");
    super(
      `${subject}: this creation may have made any of ${ids}, so none of them is taken over. ` +
        "Delete those that nobody needs, and adopt the one that is left with adopt: { id }.",
    );
  }
}
