import type { Hive, RegistryAction, SourceEntry, UnreadEntry } from "../source";
import { isBroken, registryData } from "./data";

/** An instruction of a registry policy file: a value, or a value name with a meaning of its own. */
export interface Instruction {
  readonly key: string;
  readonly valueName: string;
  /** Number of the data's type. */
  readonly type: number;
  readonly data: Buffer;
}

const REG_NONE = 0;
const REG_SZ = 1;

/**
 * The entries of an instruction. Value names that begin with `**` are about deletion, and are compared without regard to
 * case, as Windows does. Comments are nothing that is applied.
 *
 * @see https://learn.microsoft.com/previous-versions/windows/desktop/Policy/registry-policy-file-format
 */
export function instructionEntries(instruction: Instruction, hive: Hive): readonly SourceEntry[] {
  const { key, valueName, type, data } = instruction;
  const named = (action: RegistryAction, name = "", where = key): SourceEntry => ({
    form: "registry",
    hive,
    key: where,
    valueName: name,
    action,
  });
  if (!`${key}${valueName}`.isWellFormed()) return [unread(instruction, "its name is no Unicode")];
  const [, word = "", name = ""] = /^\*\*(del\.|soft\.|comment:)(.*)$/is.exec(valueName) ?? [];
  switch (word.toLowerCase()) {
    case "del.":
      return [named("delete", name)];
    case "soft.":
      return [setEntry({ ...instruction, valueName: name }, hive, "setIfMissing")];
    case "comment:":
      return [];
  }
  if (!valueName.startsWith("**")) {
    // A key without a value is only created.
    const isKey = valueName === "" && type === REG_NONE && data.length === 0;
    return isKey
      ? [unread(instruction, "it creates a key and sets nothing")]
      : [setEntry(instruction, hive, "set")];
  }
  switch (valueName.toLowerCase().replace(/\.$/, "")) {
    case "**delvals":
      return [named("deleteValues")];
    case "**deletevalues":
      return listed(instruction, (each) => named("delete", each));
    case "**deletekeys":
      return listed(instruction, (each) => named("deleteKey", "", `${key}\\${each}`));
    case "**securekey":
      return [unread(instruction, "it sets permissions of the key")];
    default:
      return [unread(instruction, "its name is no instruction that is known")];
  }
}

function setEntry(
  instruction: Instruction,
  hive: Hive,
  action: "set" | "setIfMissing",
): SourceEntry {
  const { key, valueName, type } = instruction;
  const data = registryData(type, instruction.data);
  if (isBroken(data)) return unread(instruction, data.problem);
  return { form: "registry", hive, key, valueName, action, data };
}

/** An entry for each name of a list: its names are separated by semicolons. */
function listed(
  instruction: Instruction,
  entry: (name: string) => SourceEntry,
): readonly SourceEntry[] {
  const list = registryData(REG_SZ, instruction.data);
  if (isBroken(list)) return [unread(instruction, list.problem)];
  const names = list.type === "REG_SZ" ? list.value.split(";").filter((name) => name !== "") : [];
  return names.length > 0 ? names.map(entry) : [unread(instruction, "it lists no names")];
}

function unread({ key, valueName }: Instruction, reason: string): UnreadEntry {
  return { form: "unread", place: valueName === "" ? key : `${key}\\${valueName}`, reason };
}
