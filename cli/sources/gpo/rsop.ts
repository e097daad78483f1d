/**
 * Resultant sets of policy: what `gpresult /x` writes, the settings that apply to a user on a computer by all GPOs.
 *
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/gpresult
 * @module
 */
import { child, type XmlElement } from "../../files/xml";
import type { SourceReader } from "../reader";
import { loopbackCondition } from "../registry/loopback";
import { childText } from "./childText";
import { reportSettings } from "./reportSettings";

/** The report that `gpresult /x` writes. */
export const rsopReader: SourceReader = {
  kind: "resultant set of policy",
  matches: ({ rootName, text }) =>
    rootName === "Rsop" &&
    text?.slice(0, 2000).includes("http://www.microsoft.com/GroupPolicy/Rsop") === true,
  read: (file) => {
    const root = file.xml();
    const user = child(root, "UserResults");
    const computer = child(root, "ComputerResults");
    const settings = reportSettings(user, computer);
    return [
      {
        name: childText(user, "Name") ?? file.sourceName,
        path: file.path,
        kind: "resultant set of policy",
        ...settings,
        conditions: [...targetConditions(user, computer), ...settings.conditions],
      },
    ];
  },
};

function targetConditions(
  user: XmlElement | undefined,
  computer: XmlElement | undefined,
): string[] {
  const names = [user, computer].map((half) => childText(half, "Name") ?? childText(half, "SOM"));
  const [who = "a user", where = "a computer"] = names.map((name) => name && `"${name}"`);
  const mode = childText(user, "Loopback")?.toLowerCase();
  return [
    `the GPOs of ${who} on ${where}, whose resultant set it is`,
    ...(mode === undefined || mode === "none" ? [] : [loopbackCondition(mode)]),
  ];
}
