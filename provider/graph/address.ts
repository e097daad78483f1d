/** The API version at the start of every path: only beta has `/officeConfiguration`. */
export const API_VERSION = "beta";

/** The address of a path, which may have a query. */
export function addressOf(origin: string, path: string): URL {
  return new URL(`${origin}/${API_VERSION}/${path.replace(/^\/+/, "")}`);
}

/** The path of an address for messages: from the root of the API version, without the query. */
export function shownPath({ pathname }: URL): string {
  const root = `/${API_VERSION}`;
  return pathname.startsWith(`${root}/`) ? pathname.slice(root.length) : pathname;
}
