import type { SourceReader } from "../reader";
import type { Hive } from "../source";
import type { SourceFile } from "../sourceFile";
import { hiveOfFolder, hiveOfPath } from "./hives";
import { loopbackConditions } from "./loopback";
import { isRegistryPol, readRegistryPol } from "./pol";

/** A `registry.pol` alone. */
export const registryPolReader: SourceReader = {
  kind: "registry.pol",
  matches: ({ bytes }) => isRegistryPol(bytes),
  read: (file) => {
    const hive = hiveOf(file);
    const entries = readRegistryPol(file.bytes, hive ?? "user");
    const note =
      "A registry.pol does not say whether it is of users or of computers. This one is read as settings of users: put it into a folder Machine if it is of computers";
    return [
      {
        name: file.sourceName,
        path: file.path,
        kind: "registry.pol",
        entries,
        conditions: loopbackConditions(entries),
        notes: hive === undefined ? [note] : [],
      },
    ];
  },
};

/** Hive by the folder of a file, as Group Policy names it, or by a word of its own name: `office-user.pol`. */
function hiveOf({ path, name }: SourceFile): Hive | undefined {
  const words = name.split(/[^a-z]+/i).map(hiveOfFolder);
  const [hive, ...others] = new Set(words.filter((word) => word !== undefined));
  return hiveOfPath(path, 1) ?? (others.length === 0 ? hive : undefined);
}
