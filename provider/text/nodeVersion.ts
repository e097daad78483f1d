/** Oldest version of Node that this package runs on, as `engines` in package.json has it. */
export const OLDEST_NODE = "22.12.0";

/** Says what to do if a version of Node is too old for this package; undefined if it is not. */
export function nodeProblem(version = process.versions.node): string | undefined {
  return isOlder(version, OLDEST_NODE)
    ? `pulumi-office-configuration needs Node ${OLDEST_NODE} or newer, and this is Node ${version}. Install a newer one: https://nodejs.org`
    : undefined;
}

/** Compares numbers: `localeCompare` would load the rules of languages whenever a program or a provider starts. */
function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = than.split(".").map(Number);
  return major === leastMajor ? minor < leastMinor : major < leastMajor;
}
