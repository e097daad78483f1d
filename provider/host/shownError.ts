import { errorText, isDebugging } from "../graph/errors/errorText";
import { forEngine, isPlainObject, type PlainObject } from "../settings/json";
import { PROVIDER_KEY, SECRETS_KEY } from "../settings/keys";
import { messageText } from "../text/messageText";
import { PartialFailure } from "../update/lifecycle";
import type { ToldErrors } from "./toldErrors";

/** A failed operation of a resource. */
export interface FailedOperation {
  /** Its inputs or outputs. */
  readonly properties: PlainObject;
  /** The name of the resource. */
  readonly resource: string;
  /** Errors that the run has shown already. */
  readonly told: ToldErrors;
}

/** Text of the SDK's own print of our errors. The engine shows each error with its resource as well. */
const ECHO = { error: "The provider failed", stack: "see the error of the resource" };

/**
 * An error in the form that the engine shows best. The engine shows the message with the resource. The SDK also
 * prints the error and its stack when `check`, `diff`, `read` or `delete` fails; this function drops that
 * repetition. After a partial failure the error carries the object's id and properties for the engine to keep.
 */
export function shown(error: unknown, { properties, resource, told }: FailedOperation): Error {
  const cause = error instanceof PartialFailure ? error.cause : error;
  const brief = isDebugging() ? undefined : told.brief(cause, resource);
  const text = () => errorText(cause, { secrets: secretTexts(properties) });
  const message = messageText(brief ?? told.withHint(text(), cause, resource));
  const result = new Error(message);
  result.toString = () => ECHO.error;
  result.stack = ECHO.stack;
  dropEcho();
  if (error instanceof PartialFailure) {
    const { id, outputs } = error.state;
    const kept = forEngine({ ...outputs, [PROVIDER_KEY]: properties[PROVIDER_KEY] });
    Object.assign(result, { id, properties: kept, reasons: [message] });
  }
  return result;
}

let withoutEcho: typeof console.error | undefined;

/**
 * Keeps the SDK from printing our errors: it calls `console.error` with each of them and has no option for
 * that. All other lines are printed as before: the process may serve other packages too.
 */
function dropEcho(): void {
  if (console.error === withoutEcho) return;
  const print = console.error.bind(console);
  withoutEcho = (...words: unknown[]) => {
    const isEcho = words.length === 1 && words[0] === `${ECHO.error}: ${ECHO.stack}`;
    if (!isEcho) print(...words);
  };
  console.error = withoutEcho;
}

/** The secret texts among inputs or outputs, by the list of secrets that these contain. */
function secretTexts(properties: PlainObject): string[] {
  const paths = properties[SECRETS_KEY];
  if (!Array.isArray(paths)) return [];
  return paths.flatMap((path) => {
    const [name = "", ...key] = String(path).split("/");
    const value = properties[name];
    const isInside = key.length > 0 && isPlainObject(value);
    return textsIn(isInside ? value[key.join("/")] : value);
  });
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
