import * as pulumi from "@pulumi/pulumi";
import type { LookupName, LookupRequest, LookupResult } from "./request";
import type * as ask from "./run/ask";

/**
 * Runs a lookup. As with an invoke of the SDK, the program's connection to the engine stays open until the
 * lookup has ended.
 *
 * @throws LookupError that names the lookup and its arguments.
 */
export async function lookUp<Name extends LookupName>(
  name: Name,
  request: LookupRequest,
): Promise<LookupResult<Name>> {
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    // Loaded here: a program without lookups does not need the Graph client.
    const { answer } = require("./run/ask") as typeof ask;
    return await answer(name, request);
  } finally {
    done();
  }
}
