import * as pulumi from "@pulumi/pulumi";
import type * as ask from "./ask";
import type { LookupOptions } from "./options";

/** The lookups, and what they give back. */
type Lookups = typeof ask.LOOKUPS;

/** Name of a lookup. */
export type LookupName = keyof Lookups;

/** What a lookup gives back. */
export type LookupResult<Name extends LookupName> = Awaited<ReturnType<Lookups[Name]["ask"]>>;

/** What the caller of a lookup asks for. */
export interface LookupRequest {
  readonly args: unknown;
  readonly options: LookupOptions | undefined;
  /** Whether the arguments are secret: no message repeats them. */
  readonly isSecret?: boolean;
}

/**
 * Makes a lookup. As with an invoke of the SDK, the program's connection to the engine stays open
 * until it has ended.
 *
 * @throws LookupError that names the lookup and its arguments.
 */
export async function lookUp<Name extends LookupName>(
  name: Name,
  request: LookupRequest,
): Promise<LookupResult<Name>> {
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    // Only now: a program without lookups has no use for the Graph client and what it loads.
    const { answer } = require("./ask") as typeof ask;
    return await answer(name, request);
  } finally {
    done();
  }
}
