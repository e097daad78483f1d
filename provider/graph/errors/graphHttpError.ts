import type { MicrosoftsApp } from "../microsoftsApps";
import { diagnose } from "./diagnosis";
import { hasName, OfficeConfigurationError } from "./officeConfigurationError";
import {
  describeAmbiguity,
  describeIds,
  describeRequest,
  type RequestFacts,
  withoutQuery,
} from "./requestFacts";

/** Graph's refusal. */
export interface GraphRefusal extends RequestFacts {
  readonly status: number;
  /** Graph's own code, unchanged: `accessDenied`. Empty when Graph gave none. */
  readonly code: string;
  /** Code of Graph's inner error, which often tells more: `tooManyGroupPolicies`. */
  readonly innerCode?: string;
  /** Graph's own words, already unwrapped and redacted. */
  readonly graphMessage: string;
  /** Wait that Graph asked for, in milliseconds. */
  readonly retryAfterMs?: number;
  /** True if a web page came instead of JSON. @default false */
  readonly isPage?: boolean;
  /** Expiry of the given access token, in milliseconds; undefined for one that has not. */
  readonly expiredAtMs?: number;
  /** The app that asked for the token, if it is one of Microsoft's, and what the token permits. */
  readonly microsoftsApp?: MicrosoftsApp;
}

/** Parts of an answer that differ even if the cause is the same: GUIDs and addresses. */
const IDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|https?:\/\/\S+/gi;

/** Graph answered with an error status. */
export class GraphHttpError extends OfficeConfigurationError {
  override name = "GraphHttpError" as const;

  /** HTTP status of Graph's answer: `403`. */
  declare readonly status: number;

  /** Graph's own code, unchanged: `accessDenied`. Empty if Graph gave none. */
  declare readonly code: string;

  /** Code of Graph's inner error, unchanged: `tooManyGroupPolicies`. Undefined if Graph gave none. */
  readonly innerCode: string | undefined;

  /** Graph's own words, without secrets. Empty if Graph gave none. */
  readonly graphMessage: string;

  /** HTTP method of the request. */
  readonly method: string;

  /** Path of the request from the root of the API version, without its query. */
  readonly path: string;

  /** This package's id of the request, sent as `client-request-id`. */
  readonly clientRequestId: string | undefined;

  /** The time that Graph asked to wait, in milliseconds; undefined if it asked for none. */
  readonly retryAfterMs: number | undefined;

  /** True if Graph may have carried the request out although it failed. */
  readonly isAmbiguous: boolean;

  /** @internal */
  constructor(refusal: GraphRefusal) {
    const { status, code, innerCode, graphMessage, requestId } = refusal;
    const codes = innerCode === undefined || innerCode === code ? code : `${code} (${innerCode})`;
    const said = [String(status), codes, graphMessage && `"${graphMessage}"`].filter(Boolean);
    const { code: _, ...failure } = refusal;
    const diagnosis = diagnose({
      words: graphMessage,
      ...failure,
      path: withoutQuery(refusal.path),
    });
    const failed = `${describeRequest(refusal)} failed`;
    const sharedCause = {
      key: `${said.join(" ").replaceAll(IDS, "")} ${diagnosis?.next}`,
      brief: `${failed}: ${status}.${describeAmbiguity(refusal)}`,
    };
    super(
      `${failed}: ${said.join(" ")}${describeIds(refusal)}.` +
        `${describeAmbiguity(refusal)}${diagnosis === undefined ? "" : `\n${diagnosis.next}`}`,
      {
        status,
        code,
        requestId,
        ...(diagnosis?.isShared === true && { sharedCause }),
        failureKind: diagnosis?.kind,
      },
    );
    this.innerCode = innerCode;
    this.graphMessage = graphMessage;
    this.method = refusal.method;
    this.path = withoutQuery(refusal.path);
    this.clientRequestId = refusal.clientRequestId;
    this.retryAfterMs = refusal.retryAfterMs;
    this.isAmbiguous = refusal.isAmbiguous ?? false;
  }

  /** Whether an error is a GraphHttpError of this package or of another copy of it. */
  static override isInstance(error: unknown): error is GraphHttpError {
    return hasName(error, "GraphHttpError");
  }
}

/** Whether an error means that the object does not exist. */
export function isNotFound(error: unknown): boolean {
  return GraphHttpError.isInstance(error) && error.status === 404;
}

/** Whether Graph refused a request because the object has a newer version than the request named. */
export function isChangedSince(error: unknown): boolean {
  return GraphHttpError.isInstance(error) && error.status === 412;
}
