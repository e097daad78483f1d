import { FileError } from "./fileError";

/** Largest file that is read. The largest template of Office has 2 MB. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Text of an XML file: UTF-8 or UTF-16, with or without a byte order mark, or the encoding that it declares. What the
 * bytes show wins: files that declare UTF-16 and are UTF-8 exist.
 *
 * @throws FileError if the bytes are no text in that encoding.
 */
export function decodeXml(bytes: Uint8Array): string {
  refuseLarge(bytes);
  return decodeAs(wideEncoding(bytes) ?? declaredEncoding(bytes) ?? "utf-8", bytes);
}

/**
 * Text of a file that declares no encoding: UTF-16 or UTF-8, with or without a byte order mark; else Windows-1252, which
 * has a letter for each byte.
 *
 * @throws FileError if its byte order mark promises an encoding that it does not have.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  refuseLarge(bytes);
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return { text: decodeAs(wide, bytes), isGuessed: false };
  try {
    return { text: decodeAs("utf-8", bytes), isGuessed: false };
  } catch {
    return { text: decodeAs("windows-1252", bytes), isGuessed: true };
  }
}

/** Text of a file. */
export interface DecodedText {
  readonly text: string;
  /** The bytes are in some code page of Windows, and were read as Windows-1252. */
  readonly isGuessed: boolean;
}

/** The beginning of a file, byte by byte, for a look at what it is. */
export function beginningOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 200));
}

function refuseLarge(bytes: Uint8Array): void {
  if (bytes.length > MAX_FILE_BYTES) {
    throw new FileError(`is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB`);
  }
}

function decodeAs(encoding: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FileError(`is no ${encoding.toUpperCase()} text`, { cause });
  }
}

/** UTF-16, by a byte order mark or an ASCII character at the beginning. */
function wideEncoding([first, second]: Uint8Array): string | undefined {
  if (first === undefined || second === undefined) return undefined;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (isAscii(first) && second === 0) return "utf-16le";
  if (first === 0 && isAscii(second)) return "utf-16be";
  return undefined;
}

function isAscii(byte: number): boolean {
  return byte > 0 && byte < 0x80;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const declared = /^<\?xml\s[^>]*\bencoding\s*=\s*["']([\w.-]{1,40})["']/.exec(
    beginningOf(bytes),
  )?.[1];
  if (declared === undefined || /^(?:utf|ucs|iso-10646)/i.test(declared)) return undefined;
  return isKnown(declared) ? declared.toLowerCase() : undefined;
}

function isKnown(encoding: string): boolean {
  try {
    new TextDecoder(encoding);
    return true;
  } catch {
    return false;
  }
}
