import { forEachKnownSetting } from "../validate";
import type { OfficePolicySetting } from "../view/officePolicySetting";
import { policyRule } from "./rule";

/** The path of a trusted location: an element of `L_TrustedLoc01` to `L_TrustedLoc20`. */
const PATH = /^\w+;L_TrustedLoc\d+;L_Pathcolon\d*$/i;

const ALLOW_NETWORK = /^\w+;L_AllowTrustedLocationsOnTheNetwork$/i;

export const noTrustedLocationOnNetwork = policyRule({
  name: "no-trusted-location-on-network",
  description: "No trusted location is on a network share.",
  remedy:
    'Give paths on the computer itself, and set L_AllowTrustedLocationsOnTheNetwork of the app to "0". Files in trusted locations run macros unasked, whoever wrote them there.',
  check(policy, report) {
    forEachKnownSetting(policy, (setting) => {
      const problem = problemOf(setting);
      if (problem !== undefined) report(problem);
    });
  },
});

/** The problem of a setting, without its value, which may be secret. */
function problemOf(setting: OfficePolicySetting): string | undefined {
  const { id } = setting;
  if (ALLOW_NETWORK.test(id) && setting.value !== "0") {
    return `${id} allows trusted locations on the network.\nSet ${id} to "0", or remove it.`;
  }
  if (!PATH.test(id)) return undefined;
  const { value } = setting;
  if (typeof value !== "string" || !isOnNetwork(value)) return undefined;
  return `${id} is a place on the network.\nGive ${id} a folder of the computer, or remove the location.`;
}

/**
 * Whether a path is on another computer: a share, a web address, or a variable that names a server. The letter of a drive
 * does not tell.
 */
function isOnNetwork(path: string): boolean {
  const plain = path
    .trim()
    .replace(/^["']+/, "")
    .replaceAll("/", "\\");
  if (/^\\\\[?.]\\/.test(plain)) return /^\\\\[?.]\\UNC\\/i.test(plain);
  if (/^file:/i.test(plain)) return !/^file:(?:\\\\(?:localhost)?)?\\?[a-z]:/i.test(plain);
  return /^(?:\\\\|https?:|ftp:|%logonserver%)/i.test(plain);
}
