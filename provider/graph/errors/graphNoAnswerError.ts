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
  readonly method: string;
  readonly path: string;
  /** The system's code (`ECONNRESET`), or `TIMEOUT`, `DEADLINE`, `ABORTED`. */
  readonly code: string;
  readonly clientRequestId: string | undefined;
  /** Whether Graph may have carried the request out: look before sending it again. */
  readonly isAmbiguous: boolean;

  /** @param reason - What happened, as a sentence without its full stop. */
  constructor(reason: string, facts: RequestFacts & { readonly code: string }) {
    const id = facts.clientRequestId ? ` (client-request-id ${facts.clientRequestId})` : "";
    const { code } = facts;
    const next = diagnose({ words: reason, code })?.next;
    const failed = `${describeRequest(facts)} failed`;
    const ambiguity = describeAmbiguity(facts);
    const brief = `${failed}: ${code}.${ambiguity}`;
    super(
      `${failed}: ${reason}${id}.${ambiguity}${next === undefined ? "" : `\n${next}`}`,
      next === undefined ? {} : { sharedCause: { key: `${code} ${reason}`, brief } },
    );
    this.method = facts.method;
    this.path = withoutQuery(facts.path);
    this.code = facts.code;
    this.clientRequestId = facts.clientRequestId;
    this.isAmbiguous = facts.isAmbiguous ?? false;
  }
}

/** Whether an error is a {@link GraphNoAnswerError}, of whichever copy of this package. */
export function isGraphNoAnswerError(error: unknown): error is GraphNoAnswerError {
  return hasName(error, "GraphNoAnswerError");
}
