import { oneLine } from "../../../provider/text/messageText";
import { child, type XmlElement } from "../../files/xml";

/** The text of a child on one line; undefined if it is missing or empty. */
export function childText(parent: XmlElement | undefined, name: string): string | undefined {
  return oneLine(child(parent, name)?.text ?? "") || undefined;
}
