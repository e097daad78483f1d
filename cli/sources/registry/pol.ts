/**
 * Registry policy files: `registry.pol` of a GPO.
 *
 * A file is `PReg`, the version 1, and any number of `[key;value;type;size;data]`. The brackets, the semicolons and the
 * two names, which end in a NUL, are UTF-16LE; type and size are 32-bit numbers, little-endian.
 *
 * @see https://learn.microsoft.com/openspecs/windows_protocols/ms-gpreg/5c092c22-bf6b-4e7f-b180-b20743d368f5
 * @module
 */
import { FileError } from "../../files/fileError";
import type { Hive, SourceEntry } from "../source";
import { type Instruction, instructionEntries } from "./instructions";

/** Most values that are read from one file. A GPO has hundreds. */
export const MAX_VALUES = 200_000;

const SIGNATURE = "PReg";
const HEADER_BYTES = 8;

/** Bytes of a character. */
const UNIT = 2;

export function isRegistryPol(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, SIGNATURE.length)).toString("latin1") === SIGNATURE;
}

/**
 * The entries of a file. Where it breaks, the rest is one `unread` entry: what follows cannot be told apart.
 *
 * @param hive - Hive of all its values: the file does not say it.
 * @throws FileError if it is of another version, or has too many values.
 */
export function readRegistryPol(bytes: Uint8Array, hive: Hive): readonly SourceEntry[] {
  const file = new PolicyFile(bytes);
  const entries: SourceEntry[] = [];
  for (let count = 0; !file.isAtEnd; count += 1) {
    if (count === MAX_VALUES) throw new FileError(`has more than ${MAX_VALUES} values`);
    const start = file.place;
    const instruction = file.next();
    if (typeof instruction === "string") {
      const reason = `${instruction}: what follows cannot be read either`;
      return [...entries, { form: "unread", place: `byte ${start}`, reason }];
    }
    for (const entry of instructionEntries(instruction, hive)) entries.push(entry);
  }
  return entries;
}

class PolicyFile {
  place = HEADER_BYTES;
  private readonly bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (this.bytes.length < HEADER_BYTES)
      throw new FileError("is a registry.pol that is cut short");
    const version = this.bytes.readUInt32LE(SIGNATURE.length);
    if (version !== 1) throw new FileError(`is a registry.pol of version ${version}, not 1`);
  }

  get isAtEnd(): boolean {
    return this.place >= this.bytes.length;
  }

  /** The next instruction; a clause if the file breaks there. */
  next(): Instruction | string {
    if (!this.skip("[")) return "it does not begin with a bracket";
    const key = this.name();
    if (key === undefined || !this.skip(";")) return "its key has no end";
    const valueName = this.name();
    if (valueName === undefined || !this.skip(";")) return "its value name has no end";
    const type = this.number();
    if (type === undefined || !this.skip(";")) return "its type is cut short";
    const size = this.number();
    if (size === undefined || !this.skip(";")) return "its size is cut short";
    if (size > this.bytes.length - this.place) {
      return `its data should have ${size} bytes, and the file ends before that`;
    }
    const data = this.bytes.subarray(this.place, this.place + size);
    this.place += size;
    if (!this.skip("]")) return "its data does not end in a bracket";
    return { key, valueName, type, data };
  }

  private skip(character: "[" | ";" | "]"): boolean {
    const isThere =
      this.place + UNIT <= this.bytes.length &&
      this.bytes.readUInt16LE(this.place) === character.charCodeAt(0);
    if (isThere) this.place += UNIT;
    return isThere;
  }

  /** Text up to a NUL. */
  private name(): string | undefined {
    const start = this.place;
    for (let end = start; end + UNIT <= this.bytes.length; end += UNIT) {
      if (this.bytes.readUInt16LE(end) !== 0) continue;
      this.place = end + UNIT;
      return this.bytes.toString("utf16le", start, end);
    }
    return undefined;
  }

  private number(): number | undefined {
    if (this.place + 4 > this.bytes.length) return undefined;
    const number = this.bytes.readUInt32LE(this.place);
    this.place += 4;
    return number;
  }
}
