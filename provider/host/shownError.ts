import { errorText } from "../graph/errors/errorText";
import { forEngine, isPlainObject, type PlainObject } from "../settings/json";
import { PROVIDER_KEY, SECRETS_KEY } from "../settings/keys";
import { messageText } from "../text/messageText";
import { PartialFailure } from "../update/lifecycle";

/**
 * An error as the engine shows it best. It shows the message with the resource; beside that, the SDK
 * prints the error and its stack when `check`, `diff`, `read` or `delete` fail, which would say the
 * same again. After a partial failure the error carries the object's id and properties, which the
 * engine then keeps.
 */
export function shown(error: unknown, properties: PlainObject = {}): Error {
  const cause = error instanceof PartialFailure ? error.cause : error;
  const message = messageText(errorText(cause, { secrets: secretTexts(properties) }));
  const result = new Error(message);
  result.toString = () => "The provider failed";
  result.stack = "see the error of the resource";
  if (error instanceof PartialFailure) {
    const { id, outputs } = error.state;
    const kept = forEngine({ ...outputs, [PROVIDER_KEY]: properties[PROVIDER_KEY] });
    Object.assign(result, { id, properties: kept, reasons: [message] });
  }
  return result;
}

/** The texts that are secret among inputs or outputs, as these say themselves. */
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
