import { PartialFailure } from "../lifecycle";
import { type PlainObject, withoutUndefined } from "../payload/json";
import { PROVIDER_KEY, TENANT_KEY, TIMEOUTS_KEY } from "./providerText";

/**
 * An error as the engine shows it best. It shows the message with the resource; beside that, the SDK
 * prints the error and its stack when `read` or `delete` fail, which would say the same again. After a
 * partial failure the error carries the object's id and properties, which the engine then keeps.
 */
export function shown(error: unknown, properties: PlainObject = {}, tenantId?: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  const result = new Error(message);
  result.toString = () => "The provider failed";
  result.stack = "see the error of the resource";
  if (error instanceof PartialFailure) {
    const { id, outputs } = error.state;
    const kept = withoutUndefined({
      ...outputs,
      [TIMEOUTS_KEY]: properties[TIMEOUTS_KEY],
      [TENANT_KEY]: tenantId,
      [PROVIDER_KEY]: properties[PROVIDER_KEY],
    });
    Object.assign(result, { id, properties: kept, reasons: [message] });
  }
  return result;
}
