import { SourceError } from "../sourceError";

/** Largest template or text file that is read. The largest of Office has 2 MB. */
export const MAX_XML_BYTES = 64 * 1024 * 1024;

/**
 * Text of an XML file: UTF-8 or UTF-16, with or without a byte order mark, or the encoding that it declares. What the
 * bytes show wins: files that declare UTF-16 and are UTF-8 exist.
 *
 * @throws SourceError if the bytes are no text in that encoding.
 */
export function decodeXml(bytes: Uint8Array): string {
  if (bytes.length > MAX_XML_BYTES) {
    throw new SourceError(`is larger than ${MAX_XML_BYTES / 1024 / 1024} MB`);
  }
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SourceError(`is no ${encoding.toUpperCase()} text`, { cause });
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isPair = (a: number, b: number) => first === a && second === b;
  if (isPair(0xff, 0xfe) || isPair(LESS_THAN, 0)) return "utf-16le";
  if (isPair(0xfe, 0xff) || isPair(0, LESS_THAN)) return "utf-16be";
  const beginning = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^<\?xml\s[^>]*\bencoding\s*=\s*["']([\w.-]{1,40})["']/.exec(beginning)?.[1];
  if (declared === undefined || /^(?:utf|ucs|iso-10646)/i.test(declared)) return "utf-8";
  return isKnown(declared) ? declared.toLowerCase() : "utf-8";
}

const LESS_THAN = 0x3c;

function isKnown(encoding: string): boolean {
  try {
    new TextDecoder(encoding);
    return true;
  } catch {
    return false;
  }
}
