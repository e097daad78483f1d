/** Facts about a failed request that errors carry. No host, no query, no header, no body. */
export interface RequestFacts {
  readonly method: string;
  /** From the root of the API version, without the query. */
  readonly path: string;
  /** This package's id of the request, sent as `client-request-id`. */
  readonly clientRequestId?: string;
  /** Graph's id of the request, if it gave one. */
  readonly requestId?: string | undefined;
  /** Object of the work: `client configuration "Baseline"`. */
  readonly subject?: string;
  /** Action on it: `Updating`. */
  readonly action?: string;
  /** Whether Graph may have carried the request out although it failed. */
  readonly isAmbiguous?: boolean;
}

/** Action and its object: `Updating client configuration "Baseline"`. */
export function describeRequest(facts: RequestFacts): string {
  const { action, subject, method } = facts;
  const path = withoutQuery(facts.path);
  if (action !== undefined) return `${action} ${subject ?? path}`;
  return subject === undefined ? `${method} ${path}` : `${method} of ${subject}`;
}

/** The ids to quote to Microsoft's support: ` (request-id …)`, or nothing. */
export function describeIds({ requestId, clientRequestId }: RequestFacts): string {
  if (requestId !== undefined) return ` (request-id ${requestId})`;
  return clientRequestId === undefined ? "" : ` (client-request-id ${clientRequestId})`;
}

/** The sentence about a write of unknown outcome. */
export function describeAmbiguity({ isAmbiguous }: RequestFacts): string {
  return isAmbiguous ? "\nGraph may have carried it out all the same." : "";
}

/** A path without its query, which may hold names or tokens of paging. */
export function withoutQuery(path: string): string {
  return path.replace(/[?#].*$/s, "");
}
