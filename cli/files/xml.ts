import { SaxesParser } from "saxes";
import { FileError } from "./fileError";

/** An element of an XML file. Names are without their namespace prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  /** Its own text, joined. */
  text: string;
}

/** Most elements inside each other. Templates have ten. */
const MAX_DEPTH = 100;

interface ParseOptions {
  /** Told of each element as it begins. Answers false if the rest of the file is of no use. */
  readonly isWanted?: (element: XmlElement) => boolean;
}

/**
 * Parses XML that somebody else wrote. A document type is refused, so there are no entities but XML's own five and
 * numbers, and nothing is ever loaded from elsewhere.
 *
 * @returns undefined if `isWanted` ended it.
 * @throws FileError if the text is not well-formed, or nested too deep.
 */
export function parseXml(text: string, { isWanted }: ParseOptions = {}): XmlElement | undefined {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  const fail = (reason: string) => {
    throw new FileError(`is no XML that can be read: ${reason}`);
  };
  parser.on("error", (error) => fail(error.message.replace(/\.$/, "")));
  parser.on("doctype", () => fail("it has a document type (DTD)"));
  parser.on("opentag", ({ local, attributes }) => {
    if (open.length >= MAX_DEPTH) fail(`its elements are nested more than ${MAX_DEPTH} deep`);
    const named = Object.values(attributes).map((item): [string, string] => [
      item.local,
      item.value,
    ]);
    const element: XmlElement = { name: local, attributes: new Map(named), children: [], text: "" };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
    if (isWanted?.(element) === false) throw new NotWanted();
  });
  const addText = (part: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => void open.pop());
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof NotWanted) return undefined;
    throw error;
  }
  return root;
}

/** Name of the root element of a text, without its prefix; undefined if the text does not begin as XML does. */
export function rootName(text: string): string | undefined {
  let name: string | undefined;
  const isWanted = (root: XmlElement) => {
    name = root.name;
    return false;
  };
  try {
    parseXml(text, { isWanted });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
  return name;
}

/** Ends the parser, which has no other way to stop. */
class NotWanted extends Error {}

/** The first child of a name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((item) => item.name === name);
}

/** The children of a name, through the names of a path: `childrenOf(root, "policies", "policy")`. */
export function childrenOf(element: XmlElement | undefined, ...path: string[]): XmlElement[] {
  let found = element === undefined ? [] : [element];
  for (const name of path) {
    found = found.flatMap(({ children }) => children.filter((item) => item.name === name));
  }
  return found;
}

/** An attribute without white space around it; undefined if it is missing or empty. */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.get(name)?.trim() || undefined;
}
