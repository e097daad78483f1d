import type { Env, Hono } from "hono";
import type { Vocabulary } from "./api";

/** Methods of the API, the login and the control routes. HEAD is not supported. */
const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/** Methods that an app serves at a path. Empty if it does not know the path. */
export function servedMethods<E extends Env>(app: Hono<E>, path: string): string[] {
  return METHODS.filter((method) => app.router.match(method, path)[0].length > 0);
}

/** The internal query option for a type cast in the path. */
export const CAST_OPTION = "emulator.cast";

/** Namespaces that an action can have in a path; a type has only the first. */
const NAMESPACES = ["microsoft.graph.", "microsoft.management.services.api."];

/**
 * Converts the spellings that OData allows into one: a key in parentheses becomes a segment, an action
 * loses its namespace, a type cast becomes a query option, `%24` becomes a dollar sign.
 *
 * @param vocabularies - The names of all APIs.
 */
export function normalize(url: URL, vocabularies: readonly Vocabulary[]): URL {
  const types = vocabularies.flatMap((api) => api.types);
  const actions = vocabularies.flatMap((api) => api.actions);
  const result = new URL(url);
  const segments: string[] = [];
  for (const segment of url.pathname.split("/")) {
    const keyed = /^([A-Za-z]+)\((?:'|%27)(.*)(?:'|%27)\)$/.exec(segment);
    const decoded = decodeURIComponentSafely(segment);
    const cast = types.find((type) => decoded === `${NAMESPACES[0]}${type}`);
    const action = actions.find((name) => NAMESPACES.some((space) => decoded === space + name));
    if (keyed !== null) segments.push(keyed[1] ?? "", keyed[2] ?? "");
    else if (cast !== undefined) result.searchParams.set(CAST_OPTION, `#microsoft.graph.${cast}`);
    else segments.push(action ?? segment.replace(/^%24/, "$"));
  }
  result.pathname = segments.join("/");
  return result;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
