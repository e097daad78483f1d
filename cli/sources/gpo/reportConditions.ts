/**
 * Conditions of a GPO that a report tells: who it applies to.
 *
 * @module
 */
import { child, childrenOf, type XmlElement } from "../../files/xml";
import { loopbackCondition } from "../registry/loopback";
import { childText } from "./childText";
import { securityConditions } from "./security";

/** Conditions of a GPO: its state, WMI filter, security filtering, links and loopback processing. */
export function reportConditions(gpo: XmlElement): readonly string[] {
  return [
    ...offConditions(gpo),
    ...wmiConditions(gpo),
    ...scopeConditions(gpo),
    ...loopbackConditions(gpo),
  ];
}

/** Security filtering and links, which nothing but a report tells. */
export function scopeConditions(gpo: XmlElement): readonly string[] {
  return [...securityConditions(gpo), ...linkConditions(gpo)];
}

function offConditions(gpo: XmlElement): string[] {
  const isOff = (half: string) => childText(child(gpo, half), "Enabled") === "false";
  return stateConditions({ isUserOff: isOff("User"), isComputerOff: isOff("Computer") });
}

/** Conditions about halves of a GPO that are turned off. */
export function stateConditions(state: {
  readonly isUserOff: boolean;
  readonly isComputerOff: boolean;
}): string[] {
  const { isUserOff, isComputerOff } = state;
  if (isUserOff && isComputerOff) return ["the GPO is turned off: it applies to nobody"];
  if (isUserOff) return ["its settings for users are turned off"];
  return isComputerOff ? ["its settings for computers are turned off"] : [];
}

function wmiConditions(gpo: XmlElement): string[] {
  const name = childText(gpo, "FilterName");
  return name === undefined ? [] : [wmiCondition(name)];
}

/** The condition that a WMI filter is. */
export function wmiCondition(name: string): string {
  return `the WMI filter "${name}"`;
}

function linkConditions(gpo: XmlElement): string[] {
  return childrenOf(gpo, "LinksTo").map((link) => {
    const path =
      childText(link, "SOMPath") ?? childText(link, "SOMName") ?? "a place without a name";
    const isOff = childText(link, "Enabled") === "false";
    const isEnforced = childText(link, "NoOverride") === "true";
    return `the link to "${path}"${isOff ? ", which is turned off" : ""}${isEnforced ? ", which is enforced" : ""}`;
  });
}

/** English name of the policy. In other languages the policy itself is among the settings that are left. */
const LOOPBACK = /\bloopback processing mode$/i;

function loopbackConditions(gpo: XmlElement): string[] {
  const policies = childrenOf(child(gpo, "Computer"), "ExtensionData", "Extension", "Policy");
  return policies
    .filter((policy) => LOOPBACK.test(childText(policy, "Name") ?? ""))
    .filter((policy) => childText(policy, "State") === "Enabled")
    .map((policy) => {
      const mode = childText(child(child(policy, "DropDownList"), "Value"), "Name");
      return loopbackCondition(mode?.toLowerCase() ?? "its mode is not told");
    });
}
