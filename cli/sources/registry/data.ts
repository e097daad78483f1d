import type { RegistryData } from "../source";

/** Data that is not of the form that its type has. */
export interface BrokenData {
  /** A clause: `its REG_DWORD has 3 bytes`. */
  readonly problem: string;
}

const NAMES: readonly string[] = [
  "REG_NONE",
  "REG_SZ",
  "REG_EXPAND_SZ",
  "REG_BINARY",
  "REG_DWORD",
  "REG_DWORD_BIG_ENDIAN",
  "REG_LINK",
  "REG_MULTI_SZ",
  "REG_RESOURCE_LIST",
  "REG_FULL_RESOURCE_DESCRIPTOR",
  "REG_RESOURCE_REQUIREMENTS_LIST",
  "REG_QWORD",
];

/**
 * Data of a registry value from its bytes.
 *
 * @param type - Number of the type.
 * @see https://learn.microsoft.com/windows/win32/sysinfo/registry-value-types
 */
export function registryData(type: number, bytes: Buffer): RegistryData | BrokenData {
  const name = NAMES[type] ?? `type ${type}`;
  switch (name) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return withText(name, bytes, textData);
    case "REG_MULTI_SZ":
      return withText(name, bytes, listData);
    case "REG_DWORD":
      return ofSize(name, bytes, 4) ?? { type: name, value: `${bytes.readUInt32LE()}` };
    case "REG_DWORD_BIG_ENDIAN":
      return ofSize(name, bytes, 4) ?? { type: "REG_DWORD", value: `${bytes.readUInt32BE()}` };
    case "REG_QWORD":
      return ofSize(name, bytes, 8) ?? { type: name, value: `${bytes.readBigUInt64LE()}` };
    default:
      return { type: "other", name };
  }
}

function ofSize(name: string, bytes: Buffer, size: number): BrokenData | undefined {
  return bytes.length === size
    ? undefined
    : { problem: `its ${name} has ${bytesOf(bytes.length)}` };
}

function bytesOf(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

/** Text of UTF-16, checked and given to the function that knows the type. */
function withText<T extends string>(
  type: T,
  bytes: Buffer,
  data: (type: T, text: string) => RegistryData | BrokenData,
): RegistryData | BrokenData {
  if (bytes.length % 2 === 1)
    return { problem: `its text has ${bytesOf(bytes.length)}, half a character too many` };
  const text = bytes.toString("utf16le");
  return text.isWellFormed() ? data(type, text) : { problem: "its text is no Unicode" };
}

/** Programs read up to the first NUL, so what follows it has no meaning that is known. */
function textData(type: "REG_SZ" | "REG_EXPAND_SZ", text: string): RegistryData | BrokenData {
  const value = withoutEnd(text);
  return value.includes("\0") ? { problem: "its text goes on after its end" } : { type, value };
}

/**
 * The texts of a list. Each ends with a NUL, and an empty one ends the list.
 *
 * @see https://learn.microsoft.com/windows/win32/sysinfo/registry-value-types
 */
function listData(type: "REG_MULTI_SZ", text: string): RegistryData | BrokenData {
  const value = withoutEnd(text).split("\0");
  if (value.length === 1 && value[0] === "") return { type, value: [] };
  return value.includes("") ? { problem: "its list goes on after its end" } : { type, value };
}

/** A text without the NULs at its end. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end);
}

/** Whether data is not of the form that its type has. */
export function isBroken(data: RegistryData | BrokenData): data is BrokenData {
  return "problem" in data;
}
