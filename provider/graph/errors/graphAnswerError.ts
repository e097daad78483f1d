import { diagnose } from "./diagnosis";
import { hasName, OfficeConfigurationError } from "./officeConfigurationError";
import {
  describeAmbiguity,
  describeIds,
  describeRequest,
  type RequestFacts,
  withoutQuery,
} from "./requestFacts";

/** Graph's answer is not usable: it is not JSON, too large, or of another shape than Graph promises. */
export class GraphAnswerError extends OfficeConfigurationError {
  override name = "GraphAnswerError" as const;

  /** HTTP method of the request. */
  readonly method: string;

  /** Path of the request from the root of the API version, without its query. */
  readonly path: string;

  /** This package's id of the request, sent as `client-request-id`. */
  readonly clientRequestId: string | undefined;

  /** True if Graph may have carried the request out although it failed. */
  readonly isAmbiguous: boolean;

  /**
   * @param problem - What is wrong with the answer, as a sentence's end: `is HTML, not JSON`.
   * @param facts - The request, at least its method and path. `isPage`: whether the answer is a web page.
   * @internal
   */
  constructor(
    problem: string,
    facts: RequestFacts & { readonly status?: number; readonly isPage?: boolean },
  ) {
    const { isPage = false, status, requestId } = facts;
    const what = `The answer to "${describeRequest(facts)}"`;
    const diagnosis = isPage ? diagnose({ words: problem, isPage }) : undefined;
    const next = diagnosis === undefined ? "" : `\n${diagnosis.next}`;
    const ambiguity = describeAmbiguity(facts);
    const brief = `${what} is a web page.${ambiguity}`;
    super(`${what} ${problem}${describeIds(facts)}.${ambiguity}${next}`, {
      status,
      requestId,
      failureKind: diagnosis?.kind,
      ...(isPage && { sharedCause: { key: "page", brief } }),
    });
    this.method = facts.method;
    this.path = withoutQuery(facts.path);
    this.clientRequestId = facts.clientRequestId;
    this.isAmbiguous = facts.isAmbiguous ?? false;
  }

  /** Whether an error is a GraphAnswerError of this package or of another copy of it. */
  static override isInstance(error: unknown): error is GraphAnswerError {
    return hasName(error, "GraphAnswerError");
  }
}
