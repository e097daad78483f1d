import type { Env, Hono } from "hono";

/** Methods of the API, and of the login and the control routes. HEAD is not among them. */
const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/** Methods by which an app serves a path. Empty where it does not know the path. */
export function servedMethods<E extends Env>(app: Hono<E>, path: string): string[] {
  return METHODS.filter((method) => app.router.match(method, path)[0].length > 0);
}

/** The internal query option that stands for a type cast in the path. */
export const CAST_OPTION = "emulator.cast";

const CONCRETE_TYPE =
  /^microsoft\.graph\.(windowsOfficeClient(?:Security)?Configuration|officeClientConfiguration)$/;
const ACTION =
  /^(?:microsoft\.graph|microsoft\.management\.services\.api)\.(assign|updatePriorities)$/;

/**
 * One spelling for the many that OData allows: a key in parentheses becomes a segment, an action
 * loses its namespace, a type cast becomes a query option, `%24` a dollar sign.
 */
export function normalize(url: URL): URL {
  const result = new URL(url);
  const segments: string[] = [];
  for (const segment of url.pathname.split("/")) {
    const keyed = /^([A-Za-z]+)\((?:'|%27)(.*)(?:'|%27)\)$/.exec(segment);
    const decoded = decodeURIComponentSafely(segment);
    const cast = CONCRETE_TYPE.exec(decoded)?.[1];
    const action = ACTION.exec(decoded)?.[1];
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
