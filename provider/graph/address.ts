/** The API version of paths that name none: only beta has `/officeConfiguration`. */
export const API_VERSION = "beta";

/** The beginning of a path that names another version. */
const OTHER_VERSION = /^\/*v1\.0\//;

/** Whether a path names its version itself: `/v1.0/security/auditLog/queries`. */
export function namesVersion(path: string): boolean {
  return OTHER_VERSION.test(path);
}

/** The address of a path, which may have a query. */
export function addressOf(origin: string, path: string): URL {
  const version = namesVersion(path) ? "" : `${API_VERSION}/`;
  return new URL(`${origin}/${version}${path.replace(/^\/+/, "")}`);
}

/** The path of an address for messages: from the root of beta, or with its version, and without the query. */
export function shownPath({ pathname }: URL): string {
  const root = `/${API_VERSION}`;
  return pathname.startsWith(`${root}/`) ? pathname.slice(root.length) : pathname;
}
