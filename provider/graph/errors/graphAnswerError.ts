import { diagnose } from "./diagnosis";
import { hasName, OfficeConfigurationError } from "./officeConfigurationError";
import {
  describeAmbiguity,
  describeIds,
  describeRequest,
  type RequestFacts,
  withoutQuery,
} from "./requestFacts";

/** Graph answered, but not with what it promises: not JSON, too much, or of another shape. */
export class GraphAnswerError extends OfficeConfigurationError {
  override name = "GraphAnswerError" as const;
  readonly method: string;
  readonly path: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly clientRequestId: string | undefined;
  /** Whether Graph may have carried the request out: look before sending it again. */
  readonly isAmbiguous: boolean;

  /**
   * @param problem - What is wrong with the answer, as a sentence's end: `is HTML, not JSON`.
   * @param facts - The request; method and path where that is all there is to say. `isPage`: whether the answer is a web page.
   */
  constructor(
    problem: string,
    facts: RequestFacts & { readonly status?: number; readonly isPage?: boolean },
  ) {
    const { isPage = false } = facts;
    const what = `The answer to "${describeRequest(facts)}"`;
    const next = isPage ? `\n${diagnose({ words: problem, isPage })?.next}` : "";
    const ambiguity = describeAmbiguity(facts);
    super(
      `${what} ${problem}${describeIds(facts)}.${ambiguity}${next}`,
      isPage ? { sharedCause: { key: "page", brief: `${what} is a web page.${ambiguity}` } } : {},
    );
    this.method = facts.method;
    this.path = withoutQuery(facts.path);
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.clientRequestId = facts.clientRequestId;
    this.isAmbiguous = facts.isAmbiguous ?? false;
  }
}

/** Whether an error is a {@link GraphAnswerError}, of whichever copy of this package. */
export function isGraphAnswerError(error: unknown): error is GraphAnswerError {
  return hasName(error, "GraphAnswerError");
}
