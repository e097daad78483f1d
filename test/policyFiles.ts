/**
 * Writes files of Group Policy and of the registry, for tests of what reads them. Written from the descriptions of their
 * formats, and from nothing of `cli/`.
 *
 * @module
 */

/** A value of a `registry.pol`. */
export interface PolicyValue {
  readonly key: string;
  readonly name: string;
  readonly type: number;
  readonly data: Uint8Array;
}

/** The bytes of a `registry.pol`. */
export function registryPol(values: readonly PolicyValue[], version = 1): Buffer {
  const header = Buffer.alloc(8);
  header.write("PReg", "latin1");
  header.writeUInt32LE(version, 4);
  return Buffer.concat([header, ...values.map(policyValue)]);
}

function policyValue({ key, name, type, data }: PolicyValue): Buffer {
  const parts = [utf16(`${key}\0`), dwordBytes(type), dwordBytes(data.length), data];
  const named = [parts[0], utf16(`${name}\0`), ...parts.slice(1)] as Uint8Array[];
  const separated = named.flatMap((part, index) => (index === 0 ? [part] : [utf16(";"), part]));
  return Buffer.concat([utf16("["), ...separated, utf16("]")]);
}

/** Numbers of the types of registry data. */
export const TYPE = {
  none: 0,
  text: 1,
  expandable: 2,
  binary: 3,
  dword: 4,
  bigEndian: 5,
  list: 7,
  qword: 11,
} as const;

export function utf16(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}

export function dwordBytes(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

/** A text of UTF-16 with a byte order mark, as Windows writes it. */
export function wideFile(text: string): Buffer {
  return utf16(`\ufeff${text.replaceAll("\n", "\r\n")}`);
}
