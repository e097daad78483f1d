import { diagnose } from "./diagnosis";
import { hasName, OfficeConfigurationError } from "./officeConfigurationError";
import {
  describeAmbiguity,
  describeRequest,
  type RequestFacts,
  withoutQuery,
} from "./requestFacts";

/** Graph gave no answer: no connection, a reset, a timeout, the deadline, or an abort. */
export class GraphNoAnswerError extends OfficeConfigurationError {
  override name = "GraphNoAnswerError" as const;

  /**
   * The system's code, such as `ECONNRESET`. `TIMEOUT`: the answer took too long. `DEADLINE`: the time limit of the
   * operation was reached. `ABORTED`: the operation was cancelled.
   */
  declare readonly code: string;

  /** HTTP method of the request. */
  readonly method: string;

  /** Path of the request from the root of the API version, without its query. */
  readonly path: string;

  /** This package's id of the request, sent as `client-request-id`. */
  readonly clientRequestId: string | undefined;

  /** True if Graph may have carried the request out although it failed. */
  readonly isAmbiguous: boolean;

  /**
   * @param reason - What happened, as a sentence without its full stop.
   * @internal
   */
  constructor(reason: string, facts: RequestFacts & { readonly code: string }) {
    const id = facts.clientRequestId ? ` (client-request-id ${facts.clientRequestId})` : "";
    const { code } = facts;
    const { next, kind } = diagnose({ words: reason, code }) ?? {};
    const failed = `${describeRequest(facts)} failed`;
    const ambiguity = describeAmbiguity(facts);
    const brief = `${failed}: ${code}.${ambiguity}`;
    super(`${failed}: ${reason}${id}.${ambiguity}${next === undefined ? "" : `\n${next}`}`, {
      code,
      failureKind: kind,
      ...(next !== undefined && { sharedCause: { key: `${code} ${reason}`, brief } }),
    });
    this.method = facts.method;
    this.path = withoutQuery(facts.path);
    this.clientRequestId = facts.clientRequestId;
    this.isAmbiguous = facts.isAmbiguous ?? false;
  }

  /** Whether an error is a GraphNoAnswerError of this package or of another copy of it. */
  static override isInstance(error: unknown): error is GraphNoAnswerError {
    return hasName(error, "GraphNoAnswerError");
  }
}
