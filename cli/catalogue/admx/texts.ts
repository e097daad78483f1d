import { oneLine } from "../../../provider/text/messageText";
import { decodeXml } from "../../files/decode";
import { attribute, child, childrenOf, parseXml, type XmlElement } from "../../files/xml";

/** Texts of one template in one language (ADML). */
export interface Texts {
  readonly strings: ReadonlyMap<string, string>;
  /** Labels of controls by the id of a presentation, then by that of an element. */
  readonly labels: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** @throws FileError if the file cannot be read. */
export function readTexts(bytes: Uint8Array): Texts {
  const root = parseXml(decodeXml(bytes));
  const strings = childrenOf(root, "resources", "stringTable", "string");
  const presentations = childrenOf(root, "resources", "presentationTable", "presentation");
  return {
    strings: new Map(strings.map((item) => [attribute(item, "id") ?? "", item.text])),
    labels: new Map(presentations.map((item) => [attribute(item, "id") ?? "", labelsOf(item)])),
  };
}

/** A control without a label is described by the line of text above it, if there is one. */
function labelsOf(presentation: XmlElement): Map<string, string> {
  const labels = new Map<string, string>();
  let above = "";
  for (const control of presentation.children) {
    const text = oneLine(control.text);
    const refId = attribute(control, "refId");
    if (refId !== undefined) {
      const label = text || oneLine(child(control, "label")?.text ?? "") || above;
      if (label !== "") labels.set(refId, label);
    }
    above = control.name === "text" ? text : "";
  }
  return labels;
}

/** Looks texts up in several languages, the wanted one first. */
export class Dictionary {
  constructor(private readonly languages: readonly Texts[]) {}

  /** A text as an attribute refers to it: `$(string.L_Name)`, or the text itself. Undefined if it is missing. */
  resolve(reference: string | undefined): string | undefined {
    if (reference === undefined) return undefined;
    const id = /^\$\(string\.(.*)\)$/s.exec(reference)?.[1]?.trim();
    return id === undefined ? reference : this.#first(({ strings }) => strings.get(id));
  }

  /** Label of an element, given its policy's `presentation="$(presentation.L_Name)"`. */
  label(presentation: string | undefined, element: string): string | undefined {
    const id = /^\$\(presentation\.(.*)\)$/s.exec(presentation ?? "")?.[1]?.trim();
    return id === undefined ? undefined : this.#first(({ labels }) => labels.get(id)?.get(element));
  }

  #first(find: (texts: Texts) => string | undefined): string | undefined {
    for (const texts of this.languages) {
      const found = find(texts);
      if (found !== undefined && found.trim() !== "") return found;
    }
    return undefined;
  }
}
