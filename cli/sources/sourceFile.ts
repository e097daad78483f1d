import { basename } from "node:path";
import { oneLine } from "../../provider/text/messageText";
import { beginningOf, decodeText, decodeXml } from "../files/decode";
import { FileError } from "../files/fileError";
import { parseXml, rootName, type XmlElement } from "../files/xml";

/** A file that may be a source. Its text, XML and JSON are made when a reader asks for them, once. */
export class SourceFile {
  /** Name of the file without its folder, on one line. */
  readonly name: string;
  private readonly made = new Map<string, unknown>();

  /** @param path - As the command line names it, with the place inside a folder. */
  constructor(
    readonly path: string,
    readonly bytes: Uint8Array,
  ) {
    this.name = oneLine(basename(path));
  }

  /** Name for a source that has none of its own: that of the file without its ending. */
  get sourceName(): string {
    return this.name.replace(/(?<=.)\.[a-z]{2,4}$/i, "");
  }

  /** First bytes as characters. */
  get beginning(): string {
    return this.once("beginning", () => beginningOf(this.bytes));
  }

  /** Its text; undefined if it is binary. */
  get text(): string | undefined {
    return this.decoded?.text;
  }

  /** The text is not Unicode, and its letters outside of ASCII were read as Windows-1252. */
  get isGuessedText(): boolean {
    return this.decoded?.isGuessed === true;
  }

  /** Name of the root element if it is XML, well-formed or not. */
  get rootName(): string | undefined {
    return this.once("rootName", () => {
      const text = this.text?.trimStart();
      return text?.startsWith("<") ? rootName(text) : undefined;
    });
  }

  /** @throws FileError if it is no XML that can be read. */
  xml(): XmlElement {
    return this.once("xml", () => {
      // Its declaration may name an encoding that the text above was not decoded with.
      const root = parseXml(decodeXml(this.bytes).trimStart());
      if (root === undefined) throw new FileError("is no XML that can be read: it has no element");
      return root;
    });
  }

  /** Its JSON value; undefined if it is no JSON. */
  get json(): unknown {
    return this.once("json", () => {
      if (!/^\s*[[{]/.test(this.text ?? "")) return undefined;
      try {
        return JSON.parse(this.text ?? "") as unknown;
      } catch {
        return undefined;
      }
    });
  }

  private get decoded() {
    return this.once("decoded", () => {
      try {
        const decoded = decodeText(this.bytes);
        return decoded.text.includes("\0") ? undefined : decoded;
      } catch (error) {
        if (error instanceof FileError) return undefined;
        throw error;
      }
    });
  }

  private once<T>(form: string, make: () => T): T {
    if (!this.made.has(form)) this.made.set(form, make());
    return this.made.get(form) as T;
  }
}
