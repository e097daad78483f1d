import type { XmlElement } from "../../files/xml";
import type { GpoIdentity } from "../source";
import { childText } from "./childText";

/** The identity of a GPO, from the names that a format has for its parts; undefined if there is no id. */
export function gpoIdentity(
  parent: XmlElement | undefined,
  names: { readonly id: string; readonly domain: string; readonly time?: string },
): GpoIdentity | undefined {
  const id = childText(parent, names.id);
  if (id === undefined) return undefined;
  const domain = childText(parent, names.domain) ?? "";
  const time = names.time === undefined ? undefined : childText(parent, names.time);
  return {
    id: `${id} ${domain}`.toLowerCase(),
    ...(time !== undefined && { backupTime: time }),
  };
}
