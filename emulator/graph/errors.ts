/**
 * A refusal, with Graph's own error body.
 *
 * @see https://learn.microsoft.com/graph/errors
 */
export class GraphError extends Error {
  constructor(
    readonly status:
      | 400
      | 401
      | 403
      | 404
      | 405
      | 409
      | 412
      | 413
      | 415
      | 422
      | 424
      | 429
      | 500
      | 501
      | 502
      | 503,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** Code of the inner error. @default none */
    readonly innerCode?: string,
  ) {
    super(message);
  }
}

/** A refusal of one of Intune's services, which put a JSON text into the message. */
export class IntuneError extends GraphError {}

/** The ids of a request in Graph's answers. */
export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  readonly at: Date;
}

/** An error in Graph's JSON. */
export interface ErrorBody {
  readonly error: Readonly<Record<string, unknown>>;
}

/** Graph's error body. Its date has no time zone. */
export function errorBody(
  code: string,
  message: string,
  ids: RequestIds,
  innerCode?: string,
): ErrorBody {
  return {
    error: {
      code,
      message,
      innerError: {
        ...(innerCode !== undefined && { code: innerCode }),
        date: ids.at.toISOString().slice(0, 19),
        "request-id": ids.requestId,
        "client-request-id": ids.clientRequestId ?? ids.requestId,
      },
    },
  };
}

/** Intune's services put a JSON text into the message. */
export function intuneMessage(message: string, ids: RequestIds): string {
  return JSON.stringify({
    _version: 3,
    Message: `${message} - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: ${ids.requestId}`,
    CustomApiErrorPhrase: "",
    RetryAfter: null,
    ErrorSourceService: "",
    HttpHeaders: "{}",
  });
}

/** Entra's refusal of a token without the permission that an API of the directory needs. */
export function insufficientPrivileges(): GraphError {
  const message = "Insufficient privileges to complete the operation.";
  return new GraphError(403, "Authorization_RequestDenied", message);
}

export const badRequest = (message: string) => new GraphError(400, "BadRequest", message);

export const notFound = (id: string) =>
  new GraphError(404, "ResourceNotFound", `Resource '${id}' does not exist.`);

/** The connection closes afterwards: the rest of the body is not read. */
export const tooLarge = () =>
  new GraphError(413, "RequestEntityTooLarge", "The request body is too large.", {
    Connection: "close",
  });

/** The path is served, but not by this method. */
const methodNotAllowed = (method: string, path: string, allowed: readonly string[]) =>
  new GraphError(
    405,
    "Request_BadRequest",
    `Specified HTTP method is not allowed for the request target: ${method} ${path}.`,
    { Allow: allowed.join(", ") },
  );

/** Refuses a method that a path does not serve. 501 if nothing serves the path. */
export const notServed = (method: string, path: string, allowed: readonly string[]) =>
  allowed.length === 0 ? notImplemented(method, path) : methodNotAllowed(method, path, allowed);

const notImplemented = (method: string, path: string) =>
  new GraphError(501, "notImplemented", `The emulator does not know ${method} ${path}.`);
