/** Oldest version of Node that this package runs on, as `engines` in package.json has it. */
export const OLDEST_NODE = "22.12.0";

/** Says what to do if a version of Node is too old for this package; undefined if it is not. */
export function nodeProblem(version = process.versions.node): string | undefined {
  const isOld = version.localeCompare(OLDEST_NODE, "en", { numeric: true }) < 0;
  return isOld
    ? `pulumi-office-configuration needs Node ${OLDEST_NODE} or newer, and this is Node ${version}. Install a newer one: https://nodejs.org`
    : undefined;
}
